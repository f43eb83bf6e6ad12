"""Values as they stand in an explanation."""

from __future__ import annotations

from fractions import Fraction

from attain.core import reasons
from attain.core.formats import show_value
from attain.core.units import Type, Unit
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.viewing import Viewer
from attain.expressions.results import Absent, Result

MINUS = "−"
"""The sign of a negative number in documents; a hyphen may break off at a line's end."""


def shown(value: Result | None, type_: Type, viewer: Viewer) -> str:
    """A value in its unit, without its currency: 862,417.60, 113.476%, 是."""
    if value is None:
        return say("not_shown", viewer.language)
    if isinstance(value, Absent):
        return reasons.sentence(value.reason, viewer.language)
    if isinstance(value, str):
        return viewer.name(value) if type_.unit is Unit.key else value
    return signed(show_value(value, type_, viewer.language))


def priced(value: Result | None, type_: Type, viewer: Viewer) -> str:
    """A value with its currency where it is money: ¥11,211.43, −¥412.80, USD 5.00."""
    text = shown(value, type_, viewer)
    if type_.unit is not Unit.money or not isinstance(value, Fraction):
        return text
    sign = MINUS if text.startswith(MINUS) else ""
    amount = text.removeprefix(MINUS)
    approximate = "≈" if amount.startswith("≈") else ""
    amount = amount.removeprefix("≈").removeprefix(MINUS)
    if type_.currency in (None, "CNY"):
        return f"{approximate}{sign}¥{amount}"
    return f"{approximate}{sign}{type_.currency} {amount}"


def signed(text: str) -> str:
    """With a real minus sign before the digits."""
    return text.replace("-", MINUS) if _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("≈-")[:1].isdigit() and text.count("-") <= 1
