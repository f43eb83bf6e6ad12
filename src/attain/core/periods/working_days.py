"""Working days: of China, of a table, or simply Monday to Friday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

from attain.core.errors import AttainError, codes, problem


class WorkingDays(Protocol):
    """Knows whether a day is worked."""

    def is_working(self, day: date) -> bool:
        """
        :raises AttainError: CALENDAR_DAY_UNKNOWN where that is not known.
        """
        ...


class WeekdayWorkingDays:
    """Monday to Friday, with no holidays at all."""

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5


class ChinaWorkingDays:
    """Public holidays and make-up working days of mainland China, as announced each year.

    Source: the State Council's notices, as collected in the library chinesecalendar.
    """

    first_year = min(min(holidays), min(workdays)).year
    last_year = max(holidays).year

    def is_working(self, day: date) -> bool:
        """
        :raises AttainError: CALENDAR_DAY_UNKNOWN for a year whose holidays are not announced.
        """
        if not self.first_year <= day.year <= self.last_year:
            raise AttainError(
                problem(
                    codes.CALENDAR_DAY_UNKNOWN,
                    day=day,
                    first=self.first_year,
                    last=self.last_year,
                )
            )
        return bool(chinese_calendar.is_workday(day))


@dataclass(frozen=True)
class TableWorkingDays:
    """The rows of the dataset `days`; a day without a row is as `otherwise` says."""

    days: Mapping[date, bool]
    otherwise: WorkingDays = field(default_factory=WeekdayWorkingDays)

    def is_working(self, day: date) -> bool:
        stated = self.days.get(day)
        return self.otherwise.is_working(day) if stated is None else stated


def count_working_days(working_days: WorkingDays, from_: date, until: date) -> int:
    """Working days in `[from_, until)`."""
    length = max(0, (until - from_).days)
    return sum(working_days.is_working(from_ + timedelta(days=n)) for n in range(length))


def next_working_day(working_days: WorkingDays, day: date) -> date:
    """The day itself if it is worked, else the next one that is."""
    while not working_days.is_working(day):
        day += timedelta(days=1)
    return day


def add_working_days(working_days: WorkingDays, day: date, n: int) -> date:
    """The n-th working day after the day (before it, for a negative n); n = 0 is the day."""
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= working_days.is_working(day)
    return day
