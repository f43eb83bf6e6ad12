"""Figures, dates and names as readers see them, in the language that is active.

A rounded figure never crosses an edge: 99.96 % is shown as 99.9 %, because 100.0 % would say
that the target is reached. Nothing here is ever read back: copy and export give full values.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from attain.core.errors import AttainError
from attain.core.periods.labelling import period_labels
from attain.core.periods.models import Period
from attain.core.periods.registry import ONLY_GREGORIAN, Calendars, parse_period
from attain.core.values import minor_digits

MINUS: Final = "\N{MINUS SIGN}"
_WIDE: Final = Context(prec=80)
_SIGNS: Final = {
    "CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "TWD": "NT$",
    "SGD": "S$", "KRW": "₩", "INR": "₹",
}  # fmt: skip
Number = Decimal | int | Fraction | str


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def language() -> str:
    """The reader's language as core knows it."""
    return "zh-Hans" if is_chinese() else "en"


# ----------------------------------------------------------------------------------- figures


def shown_digits(value: Number, places: int) -> Decimal:
    """A figure with so many decimals, rounded half up, but cut off where it would reach an edge.

    Edges are the whole numbers: bands, targets and thresholds begin there.

    >>> shown_digits(Decimal("113.476"), 1), shown_digits(Decimal("99.96"), 1)
    (Decimal('113.5'), Decimal('99.9'))
    """
    number = as_decimal(value)
    unit = Decimal(1).scaleb(-places)
    rounded = number.quantize(unit, ROUND_HALF_UP, _WIDE)
    whole = number.to_integral_value(ROUND_DOWN, _WIDE)
    if rounded.to_integral_value(ROUND_DOWN, _WIDE) != whole:
        return number.quantize(unit, ROUND_DOWN, _WIDE)
    return rounded


def as_decimal(value: Number) -> Decimal:
    """An exact figure from what pages are given: a text of digits, a whole number, a fraction."""
    if isinstance(value, Fraction):
        return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(value)


def grouped(value: Decimal) -> str:
    """Thousands separated by commas, the minus as a real one, and no minus at zero."""
    if not value:
        value = abs(value)
    text = f"{value:,f}"
    return text.replace("-", MINUS)


def number(value: Number | None, places: int | None = None) -> str:
    """A plain figure; without `places` all its decimals, needless zeros left off."""
    if value is None:
        return missing()
    exact = as_decimal(value)
    if places is not None:
        return grouped(shown_digits(exact, places))
    return grouped(_without_zeros(exact))


def _without_zeros(value: Decimal) -> Decimal:
    short = value.normalize(_WIDE)
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]


def count(value: int | None) -> str:
    """How many: 1,204."""
    return number(value)


def money(
    value: Number | None, currency: str = "CNY", coded: bool = False, signed: bool = False
) -> str:
    """An amount in full: ¥11,211.43, −¥412.80; with `coded` CNY 11,211.43.

    Amounts are rounded to what can be paid; only documents' exact values come here.
    """
    if value is None:
        return missing()
    digits = minor_digits(currency)
    exact = as_decimal(value).quantize(
        Decimal(1).scaleb(-(2 if digits is None else digits)), ROUND_HALF_UP, _WIDE
    )
    figure = f"{abs(exact):,f}"
    sign = MINUS if exact < 0 else "+" if signed and exact > 0 else ""
    mark = _SIGNS.get(currency)
    if coded or mark is None:
        return f"{currency} {sign}{figure}" if currency else f"{sign}{figure}"
    return f"{sign}{mark}{figure}"


def minor_amount(value: int, currency: str = "CNY") -> Decimal:
    """An amount in whole units from one in the smallest unit."""
    digits = minor_digits(currency)
    return Decimal(value).scaleb(-(2 if digits is None else digits), _WIDE)


def money_minor(value: int | None, currency: str = "CNY", coded: bool = False) -> str:
    """An amount that is kept in its smallest unit: 1121143 → ¥11,211.43."""
    return missing() if value is None else money(minor_amount(value, currency), currency, coded)


def money_short(value: Number | None, currency: str = "CNY") -> str:
    """An amount for overviews, never for documents: ¥1,156.3万, ¥1.69亿; ¥11.56M, ¥151K."""
    if value is None:
        return missing()
    exact = as_decimal(value)
    mark = _SIGNS.get(currency, f"{currency} ")
    sign = MINUS if exact < 0 else ""
    for limit, word, places in _STEPS[is_chinese()]:
        if abs(exact) >= limit:
            figure = shown_digits(_WIDE.divide(abs(exact), Decimal(limit)), places)
            return f"{sign}{mark}{figure:,f}{word}"
    return f"{sign}{mark}{shown_digits(abs(exact), 0):,f}"


