"""The only division and the only rounding of Attain.

Everything is exact until a column says that it rounds. Inside an expression a quotient is
a fraction; a stored value is narrowed, half away from zero, to the decimals of its unit.
No result depends on the decimal context of the process.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attain.core.errors import AttainError, codes, problem
from attain.core.units import MAX_DIGITS

Exact = Fraction | Decimal | int
"""A number without error. Binary floating point is refused everywhere."""

_LIMIT: Final = 10**MAX_DIGITS


class Mode(StrEnum):
    """How a value between two steps is rounded."""

    half_up = "half_up"
    """To the nearer step, a tie away from zero (四舍五入): 2.5 is 3, -2.5 is -3."""
    down = "down"
    """Towards zero: 2.9 is 2, -2.9 is -2."""
    up = "up"
    """Away from zero: 2.1 is 3, -2.1 is -3."""
    floor = "floor"
    """To the next lower step: 2.9 is 2, -2.1 is -3."""


def exact(value: Exact) -> Fraction:
    """A number as an exact fraction.

    :raises TypeError: a binary floating point number, a boolean, or anything else.
    :raises ValueError: NaN or an infinity.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"{type(value).__name__} is not an exact number")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} is not a number")
    return Fraction(value)


def decimal_of(units: int, scale: int) -> Decimal:
    """The decimal `units × 10^-scale`, of any length: (12345, 2) is 123.45; 0 has no sign.

    :raises AttainError: AMOUNT_OVERFLOW above 38 digits.
    """
    if not -_LIMIT < units < _LIMIT:
        raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=MAX_DIGITS))
    # Built from text: every arithmetic method of Decimal rounds to the process context.
    return Decimal(f"{units}E{-scale}")


def units_of(value: Exact, scale: int) -> int:
    """How many `10^-scale` a value is, exactly: 123.45 at scale 2 is 12345.

    :raises AttainError: VALUE_NOT_EXACT if the value is finer than the scale.
    """
    scaled = exact(value) * _power(scale)
    if scaled.denominator != 1:
        raise AttainError(problem(codes.VALUE_NOT_EXACT, value=value, unit=f"10^-{scale}"))
    return int(scaled)


def round_to(value: Exact, step: Decimal | int, mode: Mode = Mode.half_up) -> Decimal:
    """A value rounded to a multiple of `step` (0.01, 1, 500, 0.5), at the step's decimals.

    :raises AttainError: AMOUNT_OVERFLOW above 38 digits.
    :raises ValueError: a step that is not above zero.
    """
    width = exact(step)
    if width <= 0:
        raise ValueError(f"a rounding step is above zero, not {step}")
    scale = decimals(step)
    steps = round_whole(exact(value) / width, mode)
    return decimal_of(steps * units_of(step, scale), scale)


def round_whole(value: Fraction, mode: Mode = Mode.half_up) -> int:
    """A fraction rounded to a whole number."""
    if mode is Mode.floor:
        return value.numerator // value.denominator
    whole, rest = divmod(abs(value.numerator), value.denominator)
    if mode is Mode.up and rest:
        whole += 1
    if mode is Mode.half_up and 2 * rest >= value.denominator:
        whole += 1
    return whole if value >= 0 else -whole


def narrow(value: Exact, scale: int) -> Decimal:
    """A value at `scale` decimals, half up: what storing a number does, visibly.

    :raises AttainError: AMOUNT_OVERFLOW above 38 digits.
    """
    return decimal_of(round_whole(exact(value) * _power(scale)), scale)


def divide(numerator: Exact, denominator: Exact, scale: int) -> Decimal:
    """The one division: exact, then half up to `scale` decimals; 2 / 3 at 2 is 0.67.

    :raises AttainError: DIVISION_BY_ZERO, or AMOUNT_OVERFLOW above 38 digits.
    """
    divisor = exact(denominator)
    if divisor == 0:
        raise AttainError(problem(codes.DIVISION_BY_ZERO, value=numerator))
    return narrow(exact(numerator) / divisor, scale)


def _power(scale: int) -> int:
    if scale < 0:
        raise ValueError(f"a scale counts decimals and is not negative: {scale}")
    power: int = 10**scale
    return power


def decimals(value: Decimal | int) -> int:
    """Decimals as written: 1.50 has 2, 500 and 5E+2 have none."""
    if isinstance(value, int):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
