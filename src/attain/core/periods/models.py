"""A period: some whole days of one calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from attain.core.errors import AttainError, codes, problem

FREE: Final = "free"
"""The kind of a period with bounds of its own, which no calendar names."""

DEFAULT_CALENDAR: Final = "gregorian"
"""The calendar that is meant where none is written."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `from_` until the day before `until`, in one calendar.

    Two periods are equal when calendar and bounds are: `2026-01-01/2026-04-01` is the
    first quarter. `label` is how it is written in that calendar, such as `2026-Q1`.

    :raises AttainError: PERIOD_REVERSED if `until` is not after `from_`.
    """

    calendar: str
    from_: date
    until: date
    label: str = field(default="", compare=False)
    kind: str = field(default=FREE, compare=False)

    def __post_init__(self) -> None:
        if self.until <= self.from_:
            raise AttainError(problem(codes.PERIOD_REVERSED, start=self.from_, until=self.until))
        if not self.label:
            object.__setattr__(self, "label", f"{self.from_}/{self.until}")

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.until - timedelta(days=1)

    @property
    def day_count(self) -> int:
        return (self.until - self.from_).days

    def days(self) -> Iterator[date]:
        """Every day that belongs to it, in order."""
        return (self.from_ + timedelta(days=n) for n in range(self.day_count))

    def __contains__(self, day: date) -> bool:
        return self.from_ <= day < self.until

    def covers(self, other: Period) -> bool:
        """True when every day of the other belongs to this one."""
        return self.from_ <= other.from_ and other.until <= self.until

    def overlaps(self, other: Period) -> bool:
        return self.from_ < other.until and other.from_ < self.until

    def overlap(self, from_: date | None, until: date | None) -> Period | None:
        """The part inside bounds of which either may be open, or None when there is none."""
        start = max(self.from_, from_ or date.min)
        end = min(self.until, until or date.max)
        return Period(self.calendar, start, end) if start < end else None

    def __str__(self) -> str:
        """As it is written: `2026-Q1`, or `retail:2026-Q1` in a calendar of its own."""
        if self.calendar == DEFAULT_CALENDAR:
            return self.label
        return f"{self.calendar}:{self.label}"


def free_period(from_: date, until: date, calendar: str = DEFAULT_CALENDAR) -> Period:
    """A period with bounds of its own.

    :raises AttainError: PERIOD_REVERSED if `until` is not after `from_`.
    """
    return Period(calendar, from_, until)
