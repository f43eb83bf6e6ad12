"""What a period is called in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from attain.core.labels import Labels, labels
from attain.core.periods.models import DEFAULT_CALENDAR, Period

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_QUARTERS: Final = ("一", "二", "三", "四")
_HALVES: Final = ("上", "下")


def period_labels(period: Period) -> Labels:
    """The name of a period for readers: 2026年三季度 / Q3 2026.

    A quarter, half-year or year of a company's own calendar is told apart from that of
    the calendar year: 2026财年三季度 / Q3 FY2026. A row of a table calendar is called as
    the table says, and free bounds are shown with their last day.
    """
    year, _, part = period.label.partition("-")
    if period.kind in _LABELLED and year.isdigit() and len(year) == 4:
        own = period.calendar != DEFAULT_CALENDAR
        if period.kind == "month" and not part.startswith("P"):
            own = False
        return _LABELLED[period.kind](
            f"{year}{'财年' if own else '年'}",
            f"FY{year}" if own else year,
            int(part.strip("HPQW") or 0),
        )
    if "/" in period.label:
        return labels(
            f"{_zh_day(period.from_)}至{_zh_day(period.last_day)}",
            f"{_en_day(period.from_)} to {_en_day(period.last_day)}",
        )
    return labels(period.label, period.label)


def _year(zh: str, en: str, _: int) -> Labels:
    return labels(zh, en)


def _half_year(zh: str, en: str, part: int) -> Labels:
    return labels(f"{zh}{_HALVES[part - 1]}半年", f"H{part} {en}")


def _quarter(zh: str, en: str, part: int) -> Labels:
    return labels(f"{zh}{_QUARTERS[part - 1]}季度", f"Q{part} {en}")


def _month(zh: str, en: str, part: int) -> Labels:
    if en.startswith("FY"):
        return labels(f"{zh}第{part}期", f"P{part} {en}")
    return labels(f"{zh}{part}月", f"{MONTHS[part - 1]} {en}")


def _week(zh: str, en: str, part: int) -> Labels:
    return labels(f"{zh}第{part}周", f"Week {part}, {en}")


_LABELLED: Final[dict[str, Callable[[str, str, int], Labels]]] = {
    "year": _year,
    "half_year": _half_year,
    "quarter": _quarter,
    "month": _month,
    "week": _week,
}


def _zh_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _en_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
