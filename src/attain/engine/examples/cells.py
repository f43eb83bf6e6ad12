"""The texts of an example as exact values, by the type of their column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from attain.core.booleans import parse_boolean
from attain.core.dates import parse_date
from attain.core.errors import AttainError, Problem
from attain.core.keys import reference_key
from attain.core.numbers import WHOLE_NUMBERS, NumberProfile, parse_number, parse_ratio
from attain.core.periods import Calendars, Period, parse_period, period_as_written
from attain.core.rounding import narrow
from attain.core.schemas import ColumnSchema, ColumnType
from attain.core.units import Type, Unit

_NUMBERS: Final = frozenset({ColumnType.money, ColumnType.ratio, ColumnType.points})
Known = Callable[[str, str], bool]
"""Whether a code of a kind occurs in the example."""


def stored_cell(
    column: ColumnSchema, text: str | None, known: Known, calendars: Calendars
) -> dict[str, Any]:
    """The stored columns of one cell, as importing a file would store them.

    :raises AttainError: a text that is no value of the column.
    """
    if column.type is ColumnType.period:
        return _period_cells(column.name, text, calendars)
    return {column.name: None if _is_blank(text) else _value(column, str(text), known)}


def _is_blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _value(column: ColumnSchema, text: str, known: Known) -> Any:
    match column.type:
        case ColumnType.code | ColumnType.text:
            return text
        case ColumnType.date:
            return parse_date(text)
        case ColumnType.boolean:
            return parse_boolean(text)
        case ColumnType.key:
            return reference_key(text, column.kinds, known)
        case ColumnType.count | ColumnType.days if not column.scale:
            return int(parse_ratio(text, WHOLE_NUMBERS).value)
        case ColumnType.money:
            return parse_number(text).value
    return parse_ratio(text).value


def too_fine(column: ColumnSchema, text: str | None) -> Problem | None:
    """What a file is told of a number with more decimals than its column keeps, else None."""
    if _is_blank(text) or column.type not in _NUMBERS:
        return None
    parse = parse_number if column.type is ColumnType.money else parse_ratio
    try:
        parse(str(text), NumberProfile(scale=column.accepted_scale))
    except AttainError as error:
        return error.problems[0]
    return None


def _period_cells(name: str, text: str | None, calendars: Calendars) -> dict[str, Any]:
    if _is_blank(text):
        return {name: None, f"{name}_from": None, f"{name}_until": None}
    period = parse_period(period_as_written(str(text)), calendars)
    return {name: str(period), f"{name}_from": period.from_, f"{name}_until": period.until}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a cell is expected to hold: a value, one of its roundings, or a reason."""

    text: str
    value: Any = None
    decimals: int | None = None
    """With ≈: as many decimals as are written are compared."""
    reason: str | None = None
    """`no_data`, `not_applicable`, a whole code, or `missing` for any reason."""

    def is_met(self, got: Any, why: str | None) -> bool:
        """Whether a value, or the reason for its absence, is what was expected."""
        if self.reason is not None:
            if got is not None:
                return False
            return self.reason == "missing" or _is_reason(why, self.reason)
        if got is None:
            return False
        if self.decimals is not None:
            return _rounded(got, self.decimals) == _rounded(self.value, self.decimals)
        if isinstance(self.value, Decimal):
            return not isinstance(got, bool | str | dt.date) and Fraction(got) == Fraction(
                self.value
            )
        return bool(got == self.value)

    def shown(self, got: Any, why: str | None) -> str:
        """What came out instead, written as the expectation is: in percent if it is."""
        if self.text.endswith("%") and isinstance(got, Decimal):
            sign, digits, exponent = got.as_tuple()
            # The same digits with the point moved, whatever precision decimals are calculated at.
            return f"{shown(Decimal((sign, digits, int(exponent) + 2)), why)}%"
        return shown(got, why)

    def rounded(self, got: Any) -> str:
        """The expectation that only its decimals keep from being met, as `≈120.83%`; else ''."""
        if self.decimals is not None or not isinstance(self.value, Decimal):
            return ""
        if got is None or self._is_edge(got):
            return ""
        almost = f"≈{self.text}"
        return almost if _expected_number(almost).is_met(got, None) else ""

    def _is_edge(self, got: Any) -> bool:
        """96.99999% is not 97% in more decimals: a band may begin between the two."""
        unit = Fraction(1, 100) if self.text.endswith("%") else Fraction(1)
        gap = abs(Fraction(got) - Fraction(self.value or 0))
        return "." not in self.text and gap < unit * _NEAR


def _is_reason(why: str | None, asked: str) -> bool:
    return why is not None and (why == asked or why.startswith(f"{asked}."))


def _rounded(value: Any, decimals: int) -> Decimal:
    return narrow(Fraction(value), decimals)


_NEAR: Final = Fraction(1, 100)
_REASONS: Final = {
    **dict.fromkeys(("no data", "没有数据", "暂无数据", "无数据"), "no_data"),
    **dict.fromkeys(("not applicable", "不适用"), "not_applicable"),
    **dict.fromkeys(("not eligible", "不符合条件", "不满足条件"), "not_applicable"),
    "missing": "missing",
}
"""The statuses of results, as statements and `outcomes` say them; `no_data` will do, too."""


def expected(type_: Type, text: str | None) -> Expected:
    """An expectation as an author writes it: `120%`, `≈84.29`, `no data`, `A`, `li`.

    :raises AttainError: a text that is no value of the type.
    """
    if text is None or not text.strip():
        return Expected("", reason="missing")
    said = text.strip()
    if reason := _REASONS.get(said.replace("_", " ")):
        return Expected(said, reason=reason)
    if said.startswith(("no_data.", "not_applicable.")):
        return Expected(said, reason=said)
    if type_.is_number:
        return _expected_number(said)
    return Expected(said, _plain(type_, said))


def _expected_number(said: str) -> Expected:
    if said[0] not in "≈~":
        return Expected(said, parse_ratio(said).value)
    digits = said[1:].strip()
    value = parse_ratio(digits).value
    decimals = len(digits.rstrip("%").partition(".")[2]) + (2 if digits.endswith("%") else 0)
    return Expected(said, value, decimals)


def _plain(type_: Type, text: str) -> Any:
    match type_.unit:
        case Unit.date:
            return parse_date(text)
        case Unit.boolean:
            return parse_boolean(text)
        case Unit.key:
            return key_of(type_, text)
    return text


def whole_reason(reason: str | None) -> str | None:
    """`no data` as an author writes it, with a reason of its own."""
    if reason is None or "." in reason:
        return reason
    return "no_data.value" if reason == "missing" else f"{reason}.given"


def key_of(type_: Type, text: str) -> str:
    """The opaque key a code of an example stands for."""
    if type_.kind is None:
        return text
    return reference_key(text, (type_.kind,))


def shown(value: Any, why: str | None) -> str:
    """What came out, for a failure."""
    if value is None:
        return why or "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def period_of(text: str, calendars: Calendars) -> Period:
    """A period as examples write it."""
    return parse_period(period_as_written(text), calendars)
