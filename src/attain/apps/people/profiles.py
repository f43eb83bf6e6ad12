"""What a reader is told about a person, a unit or a position."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.people.columns import from_text, further, schema
from attain.apps.people.models import (
    Assignment,
    Change,
    Edge,
    Person,
    PersonVersion,
    PositionVersion,
    UnitVersion,
)
from attain.apps.people.organisation import FOREVER, Span
from attain.apps.people.scopes import scope
from attain.apps.people.selectors import Name, name_of
from attain.apps.people.tables import CHANGE_KINDS
from attain.apps.people.telling import own_name, percent, when
from attain.core.units import Unit as Measure
from attain.ui import formats

HISTORY_MAX = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sat, and when."""

    pk: int
    unit: str
    unit_key: str
    position: str
    manager: str
    manager_key: str
    share: str
    when: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as of a day, as far as it concerns the reader."""

    version: PersonVersion | None
    facts: tuple[tuple[str, Any], ...]
    """The company's further columns."""
    places: tuple[Place, ...]
    """The latest first."""
    above: tuple[tuple[str, Name, str], ...]
    """Hierarchy, who is above, and when."""
    team: int
    """How many people they see on that day."""
    history: tuple[tuple[object, Change], ...]
    """What happened in words, and the change."""


def profile(person: Person, day: date, actor: Actor, language: str) -> Profile:
    """Who somebody is on a day. A manager reads of the days on which they were theirs."""
    seen = scope(actor, "people", (date.min, None))
    spans = None if seen.everyone else seen.spans.get(person.pk, ())
    version = person.versions.on(day).first()
    rows = person.assignments.select_related("unit", "position", "manager")
    mine = [row for row in rows if overlaps(row, spans)]
    mine.sort(key=lambda row: row.effective_from, reverse=True)
    return Profile(
        version=version,
        facts=facts("people", version, language),
        places=tuple(_place(row, day) for row in mine),
        above=_above(person, day),
        team=_team(person, day),
        history=_history(person),
    )


def overlaps(row: Assignment, spans: Iterable[Span] | None) -> bool:
    """Whether a row holds on some day the reader may see; without spans, they may see all."""
    if spans is None:
        return True
    until = row.effective_until or FOREVER
    return any(low < until and row.effective_from < high for low, high in spans)


def facts(
    dataset: str, version: PersonVersion | UnitVersion | PositionVersion | None, language: str
) -> tuple[tuple[str, Any], ...]:
    """The company's further columns with their labels; what is not known is left out."""
    if version is None:
        return ()
    declared = schema(dataset)
    found = []
    for column in further(declared):
        value = from_text(version.attributes.get(column.name), column)
        if value is None or column.part:
            continue
        label = declared.columns[column.declared].labels.get(language) or column.name
        found.append((label, _shown(value, column.type.unit)))
    return tuple(found)


def _shown(value: Any, unit: Measure) -> str:
    if unit is Measure.boolean:
        from django.utils.translation import pgettext

        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, date):
        return formats.day(value)
    if unit is Measure.ratio:
        return formats.ratio(value)
    return formats.number(value) if isinstance(value, Decimal) else str(value)


def _place(row: Assignment, day: date) -> Place:
    return Place(
        pk=row.pk,
        unit=own_name(row.unit) if row.unit else "",
        unit_key=row.unit_id or "",
        position=own_name(row.position) if row.position else "",
        manager=own_name(row.manager) if row.manager else "",
        manager_key=row.manager_id or "",
        share=percent(row.share) if row.share not in ("", "1") else "",
        when=when(*row.interval),
        is_now=row.holds_on(day),
    )


def _above(person: Person, day: date) -> tuple[tuple[str, Name, str], ...]:
    rows = list(Edge.objects.on(day).filter(child=person.pk))
    names = name_of(row.parent for row in rows)
    return tuple(
        (row.hierarchy, names[row.parent], when(*row.interval))
        for row in rows
        if row.parent in names
    )


def _team(person: Person, day: date) -> int:
    managed = Assignment.objects.on(day).filter(manager=person)
    return managed.values("person").distinct().count()


def _history(person: Person) -> tuple[tuple[object, Change], ...]:
    """The changes that wrote or superseded something about a person."""
    versions = PersonVersion.every.filter(person=person)
    places = Assignment.every.filter(person=person)
    touched = Q()
    for rows in (versions, places):
        for name in ("change", "superseded"):
            touched |= Q(pk__in=rows.exclude(**{name: None}).values(name))
    words = dict(CHANGE_KINDS)
    found = Change.objects.filter(touched).order_by("-pk")[:HISTORY_MAX]
    return tuple((words.get(change.kind, change.kind), change) for change in found)
