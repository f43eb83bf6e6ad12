"""What can be named in a field: people one works with, units, records one may see.

A list under a text field asks here, and so does the form that is sent: what was not offered is
not accepted, unless it stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Assignment, Person, PersonVersion, Status, Unit, UnitVersion
from attain.apps.people.organisation import reached, within
from attain.apps.people.reading import organisation
from attain.apps.people.scopes import scope
from attain.apps.people.selectors import name_of
from attain.apps.records import selectors
from attain.apps.records.models import Record
from attain.kinds.records.fields import FieldSpec, FieldType
from attain.ui import formats

OFFERED: Final = 8
_TEXT_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be named."""

    key: str
    title: str
    note: str = ""


def options(actor: Actor, spec: FieldSpec, text: str, limit: int = OFFERED) -> list[Option]:
    """What fits the words typed so far; without words, what is nearest at hand."""
    words = text.strip()[:_TEXT_MAX]
    match spec.type:
        case FieldType.person:
            return people(actor, words, limit)
        case FieldType.unit:
            return _units(words, actor.today, limit)
        case FieldType.record:
            return _records(actor, spec.of, words, limit)
    return []


def resolve(actor: Actor, spec: FieldSpec, text: str) -> tuple[str, str]:
    """The key of what was typed by code, number or name, and what is wrong with it."""
    words = text.strip()[:_TEXT_MAX]
    if not words:
        return "", ""
    found = [one for one in options(actor, spec, words, limit=20) if _is(one, words)]
    if len(found) == 1:
        return found[0].key, ""
    if found:
        return "", _("Several are called “%(text)s”. Choose one from the list.") % {"text": words}
    return "", _("Nothing called “%(text)s” can be chosen here.") % {"text": words}


def may_name(actor: Actor, spec: FieldSpec, key: str) -> bool:
    """Whether a key may be put into a field by somebody."""
    match spec.type:
        case FieldType.person:
            return _known_people(actor, Person.objects.filter(pk=key)).exists()
        case FieldType.unit:
            return _open_units(actor.today).filter(pk=key).exists()
    return any(selectors.visible(actor, kind).filter(key=key).exists() for kind in spec.of)


def title_of(actor: Actor, spec: FieldSpec, key: str) -> str:
    """What the text field shows for a key that stands in it."""
    if not key:
        return ""
    if spec.type is FieldType.record:
        found = Record.objects.filter(key=key).select_related("type").first()
        if found is None:
            return ""
        seen = selectors.visible(actor, found.type.name).filter(pk=found.pk).exists()
        return _record(found).title if seen else found.number
    known = name_of([key]).get(key)
    return known.get(formats.language()) if known else ""


def _is(option: Option, words: str) -> bool:
    code = option.note.split(" · ")[0]
    return words.casefold() in (option.title.casefold(), code.casefold())


# --------------------------------------------------------------------------------- people


def people(actor: Actor, words: str, limit: int = OFFERED) -> list[Option]:
    """People whom somebody may name: whom they see, their team mates, those above, heads of
    units."""
    rows = _matching(_known_people(actor, Person.objects.all()), words)
    found = list(rows.order_by("code")[:limit])
    units = _units_of(found, actor.today)
    return [
        Option(
            one.key,
            _own(one),
            " · ".join(part for part in (one.code, units.get(one.key, "")) if part),
        )
        for one in found
    ]


def _known_people(actor: Actor, rows: QuerySet[Person]) -> QuerySet[Person]:
    here = PersonVersion.objects.on(actor.today).exclude(status=Status.left)
    rows = rows.filter(pk__in=here.values("person"))
    seen = (scope(actor, "people", actor.today), scope(actor, "records", actor.today))
    if any(one.everyone for one in seen):
        return rows
    return rows.filter(pk__in=seen[0].keys | seen[1].keys | _around(actor))


def _around(actor: Actor) -> frozenset[str]:
    """Whom somebody works with: their unit, those above them, and the heads of all units."""
    if not actor.person:
        return frozenset()
    known, today = organisation(), actor.today
    tomorrow = today + timedelta(days=1)
    found = {actor.person, *reached(actor.person, (known.superiors,), today, tomorrow)}
    found.update(head for head, led in known.headed.items() if _any(within(led, today, tomorrow)))
    mine = Assignment.objects.on(today).filter(person=actor.person).values_list("unit", flat=True)
    for unit in mine:
        found.update(key for key, *_ in within(known.members.get(unit or "", ()), today, tomorrow))
    return frozenset(found)


def _any(found: Iterable[Any]) -> bool:
    return next(iter(found), None) is not None


def _units_of(people: list[Person], day: date) -> dict[str, str]:
    rows = Assignment.objects.on(day).filter(person__in=people).select_related("unit")
    return {row.person_id: _own(row.unit) for row in rows if row.unit}


def _own(thing: Any) -> str:
    return (thing.name if formats.is_chinese() else thing.name_en) or thing.name


def _matching(rows: QuerySet, words: str) -> QuerySet:
    condition = Q()
    for word in words.lower().split()[:5]:
        condition &= Q(search__contains=word)
    return rows.filter(condition)


# ------------------------------------------------------------------------- units and records


def _open_units(day: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=UnitVersion.objects.on(day).values("unit"))


def _units(words: str, day: date, limit: int) -> list[Option]:
    rows = _matching(_open_units(day), words).order_by("code")[:limit]
    return [Option(one.key, _own(one), one.code) for one in rows]


def _records(actor: Actor, kinds: tuple[str, ...], words: str, limit: int) -> list[Option]:
    found: list[Option] = []
    for kind in kinds:
        rows = _matching(selectors.visible(actor, kind), words)
        found += [_record(one) for one in rows.order_by("-changed_at")[:limit]]
    return found[:limit]


def _record(record: Record) -> Option:
    return Option(record.key, record.title or record.number, record.number)


def last_used(actor: Actor, spec: FieldSpec, kind: str, limit: int = 4) -> list[Option]:
    """What somebody named last in this field of a kind: the first offers of quick entry."""
    if spec.type is not FieldType.record or not actor.person:
        return []
    own = Record.objects.filter(type__name=kind, author=actor.person).order_by("-pk")[:60]
    keys = list(dict.fromkeys(str(one.data.get(spec.name) or "") for one in own))
    seen: dict[str, Record] = {}
    for name in spec.of:
        seen.update({one.key: one for one in selectors.visible(actor, name).filter(key__in=keys)})
    last = [_record(seen[key]) for key in keys if key in seen][:limit]
    return last or _own_records(actor, spec.of, limit)


def _own_records(actor: Actor, kinds: tuple[str, ...], limit: int) -> list[Option]:
    """Whoever has named nothing yet is offered what is theirs."""
    found: list[Option] = []
    for kind in kinds:
        mine = selectors.visible(actor, kind).filter(owner=actor.person, is_final=False)
        found += [_record(one) for one in mine.order_by("-changed_at")[:limit]]
    return found[:limit]
