"""A run on Spark: the same steps on one machine or a cluster, the same files as everywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from attain.core.manifests import Manifest
from attain.engine.backends.duckdb import Files, Session
from attain.engine.backends.spark import Report, SparkSteps, start
from attain.engine.calculate import (
    duck_limits,
    input_files,
    outputs,
    sources_of,
    working_days,
    write,
)
from attain.engine.compiler import Compiled, Input, Origin, compile_plan
from attain.engine.jobs import Job, context_of
from attain.engine.primitives.frames import Cell
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.results import Filling, shapes

STARTING: Final = "spark"
"""What the first part of a run is called when progress is reported."""


def calculate_on_spark(job: Job, plan: ResolvedPlan, report: Report) -> Manifest:
    """Let Spark make every step, and write what it leaves as any run is written.

    Where the cluster is, and how much of it may be used, is Spark's own configuration. The
    results are small, so one process puts them in order, digests and writes them.

    :raises AttainError: whatever stops the run, SPARK_ABSENT among it.
    """
    with tempfile.TemporaryDirectory(dir=job.out) as folder:
        spill = Path(folder)
        compiled = compile_plan(plan, context_of(job, plan, working_days(job, spill)), "spark")
        wanted = [shape.name for shape in shapes(plan, job.keep)]
        made = _made(compiled, input_files(job, plan, compiled), wanted, spill, report)
        files = Files(made, outputs(job, plan), spill)
        session = Session(_as_inputs(compiled, wanted), files, duck_limits(job))
        try:
            return write(job, plan, Filling(session, job.out), sources_of(compiled))
        finally:
            session.close()


def _made(
    compiled: Compiled,
    inputs: Mapping[str, Sequence[Path]],
    wanted: Sequence[str],
    spill: Path,
    report: Report,
) -> dict[str, list[Path]]:
    """The files with the rows of each relation that is wanted, by the name of its last step."""
    report(STARTING, 0, len(compiled.steps))
    spark = start()
    try:
        steps = SparkSteps(spark, compiled, inputs)
        steps.make_all(compiled, report)
        files: dict[str, list[Path]] = {}
        for number, name in enumerate(wanted):
            step = compiled.relations[name]
            folder = spill / f"s{number:03}"
            steps.write(step, folder)
            files[step] = sorted(folder.glob("*.parquet"))
        return files
    finally:
        spark.stop()


def _as_inputs(compiled: Compiled, wanted: Sequence[str]) -> Compiled:
    """The relations as inputs of what writes them, each in the types of its columns."""
    inputs = []
    for name in wanted:
        step = compiled.step(compiled.relations[name])
        cells = {column.name: Cell(column.storage, True) for column in step.columns}
        inputs.append(Input(step.name, Origin.DATASET, name, cells))
    return Compiled(compiled.plan, tuple(inputs), (), compiled.relations)
