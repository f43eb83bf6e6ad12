"""What the clock does with records: on the right day, once, however often it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from company import AT, Company, small_company
from store_types import TYPES

from attain.apps.accounts.actors import SYSTEM, Actor
from attain.apps.notices.models import Notice
from attain.apps.records import handlers, selectors, services
from attain.apps.records.models import Record, RecordEvent
from attain.core.periods import parse_period

pytestmark = pytest.mark.django_db

REPORTING = """
record: weekly_report
label: {zh-Hans: 周报, en: Weekly report}
number: "ZB-{year}-{n:4}"
date: week_of
fields:
  week_of: {type: date, required: true}
  said: {type: long_text}
states:
  draft: {}
  handed_in: {locked: true, final: true}
actions:
  hand_in: {from: [draft], to: handed_in, by: [owner]}
expected:
  weekly: {each: week, from: [role:representative], within: U-SH1, due: "period_end + 1 day",
    remind: [owner, manager], since: 2026-10-05, label: {zh-Hans: 周报, en: Weekly report}}
"""
BIRTHDAY = """
record: client
label: {zh-Hans: 客户, en: Client}
number: "KH-{n:4}"
title: "{name}"
fields:
  name: {type: text, required: true}
  born: {type: date}
reminders:
  birthday: {on: born, before: [7 days, 0 days], to: [owner], yearly: true,
    say: {zh-Hans: "{name}的生日是{born}", en: "{name} has a birthday on {born}"}}
