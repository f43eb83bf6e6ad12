"""What happens every night, hour or Monday, in the company's time zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from attain.apps.accounts.actors import SYSTEM
from attain.apps.jobs.models import ScheduleMark
from attain.apps.jobs.services import enqueue


@dataclass(frozen=True, slots=True)
class Times:
    """Moments by the clock of the company: minutes, hours, days, months and weekdays (1 Monday)."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    def on(self, day: date) -> bool:
        return (
            day.month in self.months and day.day in self.days and day.isoweekday() in self.weekdays
        )

    def last(self, now: datetime) -> datetime | None:
        """The latest of them that is not after `now`, within the last year."""
        for back in range(367):
            day = now.date() - timedelta(days=back)
            if self.on(day):
                for hour, minute in sorted(product(self.hours, self.minutes), reverse=True):
                    found = datetime.combine(day, time(hour, minute), now.tzinfo)
                    if found <= now:
                        return found
        return None


def read_times(text: str) -> Times:
    """Times written as five fields: minute, hour, day, month, weekday (1 Monday to 7 Sunday).

    Each is `*`, a number, a range `1-5`, a list `1,3`, or steps `*/15`. All must fit.

    >>> sorted(read_times("*/20 6 * * 1-5").minutes)
    [0, 20, 40]

    :raises ValueError: anything else.
    """
    fields = text.split()
    if len(fields) != 5:
        raise ValueError(f"{text!r} has not five fields")
    edges = ((0, 59), (0, 23), (1, 31), (1, 12), (1, 7))
    return Times(*(_numbers(field, *edge) for field, edge in zip(fields, edges, strict=True)))


def _numbers(field: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, pace = part.partition("/")
        first, _, last = (f"{low}-{high}" if span == "*" else span).partition("-")
        numbers = range(int(first), int(last or first) + 1, int(pace or 1))
        found.update(numbers)
    if not found or min(found) < low or max(found) > high:
        raise ValueError(f"{field!r} is not within {low} and {high}")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A kind of job that is asked for at certain times."""

    kind: str
    times: Times
    arguments: Callable[[datetime], Mapping[str, Any]]
    wanted: Callable[[datetime], bool]


_SCHEDULES: Final[dict[str, Schedule]] = {}


def every(
    kind: str,
    times: str,
    arguments: Callable[[datetime], Mapping[str, Any]] = lambda due: {},
    *,
    wanted: Callable[[datetime], bool] = lambda at: True,
) -> None:
    """Ask for a kind of job at certain times: `every("runs.provisional", "30 2 * * *")`.

    What was missed while nothing ran is made up for once, not once for each time missed. Where
    `wanted` says that there is nothing to do, no job is asked for.

    :raises ValueError: times that cannot be read, or a kind with other times already.
    """
    schedule = Schedule(kind, read_times(times), arguments, wanted)
    known = _SCHEDULES.get(kind)
    if known and known.times != schedule.times:
        raise ValueError(f"{kind} has other times already")
    _SCHEDULES[kind] = schedule


def enqueue_due(at: datetime) -> int:
    """Ask for every job whose time has come since the last look; how many there were."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    marks = {mark.name: mark.due_at for mark in ScheduleMark.objects.all()}
    return sum(
        _ask(schedule, due, at, marks.get(schedule.kind))
        for schedule in _SCHEDULES.values()
        if (due := schedule.times.last(local)) is not None
        and (schedule.kind not in marks or marks[schedule.kind] < due)
    )


@transaction.atomic
def _ask(schedule: Schedule, due: datetime, at: datetime, marked: datetime | None) -> bool:
    """Mark the time and ask for its job together; several workers ask once."""
    if marked is None:
        # A schedule seen for the first time begins now: there is nothing to make up for.
        ScheduleMark.objects.get_or_create(name=schedule.kind, defaults={"due_at": at})
        return False
    marks = ScheduleMark.objects.filter(name=schedule.kind, due_at=marked)
    if not marks.update(due_at=due) or not schedule.wanted(at):
        return False
    enqueue(
        schedule.kind,
        key="schedule",
        actor=SYSTEM(at),
        at=at,
        arguments=schedule.arguments(due),
    )
    return True
