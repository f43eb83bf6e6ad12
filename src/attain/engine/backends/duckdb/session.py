"""One run's connection to DuckDB: what it may touch, and how steps are made on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from attain.core.errors import AttainError, problem
from attain.engine.backends import errors
from attain.engine.backends.duckdb.faults import translated
from attain.engine.backends.duckdb.inputs import view_of
from attain.engine.backends.duckdb.lock import Limits, connect
from attain.engine.compiler.steps import Guard, Input, Step

FORBIDDEN: Final = ("DOUBLE", "FLOAT", "REAL", "HUGEINT", "UHUGEINT")
"""Types that lose digits themselves, or when they are written to a file."""


@dataclass(frozen=True, slots=True)
class Files:
    """All that a session may touch: the parts of each input, the files it writes, its spill."""

    inputs: Mapping[str, Sequence[Path]]
    writes: Sequence[Path]
    spill: Path


class Session:
    """A fresh, locked connection for one run. Threads share it only to interrupt it."""

    def __init__(self, files: Files, limits: Limits | None = None) -> None:
        self._files = files
        self._limits = limits or Limits()
        readable = [path for paths in files.inputs.values() for path in paths]
        self._connection = connect([*readable, *files.writes], files.spill, self._limits)

    def open(self, inputs: Sequence[Input]) -> None:
        """Name the inputs: each a view over exactly its parts, typed as the plan reads it.

        :raises AttainError: DATA_COLUMN_ABSENT, DATA_NOT_EXACT.
        """
        for one in inputs:
            with translated(one.name, self._limits):
                view = view_of(self._connection, one, self._files.inputs.get(one.name, ()))
                self._connection.execute(view)

    def make(self, step: Step) -> None:
        """Make one step.

        :raises AttainError: AMOUNT_OVERFLOW, RUN_OUT_OF_MEMORY, RUN_STORAGE, RUN_CANCELLED.
        """
        with translated(step.name, self._limits):
            self._connection.execute(step.sql("duckdb"))
            self._check_exact(step)

    def _check_exact(self, step: Step) -> None:
        """No column of any step is a float, whatever an expression was printed as."""
        for name, kind in self.columns(step.name):
            if kind.startswith(FORBIDDEN):
                raise AttainError(problem(errors.RUN_FAULT, step=step.name, kind=f"{name}: {kind}"))

    def columns(self, name: str) -> list[tuple[str, str]]:
        """Names and types of a step's columns."""
        rows = self._connection.execute(f"DESCRIBE {_quoted(name)}").fetchall()
        return [(row[0], row[1]) for row in rows]

    def found(self, guard: Guard) -> list[dict[str, Any]]:
        """The rows a guard forbids, as the values of its error."""
        with translated(guard.name, self._limits):
            cursor = self._connection.execute(guard.query.sql(dialect="duckdb", identify=True))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def rows(self, select: str, what: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT of the engine's own, in portions."""
        with translated(what, self._limits):
            cursor = self._connection.execute(select)
            while portion := cursor.fetchmany(10_000):
                yield from portion

    def write(self, select: str, path: Path, what: str) -> None:
        """Write the rows of a SELECT as a Parquet file, which must be one of the files named."""
        target = "'" + str(path).replace("'", "''") + "'"
        with translated(what, self._limits):
            self._connection.execute(
                f"COPY ({select}) TO {target} "
                "(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
            )

    def interrupt(self) -> None:
        """Stop what runs now; called from another thread."""
        self._connection.interrupt()

    def progress(self) -> int | None:
        """Percent of what runs now, where DuckDB knows it; called from another thread."""
        percent = self._connection.query_progress()
        return None if percent < 0 else min(100, round(percent))

    def close(self) -> None:
        self._connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


__all__ = ["Files", "Limits", "Session", "duckdb"]
