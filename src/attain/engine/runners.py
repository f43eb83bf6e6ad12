"""Running a plan over rows in memory, by DuckDB or Spark: for examples, and to compare engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attain.core.errors import AttainError
from attain.engine.backends.duckdb import Files, Session
from attain.engine.backends.spark import relations, small_spark
from attain.engine.compiler import Compiled, Guard, Input, Origin, compile_plan
from attain.engine.context import NamedResult, RunContext
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import Inputs

Row = Mapping[str, Any]


def duckdb_runner(plan: ResolvedPlan, inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
    """Every relation of a run over rows in memory, as the reference gives them.

    For examples of plans, and to compare the two. Nothing is read or written.

    :raises AttainError: whatever stops the run.
    """
    compiled = compile_plan(plan, frame_of(inputs))
    given = {one.name: list(_given(plan, one, inputs)) for one in compiled.inputs}
    with TemporaryDirectory() as spill:
        session = Session(compiled, Files({}, (), Path(spill), given))
        try:
            for step in compiled:
                if not isinstance(step, Guard):
                    session.make(step)
                elif found := session.found(step):
                    raise AttainError(step.problem(found))
            return {name: _rows(session, compiled, name) for name in compiled.relations}
        finally:
            session.close()


def spark_runner(plan: ResolvedPlan, inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
    """The same on Spark, in a session of this process that is started when first asked for.

    :raises AttainError: SPARK_ABSENT, and whatever stops the run.
    """
    spark = small_spark()
    compiled = compile_plan(plan, frame_of(inputs), "spark")
    given = {one.name: list(_given(plan, one, inputs)) for one in compiled.inputs}
    return relations(spark, compiled, given)


def frame_of(inputs: Inputs) -> RunContext:
    """The frame of a run over rows in memory, as the compiler wants it."""
    return RunContext(
        period=inputs.period,
        calendar=inputs.calendar,
        datasets=frozenset(inputs.datasets),
        coverage={name: tuple(days) for name, days in inputs.coverage.items()},
        results=tuple(
            NamedResult(one.plan, one.period, frozenset(one.relations)) for one in inputs.earlier
        ),
        working_days=inputs.working_days,
        provisional=inputs.provisional,
        everything_covered=inputs.everything_covered,
    )


def _given(plan: ResolvedPlan, one: Input, inputs: Inputs) -> Sequence[Row]:
    if one.origin is Origin.DATASET:
        return inputs.datasets.get(one.of, ())
    return [
        row
        for earlier in inputs.earlier
        if earlier.plan == (one.of or plan.plan) and str(earlier.period) in one.periods
        for row in earlier.relations.get(one.relation, ())
    ]


def _rows(session: Session, compiled: Compiled, name: str) -> list[dict[str, Any]]:
    step = compiled.step(compiled.relations[name])
    names = [column.name for column in step.columns]
    columns = ", ".join('"' + one.replace('"', '""') + '"' for one in names)
    source = '"' + step.name.replace('"', '""') + '"'
    found = session.rows(f"SELECT {columns} FROM {source}", name)
    return [dict(zip(names, row, strict=True)) for row in found]
