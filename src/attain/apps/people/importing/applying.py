"""Making the organisation what a checked import says: one change, all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.people import errors
from attain.apps.people.columns import KEPT, Kept, further, to_text
from attain.apps.people.importing.checking import Check, last_change
from attain.apps.people.importing.words import read_words
from attain.apps.people.models import Alias, Change, DatedRow, Edge, Person, Position, Unit
from attain.apps.people.models.things import CODE, NAME
from attain.apps.people.services.changes import begin
from attain.apps.people.services.naming import searched
from attain.apps.people.services.timeline import save, supersede
from attain.core.errors import AttainError, Where, problem
from attain.core.keys import kind_of_key
from attain.core.schemas import DatasetSchema
from attain.core.systems import system_schema
from attain.lake import sql
from attain.lake.catalog import FileCatalog
from attain.lake.stored import existing_rows

Row = dict[str, Any]

_THINGS: Final[Mapping[str, tuple[type[Person] | type[Unit] | type[Position], str, str, str]]] = {
    "people": (Person, "person", "name", "name_en"),
    "units": (Unit, "unit", "name", "name_en"),
    "positions": (Position, "position", "title", "title_en"),
}
"""Dataset to what it is about: the model, and the columns of key and names."""


@transaction.atomic
def bring_in(check: Check, *, actor: Actor, at: datetime, reason: str = "") -> Change:
    """Make the organisation what was previewed.

    :raises AttainError: ORGANISATION_IMPORT_NOT_READY, ORGANISATION_IMPORT_OUTDATED if somebody
        changed it meanwhile, ORGANISATION_WORD_UNKNOWN, ORGANISATION_IMPORT_CHANGES_NOTHING.
    """
    if check.errors:
        raise AttainError(problem(errors.IMPORT_NOT_READY, count=check.errors))
    before = last_change()
    change = begin("import", actor=actor, at=at, reason=reason, values={"files": check.files})
    if before != check.state:
        raise AttainError(problem(errors.IMPORT_OUTDATED))
    rows = {name: _read(check, name) for name in KEPT}
    _refuse_words(rows)
    _make_things(check, rows)
    counts = {name: _replace(change, KEPT[name], check.schemas[name], rows[name]) for name in KEPT}
    if not any(sum(pair) for pair in counts.values()):
        raise AttainError(problem(errors.IMPORT_CHANGES_NOTHING))
    figures = {name: {"written": new, "gone": old} for name, (new, old) in counts.items()}
    change.values = {"files": list(check.files), "rows": figures}
    change.save(update_fields=["values"])
    audit.record(
        actor=actor,
        action="people.import",
        object=("change", change.pk, ", ".join(check.files)),
        after=figures,
        cause=reason,
        at=at,
    )
    return change


def _read(check: Check, dataset: str) -> list[Row]:
    """All rows of a dataset as they would stand, with the line each came from."""
    return list(stored_rows(check.lake, check.schemas[dataset]))


def stored_rows(catalog: FileCatalog, declared: DatasetSchema) -> Iterator[Row]:
    """The rows of a dataset in a lake, with their file, sheet and line."""
    version = catalog.head(declared.dataset)
    if version is None:
        return
    paths = [path.resolve() for path in catalog.part_paths(version)]
    if not paths:
        return
    names = [column.name for column in declared.stored(lineage=True)]
    with tempfile.TemporaryDirectory(prefix="attain-people-") as spill:
        connection = sql.Connection({path.parent for path in paths}, Path(spill))
        try:
            for row in connection.rows(existing_rows(connection, declared, paths)):
                yield dict(zip(names, row, strict=True))
        finally:
            connection.close()


def _refuse_words(rows: Mapping[str, list[Row]]) -> None:
    """Read words for choices, and refuse names that are too long, all at once."""
    faults = [fault for name, found in rows.items() for fault in read_words(name, found)]
    for found in rows.values():
        for row in found:
            for value in (row.get("name"), row.get("title"), row.get("name_en")):
                if isinstance(value, str) and len(value) > NAME:
                    fault = problem(errors.TEXT_TOO_LONG, length=len(value), limit=NAME)
                    faults.append(fault.at(place_of(row)))
    if faults:
        raise AttainError(faults)


def place_of(row: Row) -> Where:
    """Where in the file a row stands."""
    return Where(file=row.get("_file"), sheet=row.get("_sheet"), row=row.get("_line"))


# --- things ---


def _make_things(check: Check, rows: Mapping[str, list[Row]]) -> None:
    """Keys and codes that are new, and the latest names of all."""
    codes = {
        row["key"]: (row["kind"], row["code"])
        for row in stored_rows(check.lake, system_schema("aliases"))
    }
    for name, (model, key, title, title_en) in _THINGS.items():
        latest = {
            row[key]: (row.get(title) or codes[row[key]][1], row.get(title_en) or "")
            for row in sorted(rows[name], key=lambda row: row["effective_from"])
        }
        _create(model, latest, codes)
    known = set(Alias.objects.values_list("kind", "code"))
    new = [
        Alias(kind=kind, code=code, key=key)
        for key, (kind, code) in codes.items()
        if (kind, code) not in known and kind in _THINGS
    ]
    Alias.objects.bulk_create(new, batch_size=500)


def _create(
    model: type[Person] | type[Unit] | type[Position],
    latest: Mapping[str, tuple[str, str]],
    codes: Mapping[str, tuple[str, str]],
) -> None:
    """Write what is new, and the names of what is known and is called otherwise now."""
    known = {one.pk: one for one in model.objects.all()}
    new: list[Any] = []
    renamed: list[Any] = []
    for key, (name, name_en) in latest.items():
        thing = known.get(key) or model(key=key, code=codes[key][1][:CODE])
        if key in known and (thing.name, thing.name_en) == (name, name_en):
            continue
        thing.name, thing.name_en = name, name_en
        thing.search = searched(thing)
        (renamed if key in known else new).append(thing)
    model.objects.bulk_create(new, batch_size=500)
    model.objects.bulk_update(renamed, ["name", "name_en", "search"], batch_size=500)


# --- rows ---


def _replace(
    change: Change, kept: Kept, declared: DatasetSchema, rows: list[Row]
) -> tuple[int, int]:
    """Supersede what is no longer said, and write what is new; says how many of each."""
    columns = [column.name for column in further(declared)]
    wanted = {_key(declared, row): _values(kept, columns, row) for row in rows}
    standing: dict[tuple[Any, ...], DatedRow] = {}
    gone = []
    for row in kept.model.objects.all():
        own = {name: getattr(row, field) for name, field in kept.fields.items()}
        key = _key(declared, own)
        same = wanted.get(key)
        if same is not None and same == _own_values(kept, columns, row):
            standing[key] = row
        else:
            gone.append(row)
    supersede(gone, change)
    made = [
        kept.model(**values, change=change) for key, values in wanted.items() if key not in standing
    ]
    save(made)
    return len(made), len(gone)


def _key(declared: DatasetSchema, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) or None for name in declared.key)


def _values(kept: Kept, columns: list[str], row: Row) -> dict[str, Any]:
    """The fields of a row that is to be written."""
    values = {field: _field(name, row.get(name)) for name, field in kept.fields.items()}
    values["attributes"] = {
        name: to_text(row[name]) for name in columns if row.get(name) is not None
    }
    if kept.model is Edge:
        values["child_kind"] = kind_of_key(row["child"]) or ""
    return values


def _own_values(kept: Kept, columns: list[str], row: DatedRow) -> dict[str, Any]:
    values = {field: getattr(row, field) for field in kept.fields.values()}
    attributes: Mapping[str, Any] = getattr(row, "attributes", {})
    values["attributes"] = {
        name: attributes[name] for name in columns if attributes.get(name) is not None
    }
    if isinstance(row, Edge):
        values["child_kind"] = row.child_kind
    return values


_MAY_BE_NULL: Final = frozenset(
    {"effective_until", "hired_on", "left_on", "parent", "head", "position", "unit", "manager"}
)


def _field(name: str, value: Any) -> Any:
    if name == "share" and isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if name == "status":
        return value or "active"
    return None if value is None and name in _MAY_BE_NULL else ("" if value is None else value)
