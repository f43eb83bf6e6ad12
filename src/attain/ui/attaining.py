"""Attainment in colour, shape and figure: reached, close, below, or no data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from attain.ui import formats

Tone = Literal["good", "near", "low", "none"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where a ratio counts as reached and as close; a board may set its own."""

    reached: Decimal = Decimal(1)
    near: Decimal = Decimal("0.9")


USUAL: Final = Thresholds()


def tone_of(value: formats.Number | None, thresholds: Thresholds = USUAL) -> Tone:
    """How a ratio stands; compared in full, never as it is rounded for reading."""
    if value is None or value == "":
        return "none"
    exact = formats.as_decimal(value)
    if exact >= thresholds.reached:
        return "good"
    return "near" if exact >= thresholds.near else "low"
