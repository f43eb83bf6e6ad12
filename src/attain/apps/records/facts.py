"""Records as datasets that plans and boards read, each row leading back to its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F, Max

from attain.apps.accounts.actors import business_date
from attain.apps.data.providers import Provider
from attain.apps.records.kinds import book, known_as, row_named, values_of
from attain.apps.records.models import Record, RecordEvent, RecordTypeVersion
from attain.core.manifests import Coverage
from attain.core.schemas import DatasetSchema
from attain.kinds.records import Book, FieldSpec, FieldType, Kind, facts
from attain.kinds.records.tables import as_value

FILE: Final = "records"
"""Where a row comes from, as lineage names it; the key of the record stands in its column."""
BATCH: Final = 2000

Rows = Iterator[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a book of types comes to: made once, asked for dataset by dataset."""

    book: Book
    schemas: Mapping[str, DatasetSchema]
    providers: Mapping[str, Provider]


_KEPT: Final[dict[str, _Told]] = {}


def _told() -> _Told:
    held = book()
    kept = _KEPT.get("told")
    if kept is None or kept.book is not held:
        found: dict[str, Provider] = {}
        for kind in held.kinds.values():
            found |= _of_kind(kind)
        kept = _KEPT["told"] = _Told(held, facts.schemas(held), found)
    return kept


def schemas() -> Mapping[str, DatasetSchema]:
    """The datasets of all types that are installed."""
    return _told().schemas


def providers() -> Mapping[str, Provider]:
    """Who gives the rows of each of them."""
    return _told().providers


def _of_kind(kind: Kind) -> dict[str, Provider]:
    name = kind.name

    def one(dataset: str, rows: Callable[[], Rows]) -> Provider:
        return Provider(dataset, rows, FILE, lambda: _coverage(kind))

    tables = {
        schema.dataset: schema.dataset.removeprefix(f"{name}.")
        for schema in facts.schemas_of(kind)
        if schema.dataset not in (name, f"{name}{facts.EVENTS}")
    }
    return {
        name: one(name, lambda: record_rows(kind)),
        f"{name}{facts.EVENTS}": one(f"{name}{facts.EVENTS}", lambda: event_rows(kind)),
        **{
            dataset: one(dataset, lambda table=table: table_rows(kind, table))  # type: ignore[misc]
            for dataset, table in tables.items()
        },
    }


def _coverage(kind: Kind) -> tuple[Coverage, ...]:
    """Everything from the day the type was installed, or its first record was of."""
    versions = RecordTypeVersion.objects.filter(type__name=kind.name).order_by("installed_at")
    first = versions.values_list("installed_at", flat=True).first()
    earliest = (
        Record.objects.filter(type__name=kind.name)
        .order_by("business_date")
        .values_list("business_date", flat=True)
        .first()
    )
    days = [day for day in (business_date(first) if first else None, earliest) if day]
    if not days:
        return ()
    return (Coverage(from_=min(days).replace(day=1), until=None),)


def record_rows(kind: Kind) -> Rows:
    """A row for each record."""
    entered = _last_entered(kind)
    columns = facts.state_columns(kind.type)
    has_title = facts.has_title(kind.type)
    for record in _records(kind):
        values = values_of(record)
        row: dict[str, object] = {
            "record": record.key,
            "number": record.number,
            "state": record.state,
            "owner": record.owner or None,
            "subject": record.subject or None,
            "unit": record.unit or None,
            "created_on": record.created_on,
            "business_date": record.business_date,
        }
        if has_title:
            row["title"] = record.title or None
        for spec in facts.fact_fields(kind.fields):
            row[spec.name] = fact(spec, values.get(spec.name))
        for state, column in columns.items():
            row[column] = entered.get((record.pk, state))
        yield row


def event_rows(kind: Kind) -> Rows:
    """A row for each action that was taken, beginning with that it was made."""
    kinds = (RecordEvent.Kind.created, RecordEvent.Kind.acted)
    rows = RecordEvent.objects.filter(record__type=row_named(kind.name), kind__in=kinds)
    found = rows.order_by("record", "n").values(
        "record__key", "n", "action", "from_state", "to_state", "on", "person"
    )
    for one in found.iterator(chunk_size=BATCH):
        yield {
            "record": one["record__key"],
            "n": one["n"],
            "action": one["action"],
            "from_state": one["from_state"] or None,
            "to_state": one["to_state"],
            "on": one["on"],
            "person": one["person"] or None,
        }


def table_rows(kind: Kind, table: str) -> Rows:
    """A row for each line of a table, in each record."""
    spec = kind.fields[table]
    columns = facts.fact_fields(spec.fields)
    for record in _records(kind):
        lines: Any = values_of(record).get(table) or ()
        for line, cells in enumerate(lines, start=1):
            yield {
                "record": record.key,
                "line": line,
                "business_date": record.business_date,
                **{column.name: fact(column, cells.get(column.name)) for column in columns},
            }


def fact(spec: FieldSpec, value: Any) -> Any:
    """A value as a column holds it: whole numbers whole, several choices as one text."""
    if value is None or value == () or value == "":
        return None
    if spec.type in (FieldType.count, FieldType.days) and not spec.accepted_scale:
        return int(value)
    return as_value(value)


def _records(kind: Kind) -> Iterator[Record]:
    row = row_named(kind.name)
    batch: list[Record] = []
    rows = Record.objects.filter(type=row).order_by("number", "pk")
    for record in rows.iterator(chunk_size=BATCH):
        batch.append(record)
        if len(batch) == BATCH:
            yield from known_as(batch, kind, row)
            batch = []
    yield from known_as(batch, kind, row)


def _last_entered(kind: Kind) -> Mapping[tuple[int, str], date]:
    """The last day on which each record came into each state."""
    rows = RecordEvent.objects.filter(record__type=row_named(kind.name)).exclude(to_state="")
    entered = rows.exclude(from_state=F("to_state")).order_by().values_list("record", "to_state")
    return {(record, state): day for record, state, day in entered.annotate(Max("on"))}


def record_of_row(row: Mapping[str, object]) -> Record | None:
    """The record that a row of a dataset came from; None for a row of another kind."""
    key = row.get("record")
    return Record.objects.filter(key=key).first() if isinstance(key, str) else None
