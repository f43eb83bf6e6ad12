"""Lists of records: one grammar over what a type declares, and nothing of what is closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from company import AT, Company, login, small_company
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from listing import ACCOUNT, PROJECT, REPORT, install, project

from attain.apps.accounts.actors import Actor
from attain.apps.records import services
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record, SavedFilter
from attain.apps.records.tables import RecordTable
from attain.ui.tables import Query, parse_query

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    found = small_company(at=AT)
    install(found, ACCOUNT, PROJECT, REPORT)
    return found


@pytest.fixture
def projects(company: Company) -> dict[str, Record]:
    """Three of 沈佳宁, one of her peer, one of the other team."""
    account = services.create("account", {"name": "鲜邻便利"}, actor=company.actor("rep"), at=AT)
    return {
        "北店": project(
            company, "北店", amount=Decimal("1860.50"), account=account.key, size="big",
            topics=("price", "goods"), urgent=True,
        ),
        "南店": project(
            company, "南店", amount=Decimal("540.00"), size="small", topics=("goods",),
            starts_on=date(2026, 9, 30), share=Decimal("0.134"),
        ),
        "东店": project(company, "东店", amount=None, starts_on=date(2026, 10, 1)),
        "西店": project(company, "西店", by="peer", amount=Decimal("99.99")),
        "外店": project(company, "外店", by="outsider", amount=Decimal("77777.77")),
    }  # fmt: skip


def names(client: Client, question: str = "") -> list[str]:
    """The titles a list shows, in its order."""
    page = client.get(f"/records/project/{question}").context["page"]
    return [row.title for row in page.page.rows]


def test_everybody_finds_their_own_and_managers_their_team(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "rep")
    assert set(names(client)) == {"北店", "南店", "东店"}

    login(client, "manager")
    assert set(names(client)) == {"北店", "南店", "东店", "西店"}

    login(client, "hr")
    assert len(names(client)) == 5


def test_an_office_that_nothing_concerns_has_no_tab(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "finance")

    assert client.get("/records/project/").status_code == 404
    assert "没有" in client.get("/records/").content.decode()


# Each question with what it finds of 沈佳宁's three, worked out by reading the fixture.
QUESTIONS = [
    ("?sort=amount", ["南店", "北店", "东店"]),  # 540.00, 1860.50, none last
    ("?sort=-amount", ["北店", "南店", "东店"]),  # none last either way
    ("?sort=title", ["东店", "北店", "南店"]),  # by code points 东 4E1C, 北 5317, 南 5357
    ("?amount.ge=540", ["北店", "南店"]),
    ("?amount.gt=540", ["北店"]),
    ("?amount.lt=540.01", ["南店"]),
    ("?amount.eq=1860.5", ["北店"]),
    ("?amount.is=missing", ["东店"]),
    ("?share.ge=13.4%25", ["南店"]),
    ("?share.gt=0.134", []),
    ("?starts_on.lt=2026-10-01", ["南店"]),
    ("?starts_on.le=2026-10-01", ["东店", "南店"]),
    ("?size.eq=big", ["北店"]),
    ("?size.ne=big", ["东店", "南店"]),
    ("?size.in=big,small", ["北店", "南店"]),
    ("?topics=goods", ["北店", "南店"]),
    ("?topics=price", ["北店"]),
    ("?urgent=true", ["北店"]),
    ("?q=北", ["北店"]),
    ("?q=XM-2026-0002", ["南店"]),
    ("?name.has=店", ["北店", "东店", "南店"]),
    ("?account.has=鲜邻", ["北店"]),
    ("?account=KH-0001", ["北店"]),
    ("?account.is=missing", ["东店", "南店"]),
    ("?owner=me", ["北店", "东店", "南店"]),
    ("?owner=E-1002", []),
    ("?owner.has=沈", ["北店", "东店", "南店"]),
    ("?unit=U-SH1", ["北店", "东店", "南店"]),
    ("?state=talk", ["北店", "东店", "南店"]),
    ("?state=offer", []),
    # Today is Monday 12 October: last week is 5 to 11, last month September.
    ("?dated=last_month", ["南店"]),
    ("?dated=this_month", ["北店", "东店"]),
    ("?deadline=soon", ["北店", "东店", "南店"]),  # entered 12 + 3 days = 15 October
    ("?deadline=overdue", []),
]


def asked(actor: Actor, question: str) -> list[str]:
    """The titles that a question finds for somebody at the moment of the tests."""
    table = RecordTable(kind_named("project"), actor)
    query = parse_query(QueryDict(question.removeprefix("?")), table.columns(actor))
    return [row.title for row in table.page(actor, query).rows]


def test_questions(company: Company, projects: dict[str, Record]) -> None:
    actor = company.actor("rep")
    wrong = {}
    for question, found in QUESTIONS:
        answer = asked(actor, question)
        if (answer if "sort" in question else sorted(answer)) != (
            found if "sort" in question else sorted(found)
        ):
            wrong[question] = answer

    assert wrong == {}


def test_sums_are_of_all_rows_not_of_the_page(client: Client, projects: dict[str, Record]) -> None:
    login(client, "manager")

    page = client.get("/records/project/?size=1").context["page"].page

    # 1860.50 + 540.00 + 99.99, one has none
    assert page.sums["amount"] == Decimal("2500.49")
    assert (len(page.rows), page.total) == (1, 4)


def test_closed_fields_can_be_asked_in_no_way(
    client: Client, company: Company, projects: dict[str, Record]
) -> None:
    services.change(
        projects["北店"], {"debts": "四十万"}, actor=company.actor("rep"), at=AT,
        version=projects["北店"].version,
    )  # fmt: skip
    login(client, "rep")

    for question in ("debts=x", "debts.has=x", "sort=debts", "debts.is=missing", "note.has=x"):
        assert client.get(f"/records/project/?{question}").status_code == 422, question
    for look in ("", "?view=board", "?view=calendar&on=2026-10", "charts/"):
        assert "四十万" not in client.get(f"/records/project/{look}").content.decode(), look
    assert names(client, "?q=四十万") == []


def test_a_hidden_record_is_called_by_its_number_and_cannot_be_searched(
    client: Client, company: Company, projects: dict[str, Record]
) -> None:
    secret = services.create(
        "account", {"name": "琥珀岭超市"}, actor=company.actor("outsider"), at=AT
    )
    record = projects["东店"]
    Record.objects.filter(pk=record.pk).update(data={**record.data, "account": secret.key})
    login(client, "rep")

    page = client.get("/records/project/").content.decode()

    assert secret.number in page
    assert "琥珀岭" not in page
    assert names(client, "?account.has=琥珀") == []


def test_an_export_has_every_row_that_matches_and_no_closed_column(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "manager")

    answer = client.get("/records/project/?amount.is=present&sort=amount&export=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *rows = [line.split(",") for line in text.splitlines()]
    assert [row[1] for row in rows] == ["西店", "南店", "北店"]
    assert [row[3] for row in rows] == ["99.99", "540.00", "1860.50"]
    assert "债务" not in head


def test_only_the_rows_of_the_page_are_loaded(
    company: Company, projects: dict[str, Record]
) -> None:
    table = RecordTable(kind_named("project"), company.actor("hr"))
    with CaptureQueriesContext(connection) as asked:
        table.page(company.actor("hr"), Query(size=2))
    one_page = len(asked)
    for number in range(30):
        project(company, f"第{number}店")
    with CaptureQueriesContext(connection) as asked:
        page = table.page(company.actor("hr"), Query(size=2))

    assert (len(page.rows), page.total) == (2, 35)
    assert len(asked) == one_page


# --- filters that are kept ---


def test_a_filter_is_kept_used_and_forgotten(client: Client, projects: dict[str, Record]) -> None:
    login(client, "rep")

    client.post(
        "/records/project/filters/", {"name": "大项目", "question": "?amount.ge=1000&sort=-amount"}
    )

    kept = SavedFilter.objects.get()
    assert (kept.query, kept.shared) == ("?amount.ge=1000&sort=-amount", False)
    assert "大项目" in client.get("/records/project/").content.decode()
    assert names(client, kept.query) == ["北店"]
    client.post(f"/records/project/filters/{kept.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_a_shared_filter_means_whoever_uses_it(client: Client, projects: dict[str, Record]) -> None:
    login(client, "manager")
    given = {"name": "我的", "question": "?owner.eq=me", "shared": "true"}
    client.post("/records/project/filters/", given)
    kept = SavedFilter.objects.get()

    login(client, "peer")

    assert "我的" in client.get("/records/project/").content.decode()
    assert names(client, kept.query) == ["西店"]
    # Another's filter is not theirs to delete.
    assert client.post(f"/records/project/filters/{kept.pk}/delete/").status_code == 404


def test_representatives_keep_filters_for_themselves(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "rep")

    given = {"name": "全部", "question": "?", "shared": "true"}
    client.post("/records/project/filters/", given)

    assert SavedFilter.objects.get().shared is False


def test_a_filter_that_is_not_allowed_is_not_kept(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "rep")

    for question in ("?debts=1", "?nothing=1", "?amount.ge=much"):
        given = {"name": "x", "question": question}
        assert client.post("/records/project/filters/", given).status_code == 422, question

    assert not SavedFilter.objects.exists()


# --- several at once ---


def row_of(record: Record) -> str:
    return f"{record.number}@{record.version}"


def test_each_record_has_an_outcome_of_its_own(client: Client, projects: dict[str, Record]) -> None:
    login(client, "rep")
    rows = [row_of(projects[name]) for name in ("北店", "东店")]

    asked = client.post("/records/project/several/", {"row": rows, "action": "offer"})
    done = client.post(
        "/records/project/several/", {"row": rows, "action": "offer", "step": "take"}
    )

    # 东店 has no amount yet: its gate keeps it, and nothing else.
    assert [line.is_possible for line in asked.context["lines"]] == [True, False]
    assert (done.context["done"], done.context["failed"]) == (1, 1)
    assert "预计金额还没有写" in done.content.decode()
    states = dict(Record.objects.filter(type__name="project").values_list("title", "state"))
    assert (states["北店"], states["东店"]) == ("offer", "talk")


def test_a_record_that_somebody_changed_meanwhile_is_left_alone(
    client: Client, company: Company, projects: dict[str, Record]
) -> None:
    login(client, "rep")
    row = row_of(projects["北店"])
    services.change(
        projects["北店"], {"amount": Decimal("1.00")}, actor=company.actor("rep"), at=AT,
        version=projects["北店"].version,
    )  # fmt: skip

    done = client.post(
        "/records/project/several/", {"row": [row], "action": "offer", "step": "take"}
    )

    assert done.context["failed"] == 1
    assert Record.objects.get(number=projects["北店"].number).state == "talk"


def test_several_get_one_value_in_a_field(client: Client, projects: dict[str, Record]) -> None:
    login(client, "rep")
    rows = [row_of(projects[name]) for name in ("北店", "南店")]

    done = client.post(
        "/records/project/several/",
        {"row": rows, "field": "size", "size": "small", "step": "take"},
    )

    assert done.context["done"] == 2
    assert names(client, "?size.eq=small&sort=title") == ["北店", "南店"]


def test_records_of_others_cannot_be_chosen(client: Client, projects: dict[str, Record]) -> None:
    login(client, "rep")

    answer = client.post(
        "/records/project/several/",
        {"row": [row_of(projects["外店"])], "action": "offer", "step": "take"},
    )

    assert answer.status_code == 422
    assert Record.objects.get(number=projects["外店"].number).state == "talk"


def test_closed_and_unknown_fields_are_changed_for_nobody(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "rep")
    row = row_of(projects["北店"])

    for field in ("debts", "nothing", "state"):
        given = {"row": [row], "field": field, field: "x", "step": "take"}
        assert client.post("/records/project/several/", given).status_code == 422, field


# --- charts ---


def test_charts_count_and_add_up_what_the_question_finds(
    client: Client, projects: dict[str, Record]
) -> None:
    login(client, "manager")

    drawn = client.get("/records/project/charts/?amount.is=present").context["charts"]

    by_state, by_month = drawn
    # All three stand in 洽谈: 1860.50 + 540.00 + 99.99.
    assert by_state.data["series"][0]["values"] == ["2500.49"]
    # 南店 in September; 北店 and 西店 in October.
    assert by_month.data["categories"] == ["2026年9月", "2026年10月"]
    assert by_month.data["series"][0]["values"] == ["1", "2"]
