"""Exact arithmetic of the trials, with nothing of the engine."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any


def rounded(exact: Fraction | Decimal | int, step: str = "0.01", *, down: bool = False) -> Decimal:
    """A multiple of the step, halves away from zero, or cut towards zero."""
    parts = Fraction(exact) / Fraction(step)
    whole = abs(parts) if down else abs(parts) + Fraction(1, 2)
    count = whole.numerator // whole.denominator
    return (count if parts >= 0 else -count) * Decimal(step)


def same(got: Any, exact: Any) -> bool:
    """Whether a stored value is the exact one, to the last of the digits it has."""
    if not isinstance(got, Decimal) or exact is None:
        return bool(got == exact)
    exponent = got.as_tuple().exponent
    assert isinstance(exponent, int)
    return got == rounded(Fraction(exact), f"{Decimal(1).scaleb(exponent):f}")


def places(marks: dict[str, Any]) -> dict[str, int]:
    """1, 2, 2, 4: the largest first, equals share their place."""
    return {name: 1 + sum(one > mark for one in marks.values()) for name, mark in marks.items()}
