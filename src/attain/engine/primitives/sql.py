"""Small words for building SQL: columns, literals, conditions and storage.

Every primitive says what it means with these, so that one place decides how a date literal
or a test for a missing value is spelled. Nothing here knows a plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import reduce

from sqlglot import exp

from attain.engine.primitives.model import Column
from attain.expressions.sql.build import cast as cast
from attain.expressions.typed import Value

WHY = "__why"
"""What a column's companion with the reason is called: `sales__why` beside `sales`."""

OWN = "r"
"""Alias of the row a step computes on."""

THIS = "this"
"""Alias of the row that gathers or looks up."""


def column(name: str, table: str | None = OWN) -> exp.Column:
    """A column of a table, quoted: names may be Chinese, or words of SQL."""
    return exp.Column(this=quoted(name), table=quoted(table) if table else None)


def quoted(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def table(name: str, alias: str | None = None) -> exp.Table:
    return exp.Table(this=quoted(name), alias=exp.TableAlias(this=quoted(alias)) if alias else None)


def named(expression: exp.Expr, name: str) -> exp.Alias:
    """`expression AS "name"`."""
    return exp.Alias(this=expression, alias=quoted(name))


def every(name: str = OWN) -> exp.Column:
    """All columns of a table: `r.*`."""
    return exp.Column(this=exp.Star(), table=quoted(name))


def text(value: str) -> exp.Literal:
    return exp.Literal.string(value)


def whole(value: int) -> exp.Expr:
    number = exp.Literal.number(abs(value))
    return exp.Neg(this=number) if value < 0 else number


def day(value: dt.date) -> exp.Cast:
    return cast(text(value.isoformat()), "DATE")


def true() -> exp.Boolean:
    return exp.Boolean(this=True)


def false() -> exp.Boolean:
    return exp.Boolean(this=False)


def null(storage: str) -> exp.Cast:
    """A missing value of a stored type; a bare NULL has no type, and engines guess."""
    return cast(exp.Null(), storage)


def literal(value: Value | None, storage: str) -> exp.Expr:
    """A stored value as it is written in SQL, always with its type."""
    if value is None:
        return null(storage)
    if isinstance(value, bool):
        return true() if value else false()
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, Decimal | int):
        # As text: a number of more than 38 digits would silently become a float.
        return cast(text(format(value, "f")), storage)
    return text(value)


def storage_of(made: Column) -> str:
    """The SQL type a column is kept in."""
    return made.type.storage


def both(*conditions: exp.Expr | None) -> exp.Expr | None:
    """All of the conditions that there are; None when there are none."""
    return _joined(exp.And, conditions)


def either(*conditions: exp.Expr | None) -> exp.Expr | None:
    """Any of the conditions that there are; None when there are none."""
    return _joined(exp.Or, conditions)


def _joined(
    kind: Callable[..., exp.Expr], conditions: Iterable[exp.Expr | None]
) -> exp.Expr | None:
    present = [one for one in conditions if one is not None]
    if not present:
        return None
    if len(present) == 1:
        return present[0]
    return reduce(lambda a, b: kind(this=a, expression=b), (_bracketed(one) for one in present))


def _bracketed(one: exp.Expr) -> exp.Expr:
    return exp.Paren(this=one) if isinstance(one, exp.Connector) else one


def operand(one: exp.Expr) -> exp.Expr:
    """An expression that can stand beside an operator: in brackets unless it is of one piece.

    `NOT gift IS FALSE` would otherwise be read as the opposite of what was meant.
    """
    loose = isinstance(one, exp.Binary | exp.Unary | exp.Predicate | exp.In)
    return exp.Paren(this=one) if loose and not isinstance(one, exp.Paren | exp.Dot) else one


def no(one: exp.Expr) -> exp.Not:
    return exp.Not(this=operand(one))


def is_missing(one: exp.Expr) -> exp.Is:
    return exp.Is(this=operand(one), expression=exp.Null())


def is_there(one: exp.Expr) -> exp.Is:
    return exp.Is(this=operand(one), expression=exp.Not(this=exp.Null()))


def is_true(one: exp.Expr) -> exp.Is:
    return exp.Is(this=operand(one), expression=true())


def is_false(one: exp.Expr) -> exp.Is:
    return exp.Is(this=operand(one), expression=false())


def equals(a: exp.Expr, b: exp.Expr) -> exp.EQ:
    return exp.EQ(this=operand(a), expression=operand(b))


def same(a: exp.Expr, b: exp.Expr, *, may_be_missing: bool) -> exp.Expr:
    """The same part of a key; where it may be blank, as an edge's first day, blank is blank."""
    kind = exp.NullSafeEQ if may_be_missing else exp.EQ
    return kind(this=operand(a), expression=operand(b))


def cases(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Expr:
    """`CASE WHEN … THEN … ELSE … END`; without branches just what is otherwise."""
    if not branches:
        return otherwise if otherwise is not None else exp.Null()
    ifs = [exp.If(this=condition, true=result) for condition, result in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def first_there(*values: exp.Expr) -> exp.Expr:
    """The first value that is not NULL."""
    if len(values) == 1:
        return values[0]
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))


