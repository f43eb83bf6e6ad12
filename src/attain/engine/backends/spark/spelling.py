"""How the steps are spelled in Spark SQL: the same trees, printed for another engine.

The primitives build one tree for every engine. What Spark calls otherwise, or what it would
compute with floats, is spelled here, operation by operation; nothing that a user wrote as SQL
passes through this place, because there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp
from sqlglot.generators.spark import SparkGenerator

from attain.core.units import MAX_DIGITS

_WHOLE: Final = f"DECIMAL({MAX_DIGITS}, 0)"


def spelled(query: exp.Expr) -> str:
    """A query as Spark SQL, every identifier quoted: Chinese names, SQL words and all.

    >>> spelled(exp.select(exp.column("金额", quoted=True)).from_("orders"))
    'SELECT `金额` FROM `orders`'
    """
    return Spelling(dialect="spark", identify=True, normalize_functions=False).generate(query)


def _whole_quotient(self: SparkGenerator, made: exp.IntDiv) -> str:
    """`a // b` of whole numbers: what is left after the remainder divides exactly.

    Spark's own DIV ends at 19 digits. A literal divisor says its exact width, because Spark
    takes the digits of the quotient from both operands' widths.
    """
    above, below = self.sql(_closed(made.this)), self.sql(_narrow(made.expression))
    return f"CAST(({above} - {above} % {below}) / {below} AS {_WHOLE})"


def _narrow(divisor: exp.Expr) -> exp.Expr:
    plain = divisor.this if isinstance(divisor, exp.Cast) else divisor
    if isinstance(plain, exp.Literal) and not plain.is_string:
        width = f"DECIMAL({len(plain.name)}, 0)"
        return exp.Cast(this=plain.copy(), to=exp.DataType.build(width, dialect="spark"))
    return _closed(divisor)


def _closed(one: exp.Expr) -> exp.Expr:
    simple = isinstance(one, exp.Column | exp.Literal | exp.Paren | exp.Func)
    return one.copy() if simple else exp.Paren(this=one.copy())


def _sign(self: SparkGenerator, made: exp.Sign) -> str:
    """Spark's own sign is a float."""
    of = self.sql(_closed(made.this))
    return f"CASE WHEN {of} > 0 THEN 1 WHEN {of} < 0 THEN -1 WHEN {of} = 0 THEN 0 END"


def _window(self: SparkGenerator, made: exp.Window) -> str:
    """A filtered function over a window: Spark filters aggregates of groups only."""
    inner = made.this
    if isinstance(inner, exp.Filter) and isinstance(inner.this, exp.ArgMin | exp.ArgMax):
        condition = inner.expression.this
        function = inner.this.copy()
        kept = exp.If(this=condition.copy(), true=function.expression.copy())
        function.set("expression", exp.Case(ifs=[kept]))
        made = made.copy()
        made.set("this", function)
    return self.window_sql(made)


def _ordered(self: SparkGenerator, made: exp.Ordered) -> str:
    """Where missing values stand is always said; engines differ in what goes without saying."""
    way = "DESC" if made.args.get("desc") else "ASC"
    nulls = "FIRST" if made.args.get("nulls_first") else "LAST"
    return f"{self.sql(made, 'this')} {way} NULLS {nulls}"


def _truncated(self: SparkGenerator, made: exp.Anonymous) -> str:
    of = self.sql(_closed(made.expressions[0]))
    return f"({of} - {of} % 1)"


def _days_between(self: SparkGenerator, made: exp.Anonymous) -> str:
    _, from_, until = made.expressions
    return self.func("DATEDIFF", until, from_)


def _without_end(self: SparkGenerator, made: exp.Anonymous) -> str:
    words, sign = (self.sql(one) for one in made.expressions)
    return f"TRIM(TRAILING {sign} FROM {words})"


def _called(name: str) -> Callable[[SparkGenerator, exp.Anonymous], str]:
    return lambda self, made: self.func(name, *made.expressions)


_FUNCTIONS: Final[Mapping[str, Callable[[SparkGenerator, exp.Anonymous], str]]] = {
    "arg_max_null": _called("MAX_BY"),
    "date_diff": _days_between,
    "row": _called("STRUCT"),
    "rtrim": _without_end,
    "trunc": _truncated,
}


def _function(self: SparkGenerator, made: exp.Anonymous) -> str:
    other = _FUNCTIONS.get(made.name)
    return other(self, made) if other is not None else self.anonymous_sql(made)


def _with(self: SparkGenerator, made: exp.With) -> str:
    return self.with_sql(made)


def _select(self: SparkGenerator, made: exp.Select) -> str:
    """As it stands: Spark 4 knows QUALIFY, and knows it with stars."""
    return self.select_sql(made)


_TYPES: Final = {**SparkGenerator.TYPE_MAPPING, exp.DType.INT128: _WHOLE}
_OPERATIONS: Final[dict[type[exp.Expr], Callable[..., str]]] = {
    **SparkGenerator.TRANSFORMS,
    exp.Anonymous: _function,
    exp.IntDiv: _whole_quotient,
    exp.Ordered: _ordered,
    exp.Select: _select,
    exp.Sign: _sign,
    exp.Window: _window,
    exp.With: _with,
}


class Spelling(SparkGenerator):
    """The printer of steps for Spark 4."""

    TYPE_MAPPING = _TYPES
    TRANSFORMS = _OPERATIONS
