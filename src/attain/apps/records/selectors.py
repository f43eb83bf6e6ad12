"""Questions about records, always asked in somebody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import Http404

from attain.apps.accounts.actors import Actor
from attain.apps.flow.models import ToDo
from attain.apps.people.selectors import Scope
from attain.apps.records import access, counting, deadlines, narrowing
from attain.apps.records.expecting import Missing, missing_list
from attain.apps.records.indexing import unscaled
from attain.apps.records.kinds import kind_named, kind_of, known_as, row_named
from attain.apps.records.models import Record, RecordEvent, RecordLink, RecordParty, RecordValue
from attain.core.labels import Labels
from attain.kinds.records import Kind
from attain.kinds.records.lives import PREFIX

SOON = timedelta(days=7)
SHOWN = 20
MOST = 2000


def concerning(rows: QuerySet[Record], within: Scope) -> QuerySet[Record]:
    """Only records of some people: those they own, and those that are about them."""
    return rows if within.everyone else rows.filter(within.among("owner", "subject"))


def visible(actor: Actor, kind: str) -> QuerySet[Record]:
    """The records of a type that somebody may see.

    :raises Http404: no such type.
    """
    return access.visible(actor, kind_named(kind))


def get(actor: Actor, kind: str, number: str) -> Record:
    """One record; not there and not yours look alike.

    :raises Http404: either of these.
    """
    found = visible(actor, kind).select_related("type", "type_version").filter(number=number)
    record = found.first()
    if record is None:
        raise Http404(number)
    return record


def by_key(actor: Actor, key: str) -> Record:
    """The record of a key, as lineage names it.

    :raises Http404: not there, or not for them to see.
    """
    record = Record.objects.filter(key=key).first()
    if record is None or not access.may_see(actor, record):
        raise Http404(key)
    return record


def timeline(record: Record, actor: Actor) -> list[RecordEvent]:
    """Everything that happened, the newest first, to somebody who sees the record."""
    if not access.may_see(actor, record):
        return []
    return list(record.events.select_related("by", "on_behalf_of").order_by("-n"))


@dataclass(frozen=True, slots=True)
class Link:
    """A record that is named by another, and by which field."""

    record: Record
    field: str
    label: Labels


@dataclass(frozen=True, slots=True)
class Links:
    """The records a record names, and those that name it, as far as the reader sees them."""

    out: tuple[Link, ...]
    in_: tuple[Link, ...]


def links(record: Record, actor: Actor) -> Links:
    """Both directions, the newest first."""
    out = RecordLink.objects.filter(source=record).select_related("target", "source")
    back = RecordLink.objects.filter(target=record).select_related("source", "target")
    return Links(
        tuple(_link(one.target, one) for one in _seen(out, "target", actor)),
        tuple(_link(one.source, one) for one in _seen(back, "source", actor)),
    )


def _link(record: Record, one: RecordLink) -> Link:
    spec = kind_of(one.source).fields.get(one.field)
    return Link(record, one.field, spec.label if spec else Labels(zh=one.field, en=one.field))


def _seen(rows: QuerySet[RecordLink], end: str, actor: Actor) -> Iterator[RecordLink]:
    found = list(rows.order_by(f"-{end}__business_date", f"-{end}")[:MOST])
    seen = visible_among((getattr(one, end) for one in found), actor)
    yield from (one for one in found if getattr(one, end).pk in seen)


def visible_among(records: Iterable[Record], actor: Actor) -> frozenset[int]:
    """Which of some records somebody may see, by their primary keys."""
    by_type: dict[str, list[int]] = {}
    for record in records:
        by_type.setdefault(kind_of(record).name, []).append(record.pk)
    return frozenset(
        pk
        for name, keys in by_type.items()
        for pk in visible(actor, name).filter(pk__in=keys).values_list("pk", flat=True)
    )


def standings(record: Record, actor: Actor) -> list[counting.Standing]:
    """Where the people whom a record concerns stand in counters, as far as the reader may know."""
    people = {record.subject: "subject", record.owner: "owner"}
    found = (
        counting.Standing(person, why, counting.counts(actor, person, record))
        for person, why in people.items()
        if person
    )
    return [one for one in found if one.counts]


# --- what is due ---


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due on a record."""

    record: Record
    what: str
    """`state`, or the name of a cadence."""
    label: Labels
    on: date
    overdue: bool


def due_list(actor: Actor, day: date | None = None) -> list[Due]:
    """What is due for somebody until a day, a week from now: their own records, and those that
    wait for them; the earliest first."""
    until = day or actor.today + SOON
    rows = _mine(actor).filter(due_on__lte=until).order_by("due_on", "pk")[:MOST]
    found = [
        Due(record, one.name, one.label, one.on, one.is_overdue)
        for record in rows
        for one in deadlines.deadlines_of(record, actor.today)
        if one.on <= until
    ]
    return sorted(found, key=lambda one: (one.on, one.record.pk))


