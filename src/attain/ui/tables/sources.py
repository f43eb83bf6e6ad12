"""Where the rows of a list come from: the database, or a short sequence of mappings."""

from __future__ import annotations

import operator as comparing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Sum, TextField

from attain.core.values import minor_digits
from attain.ui.tables.columns import Column, read_path, readable
from attain.ui.tables.query import Filter, Query


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, how many there are in all, and the sums over all."""

    rows: Sequence[Any]
    total: int
    sums: Mapping[str, Any]
    query: Query

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.query.size))

    @property
    def first(self) -> int:
        return (self.query.page - 1) * self.query.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.query.page - 1) * self.query.size + len(self.rows)


class Table(Protocol):
    """A list: what its columns are for an actor, and the rows that answer a question."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Any: ...

    def columns(self, actor: Any) -> tuple[Column, ...]: ...

    def page(self, actor: Any, query: Query) -> Page: ...

    def every(self, actor: Any, query: Query) -> tuple[int, Iterable[Any]]: ...


# ---------------------------------------------------------------------------------- database


@dataclass(frozen=True, slots=True)
class OrmTable:
    """Rows of the database. `queryset(actor)` answers only rows the actor may see."""

    name: str
    label: Any
    all_columns: Sequence[Column]
    queryset: Callable[[Any], QuerySet]
    default_sort: Sequence[str] = ()
    search: Sequence[str] = ()
    """Further fields the search looks into, besides the searchable columns."""

    def columns(self, actor: Any) -> tuple[Column, ...]:
        return readable(self.all_columns, actor)

    def page(self, actor: Any, query: Query) -> Page:
        """One page: one query that counts and adds up, one that fetches."""
        found = self._matching(actor, query)
        total, sums = self._totals(actor, found)
        start = (query.page - 1) * query.size
        rows = list(self._ordered(found, query)[start : start + query.size])
        return Page(rows, total, sums, query)

    def every(self, actor: Any, query: Query) -> tuple[int, Iterable[Any]]:
        """All rows in order, for an export; read piece by piece."""
        found = self._matching(actor, query)
        return found.count(), self._ordered(found, query).iterator(chunk_size=2000)

    def _matching(self, actor: Any, query: Query) -> QuerySet:
        found = self.queryset(actor)
        for condition in query.filters:
            found = _narrowed(found, condition)
        if query.search:
            found = found.filter(self._search_condition(actor, query.search))
        return found

    def _search_condition(self, actor: Any, text: str) -> Q:
        paths = [column.path for column in self.columns(actor) if column.searchable]
        condition = Q()
        for path in (*paths, *self.search):
            condition |= Q((f"{path}__icontains", text))
        return condition

    def _totals(self, actor: Any, found: QuerySet) -> tuple[int, dict[str, Any]]:
        added = [c for c in self.columns(actor) if c.total and c.path and not c.currency_from]
        if not added:
            return found.count(), {}
        names = {f"sum_{index}": Sum(column.path) for index, column in enumerate(added)}
        counted = found.order_by().aggregate(_total=Count("*"), **names)
        sums = {column.name: counted[f"sum_{i}"] for i, column in enumerate(added)}
        return counted["_total"], sums

    def _ordered(self, found: QuerySet, query: Query) -> QuerySet:
        wanted = [_ordering(str(column.path), down) for column, down in query.sort]
        by_default = (
            [] if wanted else [_ordering(n.lstrip("-"), n[0] == "-") for n in self.default_sort]
        )
        # The key last, so that two pages never share a row.
        return found.order_by(*wanted, *by_default, "pk")


def _ordering(path: str, descending: bool) -> Any:
    field = F(path)
    return field.desc(nulls_last=True) if descending else field.asc(nulls_last=True)


_LOOKUPS: Final = {
    "eq": "exact", "ge": "gte", "gt": "gt", "le": "lte", "lt": "lt", "in": "in",
    "has": "icontains",
}  # fmt: skip


def _narrowed(found: QuerySet, condition: Filter) -> QuerySet:
    path, operator = str(condition.column.path), condition.operator
    if operator == "is":
        return found.filter(_emptiness(found, path, condition.values[0] == "missing"))
    values = [_stored(condition.column, value) for value in condition.values]
    if _is_whole(condition.column, found, path):
        values = [whole for each in values if (whole := _to_whole(each, operator)) is not None]
    if operator == "ne":
        return found.exclude(Q((f"{path}__exact", values[0]))) if values else found
    if not values:
        return found.none()
    lookup = _LOOKUPS[operator]
    try:
        return found.filter(Q((f"{path}__{lookup}", values if lookup == "in" else values[0])))
    except ValueError:
        # Letters where the field holds a number: nothing is equal to them.
        return found.none()


