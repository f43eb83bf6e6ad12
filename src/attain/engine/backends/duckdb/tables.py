"""Small tables filled from Python rows: examples of plans, and results of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from attain.engine.backends.duckdb.sql import quoted

_PORTION = 500


def fill(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Create a table with these columns and SQL types, and fill it; what a row lacks is empty."""
    declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
    connection.execute(f"CREATE TABLE {quoted(name)} ({declared})")
    values = [[row.get(column) for column in columns] for row in rows]
    line = "(" + ", ".join("?" for _ in columns) + ")"
    for start in range(0, len(values), _PORTION):
        portion = values[start : start + _PORTION]
        lines = ", ".join(line for _ in portion)
        flat = [value for row in portion for value in row]
        connection.execute(f"INSERT INTO {quoted(name)} VALUES {lines}", flat)


def fill_columns(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    values: Sequence[Sequence[Any]],
) -> None:
    """The same from whole columns, each a list, for many rows."""
    lists = (f"unnest(?::{kind}[]) AS {quoted(column)}" for column, kind in columns.items())
    connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT {', '.join(lists)}", values)
