"""A run by the reference interpreter: the same inputs, the same files, the slow and obvious way."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attain.core.manifests import Manifest
from attain.core.schemas import why_column
from attain.engine.backends.duckdb import Files, Session
from attain.engine.calculate import duck_limits, outputs, working_days, write
from attain.engine.jobs import Job, context_of, manifest_in, named_results
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import EarlierRun, Inputs, run_plan
from attain.engine.results import Filling, Shape, Source, shapes

Row = Mapping[str, Any]

READING: Final = "read"


def calculate_by_reference(
    job: Job, plan: ResolvedPlan, report: Callable[[str, int, int], None]
) -> Manifest:
    """Read all rows, let the reference calculate, and write what it gives."""
    with tempfile.TemporaryDirectory(dir=job.out) as folder:
        spill = Path(folder)
        report(READING, 0, 2)
        inputs = _inputs(job, plan, spill)
        report("reference", 1, 2)
        relations = run_plan(plan, inputs)
        session = Session(None, Files({}, outputs(job, plan), spill), duck_limits(job))
        try:
            sources = {
                shape.name: _table(session, shape, relations.get(shape.name, ()))
                for shape in shapes(plan, job.keep)
            }
            return write(job, plan, Filling(session, job.out), sources)
        finally:
            session.close()


def _table(session: Session, shape: Shape, rows: Sequence[Row]) -> Source:
    columns: dict[str, str] = {}
    for column in shape.columns:
        columns[column.name] = column.storage
        if column.type.may_be_missing:
            columns[why_column(column.name)] = "VARCHAR"
    session.fill(shape.name, columns, rows)
    return Source(shape.name, frozenset(columns))


def _inputs(job: Job, plan: ResolvedPlan, spill: Path) -> Inputs:
    context = context_of(job, plan)
    paths = {name: list(given.paths) for name, given in job.inputs.items()}
    earlier = [
        (
            named,
            {one.name: [folder / f for f in one.files] for one in manifest_in(folder).relations},
        )
        for named, folder in named_results(job)
    ]
    every = dict(paths)
    for number, (_, files) in enumerate(earlier):
        every |= {f"{number}:{name}": found for name, found in files.items()}
    session = Session(None, Files(every, (), spill), duck_limits(job))
    try:
        return Inputs(
            period=context.period,
            datasets={name: list(_rows(session, files)) for name, files in paths.items()},
            coverage=context.coverage,
            earlier=[
                EarlierRun(
                    named.plan,
                    named.period,
                    {name: list(_rows(session, found)) for name, found in files.items()},
                )
                for named, files in earlier
            ],
            calendar=context.calendar,
            public_days=working_days(job, spill),
            provisional=context.provisional,
        )
    finally:
        session.close()


def _rows(session: Session, paths: Sequence[Path]) -> Iterator[Row]:
    if not paths:
        return
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    source = f"read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
    names = [row[0] for row in session.rows(f"DESCRIBE SELECT * FROM {source}", READING)]
    for row in session.rows(f"SELECT * FROM {source}", READING):
        yield dict(zip(names, row, strict=True))
