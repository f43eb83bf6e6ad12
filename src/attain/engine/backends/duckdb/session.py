"""One run's connection to DuckDB: what it may touch, and how steps are made on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from sqlglot import exp

from attain.core.errors import AttainError, problem
from attain.engine.backends import errors
from attain.engine.backends.duckdb.columns import Stream, Taker, stream_of
from attain.engine.backends.duckdb.faults import translated
from attain.engine.backends.duckdb.inputs import columns_of, columns_there, rows_of, view_of
from attain.engine.backends.duckdb.lock import Limits, connect
from attain.engine.backends.duckdb.macros import needed_macros
from attain.engine.backends.duckdb.sql import literal, quoted
from attain.engine.backends.duckdb.tables import fill, fill_columns
from attain.engine.compiler.steps import Compiled, Guard, Input, Step, written

Row = Mapping[str, Any]
"""A row by the names of its columns."""

FORBIDDEN: Final = ("DOUBLE", "FLOAT", "HUGEINT", "UHUGEINT")
"""Types that lose digits themselves, or when they are written to a file."""


VECTOR: Final = 2048
"""Rows that DuckDB handles at a time."""

VALUES_TOGETHER: Final = 1_200_000
"""Values of a file that are packed, and later read, together."""


@dataclass(frozen=True, slots=True)
class Files:
    """All that a session may touch: the parts of each input, the files it writes, its spill.

    Inputs may be given as rows instead, as the examples of a plan are.
    """

    inputs: Mapping[str, Sequence[Path]]
    writes: Sequence[Path]
    spill: Path
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


class Session:
    """A fresh, locked connection for one run. Threads share it only to interrupt it.

    :raises AttainError: DATA_COLUMN_ABSENT, DATA_NOT_EXACT.
    """

    def __init__(
        self,
        compiled: Compiled | None,
        files: Files,
        limits: Limits | None = None,
        *,
        in_order: bool = False,
    ) -> None:
        self._files = files
        self._limits = limits or Limits()
        readable = [path for paths in files.inputs.values() for path in paths]
        macros = needed_macros(compiled) if compiled is not None else []
        allowed = [*readable, *files.writes]
        self._connection = connect(allowed, files.spill, macros, self._limits, in_order=in_order)
        self._inputs = {one.name: one for one in compiled.inputs} if compiled is not None else {}
        self._open(self._inputs.values())

    def _open(self, inputs: Iterable[Input]) -> None:
        """Name the inputs: each a view over exactly its parts, typed as the plan reads it."""
        for one in inputs:
            with translated(one.name, self._limits):
                if one.name in self._files.rows:
                    self.fill(one.name, columns_of(one), self._files.rows[one.name])
                    continue
                parts = self._files.inputs.get(one.name, ())
                there = columns_there(self._connection, parts) if parts else {}
                self._connection.execute(view_of(one, there, parts))

    def fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
        """A small table from rows, each column in its SQL type."""
        with translated(name, self._limits):
            fill(self._connection, name, columns, rows)

    def fill_columns(
        self, name: str, columns: Mapping[str, str], values: Sequence[Sequence[Any]]
    ) -> None:
        """A table from whole columns, each in its SQL type."""
        with translated(name, self._limits):
            fill_columns(self._connection, name, columns, values)

    def make(self, step: Step) -> None:
        """Make one step.

        :raises AttainError: AMOUNT_OVERFLOW, RUN_OUT_OF_MEMORY, RUN_STORAGE, RUN_CANCELLED.
        """
        with translated(step.name, self._limits):
            if step.only_if is not None and not self._finds(step.only_if):
                step = replace(step, query=step.empty())
            self._connection.execute(step.statement)

    def release(self, name: str) -> None:
        """Let go of the rows of a table that nobody reads any more; its columns stay known."""
        table = quoted(name)
        with translated(name, self._limits):
            self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM {table} LIMIT 0")

    def part_of(self, name: str, parts: Sequence[Path]) -> str:
        """A SELECT of the rows that some parts of an input have, as the whole is read."""
        with translated(name, self._limits):
            there = columns_there(self._connection, parts)
            return rows_of(self._inputs[name], there, parts)

    def types(self, select: str, what: str) -> dict[str, str]:
        """The columns of a SELECT of the engine's own, with their SQL types."""
        described = self.rows(f"DESCRIBE {select}", what)
        return {name: kind for name, kind, *_ in described}

    def table(self, name: str, select: str) -> None:
        """A table from a SELECT of the engine's own."""
        with translated(name, self._limits):
            self._connection.execute(f"CREATE TABLE {quoted(name)} AS {select}")

    def _finds(self, query: exp.Query) -> bool:
        return self._connection.execute(written(query)).fetchone() is not None

    def check_exact(self) -> None:
        """No column of any step is a float, whatever an expression was printed as.

        :raises AttainError: RUN_FAULT, naming the step and the column.
        """
        types = ", ".join(f"'{kind}'" for kind in FORBIDDEN)
        found = self._connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            f"WHERE NOT internal AND data_type IN ({types}) ORDER BY ALL LIMIT 1"
        ).fetchone()
        if found is not None:
            step, column, kind = found
            raise AttainError(problem(errors.RUN_FAULT, step=step, kind=f"{column}: {kind}"))

    def found(self, guard: Guard, question: str = "") -> list[dict[str, Any]]:
        """The rows that a guard forbids, of those that a question in its place looks at."""
        with translated(guard.name, self._limits):
            cursor = self._connection.execute(question or guard.text)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def rows(self, select: str, what: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT of the engine's own, in portions."""
        with translated(what, self._limits):
            cursor = self._connection.execute(select)
            while portion := cursor.fetchmany(10_000):
                yield from portion

    def columns(self, selects: Iterable[str], what: str) -> Taker:
        """The columns of SELECTs of the engine's own, to be taken row after row."""
        return Taker(self._streams(selects, what), what)

    def _streams(self, selects: Iterable[str], what: str) -> Iterator[Stream]:
        for select in selects:
            with translated(what, self._limits):
                yield stream_of(self._connection.sql(select))

    def reading(self, paths: Sequence[Path]) -> Session:
        """Another session beside this one, that gives the rows of files as they lie in them."""
        files = Files({"": paths}, (), self._files.spill)
        return Session(None, files, self._limits, in_order=True)

    def write(self, select: str, path: Path, what: str, columns: int = 10) -> None:
        """Write the rows of a SELECT as a Parquet file, which must be one of the files named.

        The more columns, the fewer rows are put together: one person's are found among them.
        """
        together = max(1, VALUES_TOGETHER // columns // VECTOR) * VECTOR
        options = (
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
            f"ROW_GROUP_SIZE {together}, USE_TMP_FILE false)"
        )
        with translated(what, self._limits):
            self._connection.execute(f"COPY ({select}) TO {literal(str(path))} {options}")

    def interrupt(self) -> None:
        """Stop what runs now; called from another thread."""
        self._connection.interrupt()

    def progress(self) -> int | None:
        """Percent of what runs now, where DuckDB knows it; called from another thread."""
        percent = self._connection.query_progress()
        return None if percent < 0 else min(100, round(percent))

    def close(self) -> None:
        """Let go of the connection and of all that it holds in memory."""
        self._connection.close()
