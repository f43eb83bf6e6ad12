"""Rows of immutable files held in memory, for those that are asked about again and again.

A question about one person decodes nearly all of two dozen monthly files: 70 ms of a processor
for 300,000 rows, and 6 ms where they are held. What is held goes by the hash of what the files
hold, so it is never out of date. Where there is no room left, only what nobody has asked about
for a while gives way, so that rows do not chase each other out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

import duckdb

ASKED: Final = 3
"""At so many questions the rows are worth holding."""
CELLS: Final = 24_000_000
"""Rows times columns held by one process: some 240 MB."""
IDLE: Final = 500
"""So many questions about other rows, and rows may give way."""
_COUNTED: Final = 1000


@dataclass(slots=True)
class _Table:
    """Rows that are held: under which name, how many cells, and when they were asked about."""

    name: str
    cells: int
    asked_at: int


class Held:
    """The files that one database holds as tables."""

    def __init__(self, database: duckdb.DuckDBPyConnection, cells: int = CELLS) -> None:
        self._database = database
        self._cells = cells
        self._tables: dict[str, _Table] = {}
        self._asked: Counter[str] = Counter()
        self._sizes: dict[str, int] = {}
        self._questions = 0
        self._made = 0
        self._lock = Lock()

    def source(self, paths: Sequence[Path], content: str) -> tuple[str, list[object]]:
        """SQL of the rows of some files, with its values; `content` is the hash of what they hold.

        Without one they are read from the files each time.
        """
        files = [str(path) for path in paths]
        if content and (table := self._table(files, content)):
            return table, []
        return "read_parquet(?, union_by_name = true)", [files]

    def hold(self, paths: Sequence[Path], content: str) -> None:
        """Hold the rows of some files before anybody asks for them, if there is room."""
        with self._lock:
            if content not in self._tables:
                self._make([str(path) for path in paths], content)

    def _table(self, files: list[str], content: str) -> str | None:
        with self._lock:
            self._questions += 1
            if content not in self._tables:
                self._asked[content] += 1
                if self._asked[content] < ASKED:
                    return None
                self._make(files, content)
            found = self._tables.get(content)
            if found is None:
                return None
            found.asked_at = self._questions
            return found.name

    def _make(self, files: list[str], content: str) -> None:
        if len(self._asked) > _COUNTED:
            self._asked.clear()
            self._sizes.clear()
        with self._database.cursor() as cursor:
            if content not in self._sizes:
                self._sizes[content] = _cells(cursor, files)
            size = self._sizes[content]
            if not self._has_room(cursor, size):
                return
            if not self._made:
                cursor.execute("ATTACH ':memory:' AS held (COMPRESS)")
            self._made += 1
            name = f"held.rows_{self._made}"
            cursor.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?, union_by_name = true)",
                [files],
            )
        self._tables[content] = _Table(name, size, self._questions)

    def _has_room(self, cursor: duckdb.DuckDBPyConnection, size: int) -> bool:
        """Whether so many cells can be held; the idlest rows give way if that is enough."""
        kept = sorted(self._tables.items(), key=lambda pair: pair[1].asked_at)
        free = self._cells - sum(table.cells for _, table in kept)
        going = []
        for content, table in kept:
            if free >= size or self._questions - table.asked_at < IDLE:
                break
            going.append((content, table.name))
            free += table.cells
        if free < size:
            return False
        for content, name in going:
            del self._tables[content]
            cursor.execute(f"DROP TABLE {name}")
        return True


def _cells(cursor: duckdb.DuckDBPyConnection, files: list[str]) -> int:
    """Rows times columns of some files, told by their ends."""
    found = cursor.execute(
        "SELECT coalesce(sum(num_rows), 0) FROM parquet_file_metadata(?)", [files]
    ).fetchone()
    described = cursor.execute(
        "DESCRIBE SELECT * FROM read_parquet(?, union_by_name = true)", [files]
    ).fetchall()
    return int(found[0] if found else 0) * len(described)
