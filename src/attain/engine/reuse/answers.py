"""A run for which nothing is new: the whole of it is on the shelf, and nothing is calculated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from attain.core.manifests import Manifest, Reused, RunKind
from attain.engine.folder import finish
from attain.engine.jobs import Job, manifest_in
from attain.engine.reuse.meaning import hash_of, meaning
from attain.engine.reuse.shelf import Shelf, digest_of_file

ANSWER: Final = "answer.json"
"""The manifest of a run, and where on the shelf its files are."""


def answered(job: Job) -> bool:
    """Leave a whole run in the job's folder if the shelf has every file of it, else nothing."""
    if job.reuse is None:
        return False
    shelf = Shelf(job.reuse.folder, job.reuse.most)
    answer = job.out / ANSWER
    if not shelf.take(address_of_run(job), answer):
        return False
    told = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    manifest = Manifest.from_json(json.dumps(told["manifest"]))
    names = [file for one in manifest.relations for file in one.files]
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
