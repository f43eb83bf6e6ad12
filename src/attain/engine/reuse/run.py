"""A run that calculates only what is new."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from attain.core.manifests import Manifest
from attain.engine.backends.duckdb import Files, Session
from attain.engine.calculate import (
    Report,
    duck_limits,
    leaving,
    make,
    outputs,
    sources_of,
    write,
)
from attain.engine.compiler import Compiled, Origin
from attain.engine.context import RunContext
from attain.engine.jobs import Job
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.results import shapes
from attain.engine.reuse.answers import ANSWER, address_of_run
from attain.engine.reuse.deciding import Decided, numbered
from attain.engine.reuse.portions import Portion
from attain.engine.reuse.shelf import digest_of_file
from attain.engine.reuse.slices import Periods
from attain.engine.reuse.work import Refilling, Work

_PERIOD: Final = "period:"
_MOST_PERIODS: Final = 60
"""More pieces than that are more trouble than they save."""


def calculate_what_is_new(
    job: Job,
    plan: ResolvedPlan,
    compiled: Compiled,
    inputs: Mapping[str, Sequence[Path]],
    spill: Path,
    report: Report,
) -> Manifest:
    """Make the steps whose rows are not on the shelf, and leave the same as any run.

    :raises AttainError: whatever stops the run.
    """
    assert job.reuse is not None
    sources = sources_of(compiled)
    portions = _portions(job, compiled, inputs)
    decided = Decided(job.reuse, compiled, portions, spill, _periods(job, plan))
    decided.look()
    files = Files(inputs, _writes(job, plan, decided), spill)
    session = Session(compiled, files, duck_limits(job))
    work = Work(decided, session)
    filling = Refilling(work, job.out)
    try:
        work.look()
        decided.decide(shapes(plan, job.keep), sources, job.period, job.out)
        make(session, compiled, report, leaving(job, plan), work)
        manifest = write(job, plan, filling, sources, work.told())
    finally:
        session.close()
    _remember(job, work, manifest, spill)
    work.shelf.tidy()
    return manifest


def _writes(job: Job, plan: ResolvedPlan, decided: Decided) -> list[Path]:
    """All files that a run may write: its relations, in one or several files, and the shelf's."""
    own = outputs(job, plan)
    several = (numbered(path, n) for path in own for n in range(1, 1 + decided.most_pieces))
    return [*own, *several, *decided.files]


def _periods(job: Job, plan: ResolvedPlan) -> Periods:
    """The periods of the run by the names of the columns that tell them."""
    context = RunContext(job.period, job.read_calendar())
    kinds = {
        part.name: part.kind.removeprefix(_PERIOD)
        for relation in plan.relations.values()
        for part in relation.key
        if part.kind.startswith(_PERIOD)
    }
    found = {name: context.periods(kind) for name, kind in kinds.items()}
    return {
        name: {one.label: (one.from_, one.until) for one in some}
        for name, some in found.items()
        if 1 < len(some) <= _MOST_PERIODS
    }


def _portions(
    job: Job, compiled: Compiled, inputs: Mapping[str, Sequence[Path]]
) -> dict[str, list[Portion]]:
    """The files of each input by their content; those of results are looked at."""
    found: dict[str, list[Portion]] = {}
    for one in compiled.inputs:
        paths = inputs[one.name]
        given = job.inputs.get(one.of)
        if one.origin is Origin.DATASET and given is not None:
            parts = zip(paths, given.version.parts, strict=True)
            found[one.name] = [Portion(p, part.sha256, part.month, part.rows) for p, part in parts]
        else:
            found[one.name] = [Portion(path, digest_of_file(path)) for path in paths]
    return found


def _remember(job: Job, work: Work, manifest: Manifest, spill: Path) -> None:
    """Keep what the very same run would leave."""
    addresses = {
        p.path.name: p.address for one in work.decided.leaving.values() for p in one.pieces
    }
    whole = address_of_run(job)
    told = {"manifest": manifest.model_dump(mode="json"), "files": addresses}
    path = spill / ANSWER
    path.write_text(json.dumps(told), encoding="utf-8")
    work.shelf.keep(whole, path)
