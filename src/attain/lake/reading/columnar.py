"""A Parquet file that somebody sent: opened only here, by DuckDB, limited to that one path.

It is rewritten as staged rows at once, so that nothing else ever opens the original.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attain.lake.reading.limits import MIB, Limits
from attain.lake.reading.refusal import Refused
from attain.lake.reading.staging import SAMPLE_ROWS, StagedTable

if TYPE_CHECKING:
    import duckdb

_MEMORY: Final = 384 * MIB
_WHOLE: Final = {
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
}


def read_parquet(path: Path, target: Path, limits: Limits) -> StagedTable:
    """Stage a Parquet file.

    :raises Refused: FILE_DAMAGED, TOO_MANY_ROWS, SHEET_TOO_WIDE.
    """
    # Late, because the child that reads workbooks and text does not need it.
    import duckdb

    connection = duckdb.connect(config={"threads": 1, "memory_limit": f"{_MEMORY}B"})
    try:
        _lock(connection, path, target.parent)
        return _stage(connection, path, target, limits)
    except duckdb.Error as error:
        raise Refused("FILE_DAMAGED", reason="parquet") from error
    finally:
        connection.close()


def _lock(connection: duckdb.DuckDBPyConnection, path: Path, folder: Path) -> None:
    """One file may be read and one folder written; nothing else, and no way back."""
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET temp_directory = {quoted(str(folder / 'spill'))}")
    connection.execute(f"SET allowed_paths = [{quoted(str(path))}]")
    connection.execute(f"SET allowed_directories = [{quoted(str(folder))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def quoted(text: str) -> str:
    """A SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _stage(
    connection: duckdb.DuckDBPyConnection, path: Path, target: Path, limits: Limits
) -> StagedTable:
    source = f"read_parquet({quoted(str(path))}, file_row_number = true)"
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    columns = [(str(name), str(kind)) for name, kind, *_ in described][:-1]
    if len(columns) > limits.columns:
        raise Refused("SHEET_TOO_WIDE", width=len(columns), limit=limits.columns)
    rows = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    if rows > limits.rows:
        raise Refused("TOO_MANY_ROWS", {"row": int(rows)}, limit=limits.rows)
    connection.execute(
        f"COPY ({_query(columns, source)}) TO {quoted(str(target))} (FORMAT parquet)"
    )
    table = StagedTable(
        file=target.name,
        has_kinds=True,
        width=len(columns),
        last_line=int(rows),
        columns=[name for name, _ in columns],
    )
    _sample(connection, table, target)
    return table


def _query(columns: list[tuple[str, str]], source: str) -> str:
    """Rows as text with one kind letter a cell, like those of a workbook."""
    cells = [_cell(_name(name), kind) for name, kind in columns]
    values = ", ".join(f"{value} AS v{at}" for at, (value, _) in enumerate(cells))
    kinds = " || ".join(kind for _, kind in cells)
    return (
        "SELECT * FROM (SELECT CAST(file_row_number + 1 AS INTEGER) AS line, "
        f"CAST(NULL AS VARCHAR) AS flags, {kinds} AS kinds, {values} FROM {source}) "
        "WHERE trim(kinds, '-') <> ''"
    )


def _cell(name: str, kind: str) -> tuple[str, str]:
    """SQL of the value as text, and of its kind letter."""
    letter = "t"
    value = f"CAST({name} AS VARCHAR)"
    if kind in _WHOLE:
        letter = "n"
    elif kind.startswith("DECIMAL"):
        letter = "n"
        value = f"CASE WHEN {name} % 1 = 0 THEN {_whole(name)} ELSE rtrim({value}, '0') END"
    elif kind in ("FLOAT", "DOUBLE"):
        letter = "n"
        # What a reader would be shown: 15 significant digits.
        value = f"format('{{:.15g}}', CAST({name} AS DOUBLE))"
        return value, _kind(name, f"CASE WHEN isfinite({name}) THEN 'n' ELSE 'e' END")
    elif kind == "DATE" or kind.startswith("TIMESTAMP"):
        letter = "d"
        value = f"replace(replace({value}, ' 00:00:00', ''), ' ', 'T')"
    elif kind == "BOOLEAN":
        letter = "b"
        value = f"upper({value})"
    return value, _kind(name, quoted(letter))


def _whole(name: str) -> str:
    return f"CAST(CAST({name} AS DECIMAL(38,0)) AS VARCHAR)"


def _kind(name: str, letter: str) -> str:
    return f"CASE WHEN {name} IS NULL THEN '-' ELSE {letter} END"


def _sample(connection: duckdb.DuckDBPyConnection, table: StagedTable, target: Path) -> None:
    staged = f"read_parquet({quoted(str(target))})"
    table.rows = int(connection.execute(f"SELECT count(*) FROM {staged}").fetchall()[0][0])
    values = ", ".join(f"left(coalesce(v{at}, ''), 200)" for at in range(table.width))
    rows = connection.execute(
        f"SELECT line, kinds, {values} FROM {staged} ORDER BY line LIMIT {SAMPLE_ROWS}"
    ).fetchall()
    table.sample = [(line, list(cells)) for line, _, *cells in rows]
    table.sample_kinds = [kinds for _, kinds, *_ in rows]
