"""Real processes and threads: killed workers, heartbeats, several workers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from attain.apps.accounts.actors import SYSTEM
from attain.apps.jobs import context, services, worker
from attain.apps.jobs.context import LEASE
from attain.apps.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import json, os, sys
import django
from django.conf import settings

settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
django.setup()
from attain.apps.jobs import worker
from attain.apps.jobs.handlers import handler

@handler("test.slow")
def slow(job):
    job.progress(1, 2)
    print("running", flush=True)
    sys.stdin.read()

worker.run_forever()
"""


@pytest.fixture
def other_worker() -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts a worker in a process of its own, on the database of the test."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        known = {
            name: str(connection.settings_dict[name])
            for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
        }
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=os.environ | {"TEST_DATABASE": json.dumps(known)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_job_of_a_killed_worker_is_done_by_the_next(
    other_worker: Callable[[], subprocess.Popen[str]], kind: Callable[..., str]
) -> None:
    from attain.apps.jobs.handlers import _KINDS, handler

    handler("test.slow")(lambda job: {"attempt": job.attempt})
    now = timezone.now()
    job = services.enqueue("test.slow", key="k", actor=SYSTEM(now), at=now)
    process = other_worker()
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"

    process.kill()
    process.wait()

    try:
        job.refresh_from_db()
        assert job.state == Job.State.running
        assert worker.run_until_empty(timezone.now()) == 0
        assert worker.run_until_empty(timezone.now() + timedelta(seconds=60)) == 1
    finally:
        _KINDS.pop("test.slow")
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.done, {"attempt": 2})


def test_a_heartbeat_keeps_the_lease_while_the_handler_is_silent(
    kind: Callable[..., str], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "HEARTBEAT", 0.01)
    hour = [at]
    pause = threading.Event()

    def work(job: Any) -> dict[str, bool]:
        hour[0] = at + timedelta(hours=1)
        for _ in range(2000):
            if Job.objects.get(pk=job.id).lease_until == hour[0] + LEASE:
                return {"kept": True}
            pause.wait(0.01)
        return {"kept": False}

    job = services.enqueue(kind(work), key="k", actor=SYSTEM(at), at=at)
    taken = worker.take_next(at, "here")
    assert taken is not None
    worker.run(taken, clock=lambda: hour[0])

    job.refresh_from_db()
    assert job.result == {"kept": True}


def test_a_heartbeat_tells_a_silent_handler_that_it_was_stopped(
    kind: Callable[..., str], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "HEARTBEAT", 0.01)
    pause = threading.Event()

    def work(job: Any) -> None:
        services.cancel(Job.objects.get(pk=job.id), actor=SYSTEM(at), at=at)
        for _ in range(2000):
            if job.is_stopped():
                job.check_cancelled()
            pause.wait(0.01)
        raise AssertionError("nobody told the handler")

    job = services.enqueue(kind(work), key="k", actor=SYSTEM(at), at=at)
    taken = worker.take_next(at, "here")
    assert taken is not None
    worker.run(taken, clock=lambda: at)

    job.refresh_from_db()
    assert job.state == Job.State.cancelled


def test_several_workers_do_every_job_once(kind: Callable[..., str], at: datetime) -> None:
    done: list[int] = []
    name = kind(lambda job, number: done.append(number))
    for number in range(12):
        services.enqueue(
            name, key=str(number), arguments={"number": number}, actor=SYSTEM(at), at=at
        )

    together(4, lambda: worker.run_until_empty(at))

    assert sorted(done) == list(range(12))
    assert set(Job.objects.values_list("attempt", flat=True)) == {1}


def test_many_who_ask_for_the_same_work_ask_for_one_job(
    kind: Callable[..., str], at: datetime
) -> None:
    name = kind(lambda job: None)
    found: list[int] = []

    def ask() -> None:
        found.append(services.enqueue(name, key="k", actor=SYSTEM(at), at=at).pk)

    together(10, ask)

    assert len(found) == 10
    assert set(found) == {Job.objects.get().pk}


def together(count: int, call: Callable[[], Any]) -> None:
    """The same call from several threads that begin at once."""
    barrier = threading.Barrier(count)
    errors: list[Exception] = []

    def run() -> None:
        try:
            barrier.wait()
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
