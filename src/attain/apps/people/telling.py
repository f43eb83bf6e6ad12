"""A change in words: what stood before, what stands after, and who sees whom from then on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.people.models import (
    Assignment,
    Change,
    DatedRow,
    Edge,
    PersonVersion,
    PositionVersion,
    UnitVersion,
)
from attain.apps.people.selectors import Name, name_of
from attain.ui import formats

MOST_LINES = 60
_RELATED: dict[type[DatedRow], tuple[str, ...]] = {
    PersonVersion: ("person",),
    UnitVersion: ("unit", "parent", "head"),
    PositionVersion: ("position", "unit"),
    Assignment: ("person", "unit", "position", "manager"),
    Edge: (),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words, and when it holds."""

    text: str
    when: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a change does to one thing."""

    title: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """All that a change does."""

    things: tuple[Told, ...]
    sights: tuple[str, ...]
    """Who sees whom from then on, and who no longer does."""
    more: int
    """Things beyond those that are listed."""


def consequences(change: Change) -> Consequences:
    """What a change wrote and superseded, thing by thing."""
    found = [
        (model, list(_rows(model, superseded=change)), list(_rows(model, change=change)))
        for model in _RELATED
    ]
    told = [one for model, gone, made in found for one in _of_model(model, gone, made)]
    sights = [
        one for model, gone, made in found if model is Assignment for one in _sights(gone, made)
    ]
    return Consequences(tuple(told[:MOST_LINES]), tuple(sights), max(0, len(told) - MOST_LINES))


def _rows(model: type[DatedRow], **which: Change) -> Iterable[DatedRow]:
    rows = model.every.filter(**which).order_by("effective_from")
    return rows.select_related(*_RELATED[model])[: MOST_LINES * 4]


def _of_model(model: type[DatedRow], gone: list[DatedRow], made: list[DatedRow]) -> Iterator[Told]:
    keys = dict.fromkeys(_subject(row) for row in (*made, *gone))
    names = name_of(keys)
    # Edges name both ends by key.
    ends = name_of(row.parent for row in (*gone, *made) if isinstance(row, Edge))
    for key in keys:
        name = names.get(key)
        yield Told(
            title=f"{_kind(model)} · {said_name(name)}" if name else _kind(model),
            before=tuple(_line(row, ends) for row in gone if _subject(row) == key),
            after=tuple(_line(row, ends) for row in made if _subject(row) == key),
        )


def _kind(model: type[DatedRow]) -> str:
    return {
        PersonVersion: pgettext("organisation", "Person"),
        UnitVersion: pgettext("organisation", "Unit"),
        PositionVersion: pgettext("organisation", "Position"),
        Assignment: pgettext("organisation", "Place"),
        Edge: pgettext("organisation", "Hierarchy"),
    }[model]


def _subject(row: DatedRow) -> str:
    if isinstance(row, Edge):
        return row.child
    if isinstance(row, PersonVersion | Assignment):
        return row.person_id
    return row.unit_id if isinstance(row, UnitVersion) else getattr(row, "position_id", "")


def said_name(name: Name) -> str:
    """A name in the reader's language, with its code."""
    return f"{name.get('zh-hans' if formats.is_chinese() else 'en')} {name.code}"


def _line(row: DatedRow, ends: dict[str, Name]) -> Line:
    return Line(" · ".join(part for part in _parts(row, ends) if part), when(*row.interval))


def _parts(row: DatedRow, ends: dict[str, Name]) -> Iterator[str]:
    if isinstance(row, Assignment):
        yield from (own_name(one) for one in (row.unit, row.position) if one is not None)
        yield _("under %(name)s") % {"name": own_name(row.manager)} if row.manager else ""
        yield percent(row.share) if row.share not in ("", "1") else ""
    elif isinstance(row, PersonVersion):
        yield row.name
        yield str(row.get_status_display())
        yield from (str(value) for value in row.attributes.values() if isinstance(value, str))
    elif isinstance(row, UnitVersion):
        yield row.name
        yield _("part of %(name)s") % {"name": own_name(row.parent)} if row.parent else ""
        yield _("headed by %(name)s") % {"name": own_name(row.head)} if row.head else ""
    elif isinstance(row, PositionVersion):
        yield row.title
        yield own_name(row.unit) if row.unit else ""
    elif isinstance(row, Edge):
        yield row.hierarchy
        end = ends.get(row.parent)
        yield _("under %(name)s") % {"name": said_name(end)} if end else row.parent


def percent(share: str) -> str:
    """A share as people write it: 60%, and nothing lost of 33.333333333333333333%."""
    return f"{format((Decimal(share) * 100).normalize(), 'f')}%"


def own_name(thing: object) -> str:
    """The name of a person, unit or position in the reader's language."""
    english = getattr(thing, "name_en", "")
    return english if english and not formats.is_chinese() else str(getattr(thing, "name", ""))


def when(start: date, until: date | None) -> str:
    """A stretch in words: the last day is said, since everybody counts it in."""
    if until is None:
        return _("from %(day)s") % {"day": formats.day_table(start)}
    last = until - timedelta(days=1)
    if last == start:
        return _("on %(day)s") % {"day": formats.day_table(start)}
    return _("%(first)s to %(last)s") % {
        "first": formats.day_table(start),
        "last": formats.day_table(last),
    }


def _sights(gone: list[DatedRow], made: list[DatedRow]) -> Iterator[str]:
    """Which managers come and go."""
    before, after = _managers(gone), _managers(made)
    names = name_of(key for pair in (*before, *after) for key in pair)
    for pair in sorted(after.keys() - before.keys()):
        yield _sight(names, pair, after[pair][0], begins=True)
    for pair in sorted(before.keys() & after.keys()):
        was, now = before[pair][1], after[pair][1]
        if now is not None and (was is None or now < was):
            yield _sight(names, pair, now, begins=False)
    for pair in sorted(before.keys() - after.keys()):
        yield _sight(names, pair, before[pair][0], begins=False)


def _sight(names: dict[str, Name], pair: tuple[str, str], day: date, *, begins: bool) -> str:
    values = {
        "manager": said_name(names[pair[0]]) if pair[0] in names else "",
        "person": said_name(names[pair[1]]) if pair[1] in names else "",
        "day": formats.day_table(day),
    }
    if begins:
        return _("%(manager)s sees %(person)s from %(day)s on, as their manager.") % values
    return _("%(manager)s no longer sees what %(person)s does from %(day)s on.") % values


def _managers(rows: list[DatedRow]) -> dict[tuple[str, str], tuple[date, date | None]]:
    """Manager and person, with the first and the last day."""
    found: dict[tuple[str, str], tuple[date, date | None]] = {}
    for row in rows:
        if isinstance(row, Assignment) and row.manager_id:
            pair = (row.manager_id, row.person_id)
            first, last = found.get(pair, row.interval)
            ends = (last, row.effective_until)
            found[pair] = (
                min(first, row.effective_from),
                None if None in ends else max(day for day in ends if day),
            )
    return found
