"""Taking, running and ending jobs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from attain.apps.accounts.actors import SYSTEM, actor_of
from attain.apps.accounts.models import RoleGrant, User
from attain.apps.jobs import services, worker
from attain.apps.jobs.context import LEASE
from attain.apps.jobs.handlers import Stopped
from attain.apps.jobs.labels import label
from attain.apps.jobs.models import Job
from attain.apps.jobs.selectors import job as seen
from attain.apps.jobs.selectors import jobs, progress
from attain.core.errors import AttainError, Problem, problem, render

pytestmark = pytest.mark.django_db

Kinds = Callable[..., str]
STEP = label("test.step", "第{n}步", "step {n}")


def ask(kind: str, at: datetime, key: str = "k", **further: Any) -> Job:
    return services.enqueue(kind, key=key, actor=SYSTEM(at), at=at, **further)


def again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_job_does_its_work_and_keeps_what_it_made(kind: Kinds, at: datetime) -> None:
    name = kind(lambda job, number: {"made": number + 1})
    job = ask(name, at, arguments={"number": 6})

    assert worker.run_until_empty(at) == 1

    assert again(job).state == Job.State.done
    assert job.result == {"made": 7}
    assert (job.attempt, job.started_at, job.finished_at) == (1, at, at)
    assert job.lease_until is None


def test_what_is_rolled_back_was_never_asked_for(kind: Kinds, at: datetime) -> None:
    name = kind(lambda job: None)

    @transaction.atomic
    def ask_and_fail() -> None:
        ask(name, at)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()

    assert not Job.objects.exists()


def test_a_living_job_of_a_key_is_the_same_job(kind: Kinds, at: datetime) -> None:
    name = kind(lambda job: None)

    first, second, other = ask(name, at), ask(name, at), ask(name, at, key="other")
    worker.run_until_empty(at)
    later = ask(name, at)

    assert first == second
    assert other != first
    assert later != first


def test_a_kind_nobody_handles_is_a_mistake_of_the_code(at: datetime) -> None:
    with pytest.raises(ValueError, match="nobody handles"):
        ask("test.absent", at)


def test_a_job_waits_for_its_time(kind: Kinds, at: datetime) -> None:
    ask(kind(lambda job: None), at, run_after=at + timedelta(minutes=1))

    assert worker.run_until_empty(at) == 0
    assert worker.run_until_empty(at + timedelta(minutes=1)) == 1


def test_a_job_has_the_rights_its_user_has_when_it_runs(
    kind: Kinds, people: Callable[..., User], at: datetime
) -> None:
    li = people("li", "finance")
    name = kind(lambda job: {"roles": sorted(job.actor.roles), "via": job.actor.via})
    job = services.enqueue(name, key="k", actor=actor_of(li, at), at=at)
    RoleGrant.objects.filter(user=li).update(revoked_at=at)

    worker.run_until_empty(at)

    assert again(job).result == {"roles": [], "via": "job"}


def test_a_job_of_a_disabled_user_is_not_run(
    kind: Kinds, people: Callable[..., User], at: datetime
) -> None:
    li, ran = people("li"), []
    job = services.enqueue(kind(lambda job: ran.append(1)), key="k", actor=actor_of(li, at), at=at)
    User.objects.filter(pk=li.pk).update(is_active=False)

    worker.run_until_empty(at)

    assert again(job).state == Job.State.failed
    assert [each["code"] for each in job.problems] == ["NOT_ALLOWED"]
    assert ran == []


def test_what_is_refused_is_not_tried_again(kind: Kinds, at: datetime) -> None:
    def refuse(job: Any) -> None:
        raise AttainError(problem("FILE_REFUSED", count=3))

    job = ask(kind(refuse), at)

    worker.run_until_empty(at)

    assert again(job).state == Job.State.failed
    assert job.attempt == 1
    assert "3" in render(Problem.from_data(job.problems[0])).message


def test_a_failure_is_tried_again_after_a_growing_pause(kind: Kinds, at: datetime) -> None:
    def fail(job: Any) -> None:
        raise RuntimeError("secret of the house")

    job = ask(kind(fail), at)
    pauses = []
    now = at
    while again(job).is_live:
        worker.run_until_empty(now)
        pauses.append(again(job).run_after - now)
        now = job.run_after

    assert pauses[:2] == [timedelta(seconds=5), timedelta(seconds=30)]
    assert (job.state, job.attempt) == (Job.State.failed, 3)
    assert job.problems[0]["code"] == "JOB_FAILED"
    assert "secret" not in str(job.problems)


def test_a_waiting_job_is_stopped_at_once(kind: Kinds, at: datetime) -> None:
    ran: list[int] = []
    job = ask(kind(lambda job: ran.append(1)), at)

    services.cancel(job, actor=SYSTEM(at), at=at)

    assert worker.run_until_empty(at) == 0
    assert again(job).state == Job.State.cancelled
    assert ran == []


def test_a_running_job_stops_at_its_next_step(kind: Kinds, at: datetime) -> None:
    steps: list[int] = []

    def work(job: Any) -> None:
        for number in range(5):
            job.progress(number, 5, STEP, n=number)
            steps.append(number)
            if number == 2:
                services.cancel(Job.objects.get(pk=job.id), actor=SYSTEM(at), at=at)

    job = ask(kind(work), at)
    worker.run_until_empty(at)

    assert steps == [0, 1, 2]
    assert again(job).state == Job.State.cancelled
    assert job.problems == []


def test_whatever_a_stopped_handler_raises_it_was_stopped(kind: Kinds, at: datetime) -> None:
    def work(job: Any) -> None:
        services.cancel(Job.objects.get(pk=job.id), actor=SYSTEM(at), at=at)
        job.is_cancelled = True  # as the heartbeat sees it
        raise AttainError(problem("RUN_CANCELLED"))

    job = ask(kind(work), at)
    worker.run_until_empty(at)

    assert again(job).state == Job.State.cancelled


def test_what_has_ended_is_not_stopped(kind: Kinds, at: datetime) -> None:
    job = ask(kind(lambda job: None), at)
    worker.run_until_empty(at)

    with pytest.raises(AttainError) as told:
        services.cancel(job, actor=SYSTEM(at), at=at)

    assert told.value.code == "JOB_ENDED"


def test_a_failed_job_can_be_asked_for_again(
    kind: Kinds, people: Callable[..., User], at: datetime
) -> None:
    li, admin = people("li"), people("admin", "system_admin")
    answers = iter([AttainError(problem("JOB_ENDED")), None])

    def work(job: Any, number: int) -> None:
        answer = next(answers)
        if answer:
            raise answer

    job = services.enqueue(
        kind(work), key="k", arguments={"number": 1}, actor=actor_of(li, at), at=at
    )
    with pytest.raises(AttainError) as told:
        services.retry(job, actor=actor_of(admin, at), at=at)
    worker.run_until_empty(at)

    second = services.retry(again(job), actor=actor_of(admin, at), at=at)
    worker.run_until_empty(at)

    assert told.value.code == "JOB_ALIVE"
    assert second != job
    assert again(second).state == Job.State.done
    assert second.user == li


def test_a_job_whose_worker_died_is_taken_up_within_a_minute(kind: Kinds, at: datetime) -> None:
    job = ask(kind(lambda job: {"attempt": job.attempt}), at)
    worker.take_next(at, "one that dies")

    assert timedelta(seconds=60) >= LEASE
    assert worker.run_until_empty(at + LEASE) == 0
    assert worker.run_until_empty(at + timedelta(seconds=60)) == 1
    assert again(job).result == {"attempt": 2}


def test_a_worker_that_lost_its_job_writes_nothing_more(kind: Kinds, at: datetime) -> None:
    left: list[str] = []

    def work(job: Any) -> dict[str, int]:
        if job.attempt == 1:
            # The lease ran out while it slept, and another worker did everything.
            worker.run_until_empty(at + timedelta(minutes=1))
            try:
                job.progress(1, 2)
            except Stopped:
                left.append("first")
        return {"by": job.attempt}

    job = ask(kind(work), at)
    worker.run_until_empty(at)

    assert left == ["first"]
    assert again(job).state == Job.State.done
    assert job.result == {"by": 2}
    assert job.progress_done == 0


def test_a_job_that_kills_its_worker_each_time_is_given_up(kind: Kinds, at: datetime) -> None:
    job = ask(kind(lambda job: None), at)
    now = at
    for _ in range(3):
        assert worker.take_next(now, "dies") is not None
        now += timedelta(minutes=1)

    assert worker.run_until_empty(now) == 0
    assert again(job).state == Job.State.failed
    assert job.problems == [problem("JOB_LOST", attempts=3).as_data()]


def test_a_dead_job_that_was_to_be_stopped_is_stopped(kind: Kinds, at: datetime) -> None:
    job = ask(kind(lambda job: None), at)
    worker.take_next(at, "dies")
    services.cancel(job, actor=SYSTEM(at), at=at)

    assert worker.run_until_empty(at + timedelta(minutes=1)) == 0
    assert again(job).state == Job.State.cancelled


def test_a_worker_that_goes_gives_its_job_back(kind: Kinds, at: datetime) -> None:
    stop = threading.Event()

    def work(job: Any) -> None:
        stop.set()
        job.progress(1, 2)

    job = ask(kind(work), at)
    taken = worker.take_next(at, "going")
    assert taken is not None
    worker.run(taken, clock=lambda: at, stop=stop, beat=False)

    assert again(job).state == Job.State.queued
    assert job.attempt == 0


def test_progress_is_said_in_the_language_of_the_reader(
    kind: Kinds, people: Callable[..., User], at: datetime
) -> None:
    admin = actor_of(people("admin", "system_admin"), at)
    shown: list[tuple[str, int | None]] = []

    def work(job: Any) -> None:
        job.progress(199, 200, STEP, n=7)
        found = Job.objects.get(pk=job.id)
        said = progress(found, admin, "zh-hans")
        shown.append((said.step, said.percent))

    ask(kind(work), at)
    worker.run_until_empty(at)

    # 199 of 200 is 99.5 %, which is not yet 100 %.
    assert shown == [("第7步", 99)]


def test_a_job_shows_to_who_asked_and_to_the_system_administrator(
    kind: Kinds, people: Callable[..., User], at: datetime
) -> None:
    li, wang, admin = people("li"), people("wang", "finance"), people("admin", "system_admin")
    job = services.enqueue(kind(lambda job: None), key="k", actor=actor_of(li, at), at=at)

    assert seen(actor_of(li, at), job.pk) == job
    assert seen(actor_of(wang, at), job.pk) is None
    assert list(jobs(actor_of(admin, at))) == [job]
    assert not jobs(SYSTEM(at)).exists()