def _is_whole(column: Column, found: QuerySet, path: str) -> bool:
    minor = column.type == "money" and column.minor
    return minor or (column.is_numeric and isinstance(_field(found, path), IntegerField))


def _to_whole(value: Any, operator: str) -> int | None:
    """A limit for a field of whole numbers: 58.585 yuan are between 5858 and 5859 fen.

    Django cuts decimals off, so that "less than 0.5" would not find 0. None: nothing is equal.
    """
    if not isinstance(value, Decimal) or value == value.to_integral_value():
        return int(value)
    if operator in ("ge", "lt"):
        return int(value.to_integral_value(ROUND_CEILING))
    if operator in ("gt", "le"):
        return int(value.to_integral_value(ROUND_FLOOR))
    return None


def _emptiness(found: QuerySet, path: str, missing: bool) -> Q:
    condition = Q((f"{path}__isnull", True))
    if _is_text(found, path):
        condition |= Q((path, ""))
    return condition if missing else ~condition


def _is_text(found: QuerySet, path: str) -> bool:
    return isinstance(_field(found, path), CharField | TextField)


def _field(found: QuerySet, path: str) -> Any:
    """The model's field at the end of a path, None for what the query itself computes."""
    model: Any = found.model
    field = None
    for step in path.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        model = getattr(field, "related_model", None) or model
    return field


def _stored(column: Column, value: Any) -> Any:
    """Money is stored in its smallest unit and asked for in whole ones."""
    if column.type == "money" and column.minor and isinstance(value, Decimal):
        digits = minor_digits(column.unit)
        return value.scaleb(2 if digits is None else digits)
    return value


# --------------------------------------------------------------------------------- sequences


@dataclass(frozen=True, slots=True)
class RowsTable:
    """Rows at hand: `rows(actor)` answers mappings or objects the actor may see."""

    name: str
    label: Any
    all_columns: Sequence[Column]
    rows: Callable[[Any], Sequence[Any]]
    default_sort: Sequence[str] = ()

    def columns(self, actor: Any) -> tuple[Column, ...]:
        return readable(self.all_columns, actor)

    def page(self, actor: Any, query: Query) -> Page:
        """One page; sums are those of all rows that match."""
        found = self._matching(actor, query)
        start = (query.page - 1) * query.size
        return Page(found[start : start + query.size], len(found), self._sums(actor, found), query)

    def every(self, actor: Any, query: Query) -> tuple[int, Iterable[Any]]:
        """All matching rows in order, for an export."""
        found = self._matching(actor, query)
        return len(found), found

    def _matching(self, actor: Any, query: Query) -> list[Any]:
        columns = self.columns(actor)
        found = [row for row in self.rows(actor) if all(_fits(row, f) for f in query.filters)]
        if query.search:
            found = [row for row in found if _contains(row, columns, query.search)]
        known = {column.name: column for column in columns}
        default = [(known[n.lstrip("-")], n[0] == "-") for n in self.default_sort]
        for column, descending in reversed(query.sort or tuple(default)):
            found = _sorted(found, column, descending)
        return found

    def _sums(self, actor: Any, found: Sequence[Any]) -> dict[str, Any]:
        added = [c for c in self.columns(actor) if c.total and not c.currency_from]
        return {column.name: _sum(column.read(row) for row in found) for column in added}


def _sum(values: Iterable[Any]) -> Any:
    """The sum, or None where a value is missing: a sum without it would be too small."""
    total: Any = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _key(column: Column, row: Any) -> Any:
    return read_path(row, column.source) if column.source else column.read(row)


_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": comparing.eq, "ne": comparing.ne, "ge": comparing.ge, "gt": comparing.gt,
    "le": comparing.le, "lt": comparing.lt,
}  # fmt: skip


def _fits(row: Any, condition: Filter) -> bool:
    value = _key(condition.column, row)
    wanted = [_stored(condition.column, each) for each in condition.values]
    if condition.operator == "is":
        return (value is None or value == "") == (wanted[0] == "missing")
    if value is None:
        return condition.operator == "ne"
    if condition.operator == "has":
        return str(wanted[0]).casefold() in str(value).casefold()
    if condition.operator == "in":
        return value in wanted
    return _COMPARE[condition.operator](value, wanted[0])


def _contains(row: Any, columns: Sequence[Column], text: str) -> bool:
    wanted = text.casefold()
    return any(
        wanted in str(column.read(row) or "").casefold() for column in columns if column.searchable
    )


def _sorted(rows: list[Any], column: Column, descending: bool) -> list[Any]:
    """Rows in order of one column; those without a value last, either way round."""
    keyed = [(_key(column, row), row) for row in rows]
    present = [pair for pair in keyed if pair[0] is not None]
    present.sort(key=lambda pair: pair[0], reverse=descending)
    absent = (row for key, row in keyed if key is None)
    return [*(row for _, row in present), *absent]
