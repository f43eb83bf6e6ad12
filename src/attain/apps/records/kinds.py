"""The types of records as they are in force, read from their texts and kept until one changes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.http import Http404

from attain.apps.records.models import Record, RecordType, RecordTypeVersion
from attain.core.errors import AttainError, Problem
from attain.core.periods import ChinaWorkingDays, WeekdayWorkingDays, WorkingDays
from attain.kinds.records import Book, Kind, assemble, examine, load_record_type
from attain.kinds.records import RecordType as Declared
from attain.kinds.records import values as exact


@dataclass(frozen=True)
class _Shelf:
    """All types at one moment."""

    state: tuple[Any, ...]
    book: Book
    rows: Mapping[str, RecordType]
    names: Mapping[int, str]
    faults: Mapping[str, tuple[Problem, ...]]


_KEPT: Final[dict[str, _Shelf]] = {}
_OLDER: Final = 64
_STATE: Final = ("pk", "name", "current_id", "current__hash", "is_active", "order", "opened")
"""What tells one moment's types from another's."""

log = logging.getLogger("attain.records")


def book() -> Book:
    """Every type in its current version, those that are switched off as well."""
    return _shelf().book


def faults() -> Mapping[str, tuple[Problem, ...]]:
    """Types that are installed and cannot be read, with everything that is wrong."""
    return _shelf().faults


def rows() -> tuple[RecordType, ...]:
    """Every type that has a version, in the order in which they are shown."""
    return tuple(_shelf().rows.values())


def row_named(name: str) -> RecordType:
    """
    :raises Http404: no such type.
    """
    found = _shelf().rows.get(name)
    if found is None:
        raise Http404(name)
    return found


def kind_named(name: str) -> Kind:
    """
    :raises Http404: no such type.
    """
    found = book().kinds.get(name)
    if found is None:
        raise Http404(name)
    return found


def kind_of(record: Record) -> Kind:
    """The kind by which a record is read: its type in the version it was written by."""
    known: tuple[int, Kind] | None = record.__dict__.get("_kind")
    if known is None or known[0] != record.type_version_id:
        known = record.__dict__["_kind"] = (record.type_version_id, _kind_of(record))
    return known[1]


def _kind_of(record: Record) -> Kind:
    shelf = _shelf()
    name = shelf.names[record.type_id]
    if name not in shelf.rows:
        raise Http404(name)
    if record.type_version_id == shelf.rows[name].current_id:
        return shelf.book.kinds[name]
    text = RecordTypeVersion.objects.values_list("text", flat=True).get(pk=record.type_version_id)
    return _older(name, text, tuple(each.text for each in _versions(shelf)))


def _versions(shelf: _Shelf) -> list[RecordTypeVersion]:
    return [row.current for row in shelf.rows.values() if row.current is not None]


def known_as(records: list[Record], kind: Kind, row: RecordType) -> list[Record]:
    """Records of one type, told at once how they are read; those of older versions find out."""
    for record in records:
        if record.type_version_id == row.current_id:
            record.__dict__["_kind"] = (record.type_version_id, kind)
    return records


def name_of(record: Record) -> str:
    """The name of a record's type, without asking the database."""
    return _shelf().names[record.type_id]


def values_of(record: Record) -> dict[str, Any]:
    """What a record says, exact and typed, by field; confidential fields are never here."""
    return exact.values_from_json(kind_of(record).fields, record.data)


def value_of(record: Record, field: str) -> Any:
    """What one field says; None where it says nothing or is not there."""
    spec = kind_of(record).fields.get(field)
    return None if spec is None else exact.from_json(spec, record.data.get(field))


class _Days:
    """China's working days; plain weekdays in years that are not announced yet."""

    _announced: Final = ChinaWorkingDays()
    _plain: Final = WeekdayWorkingDays()

    def is_working(self, day: date) -> bool:
        if self._announced.first_year <= day.year <= self._announced.last_year:
            return self._announced.is_working(day)
        return self._plain.is_working(day)


def working_days() -> WorkingDays:
    """The days that deadlines of records count in."""
    return _Days()


def _shelf() -> _Shelf:
    # Plain values: this is asked for many times in a request, and rows are dear to make.
    types = RecordType.objects.filter(current__isnull=False).order_by("order", "name")
    state = tuple(types.values_list(*_STATE))
    place = str(connection.settings_dict["NAME"])
    kept = _KEPT.get(place)
    if kept is None or kept.state != state:
        # The state holds the hash of every text: what is equal is the same, wherever it was read.
        kept = _KEPT[place] = _read(state)
    return kept


def _read(state: tuple[Any, ...]) -> _Shelf:
    here = RecordType.objects.filter(pk__in=[one[0] for one in state]).select_related("current")
    rows = {row.name: row for row in here.order_by("order", "name")}
    book_, faults = assembled(
        tuple((row.name, row.current.text) for row in rows.values() if row.current is not None)
    )
    sound = {name: row for name, row in rows.items() if name in book_.kinds}
    return _Shelf(state, book_, sound, {row.pk: row.name for row in rows.values()}, faults)


@lru_cache(maxsize=8)
def assembled(texts: tuple[tuple[str, str], ...]) -> tuple[Book, Mapping[str, tuple[Problem, ...]]]:
    """The types that can be read, and what is wrong with each of the others.

    A text that held when it was installed may no longer do so after an upgrade: it must not stop
    the others.
    """
    declared: dict[str, Declared] = {}
    faults: dict[str, tuple[Problem, ...]] = {}
    for name, text in texts:
        try:
            declared[name] = loaded(text)
        except AttainError as error:
            faults[name] = tuple(error.problems)
    found, problems = examine(declared.values())
    for name in declared.keys() - found.kinds.keys():
        faults[name] = tuple(problems)
    for name in faults:
        log.error("the record type %s cannot be read and is left out", name)
    return found, faults


@lru_cache(maxsize=512)
def loaded(text: str) -> Declared:
    """A type as it was read, once for each of its texts.

    :raises AttainError: every problem, with its line.
    """
    return load_record_type(text)


@lru_cache(maxsize=_OLDER)
def _older(name: str, text: str, current: tuple[str, ...]) -> Kind:
    """A type in an older version, among the others as they are now."""
    older = loaded(text)
    others = [one for one in map(loaded, current) if one.name != name]
    try:
        return assemble([*others, older]).kinds[name]
    except AttainError:
        # It speaks of something that others no longer have: what it says can be read all the same.
        return assemble([*others, _silent(older)]).kinds[name]


def _silent(declared: Declared) -> Declared:
    """A type that shows its fields and states, and neither calculates nor acts."""
    fields = {
        name: field.model_copy(update={"is_": None, "when": None, "default": None})
        for name, field in declared.fields.items()
    }
    nothing: dict[str, Any] = {
        part: {} for part in ("actions", "cadences", "reminders", "expected", "allowances")
    }
    states = {
        name: state.model_copy(update={"due": None, "escalate": None, "consult": None})
        for name, state in declared.states.items()
    }
    return declared.model_copy(update={**nothing, "fields": fields, "states": states, "checks": ()})
