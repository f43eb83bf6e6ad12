"""Values as they stand in an explanation."""

from __future__ import annotations

from fractions import Fraction

from attain.core.formats import show_value
from attain.core.reasons import is_no_data
from attain.core.units import Type, Unit
from attain.engine.provenance.model import Node
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
        return viewer.reason(value.reason)
    if isinstance(value, str):
        return viewer.name(value) if type_.unit is Unit.key else value
    return signed(show_value(value, type_, viewer.language))


def shown_within(value: Result | None, type_: Type, viewer: Viewer) -> str:
    """A value inside a calculation; of a missing one that there is none: why stands below."""
    if isinstance(value, Absent):
        return say("no_data" if is_no_data(value.reason) else "not_applicable", viewer.language)
    return shown(value, type_, viewer)


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


def priced_gap(gap: Fraction, type_: Type, viewer: Viewer) -> str:
    """How much is missing, with as many decimals as it takes to show that it is something."""
    text = priced(gap, type_, viewer)
    if not gap or any(digit in text for digit in "123456789"):
        return text
    exact = gap * 100 if type_.unit is Unit.ratio else gap
    decimals = 1
    while exact * 10**decimals < 1:
        decimals += 1
    digit = int(exact * 10**decimals)
    is_all = Fraction(digit, 10**decimals) == exact
    figure = f"{'' if is_all else '≈'}0.{'0' * (decimals - 1)}{digit}"
    return f"{figure}%" if type_.unit is Unit.ratio else figure


def signed(text: str) -> str:
    """With a real minus sign before the digits."""
    return text.replace("-", MINUS) if _is_number(text) else text


def bracketed(text: str) -> str:
    """A negative number after an operator: 500.00 + (−600.00)."""
    return f"({text})" if text.startswith(MINUS) else text


def _is_number(text: str) -> bool:
    return text.lstrip("≈-")[:1].isdigit() and text.count("-") <= 1


def is_single(text: str) -> bool:
    """Whether a text is one number and no calculation: 50%, −1,200.00."""
    figures = text.removeprefix("≈").removeprefix(MINUS).removesuffix("%")
    return figures.replace(",", "").replace(".", "").isdigit()


def decides(part: Result, node: Node) -> bool:
    """Whether a row is worth being shown among many: it brings something, or is the largest."""
    how = node.gathered.aggregate if node.gathered is not None else ""
    if how in ("max", "min"):
        return bool(part == node.value)
    return how not in ("sum", "count") or part not in (False, 0)
