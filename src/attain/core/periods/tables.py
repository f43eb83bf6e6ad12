"""Calendars given as rows: half-months, ten-day periods, contest rounds, school terms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from attain.core.errors import AttainError, Problem, codes, problem
from attain.core.periods.calendar import Calendar
from attain.core.periods.models import Period


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One period of the dataset `calendars`: `until` is exclusive, `parent` a label or None."""

    calendar: str
    kind: str
    label: str
    from_: date
    until: date
    parent: str | None = None


class TableCalendar(Calendar):
    """A calendar of rows, refused when any kind has gaps or overlaps.

    Kinds are ordered from the shortest periods to the longest. Periods that name a parent
    must lie inside it, and where one child names it, its children must cover it wholly.
    """

    def __init__(self, name: str, rows: Iterable[CalendarRow]) -> None:
        """
        :raises AttainError: CALENDAR_EMPTY, CALENDAR_GAP, CALENDAR_OVERLAP,
            CALENDAR_DUPLICATE, CALENDAR_PARENT, CALENDAR_NOT_TILED; every fault at once.
        """
        self.name = name
        self._rows = tuple(sorted(rows, key=lambda row: (row.from_, row.until)))
        if not self._rows:
            raise AttainError(problem(codes.CALENDAR_EMPTY, calendar=name))
        self._by_label: dict[str, Period] = {}
        self._by_kind: dict[str, list[Period]] = {}
        problems = [*self._fill(), *self._breaks(), *self._orphans()]
        if problems:
            raise AttainError(problems)
        self.kinds = tuple(sorted(self._by_kind, key=self._usual_length))
        self._starts = {kind: [p.from_ for p in own] for kind, own in self._by_kind.items()}

    def number_at(self, kind: str, day: date) -> int:
        number = bisect_right(self._starts[kind], day) - 1
        if number < 0 or day not in self._by_kind[kind][number]:
            raise AttainError(
                problem(codes.PERIOD_OUTSIDE_CALENDAR, calendar=self.name, kind=kind, day=day)
            )
        return number

    def numbered(self, kind: str, number: int) -> Period:
        own = self._by_kind[kind]
        if not 0 <= number < len(own):
            value = f"{kind} {number + 1}"
            raise AttainError(problem(codes.PERIOD_UNKNOWN, calendar=self.name, value=value))
        return own[number]

    def begins(self, kind: str) -> date:
        return self._starts[kind][0]

    def parse(self, label: str) -> Period:
        if label not in self._by_label:
            raise AttainError(problem(codes.PERIOD_UNKNOWN, calendar=self.name, value=label))
        return self._by_label[label]

    def _usual_length(self, kind: str) -> tuple[int, str]:
        lengths = sorted(period.day_count for period in self._by_kind[kind])
        return lengths[len(lengths) // 2], kind

    def _fill(self) -> Iterable[Problem]:
        for row in self._rows:
            if row.label in self._by_label:
                yield problem(codes.CALENDAR_DUPLICATE, calendar=self.name, label=row.label)
                continue
            period = Period(self.name, row.from_, row.until, row.label, row.kind)
            self._by_label[row.label] = period
            self._by_kind.setdefault(row.kind, []).append(period)

    def _breaks(self) -> Iterable[Problem]:
        for kind, own in self._by_kind.items():
            for one, two in pairwise(own):
                if two.from_ > one.until:
                    yield problem(
                        codes.CALENDAR_GAP,
                        calendar=self.name,
                        kind=kind,
                        first=one.label,
                        second=two.label,
                        start=one.until,
                        until=two.from_,
                    )
                if two.from_ < one.until:
                    yield problem(
                        codes.CALENDAR_OVERLAP,
                        calendar=self.name,
                        first=one.label,
                        second=two.label,
                        start=two.from_,
                        until=min(one.until, two.until),
                    )

    def _orphans(self) -> Iterable[Problem]:
        children: dict[tuple[str, str], list[Period]] = {}
        for row in self._rows:
            if row.parent is None:
                continue
            parent, child = self._by_label.get(row.parent), self._by_label[row.label]
            if parent is None or parent.kind == row.kind or not parent.covers(child):
                yield problem(
                    codes.CALENDAR_PARENT, calendar=self.name, label=row.label, parent=row.parent
                )
            else:
                children.setdefault((row.parent, row.kind), []).append(child)
        for (label, kind), own in children.items():
            if not _tiled(self._by_label[label], own):
                yield problem(codes.CALENDAR_NOT_TILED, calendar=self.name, parent=label, kind=kind)


def _tiled(parent: Period, children: Sequence[Period]) -> bool:
    return children[0].from_ == parent.from_ and children[-1].until == parent.until


def table_calendars(rows: Iterable[CalendarRow]) -> dict[str, TableCalendar]:
    """The calendars of the dataset `calendars`, by name.

    :raises AttainError: as TableCalendar.
    """
    by_name: dict[str, list[CalendarRow]] = {}
    for row in rows:
        by_name.setdefault(row.calendar, []).append(row)
    return {name: TableCalendar(name, own) for name, own in by_name.items()}
