"""Exact numbers in SQL: decimals whose width is known, and quotients not yet divided.

Engines give the result of an operation a type by rules of their own, and some of these lose
digits (DuckDB where a CASE mixes DECIMAL(38, 2) with DECIMAL(38, 0), for one). So the width
and decimals of every expression are followed here, and cast wherever a rule could bite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlglot import exp

from attain.core.units import MAX_DIGITS, Type, Unit
from attain.expressions.digits import MAX_SCALE
from attain.expressions.sql import build
from attain.expressions.sql.build import Sql

BIGINT_WIDTH: Final = 20
INTEGER_WIDTH: Final = 10
NARROW_WIDTH: Final = 18
"""DuckDB multiplies decimals up to this width in 64 bits, and stops where that overflows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A decimal in SQL.

    `scale` is the exact number of decimals, `held` those of its SQL type (a column may be
    held with more), `width` the digits of that type. `value` is told for literals.
    """

    sql: Sql
    scale: int
    held: int
    width: int
    value: Decimal | None = None

    def copy(self) -> Figure:
        """The same figure for a second place in the SQL."""
        return Figure(self.sql.copy(), self.scale, self.held, self.width, self.value)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A number as numerator and, if something was divided, denominator (never zero, or NULL)."""

    above: Figure
    below: Figure | None = None

    def copy(self) -> Quotient:
        return Quotient(self.above.copy(), self.below.copy() if self.below else None)

    def under(self) -> Figure:
        """The denominator, 1 where nothing was divided."""
        return self.below.copy() if self.below else ONE()


def literal(value: Decimal) -> Figure:
    _, figures, exponent = value.as_tuple()
    scale = max(0, -int(exponent))
    whole = value == value.to_integral_value()
    digits = max(len(figures) + max(0, int(exponent)), scale + 1)
    width = INTEGER_WIDTH if scale == 0 and digits < INTEGER_WIDTH else max(digits, 1)
    written = int(value) if whole and scale == 0 else value
    return Figure(build.number(written), scale, scale, min(width, MAX_DIGITS), value)


def ONE() -> Figure:  # noqa: N802 - a constant, fresh each time because SQL trees are not shared
    return literal(Decimal(1))


def column(sql: Sql, type_: Type) -> Figure:
    """A stored column: whole numbers as BIGINT, money as DECIMAL(24,6), else DECIMAL(38,18)."""
    held = held_scale(type_)
    scale = held if type_.scale is None else min(type_.scale, held)
    if held == 0:
        return Figure(sql, 0, 0, BIGINT_WIDTH)
    return Figure(sql, scale, held, 24 if held == 6 else MAX_DIGITS)


def held_scale(type_: Type) -> int:
    """The decimals of a stored column's SQL type; hidden steps keep 18 whatever the unit."""
    if type_.unit is Unit.money and (type_.scale is None or type_.scale <= 6):
        return 6
    return 0 if type_.is_whole else 18


def storage(type_: Type) -> str:
    """The SQL type a value of this type is kept in."""
    if not type_.is_number:
        return type_.storage
    held = held_scale(type_)
    return "BIGINT" if held == 0 else f"DECIMAL({24 if held == 6 else MAX_DIGITS}, {held})"


def full(figure: Figure, scale: int | None = None) -> Figure:
    """The figure as a decimal of full width, at its exact decimals or those given."""
    kept = figure.scale if scale is None else scale
    if figure.width == MAX_DIGITS and figure.held == kept:
        return figure
    return Figure(build.decimal(figure.sql, kept), min(figure.scale, kept), kept, MAX_DIGITS)


def multiply(first: Figure, second: Figure) -> Figure:
    if first.value is not None and second.value is not None:
        return _folded(first, second, "*")
    if first.value == 1:
        return second
    if second.value == 1:
        return first
    if first.held + second.held > MAX_SCALE:
        first, second = full(first), full(second)
    if first.held == second.held == 0 or (
        max(first.width, second.width) <= NARROW_WIDTH < first.width + second.width
    ):
        first = full(first, first.held)
    return Figure(
        build.binary(exp.Mul, first.sql, second.sql),
        first.scale + second.scale,
        first.held + second.held,
        min(MAX_DIGITS, first.width + second.width),
    )


def add(first: Figure, second: Figure, *, subtract: bool = False) -> Figure:
    if first.value is not None and second.value is not None:
        return _folded(first, second, "-" if subtract else "+")
    if first.held == second.held == 0 and max(first.width, second.width) <= INTEGER_WIDTH:
        first = Figure(build.cast(first.sql, "BIGINT"), 0, 0, BIGINT_WIDTH)
    held = max(first.held, second.held)
    whole = max(first.width - first.held, second.width - second.held)
    return Figure(
        build.binary(exp.Sub if subtract else exp.Add, first.sql, second.sql),
        max(first.scale, second.scale),
        held,
        min(MAX_DIGITS, whole + held + 1),
    )


def _folded(first: Figure, second: Figure, operator: str) -> Figure:
    """Literals calculated here, exactly: a context of Python would round."""
    assert first.value is not None
    assert second.value is not None
    scale = max(first.scale, second.scale) if operator != "*" else first.scale + second.scale
    one, other = _units(first.value), _units(second.value)
    if operator == "*":
        units = one[0] * other[0]
    else:
        left = one[0] * 10 ** (scale - one[1])
        right = other[0] * 10 ** (scale - other[1])
        units = left - right if operator == "-" else left + right
    return literal(Decimal(f"{units}E-{scale}"))


def _units(value: Decimal) -> tuple[int, int]:
    sign, figures, exponent = value.as_tuple()
    units = int("".join(map(str, figures)))
    scale = max(0, -int(exponent))
    return (-units if sign else units) * 10 ** max(0, int(exponent)), scale


def negative(figure: Figure) -> Figure:
    if figure.value is not None:
        units, scale = _units(figure.value)
        return literal(Decimal(f"{-units}E-{scale}"))
    return Figure(exp.Neg(this=build.closed(figure.sql)), figure.scale, figure.held, figure.width)


def absolute(figure: Figure) -> Figure:
    if figure.value is not None:
        return literal(figure.value.copy_abs())
    return Figure(build.call("abs", figure.sql), figure.scale, figure.held, figure.width)


def alike(figures: Sequence[Figure]) -> list[Figure]:
    """Figures that stand in one CASE or LEAST: of one type, where their own would not do."""
    held = max(figure.held for figure in figures)
    whole = max(figure.width - figure.held for figure in figures)
    if whole + held > MAX_DIGITS:
        scale = max(figure.scale for figure in figures)
        return [full(figure, scale) for figure in figures]
    return list(figures)


def choose(branches: Sequence[tuple[Sql, Figure]], otherwise: Figure | None) -> Figure:
    """A CASE over figures."""
    given = [figure for _, figure in branches] + ([otherwise] if otherwise else [])
    fitted = alike(given)
    last = fitted.pop() if otherwise else None
    pairs = [(condition, one.sql) for (condition, _), one in zip(branches, fitted, strict=True)]
    known = fitted + ([last] if last else [])
    return like(build.cases(pairs, last.sql if last else None), known)


def like(sql: Sql, figures: Sequence[Figure]) -> Figure:
    """An expression that is one of several figures."""
    held = max(figure.held for figure in figures)
    whole = max(figure.width - figure.held for figure in figures)
    scale = max(figure.scale for figure in figures)
    return Figure(sql, scale, held, min(MAX_DIGITS, whole + held))
