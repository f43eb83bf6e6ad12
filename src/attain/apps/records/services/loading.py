"""Records from a workbook or a table: every row checked, all kept or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Manager

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Alias, Person, Unit
from attain.apps.records import access, errors
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record
from attain.apps.records.services.writing import Origin, begin, not_begun
from attain.core.dates import LENIENT, parse_date
from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.keys import clean_code, is_key, key_for
from attain.kinds.records import FieldSpec, FieldType, Kind
from attain.kinds.records.values import read

SYSTEM: Final = ("_number", "_state", "_entered", "_created", "_author")
"""Columns besides the fields, for records that have a past elsewhere."""
_MODELS: Final[dict[FieldType, tuple[str, Manager[Any]]]] = {
    FieldType.person: ("people", Person.objects),
    FieldType.unit: ("units", Unit.objects),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what its cells say, by field, as text or as exact values."""

    line: int
    values: Mapping[str, Any]
    sheet: str = ""
    file: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The heading of each field in the file, to say where something stands."""

    def place(self, name: str = "") -> Where:
        return Where(
            file=self.file or None,
            sheet=self.sheet or None,
            row=self.line,
            header=self.columns.get(name) or None,
            field=name or None,
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    rejected: tuple[int, ...] = ()
    """The lines of the rows that were not kept."""


class _Undone(Exception):
    """A load that must leave no trace."""


def load(
    kind: str,
    rows: Sequence[Row],
    *,
    actor: Actor,
    at: datetime,
    good_only: bool = False,
    dry: bool = False,
) -> Loaded:
    """Begin a record for each row. One that is refused keeps all back, unless `good_only`.

    With `dry` everything is tried and nothing kept. Columns beginning with `_` are for those
    who may load records of others.

    :raises AttainError: RECORD_BEGIN_REFUSED, RECORD_LOAD_REFUSED.
    """
    known = kind_named(kind)
    may_load = access.may_load(actor, known)
    if not may_load and not access.may_create(actor, known):
        raise not_begun(known)
    if not may_load and any(name in row.values for row in rows for name in SYSTEM):
        raise AttainError(problem(errors.RECORD_LOAD_REFUSED, type=known.label))
    records: list[Record] = []
    problems: list[Problem] = []
    rejected: list[int] = []
    try:
        with transaction.atomic():
            for row in rows:
                found = _one(known, row, actor=actor, at=at, may_load=may_load)
                if isinstance(found, Record):
                    records.append(found)
                else:
                    problems += found
                    rejected.append(row.line)
            if dry or (problems and not good_only):
                raise _Undone
    except _Undone:
        return Loaded(() if problems else tuple(records), tuple(problems), tuple(rejected))
    return Loaded(tuple(records), tuple(problems), tuple(rejected))


def _one(
    kind: Kind, row: Row, *, actor: Actor, at: datetime, may_load: bool
) -> Record | list[Problem]:
    try:
        values = typed(kind, row.values)
        origin = _origin(kind, row.values, may_load)
        with transaction.atomic():
            return begin(kind, values, actor=actor, at=at, origin=origin)
    except AttainError as error:
        return [_placed(one, row) for one in error.problems]


def _placed(one: Problem, row: Row) -> Problem:
    name = (one.where.field if one.where else None) or ""
    place = row.place(name.partition(".")[0])
    return Problem(one.code, one.values, place, one.severity)


def typed(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Cells as exact values; codes of people, units and records as their keys.

    :raises AttainError: every cell that cannot be read.
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        spec = kind.fields.get(name)
        if name in SYSTEM:
            continue
        try:
            found[name] = value if spec is None else exact(spec, value)
        except AttainError as error:
            problems += error.problems
    if problems:
        raise AttainError(problems)
    return {name: value for name, value in found.items() if value is not None}


def exact(spec: FieldSpec, value: Any) -> Any:
    """One cell: a text is read as the field reads it, an exact value stays.

    :raises AttainError: what `values.read` raises.
    """
    if spec.type is FieldType.table and isinstance(value, list | tuple):
        return tuple(
            {
                name: exact(spec.fields[name], one)
                for name, one in row.items()
                if name in spec.fields
            }
            for row in value
        )
    read_one = read(spec, value) if isinstance(value, str) else value
    if isinstance(read_one, str) and spec.type in _MODELS:
        return _key(spec, read_one)
    if isinstance(read_one, str) and spec.type is FieldType.record:
        return _record_key(spec, read_one)
    return read_one


def _key(spec: FieldSpec, written: str) -> str:
    """The key of a code, of an alias, or of a name that only one has."""
    if is_key(written):
        return written
    kind, named_so = _MODELS[spec.type]
    code = clean_code(written)
    there = named_so.filter(code=code).values_list("pk", flat=True).first()
    alias = Alias.objects.filter(kind=kind, code=code).values_list("key", flat=True).first()
    if there or alias:
        return str(there or alias)
    named = list(named_so.filter(name=written).values_list("pk", flat=True)[:2])
    if len(named) == 1:
        return str(named[0])
    raise AttainError(
        problem(errors.REFERENCE_UNKNOWN, Where(field=spec.name), field=spec.label, value=written)
    )


def _record_key(spec: FieldSpec, written: str) -> str:
    """The key of a number, of a value that is unique to one, or of a title that only one has."""
    if is_key(written):
        return written
    rows = Record.objects.filter(type__name__in=spec.of)
    found = list(rows.filter(number=written).values_list("key", flat=True)[:2])
    if not found:
        found = list(rows.filter(title=written).values_list("key", flat=True)[:2])
    if len(found) == 1:
        return str(found[0])
    return key_for(spec.of[0], written)


def _origin(kind: Kind, given: Mapping[str, Any], may_load: bool) -> Origin:
    """
    :raises AttainError: STATE_UNKNOWN, and codes that nobody has.
    """
    if not may_load:
        return Origin()
    state = str(given.get("_state") or "")
    if state and state not in kind.type.life:
        named = {one.label.zh: name for name, one in kind.type.life.items()}
        named |= {one.label.en: name for name, one in kind.type.life.items()}
        if state not in named:
            raise AttainError(
                problem(
                    errors.STATE_UNKNOWN,
                    Where(field="_state"),
                    type=kind.label,
                    state=state,
                    known=[one.label or name for name, one in kind.type.life.items()],
                )
            )
        state = named[state]
    author = str(given.get("_author") or "")
    person = FieldSpec(name="author", type=FieldType.person)
    return Origin(
        number=str(given.get("_number") or "").strip(),
        state=state,
        entered=_day(given.get("_entered")),
        created=_day(given.get("_created")),
        author=_key(person, author) if author else "",
        is_load=True,
    )


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return parse_date(str(value), LENIENT) if value else None


def load_file(path: Path, kind: str, *, actor: Actor, at: datetime) -> Loaded:
    """Load a table or a list of records from a file, all or nothing.

    A `.csv` names its columns in the first line, by field or by label; a `.yaml` is a list of
    mappings by field, in which a table is a list of rows.

    :raises AttainError: RECORD_FILE_EMPTY, RECORD_COLUMN_UNKNOWN, and as `load`; every problem
        of every row with its place.
    """
    known = kind_named(kind)
    rows = [*_rows_of(path, known)]
    if not rows:
        raise AttainError(problem(errors.RECORD_FILE_EMPTY, file=path.name))
    found = load(kind, rows, actor=actor, at=at)
    if found.problems:
        raise AttainError(list(found.problems))
    return found


def _rows_of(path: Path, kind: Kind) -> Iterator[Row]:
    from attain.apps.records.services.reading import csv_rows, yaml_rows

    text = path.read_text(encoding="utf-8-sig")
    yield from (yaml_rows if path.suffix in (".yaml", ".yml") else csv_rows)(text, path.name, kind)
