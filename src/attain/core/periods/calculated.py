"""Calendars that follow a rule: months and fiscal years, and the 4-4-5 calendar."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, Literal

from attain.core.errors import AttainError, codes, problem
from attain.core.periods.calendar import Calendar
from attain.core.periods.models import DEFAULT_CALENDAR, Period

KINDS: Final = ("week", "month", "quarter", "half_year", "year")
_PARTS: Final = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
_LABEL: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half_year>[12])"
    r"|W(?P<week>\d\d)|P?(?P<month>\d\d)))?",
    re.ASCII,
)
_MONDAY: Final = date(1, 1, 1)


def month_start(number: int) -> date:
    """The first day of the month with that number, counted as year × 12 + month - 1."""
    return date(number // 12, number % 12 + 1, 1)


class _Calculated(Calendar):
    """A calendar whose years are divided the same way each year."""

    kinds: tuple[str, ...] = KINDS

    def period_at(self, kind: str, day: date) -> Period:
        self.check_kind(kind)
        return self._within(str(day), lambda: self.unchecked(kind, self.number_at(kind, day)))

    def parse(self, label: str) -> Period:
        found = _LABEL.fullmatch(label)
        if not found:
            raise AttainError(problem(codes.PERIOD_FORMAT, value=label))
        parts = [(kind, text) for kind, text in found.groupdict().items() if text]
        year = int(parts[0][1])
        kind, text = parts[-1]
        part = 1 if kind == "year" else int(text)
        period = self._within(label, lambda: self.part_of_year(kind, year, part))
        if period.label.replace("P", "") != label.replace("P", ""):
            raise self._unknown(label)
        return period

    def numbered(self, kind: str, number: int) -> Period:
        return self._within(f"{kind} {number}", lambda: self.unchecked(kind, number))

    def part_of_year(self, kind: str, year: int, part: int) -> Period:
        """The n-th part of a year, such as its third quarter."""
        if kind == "week":
            return self.week_of_year(year, part)
        count = _PARTS[kind]
        if not 1 <= part <= count:
            raise ValueError(part)
        return self.unchecked(kind, year * count + part - 1)

    @abstractmethod
    def unchecked(self, kind: str, number: int) -> Period:
        """The period with that number; dates beyond the years 1 to 9999 raise ValueError."""

    @abstractmethod
    def week_of_year(self, year: int, week: int) -> Period:
        """The n-th week of a year; one that the year does not have raises ValueError."""

    def _within(self, label: str, make: Callable[[], Period]) -> Period:
        """Dates end at the year 9999 and begin with the year 1; weeks with 52 or 53."""
        try:
            return make()
        except (ValueError, OverflowError):
            raise self._unknown(label) from None

    def _unknown(self, label: str) -> AttainError:
        return AttainError(problem(codes.PERIOD_UNKNOWN, calendar=self.name, value=label))


@dataclass(frozen=True)
class FiscalYear(_Calculated):
    """Months, quarters, half-years and years that begin on the 1st of `start_month`.

    Months are written as in everyday life (`2026-03` is March 2026), weeks are ISO weeks
    (they begin on Monday, week 1 holds 4 January); quarters, half-years and years count
    from the start month. The year is named after the calendar year in which it starts, or
    ends if `named_by` says so.
    """

    name: str
    start_month: int = 1
    named_by: Literal["start", "end"] = "start"

    def __post_init__(self) -> None:
        if not 1 <= self.start_month <= 12:
            raise ValueError(f"there is no month {self.start_month}")

    @property
    def _first_month(self) -> int:
        """Months from January of the year's name to its first month."""
        late = self.named_by == "end" and self.start_month > 1
        return self.start_month - 1 - (12 if late else 0)

    def number_at(self, kind: str, day: date) -> int:
        if kind == "week":
            return (day - _MONDAY).days // 7
        month = day.year * 12 + day.month - 1
        if kind == "month":
            return month
        return (month - self._first_month) // (12 // _PARTS[kind])

    def unchecked(self, kind: str, number: int) -> Period:
        if kind == "week":
            return self._week(_MONDAY + timedelta(weeks=number))
        if kind == "month":
            start, until = month_start(number), month_start(number + 1)
            label = f"{start:%Y-%m}"
        else:
            length = 12 // _PARTS[kind]
            first = number * length + self._first_month
            start, until = month_start(first), month_start(first + length)
            label = part_label(kind, number)
        return Period(self.name, start, until, label, kind)

    def week_of_year(self, year: int, week: int) -> Period:
        return self._week(date.fromisocalendar(year, week, 1))

    def _week(self, monday: date) -> Period:
        year, week, _ = monday.isocalendar()
        label = f"{year:04}-W{week:02}"
        return Period(self.name, monday, monday + timedelta(weeks=1), label, "week")

    def shift(self, period: Period, n: int, kind: str) -> Period:
        """As in every calendar; an ISO week keeps its number when moved by years."""
        if period.kind == "week" and kind == "year":
            year, week, _ = period.from_.isocalendar()
            return self._within(f"{period} {n:+} year", lambda: self.week_of_year(year + n, week))
        return super().shift(period, n, kind)