_STEPS: Final[dict[bool, tuple[tuple[int, str, int], ...]]] = {
    True: ((10**8, "亿", 2), (10**4, "万", 1)),
    False: ((10**9, "B", 2), (10**6, "M", 2), (10**3, "K", 0)),
}


def ratio(value: Number | None, places: int = 1) -> str:
    """A ratio in percent: 1.13476 → 113.5%; a small one keeps its first digit: 0.04%."""
    if value is None:
        return missing()
    percent = _WIDE.multiply(as_decimal(value), Decimal(100))
    while (
        percent
        and places < 4
        and not percent.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    ):
        places += 1
    return f"{grouped(shown_digits(percent, places))}%"


def ratio_difference(value: Number | None, places: int = 1) -> str:
    """The difference of two ratios: 0.022 → 2.2个点, 2.2 pts."""
    if value is None:
        return missing()
    figure = grouped(shown_digits(_WIDE.multiply(as_decimal(value), Decimal(100)), places))
    return gettext("%(figure)s pts") % {"figure": figure}


def points(value: Number | None, places: int = 2) -> str:
    """A score: 84.29, 100."""
    if value is None:
        return missing()
    return grouped(_without_zeros(shown_digits(value, places)))


def missing() -> str:
    """The word for a value that is not there; its reason stands beside it."""
    return pgettext("value", "No data")


# --------------------------------------------------------------------------- dates and names

_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(value: date | None, short: bool = False) -> str:
    """2026年10月22日, 22 Oct 2026; short: 10月22日, 22 Oct."""
    if value is None:
        return missing()
    if isinstance(value, datetime):
        value = _local(value).date()
    if is_chinese():
        text = f"{value.month}月{value.day}日"
        return text if short else f"{value.year}年{text}"
    text = f"{value.day} {_MONTHS[value.month - 1][:3]}"
    return text if short else f"{text} {value.year}"


def day_table(value: date | None) -> str:
    """2026-10-22, for columns."""
    if value is None:
        return missing()
    return (_local(value).date() if isinstance(value, datetime) else value).isoformat()


def moment(value: datetime | None, short: bool = False) -> str:
    """2026年10月22日 14:05 in the company's zone; short without the year."""
    if value is None:
        return missing()
    local = _local(value)
    return f"{day(local.date(), short)} {local:%H:%M}"


def moment_table(value: datetime | None) -> str:
    """2026-10-22 14:05, for columns."""
    return missing() if value is None else f"{_local(value):%Y-%m-%d %H:%M}"


def weekday_short(value: date) -> str:
    """Above a column of a calendar: 四, Thu."""
    return "一二三四五六日"[value.weekday()] if is_chinese() else f"{value:%a}"


def named_day(value: date, short: bool = False) -> str:
    """A day with its name: 2026年10月22日 星期四, Thursday 22 Oct 2026."""
    if is_chinese():
        return f"{day(value, short)} 星期{'一二三四五六日'[value.weekday()]}"
    return f"{value:%A} {day(value, short)}"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


_calendars: Callable[[], Calendars] = lambda: ONLY_GREGORIAN  # noqa: E731


def calendars_from(source: Callable[[], Calendars]) -> None:
    """Let periods of the company's own calendars be named: config says where they stand."""
    global _calendars
    _calendars = source


def period_name(value: Period | str | None) -> str:
    """A period as it is said: 2026-09 → 2026年9月, September 2026; 2026-Q3 → 2026年三季度, Q3 2026.

    A text that no calendar of the company knows is shown as it is written.
    """
    if value is None:
        return missing()
    try:
        period = value if isinstance(value, Period) else parse_period(str(value), _calendars())
    except AttainError:
        return str(value)
    return period_labels(period).get(language())


def month_short(number: int) -> str:
    """A month where its neighbours say the year: 9月, Sep."""
    return f"{number}月" if is_chinese() else _MONTHS[number - 1][:3]


def person_name(value: Any) -> str:
    """The name for this reader: 沈佳宁, Shen Jianing; a plain text stays as it is."""
    if value is None:
        return missing()
    if isinstance(value, str):
        return value
    names = ("name", "zh", "name_zh") if is_chinese() else ("name_en", "en")
    for attribute in (*names, "name", "zh", "en", "code"):
        found = getattr(value, attribute, "")
        if found and isinstance(found, str):
            return found
    return str(value)


def initials(name: str) -> str:
    """What stands in an avatar: the given name's characters, or two capitals."""
    text = name.strip()
    if not text:
        return "·"
    if any("一" <= sign <= "鿿" for sign in text):
        return text[-2:] if len(text) > 2 else text[-1:]
    words = text.split()
    return "".join(word[0] for word in words[-2:]).upper()
