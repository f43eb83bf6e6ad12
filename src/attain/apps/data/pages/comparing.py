"""Two versions of a dataset: rows added, removed and changed, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from attain.apps.accounts.actors import Actor
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.selectors import may_read_personal
from attain.core.manifests import DatasetVersion
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.current import ALIASES
from attain.lake.stored import existing_rows

ROWS_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Changed:
    """One row of the comparison: cells as (before, after)."""

    kind: str
    """`added`, `removed` or `changed`."""
    cells: tuple[tuple[str, str, bool], ...]
    """Before, after, and whether they differ."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version to another."""

    columns: tuple[ColumnSchema, ...]
    added: int
    removed: int
    changed: int
    rows: tuple[Changed, ...]


def compare_versions(
    schema: DatasetSchema, before: DatasetVersion, after: DatasetVersion, actor: Actor
) -> Comparison:
    """Compare by the stable id of each row; only months that differ are read."""
    same = {(part.month, part.sha256) for part in before.parts}
    same &= {(part.month, part.sha256) for part in after.parts}
    catalog = DatabaseCatalog()
    old, new = (_paths(catalog, version, same) for version in (before, after))
    head = catalog.head(ALIASES)
    aliases = [path.resolve() for path in catalog.part_paths(head)] if head else []
    folders = {path.parent for path in (*old, *new, *aliases)}
    connection = sql.Connection(sorted(folders), catalog.folder / ".staging" / "spill")
    columns = tuple(one for one in schema if may_read_personal(actor) or not one.personal)
    try:
        return _compare(connection, schema, columns, old, new, aliases)
    finally:
        connection.close()


def _paths(
    catalog: DatabaseCatalog, version: DatasetVersion, same: set[tuple[str, str]]
) -> list[Path]:
    pairs = zip(version.parts, catalog.part_paths(version), strict=True)
    return [path.resolve() for part, path in pairs if (part.month, part.sha256) not in same]


def _compare(
    connection: sql.Connection,
    schema: DatasetSchema,
    columns: Sequence[ColumnSchema],
    old: list[Path],
    new: list[Path],
    aliases: list[Path],
) -> Comparison:
    connection.run(f"CREATE VIEW before AS {existing_rows(connection, schema, old)}")
    connection.run(f"CREATE VIEW after AS {existing_rows(connection, schema, new)}")
    codes = f"SELECT key, min(code) AS code FROM {sql.parquet(aliases)} GROUP BY 1"
    empty = "SELECT CAST(NULL AS VARCHAR) AS key, CAST(NULL AS VARCHAR) AS code WHERE false"
    connection.run(f"CREATE TABLE codes AS {codes if aliases else empty}")
    names = [one.name for one in schema]
    is_same = " AND ".join(
        f"before.{sql.name(name)} IS NOT DISTINCT FROM after.{sql.name(name)}" for name in names
    )
    kind = (
        "CASE WHEN before._row IS NULL THEN 'added' WHEN after._row IS NULL THEN 'removed' "
        "ELSE 'changed' END"
    )
    joined = "FROM before FULL JOIN after ON before._row = after._row"
    differs = f"before._row IS NULL OR after._row IS NULL OR NOT ({is_same})"
    counts = dict(connection.rows(f"SELECT {kind}, count(*) {joined} WHERE {differs} GROUP BY 1"))
    shown = ", ".join(f"{_text('before', one)}, {_text('after', one)}" for one in columns)
    found = connection.rows(
        f"SELECT {kind} AS kind, {shown} {joined} WHERE {differs} "
        f"ORDER BY 1, coalesce(before._row, after._row) LIMIT {ROWS_SHOWN}"
    )
    return Comparison(
        columns=tuple(columns),
        added=counts.get("added", 0),
        removed=counts.get("removed", 0),
        changed=counts.get("changed", 0),
        rows=tuple(_changed(row) for row in found),
    )


def _text(side: str, column: ColumnSchema) -> str:
    own = f"CAST({side}.{sql.name(column.name)} AS VARCHAR)"
    if column.type in (ColumnType.key, ColumnType.code):
        return f"coalesce((SELECT code FROM codes WHERE key = {own}), {own})"
    return own


def _changed(row: tuple[Any, ...]) -> Changed:
    kind, *texts = row
    pairs = list(zip(texts[::2], texts[1::2], strict=True))
    cells = tuple((_plain(old), _plain(new), old != new) for old, new in pairs)
    return Changed(kind, cells)


def _plain(text: str | None) -> str:
    """A stored decimal without zeros at the end."""
    if text and "." in text and text.replace(".", "").lstrip("-").isdecimal():
        return text.rstrip("0").rstrip(".")
    return text or ""
