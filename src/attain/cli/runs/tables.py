"""Parquet files of the lake and of runs as rows; nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from attain.cli.runs.held import Held
from attain.engine.provenance import Dated, Wanted

_FEW = 200

Row = dict[str, Any]
"""Column to value: exact numbers, dates, texts, None for missing."""


@lru_cache(maxsize=1)
def _database(process: int) -> duckdb.DuckDBPyConnection:
    """DuckDB started once in a process, which takes longer than most questions."""
    return duckdb.connect(config={"threads": "2"})


@lru_cache(maxsize=1)
def _held(process: int) -> Held:
    """What this process holds in memory."""
    return Held(_database(process))


def hold(paths: Sequence[Path], content: str) -> None:
    """Hold the rows of files whose content has a hash: they will be asked about."""
    if paths:
        _held(os.getpid()).hold(paths, content)


def read_rows(
    paths: Sequence[Path],
    equal: Mapping[str, object] | None = None,
    columns: Collection[str] = (),
    content: str = "",
) -> list[Row]:
    """The rows of some files of one shape, all of them or those with certain values.

    A column that only some of the files have is missing in the others. Where columns are named,
    those of them that are there. `content` is the hash of what the files hold, if they never
    change: rows that are asked about often are then held in memory.
    """
    if not paths:
        return []
    wanted = dict(equal or {})
    tests = " AND ".join(f"{_quoted(name)} = ?" for name in wanted) or "true"
    asked = "COLUMNS(lambda one: list_contains(?, one))" if columns else "*"
    given = [sorted(columns)] if columns else []
    return _asked(paths, content if wanted else "", asked, given, tests, list(wanted.values()))


def read_some(
    paths: Sequence[Path], wanted: Wanted, content: str = "", dated: Dated | None = None
) -> list[Row]:
    """The rows that have one of the wanted texts in one of the columns; None is an empty cell."""
    tests, given = _one_of(wanted, dated)
    return _asked(paths, content, "*", [], tests, given) if paths and tests else []


def count_some(
    paths: Sequence[Path], wanted: Wanted, content: str = "", dated: Dated | None = None
) -> int:
    """How many rows that would be."""
    tests, given = _one_of(wanted, dated)
    if not paths or not tests:
        return 0
    return int(_asked(paths, content, 'count(*) AS "rows"', [], tests, given)[0]["rows"])


def _one_of(wanted: Wanted, dated: Dated | None) -> tuple[str, list[object]]:
    """The condition that a column has one of its wanted values, and what it is given."""
    asked = {
        name: sorted(one for one in values if one is not None) for name, values in wanted.items()
    }
    tests = [_among(name, values) for name, values in asked.items() if values]
    tests += [f"{_quoted(name)} IS NULL" for name, values in wanted.items() if None in values]
    given = list(_given({name: v for name, v in asked.items() if v}))
    days = list(_on_days(dated)) if dated is not None and tests else []
    either = f"({' OR '.join(tests)})" if days else " OR ".join(tests)
    return " AND ".join([either, *(test for test, _ in days)]), [*given, *(day for _, day in days)]


def _on_days(dated: Dated) -> Iterator[tuple[str, object]]:
    """The conditions that a date lies in some days, and what each is given."""
    if dated.days.start is not None:
        yield f"{_quoted(dated.column)} >= ?", dated.days.start
    if dated.days.until is not None:
        yield f"{_quoted(dated.column)} < ?", dated.days.until


def _asked(
    paths: Sequence[Path],
    content: str,
    columns: str,
    named: Sequence[object],
    tests: str,
    values: Sequence[object],
) -> list[Row]:
    """The answer from memory or from the files, which say the same."""
    source, files = _held(os.getpid()).source(paths, content)
    try:
        with _database(os.getpid()).cursor() as database:
            cursor = database.execute(
                f"SELECT {columns} FROM {source} WHERE {tests}", [*named, *files, *values]
            )
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except duckdb.CatalogException:
        if not content:
            raise
        # It gave way to other rows a moment ago.
        return _asked(paths, "", columns, named, tests, values)


def _among(name: str, values: Sequence[str]) -> str:
    """A condition; a few values one by one, since that lets DuckDB skip parts of files."""
    if len(values) > _FEW:
        return f"{_quoted(name)} IN (SELECT unnest(?::VARCHAR[]))"
    return f"{_quoted(name)} IN ({', '.join('?' for _ in values)})"


def _given(asked: Mapping[str, Sequence[str]]) -> Iterator[object]:
    for values in asked.values():
        if len(values) > _FEW:
            yield values
        else:
            yield from values


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def read_columns(paths: Sequence[Path], names: Sequence[str]) -> list[Row]:
    """Some columns of all rows; one that the files do not have is missing everywhere."""
    if not paths:
        return []
    files = [str(path) for path in paths]
    with _database(os.getpid()).cursor() as database:
        described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [files]).fetchall()
        there = {row[0] for row in described}
        wanted = ", ".join(
            _quoted(name) if name in there else f"NULL AS {_quoted(name)}" for name in names
        )
        rows = database.execute(f"SELECT {wanted} FROM read_parquet(?)", [files]).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def read_groups(paths: Sequence[Path], by: Sequence[str], summed: str | None) -> list[Row]:
    """Rows counted by some columns, and the exact sum of another one."""
    if not paths:
        return []
    names = ", ".join(_quoted(name) for name in by)
    total = f"sum({_quoted(summed)})" if summed else "NULL"
    with _database(os.getpid()).cursor() as database:
        cursor = database.execute(
            f'SELECT {names}, count(*) AS "count", {total} AS "sum" '
            f"FROM read_parquet(?) GROUP BY {names} ORDER BY {names}",
            [[str(path) for path in paths]],
        )
        titles = [column[0] for column in cursor.description or ()]
        return [dict(zip(titles, row, strict=True)) for row in cursor.fetchall()]
