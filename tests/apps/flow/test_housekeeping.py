"""What happens every minute and every night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail

from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.models import User
from attain.apps.jobs import services, worker
from attain.apps.jobs.models import Job, ScheduleMark
from attain.apps.jobs.schedules import enqueue_due
from attain.apps.notices.services import announce

pytestmark = pytest.mark.django_db


def test_a_notice_is_mailed_within_a_minute_and_once(
    people: Callable[..., User], at: datetime
) -> None:
    li = people("li")
    User.objects.filter(pk=li.pk).update(email="li@helan.example")
    enqueue_due(at)
    announce(
        "application.approved", to=[li.pk], values={"label": "差旅", "by": "王"}, url="/", at=at
    )

    for minutes in (1, 2, 3):
        enqueue_due(at + timedelta(minutes=minutes))
        worker.run_until_empty(at + timedelta(minutes=minutes))

    assert [message.subject for message in mail.outbox] == ["差旅已由王批准"]
    assert Job.objects.filter(kind="notices.deliver").count() == 1


def test_without_mail_no_job_is_asked_for(at: datetime) -> None:
    enqueue_due(at)
    enqueue_due(at + timedelta(minutes=1))

    assert not Job.objects.filter(kind="notices.deliver").exists()
    assert ScheduleMark.objects.get(name="notices.deliver").due_at == at + timedelta(minutes=1)


def test_jobs_that_ended_long_ago_are_forgotten_and_living_ones_kept(at: datetime) -> None:
    old = at - timedelta(days=91)
    ended = services.enqueue("files.sweep", key="old", actor=SYSTEM(old), at=old)
    worker.run_until_empty(old)
    waiting = services.enqueue(
        "files.sweep", key="new", actor=SYSTEM(old), at=old, run_after=at + timedelta(days=9)
    )

    services.enqueue("jobs.forget", key="schedule", actor=SYSTEM(at), at=at)
    worker.run_until_empty(at)

    assert not Job.objects.filter(pk=ended.pk).exists()
    assert Job.objects.filter(pk=waiting.pk).exists()
