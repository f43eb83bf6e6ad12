"""Differences of large totals as floating bars between two level marks, as shapes for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from attain.apps.runs.pages.comparison import Bar
from attain.ui import formats

WIDTH: Final = 720
HEIGHT: Final = 210
_TOP: Final = 26
_BOTTOM: Final = 34


@dataclass(frozen=True)
class Shape:
    """One bar or level mark with its words, in the units of the drawing."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    middle: int
    text: str
    text_y: int
    label: str
    level: int
    next_x: int | None


def shapes(bars: Sequence[Bar], currency: str) -> list[Shape]:
    """The bars placed; levels are cut off below the smallest, since only differences show."""
    if not bars:
        return []
    tops = [level for one in bars for level in _ends(one)]
    low, high = min(tops), max(tops)
    span = max(1, high - low)
    step = WIDTH // len(bars)
    room = HEIGHT - _TOP - _BOTTOM

    def y_of(amount: int) -> int:
        return _TOP + room - (amount - low) * room // span

    found = []
    for number, one in enumerate(bars):
        width = min(64, step * 6 // 10)
        x = number * step + (step - width) // 2
        first, last = _ends(one)
        top, bottom = y_of(max(first, last)), y_of(min(first, last))
        height = 3 if one.is_total else max(2, bottom - top)
        found.append(
            Shape(
                kind=_kind(one),
                x=x,
                y=top,
                width=width,
                height=height,
                middle=x + width // 2,
                text=_text(one, currency),
                text_y=top - 8,
                label=one.label,
                level=y_of(last),
                next_x=(number + 1) * step + (step - width) // 2
                if number + 1 < len(bars)
                else None,
            )
        )
    return found


def _ends(one: Bar) -> tuple[int, int]:
    return (one.amount, one.amount) if one.is_total else (one.start, one.start + one.amount)


def _kind(one: Bar) -> str:
    if one.is_total:
        return "total"
    return "more" if one.amount >= 0 else "less"


def _text(one: Bar, currency: str) -> str:
    amount = formats.minor_amount(one.amount, currency)
    return formats.money(amount, currency, signed=not one.is_total)
