"""What lists, searches and the scope rule look into, written again whenever a record changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from attain.apps.records.models import (
    SEARCH_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Record,
    RecordLink,
    RecordParty,
    RecordValue,
)
from attain.apps.records.titles import shown
from attain.apps.records.who import USER_KEY
from attain.core.rounding import units_of
from attain.kinds.records import FieldSpec, FieldType, Kind
from attain.kinds.records.fields import NUMBERS

LARGEST: Final = 2**63 - 1
ABOUT: Final = ("owner", "subject", "author", "named")


def entitle(record: Record, kind: Kind, values: Mapping[str, Any]) -> None:
    """Give a record its title and what a search finds it by."""
    said = shown(record, kind, values)
    record.title = kind.title(values, said)[:TITLE_LENGTH]
    searched = (said.get(one.name, "") for one in kind.open_fields if one.search)
    found = dict.fromkeys((record.number, record.title, *searched))
    record.search = " ".join(part for part in found if part).casefold()[:SEARCH_LENGTH]


def index(record: Record, kind: Kind, values: Mapping[str, Any]) -> None:
    """Write the values, the people and the references of a record anew."""
    RecordValue.objects.filter(record=record).delete()
    RecordValue.objects.bulk_create(rows_of(record, kind, values))
    _keep_parties(record, set(parties_of(record, kind, values)))
    _keep_links(record, set(references(kind, values)))


def rows_of(record: Record, kind: Kind, values: Mapping[str, Any]) -> list[RecordValue]:
    """The values of a record as lists filter and sort by them."""
    return [
        RecordValue(record=record, type_id=record.type_id, field=spec.name, **one)
        for spec in kind.open_fields
        if is_indexed(spec)
        for one in stored(spec, values.get(spec.name))
    ]


def is_indexed(spec: FieldSpec) -> bool:
    """Whether lists can filter and sort by a field."""
    return spec.is_scalar and spec.type is not FieldType.long_text and spec.confidential is None


def stored(spec: FieldSpec, value: Any) -> Iterator[dict[str, Any]]:
    """A value as its rows hold it."""
    if value is None or value == "" or value == ():
        return
    if spec.type in NUMBERS:
        units = scaled(spec, value)
        if abs(units) <= LARGEST:
            yield {"number": units}
    elif spec.type is FieldType.date:
        yield {"date": value}
    elif spec.type is FieldType.boolean:
        yield {"text": "true" if value else "false"}
    else:
        for one in value if isinstance(value, list | tuple) else (value,):
            yield {"text": str(one)[:TEXT_LENGTH]}


def scaled(spec: FieldSpec, value: Decimal | int) -> int:
    """A number as a whole one, by the decimals of its field."""
    return units_of(Decimal(value), spec.accepted_scale)


def unscaled(spec: FieldSpec, units: int) -> Decimal:
    """The number that a whole one stands for."""
    return Decimal(units).scaleb(-spec.accepted_scale)


def parties_of(record: Record, kind: Kind, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Whom a record concerns by what it says, and why."""
    for why in ("owner", "subject", "author"):
        if key := getattr(record, why):
            yield key, why
    if not record.author and record.begun_by_id:
        yield f"{USER_KEY}{record.begun_by_id}", "author"
    for spec in kind.open_fields:
        for key in _keys(spec, values.get(spec.name), FieldType.person):
            yield key, "named"


def references(kind: Kind, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that name other records, and their keys."""
    for spec in kind.open_fields:
        for key in _keys(spec, values.get(spec.name), FieldType.record):
            yield spec.name, key


def _keys(spec: FieldSpec, value: Any, wanted: FieldType) -> Iterator[str]:
    if spec.type is wanted and isinstance(value, str) and value:
        yield value
    if spec.type is FieldType.table:
        for row in value or ():
            for column in spec.fields.values():
                yield from _keys(column, row.get(column.name), wanted)


def _keep_parties(record: Record, wanted: set[tuple[str, str]]) -> None:
    rows = RecordParty.objects.filter(record=record, why__in=ABOUT)
    there = {(person, why): pk for pk, person, why in rows.values_list("pk", "person", "why")}
    gone = [pk for pair, pk in there.items() if pair not in wanted]
    if gone:
        rows.filter(pk__in=gone).delete()
    add_parties(record, wanted - there.keys())


def add_parties(record: Record, wanted: Iterable[tuple[str, str]]) -> None:
    """From now on a record concerns these people as well; whoever is there already stays."""
    RecordParty.objects.bulk_create(
        [
            RecordParty(record=record, type_id=record.type_id, person=person, why=why)
            for person, why in sorted(wanted)
        ],
        ignore_conflicts=True,
    )


def _keep_links(record: Record, wanted: set[tuple[str, str]]) -> None:
    rows = RecordLink.objects.filter(source=record)
    there = {(field, key): pk for pk, field, key in rows.values_list("pk", "field", "target__key")}
    gone = [pk for pair, pk in there.items() if pair not in wanted]
    if gone:
        rows.filter(pk__in=gone).delete()
    new = wanted - there.keys()
    targets = dict(
        Record.objects.filter(key__in={key for _, key in new}).values_list("key", "pk")
        if new
        else ()
    )
    RecordLink.objects.bulk_create(
        RecordLink(source=record, field=field, target_id=targets[key])
        for field, key in sorted(new)
        if key in targets
    )
