"""The job of a run: freeze, calculate in a process of its own, keep the folder, count.

Whatever is killed and whenever: a run has a whole folder or none. The worker that comes after
finds the folder and only writes it down, or calculates again, to the same digest.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from attain.apps.jobs.handlers import JobContext, Stopped, handler
from attain.apps.plans import reading as plans_reading
from attain.apps.runs import errors
from attain.apps.runs.folders import (
    StoredRun,
    folder_of,
    kept_for_reuse,
    runs_folder,
    write_origins,
)
from attain.apps.runs.models import Run
from attain.apps.runs.services.figures import figures_of
from attain.apps.runs.services.freezing import Frozen, freeze
from attain.apps.runs.services.planning import Target, calendars
from attain.apps.runs.services.stages import Stages
from attain.cli.runs.folder import MANIFEST
from attain.core.errors import AttainError, Problem, problem
from attain.core.manifests import Manifest
from attain.core.periods import parse_period
from attain.engine import api
from attain.engine.backends.errors import RUN_CANCELLED
from attain.engine.folder import read_manifest
from attain.engine.plans.api import version_changes


@handler("runs.calculate", zh="核算", en="Run")
def calculate(job: JobContext, *, runs: Sequence[int]) -> dict[str, Any]:
    """Calculate some runs one after the other. One that fails does not stop those beside it.

    :raises AttainError: everything the runs were refused for.
    """
    problems: list[Problem] = []
    for number in runs:
        run = Run.objects.select_related("plan_version__plan").get(pk=number)
        if run.state in Run.WAITING:
            problems += _calculated(job, run)
    if problems:
        raise AttainError(problems)
    return {"runs": list(runs)}


def _calculated(job: JobContext, run: Run) -> tuple[Problem, ...]:
    """Bring one run to its end; why it failed, if it did.

    :raises Stopped: somebody stopped it, or the worker goes.
    """
    waiting = Run.objects.filter(pk=run.pk, state__in=Run.WAITING)
    if not waiting.update(state=Run.CALCULATING, started_at=job.now(), job=str(job.id)):
        return ()
    try:
        _make(job, run)
    except Stopped:
        _stopped(job, run)
        raise
    except AttainError as refusal:
        if refusal.code == RUN_CANCELLED:
            _stopped(job, run)
            raise Stopped from refusal
        _end(run, Run.FAILED, job.now(), problems=[one.as_data() for one in refusal.problems])
        return refusal.problems
    return ()


def _stopped(job: JobContext, run: Run) -> None:
    """Only what somebody stopped ends here: a run whose worker goes is taken up by the next."""
    if getattr(job, "is_cancelled", False):
        _end(run, Run.CANCELLED, job.now())


def _make(job: JobContext, run: Run) -> None:
    out = folder_of(run)
    manifest = read_manifest(out) if (out / MANIFEST).is_file() else None
    if manifest is None:
        target = _target(run)
        frozen = freeze(run, target, actor=job.actor, at=job.now())
        _name(run, frozen)
        same = _same(run, frozen)
        if same is not None:
            _take_over(run, same, job.now())
            return
        manifest = _into_folder(job, run, target, frozen, out)
    _finish(run, manifest, job.now())


def _target(run: Run) -> Target:
    """
    :raises AttainError: PLAN_VERSION_CHANGE; every error in the plan.
    """
    plan = plans_reading.sound_plan(run.plan_version)
    period = parse_period(run.period, calendars())
    changes = version_changes(plan, period, calendars())
    if changes:
        raise AttainError(changes)
    return Target(run.plan_version, plan, period)


def _name(run: Run, frozen: Frozen) -> None:
    run.request = frozen.request.model_dump(mode="json")
    run.identity = frozen.request.identity
    run.save(update_fields=["request", "identity"])


def _same(run: Run, frozen: Frozen) -> Run | None:
    """A finished run of the very same request, by the same engine: its numbers are these."""
    same = Run.objects.filter(
        identity=frozen.request.identity,
        state=Run.DONE,
        plan_code=run.plan_code,
        engine_version=api_version(),
        same_as=None,
    )
    # An estimate leaves out days without data, so its numbers may be others.
    same = _provisional(same, run.kind == Run.PROVISIONAL)
    found = same.order_by("-id").first()
    is_there = found is not None and (folder_of(found) / MANIFEST).is_file()
    return found if is_there else None


def _provisional(runs: QuerySet[Run], wanted: bool) -> QuerySet[Run]:
    found = runs.filter(kind=Run.PROVISIONAL)
    return found if wanted else runs.exclude(kind=Run.PROVISIONAL)


def api_version() -> str:
    """The version of the engine that calculates here."""
    from attain import __version__

    return __version__


def _take_over(run: Run, same: Run, at: datetime) -> None:
    _end(
        run,
        Run.DONE,
        at,
        same_as=same,
        folder=same.folder,
        digest=same.digest,
        engine_version=same.engine_version,
        figures=same.figures,
        stages=same.stages,
    )
    _replace_estimates(run)


def _into_folder(job: JobContext, run: Run, target: Target, frozen: Frozen, out: Path) -> Manifest:
    """Calculate into a folder that gets its name when it is whole.

    :raises AttainError: whatever refuses or stops the run.
    """
    making = runs_folder() / f".{run.pk}.{job.attempt}.making"
    _sweep(run)
    making.parent.mkdir(parents=True, exist_ok=True)
    stages = Stages(run, target.plan, frozen, job)
    try:
        manifest = api.run(
            target.plan,
            frozen.request,
            _store(),
            making,
            calendar=calendars()[target.plan.calendar],
            results=frozen.results,
            reuse=kept_for_reuse(),
            progress=stages.advance,
            cancelled=job.is_stopped,
        )
        write_origins(
            making,
            frozen.request,
            run.plan_version.text,
            target.plan,
            calendars()[target.plan.calendar],
            frozen.results,
        )
        _take_place(making, out)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    stages.end(manifest)
    return manifest


def _store() -> Any:
    from attain.apps.data.catalog import DatabaseCatalog

    return DatabaseCatalog()


def _sweep(run: Run) -> None:
    """What attempts left behind that were killed; nobody ever reads it."""
    for left in runs_folder().glob(f".{run.pk}.*.making"):
        shutil.rmtree(left, ignore_errors=True)
    for left in runs_folder().glob(f"..{run.pk}.*"):
        shutil.rmtree(left, ignore_errors=True)


def _take_place(making: Path, out: Path) -> None:
    """Give the folder its name; a whole one that is there already has the same numbers."""
    if (out / MANIFEST).is_file():
        return
    shutil.rmtree(out, ignore_errors=True)
    making.rename(out)


def _finish(run: Run, manifest: Manifest, at: datetime) -> None:
    run.folder = str(run.pk)
    _end(
        run,
        Run.DONE,
        at,
        folder=run.folder,
        digest=manifest.result_digest,
        engine_version=manifest.engine_version,
        figures=_figures(run, manifest),
    )
    _replace_estimates(run)


def _figures(run: Run, manifest: Manifest) -> dict[str, Any]:
    stored = StoredRun.at_folder(folder_of(run))
    return figures_of(stored, manifest)


def _end(run: Run, state: str, at: datetime, **values: Any) -> None:
    """Write how a run ended; what ended otherwise meanwhile stays as it is."""
    Run.objects.filter(pk=run.pk, state__in=Run.WAITING).update(
        state=state, finished_at=at, **values
    )
    run.refresh_from_db()


def _replace_estimates(run: Run) -> None:
    """An estimate stands until the next one of its plan and period."""
    if run.kind == Run.PROVISIONAL and run.state == Run.DONE:
        Run.objects.filter(
            plan_code=run.plan_code,
            period=run.period,
            kind=Run.PROVISIONAL,
            pk__lt=run.pk,
            replaced_by=None,
        ).update(replaced_by=run)


def settle(at: datetime) -> int:
    """End runs whose job ended without them: a worker died too often. How many there were."""
    from attain.apps.jobs.models import Job

    count = 0
    for run in Run.objects.filter(state__in=Run.WAITING).exclude(job=""):
        job = Job.objects.filter(pk=run.job).first()
        if job is not None and not job.is_live:
            is_cancelled = job.state == Job.State.cancelled
            found = problem(errors.RUN_INTERRUPTED, run=run.pk)
            _end(
                run,
                Run.CANCELLED if is_cancelled else Run.FAILED,
                at,
                problems=[] if is_cancelled else [found.as_data()],
            )
            count += 1
    return count
