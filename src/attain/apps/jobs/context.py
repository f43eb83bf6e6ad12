"""The job at hand: its lease, its progress, and whether it shall stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import InterfaceError, OperationalError, connection

from attain.apps.accounts.actors import SYSTEM, Actor, actor_of
from attain.apps.jobs.handlers import Stopped
from attain.apps.jobs.models import Job

LEASE: Final = timedelta(seconds=45)
"""A worker that died is noticed after so long."""

HEARTBEAT: Final = 10
"""Seconds between two renewals: four may fail before the lease is gone."""

log = logging.getLogger("attain.jobs")


class Context:
    """What a handler is given; see `handlers.JobContext`."""

    def __init__(self, job: Job, clock: Callable[[], datetime], stop: threading.Event) -> None:
        self.id: int = job.pk
        self.attempt = job.attempt
        self.at = clock()
        self.actor: Actor = (
            actor_of(job.user, self.at, via="job", request_id=f"J{job.pk}")
            if job.user
            else SYSTEM(self.at)
        )
        self.is_cancelled = False
        self.is_lost = False
        self._clock = clock
        self._stop = stop

    def now(self) -> datetime:
        return self._clock()

    def progress(self, done: int, total: int, label: str = "", /, **values: object) -> None:
        """Show how far it is. Inside a transaction it shows when that is committed.

        :raises Stopped: see `check_cancelled`.
        """
        self._renew(
            progress_done=done,
            progress_total=total,
            progress_label=label,
            progress_values={name: str(value) for name, value in values.items()},
        )
        self.check_cancelled(fresh=True)

    def check_cancelled(self, *, fresh: bool = False) -> None:
        """
        :raises Stopped: somebody stopped the job, another worker has it, or the worker goes.
        """
        if not fresh:
            self._look()
        if self.is_cancelled or self.is_lost or self._stop.is_set():
            raise Stopped

    def is_stopped(self) -> bool:
        """The same as a question; cheap, for loops: what the heartbeat last saw."""
        return self.is_cancelled or self.is_lost or self._stop.is_set()

    @contextmanager
    def heartbeat(self) -> Iterator[Self]:
        """Renew the lease from a thread for as long as the block runs."""
        ended = threading.Event()
        thread = threading.Thread(target=self._beat, args=(ended,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            ended.set()
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing to end: without a heartbeat there is no thread."""

    def _beat(self, ended: threading.Event) -> None:
        pause: float = 0
        while not ended.wait(pause):
            pause = HEARTBEAT
            try:
                self._renew()
            except (OperationalError, InterfaceError):
                # Busy or away: another try soon, the lease outlasts several.
                log.warning("the lease of job %s could not be renewed", self.id)
                connection.close()
                pause = 1
        connection.close()

    def _renew(self, **values: object) -> None:
        renewed = Job.objects.filter(
            pk=self.id, state=Job.State.running, attempt=self.attempt
        ).update(lease_until=self._clock() + LEASE, **values)
        self.is_lost = not renewed
        self._look()

    def _look(self) -> None:
        """See whether somebody asked to stop, or has taken the job."""
        found = Job.objects.filter(pk=self.id).values("attempt", "state", "cancel_asked_at").first()
        if found is None or found["attempt"] != self.attempt or found["state"] != "running":
            self.is_lost = True
        elif found["cancel_asked_at"] is not None:
            self.is_cancelled = True
