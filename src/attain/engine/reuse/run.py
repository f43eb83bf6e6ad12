"""A run that calculates only what is new."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from attain.core.manifests import Manifest
from attain.engine.backends.duckdb import Files, Session
from attain.engine.calculate import Report, duck_limits, make, outputs, sources_of, write
from attain.engine.compiler import Compiled, Origin
from attain.engine.folder import DIGESTS
from attain.engine.jobs import Job
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.results import shapes
from attain.engine.reuse.answers import ANSWER, address_of_run
from attain.engine.reuse.deciding import Decided
from attain.engine.reuse.meaning import hash_of
from attain.engine.reuse.portions import Portion
from attain.engine.reuse.shelf import digest_of_file
from attain.engine.reuse.work import Refilling, Work


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
    decided = Decided(job.reuse, compiled, _portions(job, compiled, inputs), spill)
    decided.decide(shapes(plan, job.keep), sources, job.period, job.out)
    files = Files(inputs, [*outputs(job, plan), *decided.files], spill)
    session = Session(compiled, files, duck_limits(job))
    work = Work(decided, session)
    filling = Refilling(work, job.out)
    try:
        make(session, compiled, report, work)
        manifest = write(job, plan, filling, sources, work.told())
    finally:
        session.close()
    filling.keep_digests()
    _remember(job, work, manifest, spill)
    work.shelf.tidy()
    return manifest


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
    addresses[DIGESTS] = hash_of([whole, DIGESTS])
    work.shelf.keep(addresses[DIGESTS], job.out / DIGESTS)
    told = {"manifest": manifest.model_dump(mode="json"), "files": addresses}
    path = spill / ANSWER
    path.write_text(json.dumps(told), encoding="utf-8")
    work.shelf.keep(whole, path)
