"""Writing SQL for DuckDB: names and texts quoted, connections that may touch little."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb

from attain.core.schemas import DatasetSchema, StoredColumn

MIB: Final = 1024 * 1024
MEMORY: Final = 2048 * MIB


def name(text: str) -> str:
    """A quoted identifier: column names may be Chinese, or words of SQL."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def names(columns: Iterable[StoredColumn], prefix: str = "") -> str:
    """Column names for a SELECT list."""
    return ", ".join(prefix + name(column.name) for column in columns)


def parquet(paths: Iterable[Path]) -> str:
    """A scan of Parquet files; parts written before a column was declared lack it."""
    listed = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{listed}], union_by_name = true)"


def empty(columns: Iterable[StoredColumn]) -> str:
    """A relation of these columns without a row."""
    typed = (f"CAST(NULL AS {column.type.storage}) AS {name(column.name)}" for column in columns)
    return f"(SELECT {', '.join(typed)} WHERE false)"


def stored(schema: DatasetSchema, paths: list[Path]) -> str:
    """The stored rows of a dataset with all columns of its declaration."""
    columns = schema.stored(lineage=True)
    return parquet(paths) if paths else empty(columns)


class Connection:
    """A DuckDB in memory that reads and writes the given folders and nothing else."""

    def __init__(self, folders: Iterable[Path], spill: Path) -> None:
        self._duckdb = duckdb.connect(config={"memory_limit": f"{MEMORY}B"})
        allowed = ", ".join(literal(str(folder)) for folder in (*folders, spill))
        for statement in (
            "SET TimeZone = 'UTC'",
            # Whoever asked shows progress; a bar of its own would break what is printed.
            "SET enable_progress_bar = false",
            f"SET temp_directory = {literal(str(spill))}",
            f"SET allowed_directories = [{allowed}]",
            "SET python_enable_replacements = false",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self._duckdb.execute(statement)

    def run(self, sql: str, parameters: Iterable[object] = ()) -> None:
        self._duckdb.execute(sql, list(parameters))

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        return self._duckdb.execute(sql, list(parameters)).fetchall()

    def one(self, sql: str, parameters: Iterable[object] = ()) -> Any:
        """The single value of a query."""
        return self.rows(sql, parameters)[0][0]

    def add(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Append rows to a table, in order."""
        appender = self._duckdb.appender(table)
        appender.append_rows(rows)
        appender.flush()

    def close(self) -> None:
        self._duckdb.close()