def part_label(kind: str, number: int) -> str:
    """How a quarter, half-year or year is written: 2026-Q3, 2026-H2, 2026."""
    year, part = divmod(number, _PARTS[kind])
    return {
        "year": f"{year:04}",
        "half_year": f"{year:04}-H{part + 1}",
        "quarter": f"{year:04}-Q{part + 1}",
    }[kind]


GREGORIAN: Final = FiscalYear(DEFAULT_CALENDAR)
"""Calendar months, quarters, half-years and years, and ISO weeks."""


@dataclass(frozen=True)
class FourFourFive(_Calculated):
    """Years of 52 or 53 whole weeks; each quarter has months of 4, 4 and 5 weeks.

    The year begins on `first_weekday` (0 is Monday): the one nearest to the 1st of
    `start_month`, or the last one not after it. A 53rd week belongs to the last month.
    Months are written `2026-P03`. `pattern` may be 4-5-4 or 5-4-4 as well.
    """

    name: str
    start_month: int = 1
    first_weekday: int = 0
    rule: Literal["nearest", "last"] = "nearest"
    pattern: tuple[int, int, int] = (4, 4, 5)

    def __post_init__(self) -> None:
        if sum(self.pattern) != 13 or min(self.pattern) < 1:
            raise ValueError(f"a quarter has 13 weeks, not {self.pattern}")
        if not (1 <= self.start_month <= 12 and 0 <= self.first_weekday <= 6):
            raise ValueError("there is no such month or weekday")

    def year_start(self, year: int) -> date:
        """The first day of a year of this calendar."""
        first = date(year, self.start_month, 1)
        latest = first + timedelta(days=3 if self.rule == "nearest" else 0)
        return latest - timedelta(days=(latest.weekday() - self.first_weekday) % 7)

    def number_at(self, kind: str, day: date) -> int:
        if kind == "week":
            return (day - self._week_zero).days // 7
        year = self._year_at(day)
        weeks = (day - self.year_start(year)).days // 7
        ends = self._month_ends(year)
        month = next(n for n, end in enumerate(ends) if weeks < end)
        parts = _PARTS[kind]
        return year * parts + month * parts // 12

    def unchecked(self, kind: str, number: int) -> Period:
        if kind == "week":
            return self._week(self._week_zero + timedelta(weeks=number))
        parts = _PARTS[kind]
        year, part = divmod(number, parts)
        bounds = (0, *self._month_ends(year))
        first, last = part * 12 // parts, (part + 1) * 12 // parts
        start = self.year_start(year)
        label = f"{year:04}-P{part + 1:02}" if kind == "month" else part_label(kind, number)
        return Period(
            self.name,
            start + timedelta(weeks=bounds[first]),
            start + timedelta(weeks=bounds[last]),
            label,
            kind,
        )

    def week_of_year(self, year: int, week: int) -> Period:
        if not 1 <= week <= self._month_ends(year)[-1]:
            raise ValueError(week)
        return self._week(self.year_start(year) + timedelta(weeks=week - 1))

    def _week(self, start: date) -> Period:
        year = self._year_at(start)
        week = (start - self.year_start(year)).days // 7 + 1
        label = f"{year:04}-W{week:02}"
        return Period(self.name, start, start + timedelta(weeks=1), label, "week")

    @property
    def _week_zero(self) -> date:
        return _MONDAY + timedelta(days=self.first_weekday)

    def _year_at(self, day: date) -> int:
        year = day.year + 1
        while self.year_start(year) > day:
            year -= 1
        return year

    def _month_ends(self, year: int) -> tuple[int, ...]:
        """Weeks from the start of the year to the end of each month."""
        ends = list(accumulate(self.pattern * 4))
        ends[-1] = (self.year_start(year + 1) - self.year_start(year)).days // 7
        return tuple(ends)
