"""Columns whose stored rows hold keys where the declaration says codes, or the other way round.

Keys and codes are both text, so that nothing else would notice: no row would find its person, and
every sum would be 0. What the files hold is read from the bounds in their footers, not from rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.keys import kind_of_key
from attain.core.manifests import DatasetVersion
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.catalog import Lake
from attain.lake.current import ALIASES, Current
from attain.lake.errors import flow

_PLAIN: Final = (ColumnType.code, ColumnType.text)
Bounds = Mapping[str, list[str]]
"""The smallest and the largest text of each column in each group of rows."""


def refuse_stored_otherwise(
    lake: Lake, schemas: Mapping[str, DatasetSchema], versions: Mapping[str, DatasetVersion]
) -> None:
    """Stop before rows are read by a declaration they were not stored by.

    :raises AttainError: STORED_OTHERWISE for every such column.
    """
    current = Current(lake, schemas, versions)
    folders = current.folders(set(versions))
    if not folders:
        return
    connection = sql.Connection(folders, Path(gettempdir()))
    try:
        found = [one for name in versions for one in stored_otherwise(connection, current, name)]
    finally:
        connection.close()
    if found:
        raise AttainError(found)


def stored_otherwise(
    connection: sql.Connection, current: Current, dataset: str, where: Where | None = None
) -> Iterator[Problem]:
    """A problem for each column of a dataset that is stored otherwise than it is declared."""
    schema, paths = current.schema(dataset), current.paths(dataset)
    if schema is None or not paths:
        return
    bounds = _bounds(connection, paths)
    for column in schema:
        if column.name == current.identity_column(dataset) and not column.kinds:
            continue
        stored = _stored(dataset, column, bounds.get(column.name, []), current)
        if stored is not None:
            yield problem(
                flow.STORED_OTHERWISE,
                where,
                dataset=dataset,
                column=column.name,
                declared=_told(column.kinds) or str(column.type.value),
                stored=_told(stored) or str(ColumnType.text.value),
            )


def _told(kinds: Iterable[str]) -> str:
    """
    >>> _told(["people", "units"])
    'key of people, units'
    """
    listed = ", ".join(kinds)
    return f"key of {listed}" if listed else ""


def _stored(
    dataset: str, column: ColumnSchema, bounds: list[str], current: Current
) -> list[str] | None:
    """The kinds of the keys that are stored where none of them may be, [] for codes; else None."""
    if column.kinds:
        if all(text.startswith(tuple(f"{kind}-" for kind in column.kinds)) for text in bounds):
            return None
        return sorted({kind_of_key(text) or "" for text in bounds} - {"", *column.kinds})
    if column.type not in _PLAIN or dataset == ALIASES:
        return None
    kinds = {kind_of_key(text) or "" for text in bounds}
    is_known = bool(kinds) and all(current.schema(kind) is not None for kind in kinds)
    return sorted(kinds) if is_known else None


def _bounds(connection: sql.Connection, paths: list[Path]) -> Bounds:
    listed = ", ".join(sql.literal(str(path)) for path in paths)
    found: dict[str, list[str]] = {}
    for name, low, high in connection.rows(
        "SELECT path_in_schema, stats_min_value, stats_max_value "
        f"FROM parquet_metadata([{listed}]) WHERE type = 'BYTE_ARRAY'"
    ):
        found.setdefault(name, []).extend(text for text in (low, high) if text is not None)
    return found
