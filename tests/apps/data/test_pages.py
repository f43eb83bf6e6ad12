"""Every page of data: who opens it, what it shows, and what wrong input does to it."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import Role
from attain.apps.data import services
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import DatasetDeclaration, ImportBatch
from attain.apps.data.pages.datasets import month_strip
from attain.apps.jobs.worker import run_until_empty
from attain.core.manifests import Coverage, DatasetVersion

from .conftest import GOOD, HEAD, WITH_LETTERS, Bring, user, workbook

pytestmark = pytest.mark.django_db

READ_PAGES = (
    "/data/",
    "/data/imports",
    "/data/quality",
    "/data/sets/orders/",
    "/data/sets/orders/rows",
    "/data/sets/orders/compare",
    "/data/sets/orders/template.xlsx",
)


def run_jobs() -> None:
    """Run what views have asked for: they read the clock themselves."""
    run_until_empty(timezone.now())


@pytest.fixture
def as_clerk(clerk: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=clerk.user_id))
    return client


def as_role(role: Role, at: datetime) -> Client:
    client = Client()
    client.force_login(user(f"a-{role}", role, at))
    return client


@pytest.fixture
def stored(orders: str, bring: Bring, clerk: Actor, at: datetime) -> ImportBatch:
    """Two orders, loaded."""
    batch = bring(GOOD)
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    run_jobs()
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("address", READ_PAGES)
@pytest.mark.parametrize("role", [Role.hr, Role.finance, Role.plan_admin, Role.auditor])
def test_whoever_works_with_data_opens_its_pages(
    address: str, role: Role, stored: ImportBatch, at: datetime
) -> None:
    assert as_role(role, at).get(address).status_code == 200


@pytest.mark.parametrize("address", [*READ_PAGES, "/data/import", "/data/imports/{pk}"])
@pytest.mark.parametrize("role", [Role.representative, Role.manager, Role.system_admin])
def test_nobody_else_opens_a_page_of_data(
    address: str, role: Role, stored: ImportBatch, at: datetime
) -> None:
    answer = as_role(role, at).get(address.format(pk=stored.pk))

    assert answer.status_code == 403
    assert "悦邻" not in answer.content.decode()


def test_a_stranger_is_sent_to_the_log_in(stored: ImportBatch) -> None:
    assert Client().get("/data/").status_code == 302


def test_an_auditor_reads_and_changes_nothing(stored: ImportBatch, at: datetime) -> None:
    auditor = as_role(Role.auditor, at)
    pk = stored.pk

    assert auditor.get(f"/data/imports/{pk}").status_code == 200
    for step in ("load", "undo", "abandon", "correct", "columns", "approve"):
        assert auditor.post(f"/data/imports/{pk}/{step}").status_code == 403
    assert auditor.get("/data/import").status_code == 403
    assert DatabaseCatalog().head("orders") is not None


def test_the_wizard_leads_from_the_file_to_the_receipt(
    orders: str, as_clerk: Client, at: datetime
) -> None:
    upload = SimpleUploadedFile("orders.csv", WITH_LETTERS.encode())
    answer = as_clerk.post("/data/import", {"files": upload})
    batch = ImportBatch.objects.get()
    assert answer["Location"] == f"/data/imports/{batch.pk}"
    assert "data:reading" not in as_clerk.get(answer["Location"]).content.decode()

    run_jobs()
    page = as_clerk.get(f"/data/imports/{batch.pk}").content.decode()
    assert "12O.00" in page
    assert "120.00" in page

    batch.refresh_from_db()
    as_clerk.post(f"/data/imports/{batch.pk}/correct", {"accept": "all", "version": batch.version})
    run_jobs()
    batch.refresh_from_db()
    assert batch.figures["rejected"] == 0

    as_clerk.post(f"/data/imports/{batch.pk}/load", {"version": batch.version})
    run_jobs()
    page = as_clerk.get(f"/data/imports/{batch.pk}").content.decode()
    head = DatabaseCatalog().head("orders")
    assert head is not None
    assert (head.rows, head.totals["amount"]) == (3, "470.5")
    assert head.hash[:12] in page


def test_a_workbook_that_fits_nothing_becomes_a_dataset(as_clerk: Client, at: datetime) -> None:
    book = workbook(
        Sales=[
            ["Deal no.", "Closed on", "Region", "Amount"],
            ["D-1", "2026-09-01", "East", 120.5],
            ["D-2", "2026-09-03", "West", 80],
        ]
    )
    as_clerk.post("/data/import", {"files": SimpleUploadedFile("deals.xlsx", book)})
    run_jobs()
    batch = ImportBatch.objects.get()
    page = as_clerk.get(f"/data/imports/{batch.pk}")
    assert "Deal no." in page.content.decode()

    sent = {
        "version": batch.version,
        "title": "成交",
        "name": "deals",
        "sheet": "Sales",
        "header": "1",
        "date": "closed_on",
        "key-0": "on",
        "type-0": "code",
        "type-1": "date",
        "type-2": "text",
        "type-3": "money",
    }
    answer = as_clerk.post(f"/data/imports/{batch.pk}/new", sent)
    run_jobs()

    assert answer.status_code == 302
    assert DatasetDeclaration.objects.get().name == "deals"
    batch.refresh_from_db()
    assert (batch.state, batch.dataset) == ("checked", "deals")
    assert batch.figures["totals"][0]["in_file"] == "200.5"


def test_a_new_dataset_without_a_key_is_refused_in_words(as_clerk: Client, at: datetime) -> None:
    book = workbook(Sales=[["Deal no.", "Amount"], ["D-1", 1], ["D-2", 2]])
    as_clerk.post("/data/import", {"files": SimpleUploadedFile("deals.xlsx", book)})
    run_jobs()
    batch = ImportBatch.objects.get()

    answer = as_clerk.post(
        f"/data/imports/{batch.pk}/new", {"version": batch.version, "name": "deals"}
    )

    assert answer.status_code == 422
    assert "KEY_NEEDED" in answer.content.decode()
    assert not DatasetDeclaration.objects.exists()


def test_columns_with_other_names_are_mapped_once_and_remembered(
    orders: str, as_clerk: Client, bring: Bring, at: datetime
) -> None:
    other = "编号,日期,买家,合计额\nB1,2026-09-01,悦邻,(5.00)\n"
    batch = bring(other, "other.csv", "orders")
    assert batch.state == "read"

    sent = {
        "version": batch.version,
        "dataset": "orders",
        "sheet": "",
        "header_row": "1",
        "column-0": "order_no",
        "column-1": "order_date",
        "column-2": "customer",
        "column-3": "amount",
        "written-3": "accounting",
    }
    as_clerk.post(f"/data/imports/{batch.pk}/columns", sent)
    run_jobs()
    batch.refresh_from_db()
    assert batch.figures["totals"][0]["accepted"] == "-5"

    again = bring(other.replace("B1", "B2"), "next.csv", "orders")
    assert again.state == "checked"
    assert again.figures["rejected"] == 1


@pytest.mark.parametrize(
    ("text", "option"),
    [("(5.00)", "(200.00)"), ("1.2万", "1.2万、3亿"), ('"1.234,50"', "逗号是小数点")],
)
def test_an_error_says_which_choice_of_the_columns_reads_it(
    text: str, option: str, orders: str, as_clerk: Client, bring: Bring
) -> None:
    batch = bring(f"{HEAD}A1,2026-09-01,悦邻,{text}\n")

    page = as_clerk.get(f"/data/imports/{batch.pk}").content.decode()

    assert "整列都这样写" in page
    assert option in page


def test_a_form_that_was_opened_before_a_change_is_told_so(
    orders: str, as_clerk: Client, bring: Bring
) -> None:
    batch = bring(WITH_LETTERS)

    answer = as_clerk.post(
        f"/data/imports/{batch.pk}/correct", {"accept": "all", "version": batch.version - 1}
    )

    assert answer.status_code == 409


def test_undo_shows_what_it_would_do_and_then_does_it(
    stored: ImportBatch, as_clerk: Client
) -> None:
    page = as_clerk.get(f"/data/imports/{stored.pk}/undo").content.decode()
    assert "350.5" in page

    as_clerk.post(f"/data/imports/{stored.pk}/undo", {"version": stored.version})

    head = DatabaseCatalog().head("orders")
    assert head is not None
    assert head.rows == 0


def test_a_file_of_no_accepted_kind_is_refused_at_once(as_clerk: Client) -> None:
    upload = SimpleUploadedFile("salary.pdf", b"%PDF-1.7 not a table")

    answer = as_clerk.post("/data/import", {"files": upload})

    assert answer.status_code == 422
    assert not ImportBatch.objects.exists()


def test_the_rejected_rows_come_back_as_a_workbook(
    orders: str, as_clerk: Client, bring: Bring
) -> None:
    batch = bring(WITH_LETTERS)

    answer = as_clerk.get(f"/data/imports/{batch.pk}/rejected.xlsx")

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_rows_are_filtered_sorted_and_added_up_in_the_file(
    stored: ImportBatch, as_clerk: Client
) -> None:
    def orders(question: str) -> list[str]:
        page = as_clerk.get(f"/data/sets/orders/rows?{question}").content.decode()
        return re.findall(r">\s*(A\d)\s*<", page)

    assert orders("amount.ge=200&sort=-amount") == ["A2"]

    assert as_clerk.get("/data/sets/orders/rows?nothing=1").status_code == 422
    assert as_clerk.get("/data/sets/orders/rows?amount.ge=x%27;DROP").status_code == 422
    assert orders("q=%27%20OR%201=1") == []


def test_personal_columns_do_not_exist_for_whoever_may_not_read_them(
    bring: Bring, clerk: Actor, at: datetime, as_clerk: Client
) -> None:
    services.declare(
        "dataset: staff\nlabel: 员工\nkey: [no]\ncolumns:\n  no: {type: code}\n"
        "  phone: {type: text, personal: true}\n",
        actor=clerk,
        at=at,
    )
    batch = bring("no,phone\nE1,13800000000\n", "staff.csv", "staff")
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    run_jobs()

    assert "13800000000" not in as_clerk.get("/data/sets/staff/rows").content.decode()
    assert as_clerk.get("/data/sets/staff/rows?sort=phone").status_code == 422
    assert as_clerk.get("/data/sets/staff/rows?q=13800000000").content.decode().count("E1") == 0
    exported = as_clerk.get("/data/sets/staff/rows?export=csv")
    assert b"13800000000" not in b"".join(exported.streaming_content)  # type: ignore[attr-defined]
    assert "13800000000" in as_role(Role.hr, at).get("/data/sets/staff/rows").content.decode()


def test_two_versions_are_compared_cell_by_cell(
    stored: ImportBatch, as_clerk: Client, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = bring(HEAD + "A1,2026-09-01,悦邻,111.00\nA7,2026-09-09,云禾,7.00\n", "b.csv")
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    run_jobs()

    page = as_clerk.get("/data/sets/orders/compare").content.decode()

    assert "111" in page
    assert "A7" in page
    assert "A2" not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_both_languages(
    language: str, stored: ImportBatch, as_clerk: Client
) -> None:
    as_clerk.cookies["django_language"] = language
    for address in (*READ_PAGES[:-1], "/data/import", f"/data/imports/{stored.pk}"):
        answer = as_clerk.get(address)
        assert answer.status_code == 200, address


def test_what_comes_from_files_stands_apart_from_what_is_kept_here(
    as_clerk: Client, stored: ImportBatch
) -> None:
    files = as_clerk.get("/data/").content.decode()
    kept = as_clerk.get("/data/?kept=here").content.decode()

    assert "orders" in files
    assert "assignments" not in files
    assert "assignments" in kept
    assert 'href="/data/sets/orders/"' not in kept


@pytest.mark.parametrize("until", [None, date.max])
def test_what_is_complete_for_ever_has_no_last_day(until: date | None) -> None:
    version = DatasetVersion(
        dataset="offence",
        schema="0" * 64,
        coverage=(Coverage(from_=date(2026, 9, 1), until=until),),
    )

    (year,) = month_strip(version)

    assert year.number == 2026
    assert [one.state for one in year.months] == ["none"] * 8 + ["covered"] * 4
