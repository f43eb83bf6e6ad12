"""Whether what was published is what a run in full gives, today and with this program."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from attain.apps.runs import errors
from attain.apps.runs.folders import StoredRun
from attain.apps.runs.models import Publication, Run
from attain.core.errors import AttainError, problem
from attain.core.manifests import Manifest
from attain.engine import api


@dataclass(frozen=True, slots=True)
class Proof:
    """A run calculated once more, with nothing taken from anywhere."""

    run: Run
    digest: str
    other: tuple[str, ...]
    """Relations whose digest is another one; none if all is as it was."""

    @property
    def holds(self) -> bool:
        return not self.other


def published() -> list[Run]:
    """The runs that people read today."""
    current = Publication.objects.filter(state=Publication.PUBLISHED).select_related("run")
    return [one.run for one in current.order_by("plan_code", "period")]


def known(number: int) -> Run:
    """A run by its number.

    :raises AttainError: RUN_UNKNOWN.
    """
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise AttainError(problem(errors.RUN_UNKNOWN, run=number))
    return run


def prove(runs: list[Run]) -> Iterator[Proof]:
    """Calculate runs in full, from the versions, the plan and the results they were made from.

    :raises AttainError: RUN_NOT_DONE, RUN_FOLDER_LOST, VERSION_UNKNOWN; what refuses a run.
    """
    for run in runs:
        stored = StoredRun.of(run)
        with tempfile.TemporaryDirectory() as folder:
            again = api.run(
                stored.plan,
                stored.folder.request,
                stored.lake,
                Path(folder) / "again",
                calendar=stored.calendar,
                results=stored.folder.results,
            )
        yield Proof(run, again.result_digest, tuple(_other(stored.folder.manifest, again)))


def _other(before: Manifest, again: Manifest) -> Iterator[str]:
    known = {one.name: one.digest for one in before.relations}
    for one in again.relations:
        if known.get(one.name) != one.digest:
            yield one.name
