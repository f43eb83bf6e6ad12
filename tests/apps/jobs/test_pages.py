"""Pages of jobs: for who runs the machine, and for who asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from attain.apps.accounts.actors import actor_of
from attain.apps.accounts.models import User
from attain.apps.jobs import handlers, services, worker
from attain.apps.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow() -> Any:
    """A kind with names in both languages."""
    handlers.handler("test.slow", zh="慢工出细活", en="Slow work")(lambda job: None)
    yield "test.slow"
    handlers._KINDS.pop("test.slow")


@pytest.fixture
def asked(slow: str, people: Callable[..., User], at: datetime) -> Job:
    li = people("li", "representative")
    return services.enqueue(slow, key="batch-7", actor=actor_of(li, at), at=at)


def test_whoever_runs_the_machine_sees_every_job(
    client: Client, asked: Job, people: Callable[..., User]
) -> None:
    client.force_login(people("admin", "system_admin"))

    page = client.get("/jobs/", headers={"accept-language": "zh-hans"}).content.decode()

    assert "慢工出细活" in page
    assert "batch-7" in page
    assert "Li" in page


@pytest.mark.parametrize(
    "role", ["representative", "manager", "hr", "finance", "plan_admin", "auditor"]
)
def test_nobody_else_sees_the_list(client: Client, people: Callable[..., User], role: str) -> None:
    client.force_login(people("wang", role))

    assert client.get("/jobs/").status_code == 403


def test_whoever_asked_sees_their_own_job(client: Client, asked: Job) -> None:
    client.force_login(User.objects.get(username="li"))

    assert client.get(f"/jobs/{asked.pk}").status_code == 200
    assert "every 2s" in client.get(f"/jobs/{asked.pk}/progress").content.decode()


@pytest.mark.parametrize("path", ["", "/progress"])
def test_a_job_of_somebody_else_is_not_there(
    client: Client, asked: Job, people: Callable[..., User], path: str
) -> None:
    client.force_login(people("charlie", "finance"))

    assert client.get(f"/jobs/{asked.pk}{path}").status_code == 404
    assert client.get(f"/jobs/{asked.pk + 1}{path}").status_code == 404


def test_nobody_stops_a_job_of_somebody_else(
    client: Client, asked: Job, people: Callable[..., User]
) -> None:
    client.force_login(people("charlie", "finance"))

    assert client.post(f"/jobs/{asked.pk}/cancel").status_code == 404
    asked.refresh_from_db()
    assert asked.state == Job.State.queued


def test_whoever_asked_stops_their_own_job(client: Client, asked: Job) -> None:
    client.force_login(User.objects.get(username="li"))

    answer = client.post(f"/jobs/{asked.pk}/cancel")

    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.state == Job.State.cancelled


def test_only_a_post_stops_a_job(client: Client, asked: Job) -> None:
    client.force_login(User.objects.get(username="li"))

    assert client.get(f"/jobs/{asked.pk}/cancel").status_code in (403, 404, 405)
    asked.refresh_from_db()
    assert asked.state == Job.State.queued


def test_only_whoever_runs_the_machine_tries_again(
    client: Client, asked: Job, people: Callable[..., User], at: datetime
) -> None:
    services.cancel(asked, actor=actor_of(User.objects.get(username="li"), at), at=at)
    client.force_login(User.objects.get(username="li"))
    refused = client.post(f"/jobs/{asked.pk}/retry")
    client.force_login(people("admin", "system_admin"))

    answer = client.post(f"/jobs/{asked.pk}/retry")

    assert refused.status_code == 403
    assert answer.status_code == 302
    assert Job.objects.latest("pk").state == Job.State.queued


def test_when_a_job_has_ended_the_page_around_it_loads_again(
    client: Client, asked: Job, at: datetime
) -> None:
    worker.run_until_empty(at)
    client.force_login(User.objects.get(username="li"))

    answer = client.get(f"/jobs/{asked.pk}/progress")

    assert answer["HX-Refresh"] == "true"
    assert "every 2s" not in answer.content.decode()


def test_a_failed_job_says_why_and_what_to_do(
    client: Client, people: Callable[..., User], kind: Callable[..., str], at: datetime
) -> None:
    def fail(job: Any) -> None:
        raise RuntimeError("password=hunter2")

    li = people("li")
    job = services.enqueue(kind(fail, tries=1), key="k", actor=actor_of(li, at), at=at)
    worker.run_until_empty(at)
    client.force_login(li)

    page = client.get(f"/jobs/{job.pk}", headers={"accept-language": "zh-hans"}).content.decode()

    assert f"J{job.pk}-1" in page
    assert "再试一次" in page
    assert "hunter2" not in page
