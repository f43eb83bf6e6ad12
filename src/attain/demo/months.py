"""Months and quarters of the sample company, and the days in them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from attain.core.periods import ChinaWorkingDays
from attain.demo.dice import Dice


class Month(NamedTuple):
    """A month of a year; months are compared and sorted as they follow each other."""

    year: int
    number: int

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return _bounds(self)[0]

    @property
    def last(self) -> date:
        return _bounds(self)[1]

    @property
    def quarter(self) -> str:
        return f"{self.year}-Q{(self.number + 2) // 3}"

    def plus(self, months: int) -> Month:
        """The month so many later (or earlier)."""
        place = self.year * 12 + self.number - 1 + months
        return Month(place // 12, place % 12 + 1)


@cache
def _bounds(one: Month) -> tuple[date, date]:
    days = monthrange(one.year, one.number)[1]
    return date(one.year, one.number, 1), date(one.year, one.number, days)


@cache
def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def month(label: str) -> Month:
    """The month of a label.

    >>> month("2026-09")
    Month(year=2026, number=9)
    """
    year, number = label.split("-")
    return Month(int(year), int(number))


def months(first: Month, last: Month) -> Iterator[Month]:
    """All months from the first to the last, both included."""
    one = first
    while one <= last:
        yield one
        one = one.plus(1)


def quarter(label: str) -> list[Month]:
    """The three months of a quarter.

    >>> [one.label for one in quarter("2026-Q3")]
    ['2026-07', '2026-08', '2026-09']
    """
    year, number = label.split("-Q")
    first = Month(int(year), int(number) * 3 - 2)
    return [first, first.plus(1), first.plus(2)]


FIRST: Final = Month(2024, 10)
"""The first month with facts: a year before the year that the sample company shows."""

YEAR_START: Final = Month(2025, 10)
"""The first month of the year that the sample company shows."""

LAST: Final = Month(2026, 9)
"""The last month with facts: September 2026 and the third quarter are the closed periods."""

THIS_QUARTER: Final = "2026-Q3"
SAME_QUARTER_LAST_YEAR: Final = "2025-Q3"


_CHINA: Final = ChinaWorkingDays()


def is_worked(day: date) -> bool:
    """Monday to Friday without public holidays; the company works no make-up weekends."""
    return day.weekday() < 5 and _CHINA.is_working(day)


@cache
def worked_days(one: Month) -> tuple[date, ...]:
    """The days of a month on which business is done."""
    days = (one.first + timedelta(number) for number in range((one.last - one.first).days + 1))
    return tuple(day for day in days if is_worked(day))


def business_day(
    one: Month, dice: Dice, start: date | None = None, end: date | None = None
) -> date:
    """A working day of the month by lot, not before the start and not after the end.

    Where no working day lies between them, the first day that is allowed.
    """
    days = worked_days(one)
    if (start is not None and start > days[0]) or (end is not None and end < days[-1]):
        low, high = start or one.first, end or one.last
        days = tuple(day for day in days if low <= day <= high) or (max(low, one.first),)
    return days[dice.below(len(days))]


def in_force(day: date, start: date | None, until: date | None) -> bool:
    """True if something that holds from the start until the end (exclusive) holds on the day."""
    return (start is None or start <= day) and (until is None or day < until)
