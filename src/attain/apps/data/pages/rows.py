"""Rows of a dataset as a list: filtered, sorted and added up where they lie, in Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from attain.apps.accounts.actors import Actor
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.pages.words import column_name, name_of
from attain.apps.data.selectors import may_read_personal
from attain.core.manifests import DatasetVersion, Part
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.current import ALIASES
from attain.lake.stored import existing_rows, is_summed
from attain.ui.tables import Column, Filter, Page, Query

_TYPES: Final = {
    ColumnType.code: "code",
    ColumnType.key: "code",
    ColumnType.text: "text",
    ColumnType.period: "text",
    ColumnType.money: "money",
    ColumnType.date: "date",
    ColumnType.boolean: "boolean",
}
_COMPARE: Final = {"eq": "=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
ROWS_HELD: Final = 100_000


@dataclass(frozen=True)
class StoredRows:
    """The rows of one version. Implements `attain.ui.tables.Table`.

    Columns that say something personal do not exist for whoever may not read them.
    """

    schema: DatasetSchema
    version: DatasetVersion
    name: str

    @property
    def label(self) -> str:
        return name_of(self.schema)

    def columns(self, actor: Actor) -> tuple[Column, ...]:
        """The declared columns, and where each row came from."""
        own = tuple(
            _column(self.schema, one)
            for one in self.schema
            if may_read_personal(actor) or not one.personal
        )
        return (*own, *_lineage())

    def page(self, actor: Actor, query: Query) -> Page:
        """One page, with the number and the sums of all rows that match."""
        columns = self.columns(actor)
        names = [one.name for one in columns]
        if not query.filters and not query.search and not query.sort:
            found = self._newest(columns, query)
            total, sums = self._kept_totals(columns)
        else:
            with _session(self.schema, self.version) as (connection, source):
                where, values = _condition(query, columns)
                matching = f"FROM {source} WHERE {where}"
                total, sums = self._totals(connection, columns, matching, values)
                found = connection.rows(
                    f"SELECT {_selected(columns)} {matching} "
                    f"ORDER BY {_order(query, self.schema)} "
                    f"LIMIT {query.size} OFFSET {(query.page - 1) * query.size}",
                    values,
                )
        rows = [dict(zip(names, row, strict=True)) for row in found]
        return Page(rows, total, sums, query)

    def _newest(self, columns: tuple[Column, ...], query: Query) -> list[tuple[Any, ...]]:
        """A page of all rows in their usual order, read from the months that it shows."""
        parts, skipped = shown_parts(self.version, (query.page - 1) * query.size, query.size)
        shown = self.version.model_copy(update={"parts": parts})
        with _opened(shown) as (connection, paths, aliases):
            stored = existing_rows(connection, self.schema, paths)
            found = connection.rows(
                f"SELECT {_selected(columns)} FROM ({stored}) "
                f"ORDER BY {_order(query, self.schema)} LIMIT {query.size} OFFSET {skipped}"
            )
            keys = {at for at, one in enumerate(columns) if one.name in _keys(self.schema)}
            codes = _codes(connection, aliases, {row[at] for row in found for at in keys})
        return [
            tuple(codes.get(value, value) if at in keys else value for at, value in enumerate(row))
            for row in found
        ]

    def _kept_totals(self, columns: tuple[Column, ...]) -> tuple[int, dict[str, Any]]:
        """Number and sums of all rows, as they were proved when the version was stored."""
        kept = self.version.totals
        added = [one.name for one in columns if one.total]
        sums = {name: Decimal(kept[name]) if name in kept else None for name in added}
        return self.version.rows, sums

    def every(self, actor: Actor, query: Query) -> tuple[int, Iterable[Any]]:
        """All matching rows in order, for an export."""
        columns = self.columns(actor)
        with _session(self.schema, self.version) as (connection, source):
            where, values = _condition(query, columns)
            found = connection.rows(
                f"SELECT {_selected(columns)} FROM {source} WHERE {where} "
                f"ORDER BY {_order(query, self.schema)}",
                values,
            )
        names = [one.name for one in columns]
        return len(found), [dict(zip(names, row, strict=True)) for row in found]

    def _totals(
        self,
        connection: sql.Connection,
        columns: tuple[Column, ...],
        matching: str,
        values: list[object],
    ) -> tuple[int, dict[str, Any]]:
        added = [one.name for one in columns if one.total]
        sums = "".join(f", sum({sql.name(name)})" for name in added)
        asked = f"SELECT count(*){sums} {matching}"
        place = (self.version.hash, asked, repr(values))
        if place not in _known:
            while len(_known) >= TOTALS_KEPT:
                _known.pop(next(iter(_known)), None)
            _known[place] = connection.rows(asked, values)[0]
        total, *found = _known[place]
        return int(total), dict(zip(added, found, strict=True))


TOTALS_KEPT: Final = 200
_known: dict[tuple[object, ...], tuple[Any, ...]] = {}
"""Sums over some rows of a version, which never changes: each further page needs no second look."""


def shown_parts(version: DatasetVersion, offset: int, size: int) -> tuple[tuple[Part, ...], int]:
    """The months that a page of all rows shows, and how many of their rows stand before it.

    Rows are shown by their date, the newest first, and a part holds those of one month; rows
    without a date come last. So whatever else there is need not be read.
    """
    chosen: list[Part] = []
    before = skipped = 0
    for part in sorted(version.parts, key=lambda one: one.month, reverse=True):
        if before + part.rows <= offset:
            skipped += part.rows
        elif before < offset + size:
            chosen.append(part)
        before += part.rows
    return tuple(chosen), offset - skipped


def _column(schema: DatasetSchema, one: ColumnSchema) -> Column:
    return Column(
        name=one.name,
        label=column_name(one),
        type=_TYPES.get(one.type, "number"),  # type: ignore[arg-type]
        unit=one.currency or "",
        currency_from=one.currency_from or "",
        minor=False,
        searchable=one.type in (ColumnType.code, ColumnType.text, ColumnType.key),
        total=is_summed(one) and one.name not in schema.key and one.currency_from is None,
        primary=one.name == schema.key[0],
    )


def _lineage() -> tuple[Column, ...]:
    from django.utils.translation import gettext as _
    from django.utils.translation import pgettext

    return (
        Column("_file", _("File"), "text", hidden=True),
        Column("_line", pgettext("file", "Row"), "number", hidden=True),
    )


# --- SQL ---


@contextmanager
def _opened(
    version: DatasetVersion,
) -> Iterator[tuple[sql.Connection, list[Path], list[Path]]]:
    """A session that reads this version and the codes of keys, and nothing else."""
    catalog = DatabaseCatalog()
    paths = [path.resolve() for path in catalog.part_paths(version)]
    head = catalog.head(ALIASES)
    aliases = [path.resolve() for path in catalog.part_paths(head)] if head else []
    folders = {path.parent for path in (*paths, *aliases)}
    connection = sql.Connection(sorted(folders), catalog.folder / ".staging" / "spill")
    try:
        yield connection, paths, aliases
    finally:
        connection.close()


@contextmanager
def _session(
    schema: DatasetSchema, version: DatasetVersion
) -> Iterator[tuple[sql.Connection, str]]:
    """The same with SQL of the rows that has codes in place of keys."""
    with _opened(version) as (connection, paths, aliases):
        yield connection, _source(connection, schema, paths, aliases, version.rows)


def _keys(schema: DatasetSchema) -> list[str]:
    """The columns that hold keys, which are shown as codes."""
    found = [one.name for one in schema if one.type is ColumnType.key]
    return found + [name for name in schema.key if schema.columns[name].type is ColumnType.code]


def _codes(connection: sql.Connection, aliases: list[Path], keys: set[object]) -> dict[object, str]:
    """The codes of some keys, as far as they have any."""
    wanted = sorted(str(one) for one in keys if one is not None)
    if not aliases or not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT key, min(code) FROM {sql.parquet(aliases)} WHERE key IN ({marks}) GROUP BY 1"
    return dict(connection.rows(query, wanted))


def _source(
    connection: sql.Connection,
    schema: DatasetSchema,
    paths: list[Path],
    aliases: list[Path],
    rows: int,
) -> str:
    """SQL of the rows with codes in place of keys."""
    query = existing_rows(connection, schema, paths)
    # Few rows are read once; a view opens every monthly part anew for each of three questions.
    made = "TABLE" if rows <= ROWS_HELD else "VIEW"
    connection.run(f"CREATE {made} stored AS {query}")
    keys = _keys(schema)
    if not aliases or not keys:
        return "stored"
    connection.run(
        "CREATE TABLE codes AS SELECT key, min(code) AS code "
        f"FROM {sql.parquet(aliases)} GROUP BY 1"
    )
    replaced = ", ".join(
        f"coalesce(c{at}.code, stored.{sql.name(name)}) AS {sql.name(name)}"
        for at, name in enumerate(keys)
    )
    joins = " ".join(
        f"LEFT JOIN codes AS c{at} ON c{at}.key = stored.{sql.name(name)}"
        for at, name in enumerate(keys)
    )
    connection.run(f"CREATE VIEW coded AS SELECT stored.* REPLACE ({replaced}) FROM stored {joins}")
    return "coded"


def _selected(columns: tuple[Column, ...]) -> str:
    return ", ".join(sql.name(one.name) for one in columns)


def _condition(query: Query, columns: tuple[Column, ...]) -> tuple[str, list[object]]:
    """The filters and the search as a condition with its values apart."""
    parts: list[str] = ["true"]
    values: list[object] = []
    for one in query.filters:
        text, given = _one(one)
        parts.append(text)
        values += given
    if query.search:
        looked_at = [sql.name(one.name) for one in columns if one.searchable]
        found = " OR ".join(f"contains(lower(CAST({own} AS VARCHAR)), ?)" for own in looked_at)
        parts.append(f"({found or 'false'})")
        values += [query.search.lower()] * len(looked_at)
    return " AND ".join(parts), values


def _one(one: Filter) -> tuple[str, list[object]]:
    own = sql.name(one.column.name)
    first = one.values[0]
    if one.operator == "is":
        return f"{own} IS {'' if first == 'missing' else 'NOT '}NULL", []
    if one.operator == "ne":
        return f"{own} IS DISTINCT FROM ?", [first]
    if one.operator == "in":
        return f"{own} IN ({', '.join('?' * len(one.values))})", list(one.values)
    if one.operator == "has":
        return f"contains(lower(CAST({own} AS VARCHAR)), ?)", [str(first).lower()]
    return f"{own} {_COMPARE[one.operator]} ?", [first]


def _order(query: Query, schema: DatasetSchema) -> str:
    wanted = [f"{sql.name(one.name)} {'DESC' if down else 'ASC'}" for one, down in query.sort]
    if not wanted and schema.day:
        wanted = [f"{sql.name(schema.day)} DESC"]
    return ", ".join(f"{one} NULLS LAST" for one in [*wanted, "_row ASC"])
