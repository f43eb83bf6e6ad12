"""Spark's spelling."""

from __future__ import annotations

import string
from collections.abc import Iterator

from sqlglot import exp

from attain.core.rounding import Mode
from attain.core.units import MAX_DIGITS
from attain.expressions.sql import build, figures, spark_functions
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient


class Spark:
    """Prints for Spark 4; see `spark_functions` for how it divides and what a session must say."""

    def macros(self) -> tuple[str, ...]:
        return spark_functions.functions()

    def bind(self, name: str, part: Sql, inside: Sql) -> Sql:
        """The only element of an array with the part transformed into what is inside.

        What is bound may not be handed to functions of our own there: then the part is written
        out where it is named.
        """
        if any(_names(call, name) for call in inside.find_all(exp.Anonymous) if _is_own(call)):
            return _written_out(name, part, inside)
        bound = exp.Lambda(this=inside, expressions=[exp.to_identifier(name, quoted=True)])
        made = build.call("transform", build.call("array", part), bound)
        return build.call("element_at", made, build.number(1))

    # ------------------------------------------------------------------------------- numbers

    def narrow(self, number: Quotient, scale: int) -> Figure:
        above = number.above
        if number.below is not None:
            result = next(one for one in spark_functions.RESULTS if one >= scale)
            return _divided(above, number.below, result, Mode.half_up)
        if above.scale <= scale:
            return above
        rounded = build.call("round", above.sql, build.number(scale))
        return Figure(build.decimal(rounded, scale), scale, scale, MAX_DIGITS)

    def to_divide(self, number: Figure) -> Figure:
        """As it is: a function computes its arguments once."""
        return number

    def steps(self, number: Quotient, step: Figure, mode: Mode) -> Figure:
        below = step if number.below is None else figures.multiply(number.below, step)
        return _divided(number.above, below, 0, mode)

    def multiply(self, first: Figure, second: Figure) -> Figure:
        made = build.call("attain_multiply", first.sql, second.sql)
        return Figure(made, 18, 18, MAX_DIGITS)

    # --------------------------------------------------------------------------------- dates

    def days_between(self, first: Sql, last: Sql) -> Sql:
        return build.cast(build.call("datediff", last, first), "BIGINT")

    def add_days(self, date: Sql, days: Sql) -> Sql:
        return build.call("date_add", date, build.cast(days, "INTEGER"))

    def date(self, function: str, arguments: list[Sql]) -> Sql:
        if function in ("year", "month", "day", "quarter"):
            return build.cast(build.call(function, *arguments), "BIGINT")
        if function == "day_of_week":
            monday_is_zero = build.call("weekday", *arguments)
            return build.cast(build.binary(exp.Add, monday_is_zero, build.number(1)), "BIGINT")
        return build.call(f"attain_{function}", *arguments)

    # --------------------------------------------------------------------------------- texts

    def text(self, function: str, arguments: list[Sql]) -> Sql:
        if function == "length":
            return build.cast(build.call("length", *arguments), "BIGINT")
        if function in ("upper", "lower"):
            small, large = build.text(string.ascii_lowercase), build.text(string.ascii_uppercase)
            pair = (small, large) if function == "upper" else (large, small)
            return build.call("translate", arguments[0], *pair)
        return build.call(_TEXTS.get(function, function), *arguments)


_TEXTS = {
    "starts_with": "startswith",
    "ends_with": "endswith",
    "matches": "attain_matches",
}


def _is_own(call: exp.Anonymous) -> bool:
    return str(call.this).startswith("attain_")


def _names(inside: Sql, name: str) -> bool:
    return any(True for _ in _named(inside, name))


def _written_out(name: str, part: Sql, inside: Sql) -> Sql:
    made = exp.Paren(this=inside.copy())
    for column in list(_named(made, name)):
        column.replace(exp.Paren(this=part.copy()))
    return made


def _named(inside: Sql, name: str) -> Iterator[exp.Column]:
    """Where the part is meant: not where something else is bound under the same name."""

    def is_hidden(node: exp.Expr) -> bool:
        return isinstance(node, exp.Lambda) and name in {one.name for one in node.expressions}

    for node in inside.walk(prune=is_hidden):
        if isinstance(node, exp.Column) and node.name == name and not node.table:
            yield node


def _divided(above: Figure, below: Figure, result: int, mode: Mode) -> Figure:
    scale = next(one for one in spark_functions.SCALES if one >= max(above.scale, below.scale))
    name = spark_functions.division(scale, result, mode)
    if (scale, mode) == (6, Mode.half_up) and result:
        name = f"attain_divide_{result}"
    arguments = [build.decimal(one.sql, scale) for one in (above, below)]
    return Figure(build.call(name, *arguments), result, result, MAX_DIGITS)
