"""DuckDB's spelling."""

from __future__ import annotations

import string
from decimal import Decimal
from typing import Final

from sqlglot import exp

from attain.core.rounding import Mode
from attain.core.units import MAX_DIGITS
from attain.expressions.sql import build, duckdb_macros, figures
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient


class DuckDB:
    """Prints for DuckDB 2.0; see `duckdb_macros` for how it divides."""

    def macros(self) -> tuple[str, ...]:
        return duckdb_macros.macros()

    def bind(self, name: str, part: Sql, inside: Sql) -> Sql:
        """The only element of a list with the part transformed into what is inside."""
        bound = exp.Lambda(
            this=inside, expressions=[exp.to_identifier(name, quoted=True)], colon=True
        )
        made = build.call("list_transform", exp.Array(expressions=[part]), bound)
        return build.call("list_extract", made, build.number(1))

    # ------------------------------------------------------------------------------- numbers

    def narrow(self, number: Quotient, scale: int) -> Figure:
        above = number.above
        if number.below is not None:
            tens = _tens(number.below)
            if tens is not None and tens <= scale:
                return _shifted(above, tens, scale)
            return _divided(above, number.below, _result(scale), Mode.half_up, scale)
        if above.scale <= scale:
            return above
        return Figure(_rounded(above, scale), scale, scale, MAX_DIGITS)

    def to_divide(self, number: Figure) -> Figure:
        """Without decimals that it has room for but does not have: a division reads it often."""
        if number.value is not None or number.held != LONG_SCALE or number.scale > SHORT_SCALE:
            return number
        shortened = build.call("attain_shorten", number.sql)
        return Figure(shortened, number.scale, SHORT_SCALE, MAX_DIGITS)

    def steps(self, number: Quotient, step: Figure, mode: Mode) -> Figure:
        below = step if number.below is None else figures.multiply(number.below, step)
        if number.above.value is not None and below.value is not None:
            below = figures.full(below)
        return _divided(number.above, below, 0, mode, 0)

    def multiply(self, first: Figure, second: Figure) -> Figure:
        made = build.call("attain_multiply", first.sql, second.sql)
        return Figure(made, 18, 18, MAX_DIGITS)

    # --------------------------------------------------------------------------------- dates

    def days_between(self, first: Sql, last: Sql) -> Sql:
        return build.binary(exp.Sub, last, first)

    def add_days(self, date: Sql, days: Sql) -> Sql:
        return build.binary(exp.Add, date, build.cast(days, "INTEGER"))

    def date(self, function: str, arguments: list[Sql]) -> Sql:
        return build.call(_DATES.get(function, f"attain_{function}"), *arguments)

    # --------------------------------------------------------------------------------- texts

    def text(self, function: str, arguments: list[Sql]) -> Sql:
        if function == "concat":
            joined = arguments[0]
            for one in arguments[1:]:
                joined = exp.DPipe(this=build.closed(joined), expression=build.closed(one))
            return build.closed(joined)
        if function in ("upper", "lower"):
            small, large = build.text(string.ascii_lowercase), build.text(string.ascii_uppercase)
            pair = (small, large) if function == "upper" else (large, small)
            return build.call("translate", arguments[0], *pair)
        if function == "matches":
            return build.call("attain_matches", *arguments)
        return build.call(_TEXTS[function], *arguments)


_TEXTS = {
    "starts_with": "starts_with",
    "ends_with": "ends_with",
    "contains": "contains",
    "length": "length",
    "left": "left",
    "right": "right",
    "replace": "replace",
    "trim": "trim",
}

_DATES = {
    "year": "year",
    "month": "month",
    "day": "day",
    "day_of_week": "isodow",
    "quarter": "quarter",
}


LONG_SCALE: Final = 18
SHORT_SCALE: Final = 6
"""Decimals that ratios are held with, and those of amounts and counts."""

_LEFT: Final = 6
"""Digits before the point that 64 bits must leave, so that rounding in them is worth a test."""


def _rounded(figure: Figure, scale: int) -> Sql:
    """Half up. Beyond 18 digits DuckDB takes ten times as long, and hardly any amount has them."""
    rounded = build.call("round", figure.sql.copy(), build.number(scale))
    before = figures.NARROW_WIDTH - figure.held
    if figure.width <= figures.NARROW_WIDTH or before < _LEFT:
        return rounded
    size = build.call("abs", figure.sql.copy())
    is_short = build.binary(exp.LT, size, build.number(10**before))
    short = build.cast(figure.sql, f"DECIMAL({figures.NARROW_WIDTH}, {figure.held})")
    return build.cases([(is_short, build.call("round", short, build.number(scale)))], rounded)


def _tens(figure: Figure) -> int | None:
    """How many zeros a constant 10, 100, 1000 ... has."""
    value = figure.value
    if value is None or value < 10 or value != Decimal(10) ** value.adjusted():
        return None
    return value.adjusted()


def _shifted(above: Figure, tens: int, scale: int) -> Figure:
    """Divided by 10, 100, 1000 ...: rounded that much earlier, then with the point moved."""
    kept = scale - tens
    if above.held > kept:
        above = Figure(_rounded(above, kept), min(above.scale, kept), kept, MAX_DIGITS)
    return figures.multiply(above, figures.literal(Decimal(1).scaleb(-tens)))


def _result(scale: int) -> int:
    """The decimals a division is made with: those wanted, if there is such a macro."""
    return next(result for result in duckdb_macros.RESULTS if result >= scale)


def _divided(above: Figure, below: Figure, result: int, mode: Mode, scale: int) -> Figure:
    assert result == scale or mode is Mode.half_up
    first, second = _scale(above), _scale(below)
    name = f"attain_divide_{first}_{second}_{result}"
    arguments = [above.sql, below.sql, build.text(mode.value)]
    if (first, second, mode) == (6, 6, Mode.half_up) and result:
        name, arguments = f"attain_divide_{result}", arguments[:2]
    made = build.call(name, *arguments)
    return Figure(made, result, result, MAX_DIGITS)


def _scale(figure: Figure) -> int:
    return next(scale for scale in duckdb_macros.SCALES if scale >= figure.scale)
