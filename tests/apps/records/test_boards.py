"""Boards, calendars and what is due: the same records drawn by state and by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from company import AT, Company, login, small_company
from django.test import Client
from django.utils import timezone
from listing import ACCOUNT, PROJECT, REPORT, install, project

from attain.apps.records import services
from attain.apps.records.models import Record
from attain.apps.records.views.calendars import bounds
from attain.core.keys import key_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    found = small_company(at=AT)
    install(found, ACCOUNT, PROJECT, REPORT)
    return found


def offered(company: Company, record: Record) -> Record:
    return services.take(record, "offer", actor=company.actor("rep"), at=AT, version=record.version)


def test_a_column_counts_and_adds_up_and_says_its_cadence(client: Client, company: Company) -> None:
    project(company, "北店", amount=Decimal("100.10"))
    project(company, "南店", amount=Decimal("200.20"))
    offered(company, project(company, "东店", amount=Decimal("50.00")))
    project(company, "外店", by="outsider", amount=Decimal("999.00"))
    login(client, "rep")

    page = client.get("/records/project/?view=board")

    lanes = {lane.name: lane for lane in page.context["lanes"]}
    # 100.10 + 200.20, in short; what 何敏 has is not the reader's.
    assert (lanes["talk"].count, lanes["talk"].sum) == (2, "¥300")
    assert (lanes["offer"].count, lanes["offer"].sum) == (1, "¥50")
    assert lanes["won"].count == 0
    assert lanes["talk"].rhythm == ("每7天跟进一次",)
    assert lanes["offer"].rhythm == ("每14天跟进一次",)
    assert lanes["won"].rhythm == ()
    assert page.context["sum"] == "¥350.30"
    assert "外店" not in page.content.decode()


@pytest.mark.parametrize("look", ["list", "board", "calendar"])
def test_the_unit_of_the_top_bar_narrows_every_look(
    client: Client, company: Company, look: str
) -> None:
    # 沈佳宁 sits in 上海一组, 何敏 in 上海二组: 华东大区 has both.
    project(company, "北店")
    project(company, "外店", by="outsider")
    login(client, "hr")

    def shown(code: str) -> tuple[bool, bool, list[int]]:
        client.post("/people/focus/unit", {"unit": key_for("units", code)})
        page = client.get(f"/records/project/?view={look}&on=2026-10-12")
        text = page.content.decode()
        counts = [tab["count"] for tab in page.context["tabs"] if tab["current"]]
        return "北店" in text, "外店" in text, counts

    assert shown("U-E") == (True, True, [2])
    assert shown("U-SH1") == (True, False, [1])
    assert shown("U-SH2") == (False, True, [1])


def test_a_board_keeps_the_filters_of_the_list(client: Client, company: Company) -> None:
    project(company, "北店", amount=Decimal("100.00"))
    project(company, "南店", amount=Decimal("200.00"))
    login(client, "rep")

    page = client.get("/records/project/?view=board&amount.gt=100")

    assert [card.title for lane in page.context["lanes"] for card in lane.cards] == ["南店"]


def test_a_full_column_shows_its_first_and_leads_to_all(client: Client, company: Company) -> None:
    for number in range(21):
        project(company, f"第{number}店")
    login(client, "rep")

    lane = client.get("/records/project/?view=board&amount.gt=1").context["lanes"][0]

    assert (lane.count, len(lane.cards)) == (21, 20)
    found = client.get(lane.more).context["page"].page
    assert found.total == 21


def test_the_menu_of_a_card_offers_what_the_reader_can_do(client: Client, company: Company) -> None:
    record = project(company, "北店", amount=None)
    path = f"/records/project/{record.number}/card/"

    login(client, "rep")
    offered_to_owner = client.get(path).context["actions"]
    login(client, "manager")
    offered_to_manager = client.get(path).context["actions"]
    login(client, "outsider")

    # The gate of 报价 is closed: there is no amount yet.
    assert [(one["label"], one["allowed"]) for one in offered_to_owner] == [
        ("报价", False), ("失单", True),
    ]  # fmt: skip
    assert offered_to_manager == []
    assert client.get(path).status_code == 404


# --- calendar ---


@pytest.mark.parametrize(
    ("day", "span", "first", "until"),
    [
        # October 2026 begins on a Thursday and ends on a Saturday.
        (date(2026, 10, 12), "month", date(2026, 9, 28), date(2026, 11, 2)),
        # February 2027 begins on a Monday and ends on a Sunday: four weeks exactly.
        (date(2027, 2, 28), "month", date(2027, 2, 1), date(2027, 3, 1)),
        (date(2026, 10, 12), "week", date(2026, 10, 12), date(2026, 10, 19)),
        (date(2026, 10, 18), "week", date(2026, 10, 12), date(2026, 10, 19)),
    ],
)
def test_a_look_has_whole_weeks(day: date, span: str, first: date, until: date) -> None:
    assert bounds(day, span) == (first, until)


def test_a_record_lies_on_all_its_days(client: Client, company: Company) -> None:
    project(company, "长店", starts_on=date(2026, 10, 30), ends_on=date(2026, 11, 2))
    project(company, "短店", starts_on=date(2026, 10, 30))
    project(company, "外店", by="outsider", starts_on=date(2026, 10, 30))
    login(client, "rep")

    page = client.get("/records/project/?view=calendar&on=2026-10")

    shown = {
        day.day: [one.title for one in day.entries if one.tone == ""]
        for week in page.context["weeks"]
        for day in week
    }
    assert shown[date(2026, 10, 29)] == []
    assert sorted(shown[date(2026, 10, 30)]) == ["短店", "长店"]
    # 1 November is a Sunday and the last day that October's weeks show.
    assert shown[date(2026, 11, 1)] == ["长店"]
    later = client.get("/records/project/?view=calendar&on=2026-11").context["weeks"]
    assert [one.title for one in later[1][0].entries if one.tone == ""] == ["长店"]


def test_deadlines_stand_in_the_calendar_while_they_count(client: Client, company: Company) -> None:
    open_one = project(company, "北店")
    closed = project(company, "南店")
    services.take(
        closed, "lose", actor=company.actor("rep"), at=AT, version=closed.version, reason="没谈成"
    )
    login(client, "rep")

    page = client.get("/records/project/?view=calendar&on=2026-10-15&span=week")

    # Begun on Monday 12 October: three days to leave 洽谈 are over on the 15th.
    assert open_one.due_on == date(2026, 10, 15)
    due = [
        (day.day, one.title)
        for week in page.context["weeks"]
        for day in week
        for one in day.entries
        if one.what
    ]
    assert due == [(date(2026, 10, 15), "北店")]


@pytest.mark.parametrize("question", ["on=yesterday", "span=year", "on=2026-13"])
def test_a_day_there_is_not_leads_nowhere(client: Client, company: Company, question: str) -> None:
    login(client, "rep")

    assert client.get(f"/records/project/?view=calendar&{question}").status_code == 404


# --- due and missing ---


def test_what_is_due_is_the_readers_own(client: Client, company: Company) -> None:
    now = timezone.now()
    for name, by in (("北店", "rep"), ("西店", "peer")):
        services.create(
            "project", {"name": name, "starts_on": now.date()}, actor=company.actor(by, now), at=now
        )
    login(client, "rep")

    rows = client.get("/records/due/").context["page"].page.rows

    # 洽谈 within 3 days and 跟进 within 7.
    assert [(row["title"], row["what"]) for row in rows] == [("北店", "洽谈"), ("北店", "跟进")]


def test_who_has_not_handed_in_is_told_to_whom_it_concerns(
    client: Client, company: Company
) -> None:
    now = timezone.now()
    rep = company.actor("rep", now)
    services.create("weekly", {"done": "拜访5家"}, actor=rep, at=now)
    week = f"{rep.today:%G-W%V}"  # of the company's day, which begins before the clock's

    def missing(reader: str) -> set[str]:
        login(client, reader)
        page = client.get(f"/records/missing/?kind=weekly&period={week}")
        return {person for one in page.context["lists"] for person in one["people"]}

    assert missing("manager") == {"周亦凡"}
    assert missing("rep") == set()
    assert missing("outsider") == {"何敏"}


def test_the_desk_shows_what_is_due(client: Client, company: Company) -> None:
    now = timezone.now()
    given = {"name": "北店", "starts_on": now.date()}
    services.create("project", given, actor=company.actor("rep", now), at=now)

    login(client, "rep")
    own = client.get("/").context["due"]
    login(client, "peer")
    others = client.get("/").context["due"]

    assert [(one.title, one.note, one.is_late) for one in own] == [
        ("北店", "洽谈", False), ("北店", "跟进", False),
    ]  # fmt: skip
    assert others == []
