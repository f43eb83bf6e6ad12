"""Values as readers see them; never the other way round, and never a value that lies.

A shown number is exact, or says with ≈ that decimals were left off: 119.9999999% is not
shown as 120%.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.labels import ENGLISH, Labels, labels
from attain.core.rounding import exact, narrow
from attain.core.units import Type, Unit
from attain.core.values import minor_digits

_SHOWN_DECIMALS: Final = 4
_MOST_DECIMALS: Final = 18
_ROUND: Final = "00"
_YES_NO: Final = {True: labels("是", "yes"), False: labels("否", "no")}
_UNIT_WORDS: Final[dict[Unit, Labels]] = {
    Unit.points: labels("分", "points"),
    Unit.days: labels("天", "days"),
}

Shown = Decimal | Fraction | int | str | date | bool | None


def show_value(value: Shown, type_: Type, language: str = "zh-Hans") -> str:
    """A value in words of its unit: 1,234.50, 120%, 是, 2026-09-30; a dash for a missing one.

    The currency is not said, because a column or a sentence around it says it once.
    """
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _YES_NO[value].get(language)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if type_.unit is Unit.ratio:
        return f"{show_number(exact(value) * 100)}%"
    if type_.unit is Unit.money:
        return show_number(value, at_least=minor_digits(type_.currency or "") or 0)
    return show_number(value)


def show_with_unit(value: Shown, type_: Type, language: str = "zh-Hans") -> str:
    """A value with its currency or unit: 1,234.50 CNY, 84.29 分, 3 days."""
    shown = show_value(value, type_, language)
    if value is None:
        return shown
    if type_.currency:
        return f"{shown} {type_.currency}"
    word = _UNIT_WORDS.get(type_.unit)
    if word is None:
        return shown
    return f"{shown} {word.get(language)}" if language == ENGLISH else f"{shown}{word.get()}"


def show_number(value: Decimal | Fraction | int, at_least: int = 0) -> str:
    """A number with separators of thousands and without needless zeros.

    >>> show_number(Decimal("1234.500000"), at_least=2)
    '1,234.50'
    >>> show_number(Fraction(2, 3))
    '≈0.6667'

    What rounds to a round number shows on which side of it it lies: a band may begin there.

    >>> show_number(Decimal("96.99999"))
    '96.99999'
    """
    number = exact(value)
    decimals = max(at_least, _SHOWN_DECIMALS)
    shown = narrow(number, decimals)
    if exact(shown) != number and f"{shown:f}".endswith(_ROUND):
        finer = (narrow(number, more) for more in range(decimals + 1, _MOST_DECIMALS + 1))
        shown = next((one for one in finer if one != shown), shown)
    text = f"{shown:,f}"
    if exact(shown) != number:
        # With its zeros, so that almost 120 % does not look like 120 %.
        return f"≈{text}"
    whole, _, rest = text.partition(".")
    kept = rest[:at_least] + rest[at_least:].rstrip("0")
    return f"{whole}.{kept}" if kept else whole
