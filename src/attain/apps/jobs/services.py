"""Asking for work, stopping it, trying it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.jobs import errors
from attain.apps.jobs.handlers import kind_of
from attain.apps.jobs.models import Job
from attain.core.errors import AttainError, problem

KEPT = timedelta(days=90)
"""How long a job that has ended can be looked up; what it did stands in the audit trail."""

LIVE = (Job.State.queued, Job.State.running)


def enqueue(
    kind: str,
    *,
    key: str,
    actor: Actor,
    at: datetime,
    arguments: Mapping[str, Any] | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Ask for work, in the caller's transaction. A living job of the same key is that job.

    :raises ValueError: a kind that nobody handles: a mistake of our own code.
    """
    if kind_of(kind) is None:
        raise ValueError(f"nobody handles {kind}")
    wanted = Job(
        kind=kind,
        key=key,
        arguments=dict(arguments or {}),
        user_id=actor.user_id,
        queued_at=at,
        run_after=run_after or at,
    )
    return _live_or_new(wanted)


def _live_or_new(wanted: Job) -> Job:
    while True:
        live = Job.objects.filter(kind=wanted.kind, key=wanted.key, state__in=LIVE).first()
        if live is not None:
            return live
        try:
            # A savepoint: losing the race must not break the caller's transaction.
            with transaction.atomic():
                wanted.save(force_insert=True)
                return wanted
        except IntegrityError:
            # Somebody else was first; their job may have ended meanwhile, so look again.
            continue


@transaction.atomic
def cancel(job: Job, *, actor: Actor, at: datetime) -> Job:
    """Stop a job: at once while it waits, at its next step or child process while it runs.

    :raises AttainError: JOB_ENDED.
    """
    asked = {"cancel_asked_at": at, "cancel_asked_by_id": actor.user_id}
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.queued)
    running = Job.objects.filter(pk=job.pk, state=Job.State.running)
    if not waiting.update(state=Job.State.cancelled, finished_at=at, **asked) and not (
        running.update(**asked)
    ):
        raise AttainError(problem(errors.JOB_ENDED))
    audit.record(actor=actor, action="jobs.cancel", object=("job", job.pk, str(job)), at=at)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(job: Job, *, actor: Actor, at: datetime) -> Job:
    """Ask again for a job that failed or was stopped, in the name of who asked first.

    :raises AttainError: JOB_ALIVE.
    """
    job.refresh_from_db()
    if job.state not in (Job.State.failed, Job.State.cancelled):
        raise AttainError(problem(errors.JOB_ALIVE))
    again = _live_or_new(
        Job(
            kind=job.kind,
            key=job.key,
            arguments=job.arguments,
            user_id=job.user_id,
            queued_at=at,
            run_after=at,
        )
    )
    audit.record(
        actor=actor,
        action="jobs.retry",
        object=("job", job.pk, str(job)),
        at=at,
        after={"job": again.pk},
    )
    return again


def forget_old(*, at: datetime) -> int:
    """Remove jobs that ended long ago; how many there were."""
    count, _ = Job.objects.exclude(state__in=LIVE).filter(finished_at__lt=at - KEPT).delete()
    return count
