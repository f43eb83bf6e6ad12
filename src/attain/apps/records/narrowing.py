"""Questions to a list of records, answered by indexes: filters, order, search, sums, pages.

Each function takes records that somebody may see and narrows or reads them. A column is a
field of the type, or what every record has: number, title, state, owner …
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL

from attain.apps.records.indexing import LARGEST, is_indexed, unscaled
from attain.apps.records.kinds import known_as, row_named
from attain.apps.records.models import TEXT_LENGTH, Record, RecordValue
from attain.kinds.records import FieldSpec, FieldType, Kind
from attain.kinds.records.fields import NUMBERS

Sort = Sequence[tuple[str, bool]]
"""Columns, and whether each descends."""

OWN: Final[Mapping[str, str]] = {
    "number": "number",
    "title": "title",
    "state": "state",
    "owner": "owner",
    "subject": "subject",
    "author": "author",
    "unit": "unit",
    "created_on": "created_on",
    "business_date": "business_date",
    "due": "due_on",
    "due_on": "due_on",
    "entered": "entered_on",
}
"""Columns that every record has, by their field."""

_ALWAYS: Final = frozenset(OWN.values()) - {"due_on"}
"""Columns that no record is without."""

_LOOKUPS: Final = {
    "eq": "exact", "ge": "gte", "gt": "gt", "le": "lte", "lt": "lt", "in": "in",
    "has": "icontains",
}  # fmt: skip
_NOTHING: Final = Q(pk__in=())
FEW: Final = 5000
"""So many rows are sorted at once; of more, an index is walked until a page is full."""


def narrow(
    rows: QuerySet[Record], kind: Kind, column: str, operator: str, values: Sequence[Any]
) -> QuerySet[Record]:
    """The rows whose column fits: eq ne ge gt le lt in has, `is` with "missing" or "present".

    Values are exact: Decimals, dates, texts, keys, True or False.

    :raises KeyError: a column that lists cannot filter by.
    """
    if column in OWN:
        return rows.filter(_own(OWN[column], operator, values))
    spec = kind.fields[column]
    if not is_indexed(spec):
        raise KeyError(column)
    there = RecordValue.objects.filter(type=row_named(kind.name), field=column)
    if operator == "is":
        return _with(rows, there, values[0] != "missing")
    if operator == "ne":
        return _with(rows, there.filter(_fits(spec, "eq", values)), False)
    return _between(rows, there, column, _fits(spec, operator, values))


def _with(
    rows: QuerySet[Record], there: QuerySet[RecordValue], is_wanted: bool
) -> QuerySet[Record]:
    found = Q(pk__in=there.values("record"))
    return rows.filter(found) if is_wanted else rows.exclude(found)


def _between(
    rows: QuerySet[Record], there: QuerySet[RecordValue], column: str, condition: Q
) -> QuerySet[Record]:
    """A lower and an upper limit of one column that follow one another are one walk."""
    before: tuple[QuerySet[Record], str, Q] | None = rows.__dict__.get("_between")
    if before is not None and before[1] == column and before[2] != condition:
        rows, condition = before[0], before[2] & condition
    found = _with(rows, there.filter(condition), True)
    found.__dict__["_between"] = (rows, column, condition)
    return found


def _own(path: str, operator: str, values: Sequence[Any]) -> Q:
    if operator == "is":
        missing = Q((f"{path}__isnull", True))
        missing |= Q((path, "")) if not path.endswith(("_on", "_date")) else Q()
        return missing if values[0] == "missing" else ~missing
    if operator == "ne":
        return ~Q((path, values[0]))
    value = list(values) if operator == "in" else values[0]
    return Q((f"{path}__{_LOOKUPS[operator]}", value))


def _fits(spec: FieldSpec, operator: str, values: Sequence[Any]) -> Q:
    path, stored = _stored(spec, operator, values)
    if not stored:
        return _NOTHING
    value = stored if operator == "in" else stored[0]
    return Q((f"{path}__{_LOOKUPS[operator]}", value))


def _stored(spec: FieldSpec, operator: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The column of the index, and the values as it holds them."""
    if spec.type in NUMBERS:
        units = [_units(spec, value, operator) for value in values]
        return "number", [one for one in units if one is not None]
    if spec.type is FieldType.date:
        return "date", list(values)
    if spec.type is FieldType.boolean:
        return "text", ["true" if value else "false" for value in values]
    return "text", [str(value)[:TEXT_LENGTH] for value in values]