def due_count(actor: Actor) -> int:
    """How many records are due for somebody today, or were before."""
    return _mine(actor).filter(due_on__lte=actor.today).count()


def _mine(actor: Actor) -> QuerySet[Record]:
    if actor.user_id is None:
        return Record.objects.none()
    rows = Record.objects.filter(is_final=False, due_on__isnull=False)
    waiting = ToDo.objects.filter(kind__startswith=PREFIX, user=actor.user_id, closed_at=None)
    keys = [int(one) for one in waiting.values_list("object_id", flat=True) if one.isdigit()]
    mine = Q(owner=actor.person) if actor.person else Q(pk__in=())
    return rows.filter(mine | Q(pk__in=keys))


# --- boards, calendars, totals ---


@dataclass(frozen=True, slots=True)
class Column:
    """One state of a board: how many stand there, their sum, and the first of them."""

    state: str
    count: int
    sum: Decimal | None
    records: tuple[Record, ...]


def board(actor: Actor, kind: Kind, rows: QuerySet[Record] | None = None) -> list[Column]:
    """The records by state, in the order of the life cycle."""
    found = access.visible(actor, kind) if rows is None else rows
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    view = kind.type.views.board
    sums = _sums_by_state(found, kind, view.sum) if view and view.sum else {}
    row = row_named(kind.name)
    return [
        Column(
            state=state.name,
            count=counts.get(state.name, 0),
            sum=sums.get(state.name),
            records=tuple(known_as(_first(found, state.name), kind, row))
            if counts.get(state.name)
            else (),
        )
        for state in kind.cycle.states
    ]


def _first(rows: QuerySet[Record], state: str) -> list[Record]:
    """What is due first, then the newest."""
    here = rows.filter(state=state)
    return list(here.order_by(F("due_on").asc(nulls_last=True), "-business_date", "-pk")[:SHOWN])


def _sums_by_state(rows: QuerySet[Record], kind: Kind, field: str) -> dict[str, Decimal]:
    values = RecordValue.objects.filter(
        type=row_named(kind.name), field=field, record__in=rows.order_by().values("pk")
    )
    added = values.order_by().values_list("record__state").annotate(Sum("number"))
    spec = kind.fields[field]
    return {state: unscaled(spec, total) for state, total in added if total is not None}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a calendar: its first day, and its last where it has one."""

    record: Record
    on: date
    until: date | None


def calendar(
    actor: Actor, kind: Kind, from_: date, until: date, rows: QuerySet[Record] | None = None
) -> list[Entry]:
    """The records that lie on a day of a stretch, the end of which does not belong to it."""
    found = access.visible(actor, kind) if rows is None else rows
    view = kind.type.views.calendar
    first, last = (view.from_, view.until) if view else ("business_date", None)
    found = found.filter(_days(kind, first, high=until))
    still = _days(kind, first, low=from_)
    # One without a last day lies on its first.
    found = found.filter(still | _days(kind, last, low=from_) if last else still)
    here = known_as(list(found.order_by("business_date", "pk")[:MOST]), kind, row_named(kind.name))
    entries = (
        Entry(one, day, _day_of(one, last) if last else None)
        for one in here
        if (day := _day_of(one, first)) is not None
    )
    return sorted(entries, key=lambda one: (one.on, one.record.pk))


_OWN_DAYS = {"business_date": "business_date", "created_on": "created_on", "due": "due_on"}


def _days(kind: Kind, name: str, *, low: date | None = None, high: date | None = None) -> Q:
    path = _OWN_DAYS.get(name)
    within: dict[str, Any] = {}
    if low is not None:
        within["gte"] = low
    if high is not None:
        within["lt"] = high
    if path is not None:
        return Q(*((f"{path}__{lookup}", day) for lookup, day in within.items()))
    values = RecordValue.objects.filter(type=row_named(kind.name), field=name)
    values = values.filter(*(Q((f"date__{lookup}", day)) for lookup, day in within.items()))
    return Q(pk__in=values.values("record"))


def _day_of(record: Record, name: str | None) -> date | None:
    path = _OWN_DAYS.get(name or "")
    found = getattr(record, path) if path else record.value(name or "")
    return found if isinstance(found, date) else None


def totals(rows: QuerySet[Record], kind: Kind, names: Sequence[str]) -> dict[str, Decimal | None]:
    """The sums of number fields over some rows."""
    return narrowing.sums(rows, kind, names)


def parties(record: Record) -> list[RecordParty]:
    """Whom a record concerns by name, for those who see it."""
    return list(record.parties.order_by("why", "pk"))


__all__ = [
    "Column",
    "Due",
    "Entry",
    "Link",
    "Links",
    "Missing",
    "board",
    "by_key",
    "calendar",
    "due_count",
    "due_list",
    "get",
    "links",
    "missing_list",
    "parties",
    "standings",
    "timeline",
    "totals",
    "visible",
    "visible_among",
]