def is_no_data(why: exp.Expr) -> exp.Expr:
    """True for a reason of the kind "no data"; NULL where nothing is missing."""
    return exp.StartsWith(this=why, expression=text("no_data."))


def worst(*whys: exp.Expr | None) -> exp.Expr | None:
    """The reason that holds of several: no data beats not applicable, then the leftmost.

    None when none of the operands can be missing.
    """
    present = [why for why in whys if why is not None]
    if len(present) <= 1:
        return present[0] if present else None
    grave = [(is_no_data(why), why.copy()) for why in present[:-1]]
    last = present[-1]
    return cases(
        *grave,
        (is_no_data(last), last.copy()),
        otherwise=first_there(*(why.copy() for why in present)),
    )


def falls_in(
    moment: exp.Expr,
    from_: exp.Expr | None,
    until: exp.Expr | None,
    *,
    open_ends: bool = False,
) -> exp.Expr | None:
    """`from <= moment < until`; with `open_ends` a blank bound does not bound.

    Half-open, so that a change on the 1st counts no day twice.
    """
    moment = operand(moment)
    low = exp.LTE(this=operand(from_), expression=moment) if from_ is not None else None
    high = exp.LT(this=moment.copy(), expression=operand(until)) if until is not None else None
    if not open_ends:
        return both(low, high)
    lower = either(is_missing(from_.copy()), low) if from_ is not None else None
    upper = either(is_missing(until.copy()), high) if until is not None else None
    return both(lower, upper)


def ordered(one: exp.Expr, *, descending: bool = False, missing_last: bool = True) -> exp.Ordered:
    """A sort key; where missing values stand is always said, engines differ."""
    return exp.Ordered(this=one, desc=descending, nulls_first=not missing_last)


def over(
    function: exp.Expr,
    partition: Sequence[exp.Expr],
    by: Sequence[exp.Ordered] = (),
    frame: exp.WindowSpec | None = None,
) -> exp.Window:
    return exp.Window(
        this=function,
        partition_by=list(partition),
        order=exp.Order(expressions=list(by)) if by else None,
        spec=frame,
    )


def rows_so_far() -> exp.WindowSpec:
    """The frame from the first row of the partition to this one."""
    return exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")


def rows_before() -> exp.WindowSpec:
    """The frame from the first row of the partition to the one before this."""
    return exp.WindowSpec(
        kind="ROWS",
        start="UNBOUNDED",
        start_side="PRECEDING",
        end=exp.Literal.number(1),
        end_side="PRECEDING",
    )


def function(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """A function that is spelled the same in every dialect we print."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def rows_all() -> exp.WindowSpec:
    """The frame that holds the whole partition."""
    return exp.WindowSpec(
        kind="ROWS",
        start="UNBOUNDED",
        start_side="PRECEDING",
        end="UNBOUNDED",
        end_side="FOLLOWING",
    )


def peers_so_far() -> exp.WindowSpec:
    """The frame up to the last row that sorts like this one."""
    return exp.WindowSpec(
        kind="RANGE", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW"
    )


def integer(expression: exp.Expr) -> exp.Cast:
    """A whole number of up to 38 digits; only inside a step, never as a column of one."""
    return cast(expression, "HUGEINT")


def integer_sum(expression: exp.Expr) -> exp.Expr:
    """The exact sum of whole numbers."""
    return exp.Sum(this=expression)


def scale_of(storage: str) -> int:
    """Decimals of a stored type: 6 of DECIMAL(24,6), 0 of BIGINT."""
    return int(storage.rpartition(",")[2].rstrip(")")) if "," in storage else 0


def decimal_to_units(value: exp.Expr, stored_scale: int, scale: int) -> exp.Expr:
    """A stored number in whole units of 10^-scale, exactly; `scale` is not below the stored one."""
    if not stored_scale:
        return exp.Mul(this=integer(value), expression=power_of_ten(scale))
    # The part before the point and the part behind it, because the product would be too wide.
    whole_part = exp.Mul(this=integer(function("trunc", value)), expression=power_of_ten(scale))
    rest = exp.Paren(this=exp.Sub(this=value.copy(), expression=function("trunc", value.copy())))
    behind = exp.Mul(
        this=cast(rest, f"DECIMAL({stored_scale},{stored_scale})"),
        expression=cast(power_of_ten(stored_scale), f"DECIMAL({stored_scale + 1},0)"),
    )
    units = exp.Mul(
        this=integer(exp.Paren(this=behind)), expression=power_of_ten(scale - stored_scale)
    )
    return exp.Add(this=exp.Paren(this=whole_part), expression=exp.Paren(this=units))


def units_to_decimal(units: exp.Expr, scale: int) -> exp.Expr:
    """Whole units of 10^-scale as a decimal, exactly."""
    digits = cast(units, "DECIMAL(38,0)")
    if not scale:
        return digits
    smallest = cast(text("0." + "0" * (scale - 1) + "1"), f"DECIMAL({scale},{scale})")
    return exp.Mul(this=digits, expression=smallest)


def power_of_ten(scale: int) -> exp.Expr:
    return integer(exp.Literal.number(10**scale))
