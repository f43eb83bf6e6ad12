"""Runs over a few rows in memory, for examples of plans: all results in one query.

A query of Spark takes a tenth of a second however little it reads, so the guards that can wait
are asked together, and all relations are fetched together, as text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from attain.core.errors import AttainError
from attain.engine.backends.spark.session import Row, SparkSteps
from attain.engine.compiler import Compiled, Guard
from attain.engine.compiler.steps import Step
from attain.engine.primitives import sql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = dict[str, list[dict[str, Any]]]

_WHICH: Final = "which"
_CELLS: Final = "cells"


def relations(spark: SparkSession, compiled: Compiled, given: Mapping[str, Iterable[Row]]) -> Rows:
    """Every relation of a run over rows in memory.

    :raises AttainError: whatever stops the run.
    """
    session = SparkSteps(spark, compiled, {}, given)
    try:
        waiting: list[Guard] = []
        for one in compiled:
            if isinstance(one, Guard):
                waiting.append(one)
                continue
            if waiting and (_walks(one) or session.is_due(one)):
                # A tree with a cycle has no end: what guards it is asked before it is walked,
                # as is what guards anything that is computed now.
                _ask(session, waiting)
                waiting = []
            session.make(one)
        _ask(session, waiting)
        return _fetched(session, compiled)
    finally:
        session.close()


def _walks(step: Step) -> bool:
    found = step.query.args.get("with_")
    return found is not None and bool(found.args.get("recursive"))


def _ask(session: SparkSteps, guards: Sequence[Guard]) -> None:
    if not guards:
        return
    parts = [
        exp.select(sql.named(sql.whole(number), _WHICH)).from_(
            exp.Subquery(this=guard.query.copy(), alias=exp.TableAlias(this=sql.quoted("g")))
        )
        for number, guard in enumerate(guards)
    ]
    found = session.rows(_together(parts), guards[0].name)
    if found:
        first = guards[min(number for (number,) in found)]
        raise AttainError(first.problem(session.found(first)))


def _together(parts: Sequence[exp.Select]) -> exp.Query:
    query: exp.Query = parts[0]
    for part in parts[1:]:
        query = exp.Union(this=query, expression=part, distinct=False)
    return query


def _fetched(session: SparkSteps, compiled: Compiled) -> Rows:
    steps = {name: compiled.step(step) for name, step in compiled.relations.items()}
    parts = []
    for name, step in steps.items():
        cells = [sql.cast(sql.column(one.name), "VARCHAR") for one in step.columns]
        array = sql.named(sql.function("array", *cells), _CELLS)
        which = sql.named(sql.text(name), _WHICH)
        parts.append(exp.select(which, array).from_(sql.table(step.name, sql.OWN)))
    rows: Rows = {name: [] for name in steps}
    for which, cells in session.rows(_together(parts), "results"):
        rows[which].append(dict(_read(steps[which], cells)))
    return rows


def _read(step: Step, cells: Sequence[str | None]) -> Iterator[tuple[str, Any]]:
    for column, cell in zip(step.columns, cells, strict=True):
        yield column.name, None if cell is None else _value(cell, column.storage)


def _value(cell: str, storage: str) -> Any:
    if storage.startswith("DECIMAL"):
        return Decimal(cell)
    if storage == "BIGINT":
        return int(cell)
    if storage == "DATE":
        return dt.date.fromisoformat(cell)
    return cell == "true" if storage == "BOOLEAN" else cell
