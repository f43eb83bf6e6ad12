"""What happens every night, in the time zone of the company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from attain.apps.jobs import schedules
from attain.apps.jobs.models import Job, ScheduleMark
from attain.apps.jobs.schedules import enqueue_due, every, read_times

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _own_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_SCHEDULES", {})


@pytest.mark.parametrize(
    ("text", "now", "last"),
    [
        ("30 2 * * *", "2026-10-12 02:29", "2026-10-11 02:30"),
        ("30 2 * * *", "2026-10-12 02:30", "2026-10-12 02:30"),
        ("*/15 * * * *", "2026-10-12 09:59", "2026-10-12 09:45"),
        ("0 6 * * 1-5", "2026-10-12 05:59", "2026-10-09 06:00"),
        ("0 0 1 * *", "2026-10-12 05:59", "2026-10-01 00:00"),
        ("0 0 29 2 *", "2025-01-01 00:00", "2024-02-29 00:00"),
        ("5,35 8-9 * * *", "2026-10-12 09:10", "2026-10-12 09:05"),
    ],
)
def test_the_last_time_is_found_by_the_clock_of_the_company(text: str, now: str, last: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)

    found = read_times(text).last(moment)

    assert found == datetime.fromisoformat(last).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text", ["", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "x * * * *"]
)
def test_times_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_times(text)


@pytest.mark.django_db
def test_a_schedule_asks_once_however_often_it_is_looked_at(
    kind: Callable[..., str], at: datetime
) -> None:
    name = kind(lambda job: None)
    every(name, "30 2 * * *")
    # 2026-10-12 18:31 UTC is 02:31 of the next day in Shanghai.
    night = datetime(2026, 10, 12, 18, 31, tzinfo=UTC)

    assert enqueue_due(at) == 0  # seen for the first time: nothing to make up for
    assert enqueue_due(night - timedelta(minutes=2)) == 0
    assert enqueue_due(night) == 1
    assert enqueue_due(night) == 0
    assert enqueue_due(night + timedelta(hours=20)) == 0
    assert Job.objects.filter(kind=name).count() == 1


@pytest.mark.django_db
def test_what_was_missed_for_days_is_made_up_for_once(
    kind: Callable[..., str], at: datetime
) -> None:
    name = kind(lambda job, due: None)
    every(name, "30 2 * * *", lambda due: {"due": due.isoformat()})
    enqueue_due(at)

    assert enqueue_due(at + timedelta(days=5)) == 1

    assert Job.objects.get().arguments == {"due": "2026-10-17T02:30:00+08:00"}
    assert ScheduleMark.objects.get().due_at == datetime(2026, 10, 16, 18, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_another_worker_that_was_faster_leaves_nothing_to_ask(
    kind: Callable[..., str], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = kind(lambda job: None)
    every(name, "30 2 * * *")
    enqueue_due(at)
    schedule = schedules._SCHEDULES[name]
    marked = ScheduleMark.objects.get().due_at
    due = schedule.times.last((at + timedelta(days=1)).astimezone(SHANGHAI))
    assert due is not None

    first = schedules._ask(schedule, due, at, marked)
    second = schedules._ask(schedule, due, at, marked)

    assert (first, second) == (True, False)


def test_a_kind_has_one_schedule(kind: Callable[..., str]) -> None:
    name = kind(lambda job: None)
    every(name, "30 2 * * *")
    every(name, "30 2 * * *")

    with pytest.raises(ValueError, match="other times"):
        every(name, "31 2 * * *")