def _units(spec: FieldSpec, value: Any, operator: str) -> int | None:
    """A limit as a whole number: what lies between two is moved to the side that keeps its
    meaning; nothing is equal to it."""
    scaled = Decimal(value).scaleb(spec.accepted_scale)
    whole = int(scaled.to_integral_value("ROUND_FLOOR"))
    if scaled != whole:
        if operator in ("eq", "in"):
            return None
        whole += operator in ("ge", "lt")
    return max(-LARGEST, min(LARGEST, whole))


def search(rows: QuerySet[Record], kind: Kind, text: str) -> QuerySet[Record]:
    """The rows in whose number, title or searchable fields every word occurs."""
    words = text.casefold().split()[:5]
    if not words:
        return rows
    found = Record.objects.filter(type=row_named(kind.name))
    for word in words:
        found = found.filter(search__contains=word)
    # A question of its own, which the index answers alone; the limit keeps it one.
    return rows.filter(pk__in=found.order_by().values("pk")[:LARGEST])


def count(rows: QuerySet[Record]) -> int:
    """How many there are."""
    few = _few(rows)
    return rows.order_by().count() if few is None else len(few)


def _listed(keys: list[int]) -> RawSQL:
    """Thousands of keys as one parameter, which a database reads ten times faster."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])
    return RawSQL("SELECT unnest(%s::bigint[])", [keys])


def _few(rows: QuerySet[Record]) -> list[int] | None:
    """The keys of rows that are few, asked once for their number, their sums and their page."""
    if _is_whole_type(rows):
        return None
    if "_few" not in rows.__dict__:
        found = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        rows.__dict__["_few"] = found if len(found) <= FEW else None
    known: list[int] | None = rows.__dict__["_few"]
    return known


def sums(rows: QuerySet[Record], kind: Kind, names: Iterable[str]) -> dict[str, Decimal | None]:
    """The sums of number fields over all rows; None where no row has a value."""
    wanted = [name for name in names if name in kind.fields and kind.fields[name].type in NUMBERS]
    if not wanted:
        return {}
    found = _values_of(rows, kind).filter(field__in=wanted, number__isnull=False)
    added = dict(found.order_by().values_list("field").annotate(Sum("number")))
    return {
        name: None if added.get(name) is None else unscaled(kind.fields[name], added[name])
        for name in wanted
    }


def _values_of(rows: QuerySet[Record], kind: Kind) -> QuerySet[RecordValue]:
    """The index entries of some rows; without a condition those of the whole type."""
    found = RecordValue.objects.filter(type=row_named(kind.name))
    if _is_whole_type(rows):
        return found
    few = _few(rows)
    if few is not None:
        return RecordValue.objects.filter(record__in=_listed(few))
    wanted = rows.order_by().values("pk")
    if connection.vendor == "postgresql":
        # With a limit PostgreSQL finds the rows first, instead of looking each up one by one.
        return found.filter(record__in=wanted[:LARGEST])
    # As a sum: SQLite would else look up the entries of each row instead of walking the index.
    return found.annotate(row=F("record_id") + 0).filter(row__in=wanted)


def _is_whole_type(rows: QuerySet[Record]) -> bool:
    """Whether nothing but the type narrows the rows."""
    return len(rows.query.where.children) == 1 and not rows.query.is_sliced


def page(rows: QuerySet[Record], kind: Kind, sort: Sort, start: int, size: int) -> list[Record]:
    """Some rows in an order; those without a value come last, the key decides between equals."""
    first = next(iter(sort), None)
    few = _few(rows)
    if first is None or first[0] in OWN or len(sort) > 1:
        among = rows if few is None else Record.objects.filter(pk__in=_listed(few))
        found = list(_ordered(among, kind, sort)[start : start + size])
    else:
        found = _by_field(rows, kind, first, start, size)
    return known_as(found, kind, row_named(kind.name))


def every(rows: QuerySet[Record], kind: Kind, sort: Sort) -> Iterator[Record]:
    """All rows in an order, read piece by piece."""
    row = row_named(kind.name)
    piece: list[Record] = []
    for record in _ordered(rows, kind, sort).iterator(chunk_size=2000):
        piece.append(record)
        if len(piece) == 2000:
            yield from known_as(piece, kind, row)
            piece = []
    yield from known_as(piece, kind, row)


def _ordered(rows: QuerySet[Record], kind: Kind, sort: Sort) -> QuerySet[Record]:
    """Rows in any order; a field is looked up row by row."""
    orders: list[Any] = []
    for n, (name, down) in enumerate(sort):
        path = OWN.get(name)
        if path is None:
            path = f"sorted_{n}"
            rows = rows.annotate(**{path: _looked_up(kind, name)})
        if path in _ALWAYS:
            # Without a word on empty ones the order is that of an index.
            orders.append(f"-{path}" if down else path)
        else:
            one = F(path)
            orders.append(one.desc(nulls_last=True) if down else one.asc(nulls_last=True))
    return rows.order_by(*orders, "pk") if orders else rows.order_by("-business_date", "-pk")


def _looked_up(kind: Kind, name: str) -> Any:
    column = _column(kind.fields[name])
    found = RecordValue.objects.filter(record=OuterRef("pk"), field=name)
    return Subquery(found.order_by("pk").values(column)[:1])


def _column(spec: FieldSpec) -> str:
    if spec.type in NUMBERS:
        return "number"
    return "date" if spec.type is FieldType.date else "text"


def _by_field(
    rows: QuerySet[Record], kind: Kind, sort: tuple[str, bool], start: int, size: int
) -> list[Record]:
    """A page in the order of one field: of few rows sorted here, of many walked along its index."""
    name, down = sort
    if kind.fields[name].type is FieldType.choices:
        return list(_ordered(rows, kind, [sort])[start : start + size])
    few = _few(rows)
    if few is not None:
        found = _sorted(few, kind, name, down)[start : start + size]
    else:
        found = _walked(rows, kind, name, down, start, size)
    there = Record.objects.in_bulk(found)
    return [there[pk] for pk in found if pk in there]


def _sorted(few: list[int], kind: Kind, name: str, down: bool) -> list[int]:
    column, sign = _column(kind.fields[name]), "-" if down else ""
    rows = RecordValue.objects.filter(
        (f"{column}__isnull", False), record__in=_listed(few), field=name
    )
    ordered = rows.order_by(f"{sign}{column}", f"{sign}record")
    found = list(ordered.values_list("record", flat=True))
    return [*found, *sorted(set(few).difference(found))]


def _walked(
    rows: QuerySet[Record], kind: Kind, name: str, down: bool, start: int, size: int
) -> list[int]:
    column = _column(kind.fields[name])
    keys = RecordValue.objects.filter(
        (f"{column}__isnull", False), type=row_named(kind.name), field=name
    )
    if start > FEW:
        keys = _values_of(rows, kind).filter((f"{column}__isnull", False), field=name)
    elif not _is_whole_type(rows):
        keys = keys.filter(Exists(rows.order_by().filter(pk=OuterRef("record"))))
    sign = "-" if down else ""
    walk = keys.order_by(f"{sign}{column}", f"{sign}record").values_list("record", flat=True)
    found = list(walk[start : start + size])
    if len(found) < size:
        found += _without(rows, keys, start + len(found), size - len(found))
    return found


def _without(
    rows: QuerySet[Record], keys: QuerySet[RecordValue], start: int, size: int
) -> list[int]:
    """The rows that have no value in the field, which stand after all that have one."""
    first = max(0, start - keys.order_by().count())
    without = rows.exclude(pk__in=keys.order_by().values("record")).order_by("pk")
    return list(without.values_list("pk", flat=True)[first : first + size])
