"""The calculating process: reads one job from its input, calculates, and reports line by line.

Started as `python -m attain.engine` by `attain.engine.run`. It opens the files
that the job names and writes into the folder that the job names, nothing else.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from attain.core.errors import AttainError
from attain.core.manifests import Manifest, Reused
from attain.core.periods import ChinaWorkingDays, TableWorkingDays, WorkingDays
from attain.engine.backends.duckdb import Files, Session
from attain.engine.backends.duckdb import Limits as DuckLimits
from attain.engine.compiler import Compiled, Guard, Origin, Step, compile_plan, last_reads
from attain.engine.folder import finish
from attain.engine.jobs import Job, context_of, manifest_in, named_results
from attain.engine.memory import may_need_more, memories, threads, with_memory
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.results import (
    Filling,
    Source,
    file_names,
    manifest_of,
    shapes,
    write_relations,
)

Report = Callable[[str, int, int], None]

WRITING: Final = "write"
"""What the last part of a run is called when progress is reported."""


def calculate(job: Job, report: Report) -> Manifest:
    """Make every step of a job in order, write its relations, and its manifest last.

    :raises AttainError: whatever stops the run; then the folder holds no run.
    """
    plan = job.resolved()
    if job.request.backend == "reference":
        from attain.engine.judging import calculate_by_reference

        return calculate_by_reference(job, plan, report)
    if job.request.backend == "spark":
        from attain.engine.distributed import calculate_on_spark

        return calculate_on_spark(job, plan, report)
    *first, last = memories(job)
    for memory in first:
        try:
            return _calculate(with_memory(job, memory), plan, report)
        except AttainError as stopped:
            if not may_need_more(stopped):
                raise
            _begin_again(job)
    return _calculate(with_memory(job, last), plan, report)


def _begin_again(job: Job) -> None:
    """Take away what was written so far: other runs may have the same files by another name."""
    for path in job.out.iterdir():
        path.unlink()


def _calculate(job: Job, plan: ResolvedPlan, report: Report) -> Manifest:
    with tempfile.TemporaryDirectory(dir=job.out) as folder:
        spill = Path(folder)
        context = context_of(job, plan, working_days(job, spill))
        compiled = compile_plan(plan, context)
        inputs = input_files(job, plan, compiled)
        if job.reuse is not None:
            from attain.engine.reuse.run import calculate_what_is_new

            return calculate_what_is_new(job, plan, compiled, inputs, spill, report)
        files = Files(inputs, outputs(job, plan), spill)
        session = Session(compiled, files, duck_limits(job))
        try:
            make(session, compiled, report, leaving(job, plan))
            return write(job, plan, Filling(session, job.out), sources_of(compiled))
        finally:
            session.close()


def write(
    job: Job,
    plan: ResolvedPlan,
    filling: Filling,
    sources: dict[str, Source],
    reused: Reused | None = None,
) -> Manifest:
    """Write all relations of a run, and the manifest last."""
    relations = write_relations(filling, shapes(plan, job.keep), sources, job.period)
    manifest = manifest_of(job.request, plan, relations, reused)
    finish(job.out, manifest)
    return manifest


def leaving(job: Job, plan: ResolvedPlan) -> list[str]:
    """The relations whose rows leave a run."""
    return [shape.name for shape in shapes(plan, job.keep)]


def outputs(job: Job, plan: ResolvedPlan) -> list[Path]:
    """The files a run writes."""
    return [job.out / name for name in file_names(len(shapes(plan, job.keep)))]


def duck_limits(job: Job) -> DuckLimits:
    """The job's limits as the database takes them."""
    limits = job.limits
    memory = limits.memory or memories(job)[-1]
    return DuckLimits(memory=memory, spill=limits.spill, threads=threads(job))


def input_files(job: Job, plan: ResolvedPlan, compiled: Compiled) -> dict[str, list[Path]]:
    """The files of each input: parts of a dataset version, or relations of a run that is named."""
    inputs: dict[str, list[Path]] = {}
    folders = {(one.plan, str(one.period)): folder for one, folder in named_results(job)}
    for one in compiled.inputs:
        if one.origin is Origin.DATASET:
            given = job.inputs.get(one.of)
            inputs[one.name] = list(given.paths) if given is not None else []
        else:
            plan_id = one.of or plan.plan
            inputs[one.name] = [
                folder / name
                for folder in (folders[plan_id, period] for period in one.periods)
                for name in manifest_in(folder).relation(one.relation).files
            ]
    return inputs


def working_days(job: Job, spill: Path) -> WorkingDays:
    """Working days as the company states them in `days`, else those of China."""
    given = job.inputs.get("days")
    if given is None:
        return ChinaWorkingDays()
    name = job.read_calendar().name
    files = Files({"data:days": given.paths}, (), spill)
    session = Session(None, files, duck_limits(job))
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in given.paths)
    try:
        stated = {}
        if given.paths:
            query = f"SELECT calendar, date, is_working FROM read_parquet([{listed}])"
            for calendar, day, is_working in session.rows(query, "days"):
                if calendar in (None, name):
                    stated[day] = is_working
        return TableWorkingDays(stated, ChinaWorkingDays())
    finally:
        session.close()


class Maker(Protocol):
    """Who brings the steps of a list into a session; a session itself makes them all."""

    def make(self, step: Step) -> None: ...

    def found(self, guard: Guard) -> list[dict[str, Any]]: ...

    def release(self, name: str) -> None: ...


def make(
    session: Session,
    compiled: Compiled,
    report: Report,
    leaving: Sequence[str],
    maker: Maker | None = None,
) -> None:
    """Walk the list: every step is made, every guard asked, and what was read for the last time
    lets go of its memory. `leaving` are the relations that are written when all are made.

    :raises AttainError: what a guard forbids, and whatever stops a step.
    """
    maker = maker or session
    total, last = len(compiled.steps), last_reads(compiled, leaving)
    for done, step in enumerate(compiled):
        report(step.name, done, total)
        if not isinstance(step, Guard):
            maker.make(step)
        elif found := maker.found(step):
            raise AttainError(step.problem(found))
        for name in last.get(step.name, ()):
            maker.release(name)
    session.check_exact()
    report(WRITING, total, total)


def sources_of(compiled: Compiled) -> dict[str, Source]:
    """Each relation's last step, and the columns that it has."""
    return {name: _source(compiled.step(step)) for name, step in compiled.relations.items()}


def _source(step: Step) -> Source:
    words = frozenset(c.name for c in step.columns if c.storage.startswith("ENUM"))
    return Source(step.name, frozenset(c.name for c in step.columns), words, step.is_sorted)


def main() -> None:
    """Read a job, calculate, say how it went; never a trace, never a path."""
    job = Job.model_validate_json(sys.stdin.read())

    def report(step: str, done: int, of: int) -> None:
        _say({"step": step, "done": done, "of": of})

    try:
        calculate(job, report)
    except AttainError as error:
        _say({"problems": [one.as_data() for one in error.problems]})
        return
    _say({"finished": True})


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()
