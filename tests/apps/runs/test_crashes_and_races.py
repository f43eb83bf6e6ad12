"""Killed anywhere, a run is whole or not there; started by many, it is one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from company import AT
from racing import at_once
from world import PERIOD, World

from attain.apps.jobs.worker import run_until_empty
from attain.apps.runs import services
from attain.apps.runs.folders import folder_of, runs_folder
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.services import calculating, staging
from attain.apps.runs.services.stages import Stages

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(minutes=3)
"""After the lease of a dead worker is over."""


class Killed(BaseException):
    """What nobody in the program catches, as kill -9 is nothing it could."""


def dies(*_: Any, **__: Any) -> None:
    raise Killed


def at_step(number: int) -> Callable[..., None]:
    """Die at a certain step of the calculation."""
    seen = []

    def advance(stages: Stages, step: str, done: int, total: int) -> None:
        seen.append(step)
        if len(seen) == number:
            raise Killed

    return advance


MOMENTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "while freezing": (calculating, "freeze", dies),
    "at the first step": (Stages, "advance", at_step(1)),
    "half-way": (Stages, "advance", at_step(6)),
    "when all is calculated": (calculating, "write_origins", dies),
    "before the folder has its name": (calculating, "_take_place", dies),
    "before it is written down": (calculating, "_finish", dies),
}


@pytest.mark.parametrize("moment", list(MOMENTS))
def test_killed_at_any_moment_it_is_taken_up_again_to_the_same_digest(
    world: World, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    expected = world.run(Run.PROVISIONAL).digest
    where, name, death = MOMENTS[moment]
    run = services.start("commission", PERIOD, Run.LIVE, actor=world.actor("finance"), at=AT)
    with monkeypatch.context() as patched:
        patched.setattr(where, name, death)
        with pytest.raises(Killed):
            run_until_empty(AT)
    run.refresh_from_db()

    assert (run.state, run.digest) == (Run.CALCULATING, "")
    assert not Publication.objects.exists()
    run_until_empty(LATER)

    run.refresh_from_db()
    assert (run.state, run.digest) == (Run.DONE, expected)
    assert [path.name for path in runs_folder().iterdir() if path.name.startswith(".")] == []


def test_a_calculating_process_that_is_killed_fails_the_run_with_a_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill_child(stages: Stages, step: str, done: int, total: int) -> None:
        for children in Path("/proc/self/task").glob("*/children"):
            for child in children.read_text().split():
                # Other children, such as the server that plans are examined in, live on.
                if Path(f"/proc/{child}/cmdline").read_bytes().endswith(b"attain.engine\0"):
                    os.kill(int(child), signal.SIGKILL)

    monkeypatch.setattr(Stages, "advance", kill_child)

    run = world.run()

    assert run.state == Run.FAILED
    assert run.problems[0]["code"] == "RUN_DIED"
    assert not folder_of(run).exists()


def test_killed_while_staging_it_begins_afresh_and_proves_the_digest(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = services.prepare(world.run(), actor=world.actor("finance"), at=AT)
    with monkeypatch.context() as patched:
        patched.setattr(staging, "prove", dies)
        with pytest.raises(Killed):
            run_until_empty(AT)
    publication.refresh_from_db()

    assert publication.state == Publication.STAGING
    assert publication.outcomes.count() == 9
    run_until_empty(LATER)

    publication.refresh_from_db()
    assert publication.state == Publication.READY
    assert publication.outcomes.count() == 9


def test_a_run_whose_job_is_gone_is_ended_with_a_reason(world: World) -> None:
    from attain.apps.jobs.models import Job

    run = services.start("commission", PERIOD, Run.LIVE, actor=world.actor("finance"), at=AT)
    Job.objects.filter(pk=run.job).update(state="failed")

    assert calculating.settle(LATER) == 1

    run.refresh_from_db()
    assert run.state == Run.FAILED
    assert run.problems[0]["code"] == "RUN_INTERRUPTED"


# --- races ---


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_start_at_once_there_is_one_run(
    transactional_db: None, make_world: Callable[[], World]
) -> None:
    world = make_world()
    actors = [world.actor("finance"), world.actor("finance2")] * 10

    outcomes = at_once(
        [
            lambda actor=actor: services.start(  # type: ignore[misc]
                "commission", PERIOD, Run.LIVE, actor=actor, at=AT
            )
            for actor in actors
        ]
    )

    assert outcomes == ["done"] * 20
    assert Run.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_prepare_at_once_one_does(
    transactional_db: None, make_world: Callable[[], World]
) -> None:
    world = make_world()
    run = world.run()
    actor = world.actor("finance")

    outcomes = at_once([lambda: services.prepare(run, actor=actor, at=AT)] * 10)

    assert outcomes == ["PUBLICATION_UNDER_WAY"] * 9 + ["done"]
    assert Publication.objects.count() == 1