"""


@dataclass
class Job:
    """The job at hand, as its handler sees it."""

    at: datetime
    id: int = 1
    attempt: int = 1
    said: list[Any] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return SYSTEM(self.at)

    def now(self) -> datetime:
        return self.at

    def progress(self, done: int, total: int, label: str = "", /, **values: object) -> None:
        self.said.append((done, total))

    def check_cancelled(self) -> None:
        return None

    def is_stopped(self) -> bool:
        return False


def at(day: date, hour: int = 8) -> datetime:
    """A moment of a day in Shanghai, which is eight hours ahead."""
    return datetime(day.year, day.month, day.day, hour - 8, 5, tzinfo=UTC)


def tick(day: date, hour: int = 8) -> dict[str, int]:
    return dict(handlers.tick(Job(at(day, hour))) or {})


@pytest.fixture
def company(db: None) -> Company:
    found = small_company()
    texts = {**TYPES, "weekly_report.yaml": REPORTING, "client.yaml": BIRTHDAY}
    services.install_types(texts, actor=SYSTEM(AT, via="command"), at=AT)
    return found


@pytest.fixture
def submitted(company: Company) -> Record:
    from decimal import Decimal

    rep = company.actor("rep")
    values = {"purpose": "活动", "starts_on": date(2026, 11, 20), "budget": Decimal(10)}
    made = services.create("campaign", values, actor=rep, at=AT)
    return services.take(made, "submit", actor=rep, at=AT, version=1, reason="旺季")


def texts_to(company: Company, name: str) -> list[str]:
    rows = Notice.objects.filter(user=company.user(name), kind=handlers.LATE).order_by("pk")
    return [row.values["text"]["zh-Hans"] for row in rows]


def test_a_state_that_is_not_left_in_time_is_escalated_once(
    company: Company, submitted: Record
) -> None:
    # Submitted on Monday 12 October, due on Wednesday 14 October, told the day after: the 15th.
    tick(date(2026, 10, 14))
    assert texts_to(company, "manager") == []
    assert tick(date(2026, 10, 15))["told"] == 1
    assert texts_to(company, "manager") == ["“活动 · 2026-11-20”：已提交已逾期，应在2026-10-14前"]
    assert submitted.events.filter(kind=RecordEvent.Kind.reminded).count() == 1
    for day in (15, 15, 16):
        tick(date(2026, 10, day))
    assert len(texts_to(company, "manager")) == 1


def test_the_clock_takes_its_action_on_the_day_after(company: Company, submitted: Record) -> None:
    # After `entered + 10 days`, 22 October: taken on the 23rd and not a day sooner.
    assert tick(date(2026, 10, 22))["taken"] == 0
    assert Record.objects.get(pk=submitted.pk).state == "submitted"
    assert tick(date(2026, 10, 23))["taken"] == 1
    now = Record.objects.get(pk=submitted.pk)
    assert (now.state, now.is_final, now.due_on) == ("dropped", True, None)
    event = now.events.get(action="expire")
    assert (event.by_id, event.on) == (None, date(2026, 10, 23))
    assert tick(date(2026, 10, 23))["taken"] == 0


def test_nobody_but_the_clock_takes_its_action(company: Company, submitted: Record) -> None:
    from attain.core.errors import AttainError

    for name in ("rep", "manager", "hr"):
        with pytest.raises(AttainError) as error:
            services.take(submitted, "expire", actor=company.actor(name), at=AT, version=2)
        assert "ACTION_NOT_YOURS" in {one.code for one in error.value.problems}


def test_a_cadence_reminds_its_owner_and_then_tells_the_manager(company: Company) -> None:
    services.create("card", {"name": "王总"}, actor=company.actor("rep"), at=AT)
    # Made on 12 October, every seven days: due on the 19th. Reminded a day before: the 18th.
    tick(date(2026, 10, 17))
    assert texts_to(company, "rep") == []
    tick(date(2026, 10, 18))
    assert texts_to(company, "rep") == ["“王总”：跟进，最晚2026-10-19"]
    # Three days after the 19th: the 22nd.
    tick(date(2026, 10, 21))
    assert texts_to(company, "manager") == []
    tick(date(2026, 10, 22))
    assert texts_to(company, "manager") == ["“王总”：跟进已逾期，应在2026-10-19前"]


def test_a_birthday_is_told_a_week_before_and_on_the_day_each_year(company: Company) -> None:
    services.create(
        "client", {"name": "李总", "born": date(1980, 10, 25)}, actor=company.actor("rep"), at=AT
    )
    told: Callable[[], int] = lambda: len(texts_to(company, "rep"))  # noqa: E731
    for day, expected in ((17, 0), (18, 1), (19, 1), (25, 2), (26, 2)):
        tick(date(2026, 10, day))
        assert told() == expected, day
    assert texts_to(company, "rep")[0] == "李总的生日是1980-10-25"
    tick(date(2027, 10, 18))
    assert told() == 3


def test_before_six_only_what_changed_is_looked_at(company: Company, submitted: Record) -> None:
    tick(date(2026, 10, 14))
    # At one in the morning of the 15th nothing changed since the last look.
    from datetime import timedelta

    handlers.tick(Job(at(date(2026, 10, 14), 23) + timedelta(hours=2)))
    assert texts_to(company, "manager") == []
    tick(date(2026, 10, 15), 9)
    assert len(texts_to(company, "manager")) == 1


def test_who_has_not_handed_in_is_listed_and_told_once(company: Company) -> None:
    rep = company.actor("rep")
    made = services.create("weekly_report", {"week_of": date(2026, 10, 7)}, actor=rep, at=AT)
    # Week 41 runs from 5 to 11 October; its report is due a day after its end, on the 12th.
    manager = company.actor("manager", at(date(2026, 10, 13)))
    week = parse_period("2026-10")

    def missing() -> set[tuple[str, str, bool]]:
        names = {company.key("rep"): "rep", company.key("peer"): "peer"}
        return {
            (names.get(one.person, one.person), one.period, one.is_late)
            for one in selectors.missing_list(manager, "weekly_report", week)
            if one.period == "2026-W41"
        }

    # A draft is not handed in.
    assert missing() == {("rep", "2026-W41", True), ("peer", "2026-W41", True)}
    services.take(made, "hand_in", actor=rep, at=AT, version=1)
    assert missing() == {("peer", "2026-W41", True)}
    assert selectors.missing_list(company.actor("outsider"), "weekly_report", week) == []
    tick(date(2026, 10, 12))
    assert not Notice.objects.filter(kind=handlers.MISSING).exists()
    assert tick(date(2026, 10, 13))["missing"] == 1
    told = Notice.objects.filter(kind=handlers.MISSING)
    assert {one.user_id for one in told} == {company.user("peer").pk, company.user("manager").pk}
    tick(date(2026, 10, 14))
    assert told.count() == 2
