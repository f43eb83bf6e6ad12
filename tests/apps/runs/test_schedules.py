"""Schedules of estimates: when they are due, what they calculate, who hears of it, who may change.

It is Monday, 12 October 2026, 09:30 in Shanghai. Orders and targets are there for September.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from company import AT, login
from django.test import Client
from world import LATE, World

from attain.apps.audit.models import AuditEntry
from attain.apps.data.models import DatasetHead
from attain.apps.jobs.schedules import enqueue_due
from attain.apps.jobs.worker import run_until_empty
from attain.apps.notices.models import Notice
from attain.apps.plans.models import PlanVersion
from attain.apps.runs.models import Run
from attain.apps.runs.services import scheduling, turns
from attain.apps.runs.services.scheduling import Wish
from attain.apps.runs.services.timing import QUIET, next_time
from attain.apps.runs.timetables import Schedule, Turn
from attain.core.errors import AttainError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("runs_once")]

NIGHT = time(2, 30)


@pytest.fixture(autouse=True)
def none_yet(db: None) -> None:
    Schedule.objects.all().delete()


def after_imports(world: World, *told: str) -> Schedule:
    users = tuple(world.company.user(name).pk for name in told)
    wish = Wish(rhythm=Schedule.IMPORT, span=Schedule.OPEN, told=users)
    return scheduling.create(wish, actor=world.actor("finance"), at=AT)


def nightly(world: World) -> Schedule:
    wish = Wish(rhythm=Schedule.DAILY, at_time=NIGHT, span=Schedule.OPEN)
    return scheduling.create(wish, actor=world.actor("finance"), at=AT)


def pass_time(until: datetime) -> None:
    """What the worker does every minute, once at a moment."""
    enqueue_due(until - timedelta(minutes=1))
    enqueue_due(until)
    run_until_empty(until)
    enqueue_due(until + timedelta(minutes=1))
    run_until_empty(until + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("rhythm", "weekday", "expected"),
    [
        # 12 October is a Monday, and 02:30 of it has passed: 02:30 in Shanghai is 18:30 UTC.
        (Schedule.DAILY, None, datetime(2026, 10, 12, 18, 30, tzinfo=UTC)),
        (Schedule.WORKDAYS, None, datetime(2026, 10, 12, 18, 30, tzinfo=UTC)),
        (Schedule.WEEKLY, 1, datetime(2026, 10, 18, 18, 30, tzinfo=UTC)),
        (Schedule.WEEKLY, 7, datetime(2026, 10, 17, 18, 30, tzinfo=UTC)),
        (Schedule.IMPORT, None, None),
    ],
)
def test_the_next_time_is_by_the_clock_of_the_company(
    rhythm: str, weekday: int | None, expected: datetime | None
) -> None:
    assert next_time(Schedule(rhythm=rhythm, weekday=weekday, at_time=NIGHT), AT) == expected


def test_from_friday_on_working_days_leap_over_the_weekend() -> None:
    friday = datetime(2026, 10, 16, 1, 30, tzinfo=UTC)

    # Monday, 19 October, 02:30 in Shanghai.
    assert next_time(Schedule(rhythm=Schedule.WORKDAYS, at_time=NIGHT), friday) == datetime(
        2026, 10, 18, 18, 30, tzinfo=UTC
    )


def test_every_night_the_open_periods_are_estimated(world: World) -> None:
    schedule = nightly(world)
    due = schedule.next_at
    assert due is not None

    pass_time(due)

    turn = Turn.objects.get()
    assert (turn.cause, turn.state, turn.asked_by) == (Turn.CLOCK, Turn.DONE, None)
    assert sorted(run.period for run in turn.runs.all()) == ["2026-09", "2026-10"]
    assert {run.kind for run in turn.runs.all()} == {Run.PROVISIONAL}
    schedule.refresh_from_db()
    assert schedule.next_at == due + timedelta(days=1)


def test_a_turn_is_begun_once_however_often_the_worker_looks(world: World) -> None:
    due = nightly(world).next_at
    assert due is not None

    pass_time(due)
    pass_time(due + timedelta(minutes=3))

    assert Turn.objects.count() == 1


def test_after_an_import_the_estimate_follows_and_whoever_is_named_hears_of_the_change(
    world: World,
) -> None:
    schedule = after_imports(world, "finance")
    world.bring("orders", LATE)
    schedule.refresh_from_db()
    assert schedule.next_at == AT + QUIET

    pass_time(AT + QUIET)

    turn = Turn.objects.get()
    assert (turn.cause, turn.state) == (Turn.IMPORT, Turn.DONE)
    assert "2026-09" in {run.period for run in turn.runs.all()}
    assert turn.changed == turn.runs.count()
    told = Notice.objects.get(kind=turns.CHANGED)
    assert told.user == world.company.user("finance")
    schedule.refresh_from_db()
    assert schedule.next_at is None


def test_the_same_numbers_are_no_news(world: World) -> None:
    schedule = after_imports(world, "finance")
    for minutes in (1, 10):
        scheduling.run_now(schedule, actor=world.actor("finance"), at=AT)
        pass_time(AT + timedelta(minutes=minutes))

    first, second = Turn.objects.order_by("id")
    assert (first.changed > 0, second.changed) == (True, 0)
    assert Notice.objects.filter(kind=turns.CHANGED).count() == 1


def test_an_import_that_no_plan_reads_makes_no_turn(world: World) -> None:
    schedule = after_imports(world)
    scheduling.run_now(schedule, actor=world.actor("finance"), at=AT)
    pass_time(AT + timedelta(minutes=1))
    Schedule.objects.update(next_at=AT + timedelta(minutes=5))

    pass_time(AT + timedelta(minutes=5))

    assert [turn.cause for turn in Turn.objects.all()] == [Turn.HAND]


def test_what_is_published_is_not_estimated(world: World) -> None:
    world.published()
    schedule = after_imports(world)

    turn = scheduling.run_now(schedule, actor=world.actor("finance"), at=AT)

    assert [run.period for run in turn.runs.all()] == ["2026-10"]


def test_without_a_plan_in_force_there_is_nothing_to_estimate(world: World) -> None:
    PlanVersion.objects.update(state="draft")

    turn = scheduling.run_now(nightly(world), actor=world.actor("finance"), at=AT)

    turn.refresh_from_db()
    assert turn.state == Turn.NOTHING


def test_a_failure_is_told_with_its_reason(world: World) -> None:
    schedule = after_imports(world, "finance2")
    DatasetHead.objects.filter(dataset="targets").delete()

    turn = scheduling.run_now(schedule, actor=world.actor("finance"), at=AT)
    pass_time(AT + timedelta(minutes=1))

    turn.refresh_from_db()
    assert turn.state == Turn.FAILED
    assert {run.state for run in turn.runs.all()} == {Run.FAILED}
    assert Notice.objects.get(kind=turns.FAILED).user == world.company.user("finance2")


def test_a_paused_schedule_rests_and_goes_on_from_the_next_time(world: World) -> None:
    actor = world.actor("finance")
    schedule = nightly(world)
    paused = scheduling.pause(schedule, version=1, actor=actor, at=AT)

    pass_time(AT + timedelta(days=2))
    assert not Turn.objects.exists()

    going = scheduling.resume(paused, version=2, actor=actor, at=AT + timedelta(days=2))
    assert going.next_at == datetime(2026, 10, 14, 18, 30, tzinfo=UTC)
    assert list(
        AuditEntry.objects.filter(action__startswith="runs.schedule").values_list(
            "action", flat=True
        )
    ) == ["runs.schedule_create", "runs.schedule_pause", "runs.schedule_resume"]


def test_who_comes_second_changes_nothing(world: World) -> None:
    actor = world.actor("finance")
    schedule = nightly(world)
    scheduling.pause(schedule, version=1, actor=actor, at=AT)

    with pytest.raises(AttainError) as refused:
        scheduling.change(schedule, Wish(rhythm="import"), version=1, actor=actor, at=AT)

    assert refused.value.code == "SCHEDULE_CHANGED"
    schedule.refresh_from_db()
    assert (schedule.rhythm, schedule.is_active) == (Schedule.DAILY, False)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(rhythm="daily"), "SCHEDULE_WHEN"),
        (Wish(rhythm="weekly", at_time=NIGHT), "SCHEDULE_WHEN"),
        (Wish(rhythm="hourly", at_time=NIGHT), "SCHEDULE_WHEN"),
        (Wish(rhythm="import", plan_code="none"), "SCHEDULE_PLAN"),
        (Wish(rhythm="import", told=(999_999,)), "SCHEDULE_READER"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(world: World, wish: Wish, code: str) -> None:
    with pytest.raises(AttainError) as refused:
        scheduling.create(wish, actor=world.actor("finance"), at=AT)

    assert refused.value.code == code


def test_whoever_may_not_open_runs_is_not_told_of_them(world: World) -> None:
    with pytest.raises(AttainError) as refused:
        after_imports(world, "rep")

    assert refused.value.code == "SCHEDULE_READER"


@pytest.mark.parametrize("who", ["planner", "hr", "auditor", "manager"])
def test_only_finance_makes_schedules(world: World, who: str) -> None:
    with pytest.raises(AttainError) as refused:
        scheduling.create(Wish(rhythm="import"), actor=world.actor(who), at=AT)

    assert refused.value.code == "NOT_ALLOWED"


# --- pages ---


def test_finance_makes_a_schedule_looks_at_it_and_runs_it(client: Client, world: World) -> None:
    login(client, "finance")
    finance = world.company.user("finance").pk
    given = {"rhythm": "weekly", "weekday": "1", "at_time": "18:00", "span": "open",
             "plan_code": "commission", "told": [finance]}  # fmt: skip

    made = client.post("/runs/schedules/new", given, follow=True)
    text = made.content.decode()
    assert "每周一 18:00" in text
    assert "罗文" in text
    schedule = Schedule.objects.get()

    client.post(f"/runs/schedules/{schedule.pk}/run")
    run_until_empty(AT + timedelta(days=90))
    turns.end_turns(AT)
    shown = client.get(f"/runs/schedules/{schedule.pk}").content.decode()
    assert "手动" in shown
    listed = client.get("/runs/schedules").content.decode()
    assert "已完成" in listed


def test_wrong_input_stays_on_the_page_with_its_reason(client: Client, world: World) -> None:
    login(client, "finance")

    answer = client.post("/runs/schedules/new", {"rhythm": "weekly", "span": "open"})

    assert answer.status_code == 422
    assert "选星期几" in answer.content.decode()
    assert "填时刻" in answer.content.decode()
    assert not Schedule.objects.exists()


def test_a_schedule_is_changed_paused_and_removed_on_its_page(client: Client, world: World) -> None:
    login(client, "finance")
    schedule = nightly(world)
    page = f"/runs/schedules/{schedule.pk}"

    client.post(f"{page}/change", {"rhythm": "import", "span": "running", "version": 1})
    client.post(f"{page}/pause", {"version": 2})
    schedule.refresh_from_db()
    assert (schedule.rhythm, schedule.at_time, schedule.is_active) == ("import", None, False)
    assert "已暂停" in client.get(page).content.decode()

    client.post(f"{page}/remove", {"version": 3})
    assert client.get(page).status_code == 404


def test_readers_of_runs_see_schedules_without_buttons(client: Client, world: World) -> None:
    schedule = nightly(world)
    login(client, "planner")

    text = client.get(f"/runs/schedules/{schedule.pk}").content.decode()

    assert "每天 02:30" in text
    assert "立即执行" not in text
    assert client.post(f"/runs/schedules/{schedule.pk}/pause", {"version": 1}).status_code == 403


def test_programs_make_and_pause_schedules(client: Client, world: World) -> None:
    login(client, "finance")
    body = {"rhythm": "daily", "time": "06:15", "periods": "open"}

    made = client.post(
        "/api/v1/runs/schedules",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "s-1"},
    ).json()
    assert (made["time"], made["is_active"], made["last_outcome"]) == ("06:15", True, "")

    step = client.post(
        f"/api/v1/runs/schedules/{made['id']}/step",
        {"action": "pause", "version": made["version"]},
        content_type="application/json",
        headers={"Idempotency-Key": "s-2"},
    ).json()
    assert (step["is_active"], step["next_at"]) == (False, None)
    assert [one["id"] for one in client.get("/api/v1/runs/schedules").json()] == [made["id"]]
    wrong = {"rhythm": "daily", "time": "25:00"}
    answer = client.post(
        "/api/v1/runs/schedules",
        wrong,
        content_type="application/json",
        headers={"Idempotency-Key": "s-3"},
    )
    assert answer.status_code == 422
