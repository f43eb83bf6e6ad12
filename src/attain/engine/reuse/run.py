"""A run that calculates only what is new, and one for which nothing is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from attain.core.manifests import Manifest, Reused, RunKind
from attain.engine.backends.duckdb import Files, Session
from attain.engine.calculate import Report, duck_limits, make, outputs, sources_of, write
from attain.engine.compiler import Compiled, Origin
from attain.engine.jobs import Job, manifest_in
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.results import DIGESTS, finish, shapes
from attain.engine.reuse.addresses import hash_of
from attain.engine.reuse.deciding import Decided
from attain.engine.reuse.meaning import meaning
from attain.engine.reuse.portions import Portion
from attain.engine.reuse.shelf import Shelf, digest_of_file
from attain.engine.reuse.work import Refilling, Work

_ANSWER: Final = "answer.json"


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


# --- the whole run -------------------------------------------------------------------------------


def _remember(job: Job, work: Work, manifest: Manifest, spill: Path) -> None:
    """Keep what the very same run would leave."""
    addresses = {
        p.path.name: p.address for one in work.decided.leaving.values() for p in one.pieces
    }
    whole = address_of_run(job)
    addresses[DIGESTS] = hash_of([whole, DIGESTS])
    work.shelf.keep(addresses[DIGESTS], job.out / DIGESTS)
    told = {"manifest": manifest.model_dump(mode="json"), "files": addresses}
    path = spill / _ANSWER
    path.write_text(json.dumps(told), encoding="utf-8")
    work.shelf.keep(whole, path)


def answered(job: Job) -> bool:
    """Leave a whole run in the job's folder if the shelf has every file of it, else nothing."""
    if job.reuse is None:
        return False
    shelf = Shelf(job.reuse.folder, job.reuse.most)
    answer = job.out / _ANSWER
    if not shelf.take(address_of_run(job), answer):
        return False
    told = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    manifest = Manifest.from_json(json.dumps(told["manifest"]))
    names = [DIGESTS, *(file for one in manifest.relations for file in one.files)]
    if not all(shelf.take(told["files"][name], job.out / name) for name in names):
        # Nobody may write into a file that others have under another name.
        for name in names:
            (job.out / name).unlink(missing_ok=True)
        return False
    reused = Reused(whole=True, relations=tuple(one.name for one in manifest.relations))
    finish(job.out, manifest.model_copy(update={"request": job.request.hash, "reused": reused}))
    return True


def address_of_run(job: Job) -> str:
    """The address of all that a run leaves: its plan, its period, and what it may read."""
    request = job.request
    inputs = [[name, given.version.content] for name, given in sorted(job.inputs.items())]
    results = [
        [name, *(digest_of_file(folder / file) for file in _files_of(folder))]
        for name, folder in sorted(job.results.items())
    ]
    is_provisional = str(request.kind is RunKind.provisional)
    told = [job.plan, job.calendar, request.plan, request.period, is_provisional, job.keep]
    return hash_of([meaning(), "run", told, inputs, results])


def _files_of(folder: Path) -> list[str]:
    return [file for one in manifest_in(folder).relations for file in one.files]
