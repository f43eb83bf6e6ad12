"""Kinds of periods: which is finer, and where one begins around a day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Final

from attain.core.errors import AttainError
from attain.core.periods import Calendar, FiscalYear, Period, TableCalendar
from attain.core.units import COUNT, DATE, DAYS
from attain.engine.plans.resolve.composing import called
from attain.expressions.compose import Composer
from attain.expressions.tree import Span
from attain.expressions.typed import Constant, Dated, Node

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2060
"""The years for which a calendar of rows is written out inside a plan's windows."""

MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""How many months a period of a calendar of months has."""

Version = tuple[dt.date, dt.date, Constant]
"""From when until when a day stands for another: its period for the first day of it."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of one calendar, from the finest to the coarsest."""

    calendar: Calendar

    @property
    def names(self) -> tuple[str, ...]:
        return self.calendar.kinds

    def __contains__(self, kind: object) -> bool:
        return kind in self.names

    def is_coarser(self, kind: str, than: str) -> bool:
        """Whether periods of one kind hold periods of the other."""
        return self.names.index(kind) > self.names.index(than)

    @property
    def has_months(self) -> bool:
        """True where quarters and years are whole months, so that their days can be calculated."""
        return isinstance(self.calendar, FiscalYear)

    @property
    def first_month(self) -> int:
        """The month in which a year of whole months begins."""
        return self.calendar.start_month if isinstance(self.calendar, FiscalYear) else 1

    def start(self, composer: Composer, kind: str, day: Node) -> Node:
        """The first day of the period of a kind around a day."""
        if not isinstance(self.calendar, FiscalYear):
            return self._written_out(kind, kind, day, 0)
        if kind == "week":
            weekday = called(composer, "day_of_week", day)
            one = Constant(Decimal(1), COUNT)
            back = composer.operate("-", (weekday, one), Span())
            return composer.operate("-", (day, back), Span())
        if kind == "month":
            return called(composer, "month_start", day)
        moved = self.calendar.start_month - 1
        around = day if not moved else add_months(composer, month_start(composer, day), -moved)
        if kind == "half_year":
            return add_months(composer, _half_year(composer, around), moved)
        return add_months(composer, called(composer, f"{kind}_start", around), moved)

    def end(self, composer: Composer, kind: str, first: Node) -> Node:
        """The day after the period of a kind around a day; that of the calendar's last one too."""
        if self.has_months:
            return self.moved(composer, kind, first, 1, kind)
        periods = self._periods(kind)
        versions = [(one.from_, one.until, Constant(one.until, DATE)) for one in periods]
        at, found = _of_one_day(first, versions)
        return Dated(f"{kind} end", at, found, DATE.missing())

    def lengths(self, kind: str) -> tuple[int, int] | None:
        """The days of the shortest and of the longest period of a kind that stands in rows."""
        if not isinstance(self.calendar, TableCalendar):
            return None
        days = [(one.until - one.from_).days for one in self._periods(kind)]
        return (min(days), max(days)) if days else None

    def moved(self, composer: Composer, own: str, day: Node, by: int, kind: str) -> Node:
        """A day that begins or ends a period of kind `own`, some periods of `kind` later."""
        if kind == "day" or (self.has_months and kind == "week"):
            return add_days(composer, day, by * (7 if kind == "week" else 1))
        if self.has_months:
            return add_months(composer, day, by * MONTHS[kind])
        if (own, by) == (kind, 1):
            return self.end(composer, kind, day)
        return self._written_out(own, kind, day, by)

    def _written_out(self, own: str, kind: str, day: Node, by: int) -> Node:
        """For calendars that are rows: the first days of their periods, one by one.

        The day after the last period is written out too: it is the end of windows. A period
        without counterpart has no version, so that what reads it is no data.
        """
        versions: list[Version] = []
        last: tuple[dt.date, dt.date] | None = None
        for period in self._periods(own):
            try:
                other = self.calendar.shift(period, by, kind) if by else period
            except AttainError:
                last = None
                continue
            versions.append((period.from_, period.until, Constant(other.from_, DATE)))
            last = (period.until, other.until)
        if last is not None:
            day_after = last[0] + dt.timedelta(days=1)
            versions.append((last[0], day_after, Constant(last[1], DATE)))
        at, found = _of_one_day(day, versions)
        return Dated(f"{kind}{by:+}" if by else kind, at, found, DATE.missing())

    def _periods(self, kind: str) -> Iterator[Period]:
        """Every period of a calendar of rows; of others those within sight."""
        if not isinstance(self.calendar, TableCalendar):
            first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 1, 1)
            yield from self.calendar.periods(kind, first, last)
            return
        for number in count():
            try:
                yield self.calendar.numbered(kind, number)
            except AttainError:
                return


def _of_one_day(day: Node, versions: Sequence[Version]) -> tuple[Node, tuple[Version, ...]]:
    """The first day of a period that is moved: both out of the same day, written once.

    Seven hundred months of which each asks for one of seven hundred are no half a million.
    """
    if not isinstance(day, Dated):
        return day, tuple(versions)
    starts = [begins for begins, _, _ in versions]
    found = []
    for begins, until, value in day.versions:
        if begins is None or until is None or not isinstance(value, Constant):
            return day, tuple(versions)
        assert isinstance(value.value, dt.date)
        number = bisect_right(starts, value.value) - 1
        if number >= 0 and value.value < versions[number][1]:
            found.append((begins, until, versions[number][2]))
    return day.at, tuple(found)


def month_start(composer: Composer, day: Node) -> Node:
    return called(composer, "month_start", day)


def add_months(composer: Composer, day: Node, months: int) -> Node:
    """A day some months later or earlier, clamped in short months."""
    if months == 0:
        return day
    return called(composer, "add_months", day, Constant(Decimal(months), COUNT))


def add_days(composer: Composer, day: Node, days: int) -> Node:
    if days == 0:
        return day
    number = Constant(Decimal(abs(days)), DAYS)
    return composer.operate("+" if days > 0 else "-", (day, number), Span())


def _half_year(composer: Composer, day: Node) -> Node:
    year = called(composer, "year_start", day)
    six = Constant(Decimal(6), COUNT)
    is_first = composer.operate("<=", (called(composer, "month", day), six), Span())
    return called(composer, "if", is_first, year, add_months(composer, year, 6))
