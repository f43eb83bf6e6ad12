"""Days counted from another day: one calendar month before the start, the next working day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from attain.core.periods.working_days import WorkingDays, add_working_days

ENTERED: Final = "entered"
"""Instead of a field: the day on which the object came into its state."""

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for something, counted from a field or from the day the state was entered.

    `Deadline("start", months=-1)` is one calendar month before the start; the last day of a
    shorter month stands for a day it has not: 31 March less a month is 28 or 29 February.
    Months are counted first, then days, then working days.
    """

    since: str = ENTERED
    months: int = 0
    days: int = 0
    working_days: int = 0

    def day(self, values: Values, entered: date | None, calendar: WorkingDays) -> date | None:
        """The day; None when the day it is counted from is not known.

        :raises AttainError: CALENDAR_DAY_UNKNOWN where working days are not announced.
        """
        start = entered if self.since == ENTERED else values.get(self.since)
        if not isinstance(start, date):
            return None
        day = _months_later(start, self.months) + timedelta(days=self.days)
        return add_working_days(calendar, day, self.working_days) if self.working_days else day


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def _length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
