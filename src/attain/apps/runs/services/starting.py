"""Asking for runs, and stopping them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.errors import NOT_ALLOWED
from attain.apps.accounts.roles import Role
from attain.apps.audit import services as audit
from attain.apps.flow import duties
from attain.apps.jobs import services as jobs
from attain.apps.jobs.models import Job
from attain.apps.plans.models import PlanVersion
from attain.apps.runs import errors
from attain.apps.runs.models import Run
from attain.apps.runs.services.planning import Target, chain, target_for, targets_of
from attain.core.errors import AttainError, problem

JOB = "runs.calculate"
RUN = "run"
"""How flow and audit call one."""
MAY_START = {
    Run.LIVE: (Role.finance,),
    Run.PROVISIONAL: (Role.finance,),
    Run.TRIAL: (Role.plan_admin, Role.finance),
}


def start(
    plan_code: str,
    period: str,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    version: PlanVersion | None = None,
) -> Run:
    """Ask for one run. Where the same one is under way already, that is the run.

    A `version` is tried as it is; otherwise the one in force in that period is calculated.

    :raises AttainError: NOT_ALLOWED, PLAN_NOT_IN_FORCE, PERIOD_NOT_OF_THE_PLAN, PERIOD_FORMAT;
        every error in the plan.
    """
    _must_be_allowed(kind, actor)
    target = target_for(plan_code, period, kind, version)
    before = chain(target) if kind != Run.LIVE else []
    return _ask([*before, target], kind, actor, at)[-1]


def start_all(period: str, kind: str, *, actor: Actor, at: datetime) -> list[Run]:
    """Ask for the runs of all plans of a period, each after those whose results it reads.

    :raises AttainError: NOT_ALLOWED, PERIOD_FORMAT, NOTHING_TO_RUN; every error in a plan.
    """
    _must_be_allowed(kind, actor)
    targets: dict[str, Target] = {}
    for target in targets_of(period, kind):
        for one in [*(chain(target) if kind != Run.LIVE else []), target]:
            targets.setdefault(one.name, one)
    return _ask(list(targets.values()), kind, actor, at)


def start_targets(targets: Sequence[Target], kind: str, *, actor: Actor, at: datetime) -> list[Run]:
    """Ask for runs that are known already, in this order.

    :raises AttainError: NOT_ALLOWED.
    """
    _must_be_allowed(kind, actor)
    return _ask(targets, kind, actor, at)


def _must_be_allowed(kind: str, actor: Actor) -> None:
    """Finance calculates, planners try; the installation itself makes estimates."""
    roles = MAY_START.get(kind, ())
    is_schedule = kind == Run.PROVISIONAL and actor.user_id is None and actor.via == "job"
    if not is_schedule and not actor.has(*roles):
        raise AttainError(problem(NOT_ALLOWED))


@transaction.atomic
def _ask(targets: Sequence[Target], kind: str, actor: Actor, at: datetime) -> list[Run]:
    """The runs, and one job that calculates the new ones in this order."""
    found = [_run_of(one, kind, actor, at) for one in targets]
    fresh = [run for run, is_new in found if is_new]
    if fresh:
        job = jobs.enqueue(
            JOB,
            key=str(fresh[-1].pk),
            arguments={"runs": [run.pk for run in fresh]},
            actor=actor,
            at=at,
        )
        Run.objects.filter(pk__in=[run.pk for run in fresh]).update(job=str(job.pk))
        for run in fresh:
            run.job = str(job.pk)
    return [run for run, _ in found]


def _run_of(target: Target, kind: str, actor: Actor, at: datetime) -> tuple[Run, bool]:
    """A new run, or the one that is under way: whoever comes second gets the first one's."""
    names = {"plan_version": target.version, "period": str(target.period), "kind": kind}
    while True:
        live = Run.objects.filter(**names, state__in=Run.WAITING).first()
        if live is not None:
            return live, False
        try:
            # A savepoint: losing the race must not break the transaction around it.
            with transaction.atomic():
                run = Run.objects.create(
                    **names, plan_code=target.code, asked_by_id=actor.user_id, asked_at=at
                )
        except IntegrityError:
            continue
        duties.note("run", (RUN, run.pk), actor=actor, at=at)
        audit.record(
            actor=actor,
            action="runs.start",
            object=(RUN, run.pk, str(run)),
            after={"kind": kind, "version": target.version.number},
            at=at,
        )
        return run, True


@transaction.atomic
def cancel(run: Run, *, actor: Actor, at: datetime) -> Run:
    """Stop a run: at once while it waits, at its next step while it calculates.

    The other runs of the same job are stopped with it, because they were asked for together.

    :raises AttainError: NOT_ALLOWED, JOB_ENDED.
    """
    if not actor.has(*MAY_START[run.kind]):
        raise AttainError(problem(NOT_ALLOWED))
    job = Job.objects.filter(pk=run.job or 0).first()
    if job is None:
        raise AttainError(problem(errors.RUN_UNKNOWN, run=run.pk))
    jobs.cancel(job, actor=actor, at=at)
    Run.objects.filter(job=run.job, state=Run.QUEUED).update(state=Run.CANCELLED, finished_at=at)
    audit.record(actor=actor, action="runs.cancel", object=(RUN, run.pk, str(run)), at=at)
    run.refresh_from_db()
    return run
