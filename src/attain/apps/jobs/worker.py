"""Taking jobs, running them, writing their end."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from attain.apps.accounts import errors as account_errors
from attain.apps.jobs import errors, schedules
from attain.apps.jobs.context import LEASE, Context
from attain.apps.jobs.handlers import Stopped, kind_of
from attain.apps.jobs.models import Job
from attain.core.errors import AttainError, Problem, problem

POLL: Final = 1
"""Seconds between two looks when nothing was waiting."""

BACK_OFF: Final = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5))
"""The pause after the first, second and every later failure."""

Clock = Callable[[], datetime]

log = logging.getLogger("attain.jobs")


def run_until_empty(at: datetime, *, limit: int = 1000) -> int:
    """Run every job that is due at a moment, here and now, and say how many there were.

    For tests and for commands that wait; jobs that come meanwhile are run too.
    """
    count = 0
    while count < limit and (job := take_next(at, "here")) is not None:
        run(job, clock=lambda: at, beat=False)
        count += 1
    return count


def run_forever(stop: threading.Event | None = None, *, clock: Clock = timezone.now) -> None:
    """Take and run jobs until told to stop.

    A stopped worker gives its job back; one that dies loses it after the lease. A database
    that is away for a while is waited for.
    """
    stop = stop or threading.Event()
    name = worker_name()
    while not stop.is_set():
        try:
            close_old_connections()
            schedules.enqueue_due(clock())
            job = take_next(clock(), name)
            if job is not None:
                run(job, clock=clock, stop=stop)
                continue
        except (OperationalError, InterfaceError):
            log.exception("the database did not answer the worker")
        stop.wait(POLL)
    close_old_connections()


def worker_name() -> str:
    """Machine and process, for whoever looks where a job runs."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def take_next(at: datetime, worker: str) -> Job | None:
    """Take the job that has waited longest, or one whose worker died; None if there is none."""
    dead = Q(state=Job.State.running, lease_until__lt=at)
    waiting = Q(state=Job.State.queued, run_after__lte=at)
    for job in Job.objects.filter(dead | waiting).order_by("run_after", "id")[:20]:
        if job.state == Job.State.running and _is_over(job, at):
            continue
        taken = Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt).update(
            state=Job.State.running,
            attempt=F("attempt") + 1,
            lease_until=at + LEASE,
            worker=worker,
            started_at=at,
        )
        if taken:
            return Job.objects.select_related("user").get(pk=job.pk)
    return None


def _is_over(job: Job, at: datetime) -> bool:
    """End a job whose worker died: stopped if asked, failed if it died too often."""
    kind = kind_of(job.kind)
    if job.cancel_asked_at is not None:
        end(job, at, Job.State.cancelled)
        return True
    if kind is not None and job.attempt >= kind.tries:
        end(job, at, Job.State.failed, (problem(errors.JOB_LOST, attempts=job.attempt),))
        return True
    return False


def run(
    job: Job,
    *,
    clock: Clock = timezone.now,
    stop: threading.Event | None = None,
    beat: bool = True,
) -> None:
    """Run a job that was taken, and write its end unless somebody else has it by now."""
    context = Context(job, clock, stop or threading.Event())
    with context.heartbeat() if beat else context:
        try:
            result = _called(job, context)
        except Exception as error:
            _broken_off(job, context, error)
        else:
            end(job, context.now(), Job.State.done, result=result)


def _called(job: Job, context: Context) -> dict[str, object]:
    kind = kind_of(job.kind)
    if kind is None:
        raise AttainError(problem(errors.JOB_KIND_UNKNOWN, kind=job.kind))
    if job.user is not None and not job.user.is_active:
        raise AttainError(problem(account_errors.NOT_ALLOWED))
    context.check_cancelled()
    return dict(kind.run(context, **job.arguments) or {})


def _broken_off(job: Job, context: Context, error: Exception) -> None:
    if isinstance(error, Stopped) or context.is_stopped():
        # Whatever a handler raises on its way out: it was told to leave.
        _leave(job, context)
    elif isinstance(error, AttainError):
        # What was refused stays refused: trying again would not help.
        end(job, context.now(), Job.State.failed, error.problems)
    else:
        _failed(job, context.now())


def _leave(job: Job, context: Context) -> None:
    """The handler left early: it was stopped, the worker goes, or the job is another's now."""
    if context.is_cancelled:
        end(job, context.now(), Job.State.cancelled)
    elif not context.is_lost:
        # The worker goes: give the job back, and do not count the attempt as a failure.
        _mine(job).update(state=Job.State.queued, attempt=F("attempt") - 1, lease_until=None)


def _failed(job: Job, at: datetime) -> None:
    kind = kind_of(job.kind)
    reference = f"J{job.pk}-{job.attempt}"
    log.exception("job %s failed", reference, extra={"job": job.pk, "kind": job.kind})
    found = problem(errors.JOB_FAILED, reference=reference)
    if kind is not None and job.attempt < kind.tries:
        pause = BACK_OFF[min(job.attempt, len(BACK_OFF)) - 1]
        _mine(job).update(
            state=Job.State.queued,
            run_after=at + pause,
            lease_until=None,
            problems=[found.as_data()],
        )
    else:
        end(job, at, Job.State.failed, (found,))


def end(
    job: Job,
    at: datetime,
    state: Job.State,
    problems: tuple[Problem, ...] = (),
    result: dict[str, object] | None = None,
) -> bool:
    """Write how a job ended; False if it is another worker's by now."""
    with transaction.atomic():
        return bool(
            _mine(job).update(
                state=state,
                finished_at=at,
                lease_until=None,
                problems=[each.as_data() for each in problems],
                result=result or {},
            )
        )


def _mine(job: Job) -> QuerySet[Job]:
    """The job while this attempt holds it: what was lost is written by nobody here."""
    return Job.objects.filter(pk=job.pk, state=Job.State.running, attempt=job.attempt)
