"""What falls due: kept with each record, worked out anew when it or what it rests on changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Max

from attain.apps.accounts.actors import SYSTEM
from attain.apps.jobs import services as jobs
from attain.apps.records.framing import scope_of
from attain.apps.records.kinds import book, kind_of, name_of, working_days
from attain.apps.records.models import Record, RecordLink
from attain.core.labels import Labels, labels
from attain.kinds.records import Kind
from attain.kinds.records.schedule import STATE, due_of
from attain.kinds.records.schedule import Due as Days

REFRESH: Final = "records.refresh"
AT_ONCE: Final = 100
"""So many linked records are brought up to date with a change; more of them by a job after it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is due on a record."""

    name: str
    """`state`, or the name of a cadence."""
    label: Labels
    on: date
    is_overdue: bool


def last_days(record: Record, kind: Kind, today: date) -> dict[str, date | None]:
    """For each cadence the last day on which it was done; what is planned does not count yet."""
    wanted = {tuple(one.split(".", 1)) for spec in kind.type.cadences.values() for one in spec.last}
    if not wanted or record.pk is None:
        return dict.fromkeys(kind.type.cadences)
    found: dict[tuple[str, ...], date] = {}
    rows = RecordLink.objects.filter(
        target=record,
        field__in={field for _, field in wanted},
        source__type__name__in={name for name, _ in wanted},
        source__business_date__lte=today,
    )
    latest = rows.order_by().values_list("source__type__name", "field")
    for name, field, day in latest.annotate(Max("source__business_date")):
        found[(name, field)] = day
    return {
        name: max(
            (found[pair] for one in spec.last if (pair := tuple(one.split(".", 1))) in found),
            default=None,
        )
        for name, spec in kind.type.cadences.items()
    }


def days_of(record: Record, today: date) -> Days:
    """Everything that is due on a record, by name."""
    kind = kind_of(record)
    scope = scope_of(record, today, kind=kind)
    return due_of(kind, scope, last_days(record, kind, today), working_days())


def deadlines_of(record: Record, today: date) -> list[Deadline]:
    """What is due on a record as its page shows it, the earliest first."""
    kind = kind_of(record)
    due = days_of(record, today)
    late = due.overdue(today)
    found = [
        Deadline(name, label_of(kind, record, name), day, name in late)
        for name, day in due.days.items()
    ]
    return sorted(found, key=lambda one: (one.on, one.name))


def label_of(kind: Kind, record: Record, name: str) -> Labels:
    """What is due, in words: the state that should be left, or the cadence."""
    if name == STATE:
        return kind.cycle.state(record.state).label
    declared = kind.type.cadences.get(name)
    return (declared.label if declared else None) or labels(name, name)


def settle(record: Record, today: date) -> None:
    """Keep the earliest day with the record."""
    kind = kind_of(record)
    has_days = kind.type.cadences or any(one.due for one in kind.type.life.values())
    day = days_of(record, today).earliest if has_days else None
    if record.due_on != day:
        Record.objects.filter(pk=record.pk).update(due_on=day)
        record.due_on = day


def settle_linked(record: Record, today: date, *, at: datetime) -> None:
    """Bring up to date what rests on a record: those it names and those that name it.

    What more than a hundred rest on is done by a job after the change.
    """
    for target in _named_by(record):
        settle(target, today)
    naming = _naming(record)
    if len(naming) > AT_ONCE:
        about = {"record": record.pk}
        jobs.enqueue(REFRESH, key=str(record.pk), actor=SYSTEM(at), at=at, arguments=about)
        return
    for source in naming:
        settle(source, today)


def _named_by(record: Record) -> Iterable[Record]:
    """The records a record names by a field that one of their cadences looks at."""
    wanted = _looked_at().get(name_of(record), frozenset())
    if not wanted:
        return ()
    links = record.links_out.filter(field__in=wanted, target__is_final=False)
    return [one.target for one in links.select_related("target")]


def _naming(record: Record) -> list[Record]:
    """The open records that look into this one when they tell what is due."""
    fields = _followed().get(name_of(record), {})
    if not fields or record.pk is None:
        return []
    links = record.links_in.filter(
        field__in={field for names in fields.values() for field in names},
        source__type__name__in=fields,
        source__is_final=False,
    )
    return [one.source for one in links.select_related("source").order_by("pk")[: AT_ONCE + 1]]


def refresh(record: Record, today: date) -> int:
    """Bring up to date everything that looks into a record; how many there are."""
    fields = _followed().get(name_of(record), {})
    links = record.links_in.filter(source__type__name__in=fields, source__is_final=False)
    count = 0
    for one in links.select_related("source").order_by("pk").iterator(chunk_size=500):
        settle(one.source, today)
        count += 1
    return count


def _looked_at() -> Mapping[str, frozenset[str]]:
    """For each type, the fields by which cadences of others find their last day."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in book().kinds.values():
        for cadence in kind.type.cadences.values():
            for one in cadence.last:
                name, _, field = one.partition(".")
                found[name].add(field)
    return {name: frozenset(fields) for name, fields in found.items()}


def _followed() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """For each type, which others look into its records, and by which of their fields."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for kind in book().kinds.values():
        for field in kind.followed:
            for target in kind.fields[field].of:
                known = found[target].get(kind.name, frozenset())
                found[target][kind.name] = known | {field}
    return found
