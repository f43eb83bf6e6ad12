"""DuckDB behind the door of the reference: rows in, relations out, all in memory.

The compiled steps are the product's own; only reading files and writing results is left out,
so that hundreds of small plans run in seconds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from attain.core.errors import AttainError
from attain.core.schemas import why_column
from attain.engine.backends.duckdb.faults import translated
from attain.engine.backends.duckdb.lock import DISABLED, Limits
from attain.engine.compiler.compile import compile_plan
from attain.engine.compiler.steps import Compiled, Guard, Input, Keeping, Origin, Step
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import Inputs
from attain.engine.runners import frame_of
from attain.expressions.sql import macros

_SHARED = re.compile(r"[a-z]*\d*_?\d+_\d+")
"""How an expression names what it needs more than once."""

Row = Mapping[str, Any]


class Duck:
    """One connection for many small runs; what a run made is dropped after it."""

    def __init__(self, threads: int = 1, *, optimise: bool = True) -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": str(threads)})
        for statement in macros("duckdb"):
            self._connection.execute(statement)
        self._connection.execute(DISABLED if optimise else "PRAGMA disable_optimizer")

    def run(self, plan: ResolvedPlan, inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
        """Every relation of a run, as the reference's `run_plan` gives them."""
        compiled = compile_plan(plan, frame_of(inputs))
        made: list[tuple[str, str]] = []
        try:
            for one in compiled.inputs:
                self._table(plan, one, inputs)
                made.append(("TABLE", one.name))
            for step in compiled:
                self._take(step, made)
            self._must_be_tidy()
            return {name: self._rows(compiled, name) for name in compiled.relations}
        finally:
            for kind, name in reversed(made):
                self._connection.execute(f"DROP {kind} IF EXISTS {quoted(name)}")

    def _must_be_tidy(self) -> None:
        """What a step shared within itself stays there: its name may come again further on."""
        described = self._connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        left = [(step, name) for step, name in described if _SHARED.fullmatch(name)]
        assert not left, f"left behind: {left}"

    def _take(self, step: Step | Guard, made: list[tuple[str, str]]) -> None:
        with translated(step.name, Limits()):
            if isinstance(step, Step):
                self._connection.execute(step.statement)
                made.append(("TABLE" if step.keeping is Keeping.TABLE else "VIEW", step.name))
                return
            cursor = self._connection.execute(step.text)
            names = [column[0] for column in cursor.description or ()]
            found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if found:
            raise AttainError(step.problem(found))

    def _table(self, plan: ResolvedPlan, one: Input, inputs: Inputs) -> None:
        """An input as a table of the types the plan reads."""
        columns = [(name, cell.storage) for name, cell in one.cells.items()]
        if one.origin is Origin.RESULT:
            columns += [
                (why_column(name), "VARCHAR")
                for name, cell in one.cells.items()
                if cell.may_be_missing
            ]
        declared = ", ".join(f"{quoted(name)} {storage}" for name, storage in columns)
        self._connection.execute(f"CREATE TABLE {quoted(one.name)} ({declared})")
        values = ", ".join(
            f"({', '.join(literal(row.get(name)) for name, _ in columns)})"
            for row in _stored(plan, one, inputs)
        )
        if values:
            self._connection.execute(f"INSERT INTO {quoted(one.name)} VALUES {values}")

    def _rows(self, compiled: Compiled, name: str) -> list[dict[str, Any]]:
        last = compiled.relations[name]
        with translated(last, Limits()):
            cursor = self._connection.execute(f"SELECT * FROM {quoted(last)}")
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall()
        return [dict(zip(names, row, strict=True)) for row in rows]


def _stored(plan: ResolvedPlan, one: Input, inputs: Inputs) -> Iterator[Row]:
    if one.origin is Origin.DATASET:
        yield from inputs.datasets.get(one.of, ())
        return
    for run in inputs.earlier:
        if run.plan == (one.of or plan.plan) and str(run.period) in one.periods:
            yield from run.relations.get(one.relation, ())


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value as SQL, typed by the column it is inserted into."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"'{value:f}'" if isinstance(value, Decimal) else str(value)
    if isinstance(value, dt.date):
        return f"DATE '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
