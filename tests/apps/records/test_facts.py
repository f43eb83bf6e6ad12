"""Records as datasets: what their rows say, that a run can freeze them, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from company import AT, Company, small_company
from store_types import TYPES

from attain.apps.accounts.actors import SYSTEM
from attain.apps.data import providers
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.selectors import schemas
from attain.apps.data.services import freeze
from attain.apps.records import facts, services
from attain.apps.records.kinds import kind_named
from attain.apps.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Company:
    found = small_company()
    services.install_types(TYPES, actor=SYSTEM(AT, via="command"), at=AT)
    return found


@pytest.fixture
def record(company: Company) -> Record:
    rep = company.actor("rep")
    made = services.create(
        "campaign",
        {
            "purpose": "新客",
            "starts_on": date(2026, 11, 20),
            "budget": Decimal("1000.00"),
            "guests": Decimal(40),
            "costs": ({"item": "场地", "amount": Decimal("800.00")}, {"item": "餐"}),
        },
        actor=rep,
        at=AT,
    )
    taken = services.take(made, "submit", actor=rep, at=AT, version=1, reason="旺季")
    later = replace(rep, today=date(2026, 10, 15), at=AT + timedelta(days=3))
    back = services.take(taken, "withdraw", actor=later, at=later.at, version=2)
    return services.take(back, "submit", actor=later, at=later.at, version=3, reason="再来")


def test_a_row_says_what_the_record_says(company: Company, record: Record) -> None:
    (row,) = facts.record_rows(kind_named("campaign"))
    assert row["record"] == record.key
    assert (row["number"], row["state"]) == ("HD-2026-0001", "submitted")
    assert row["owner"] == row["subject"] == company.key("rep")
    assert row["unit"] == company.units["U-SH1"].key
    assert (row["budget"], row["guests"]) == (Decimal("1000.00"), 40)
    assert row["business_date"] == row["starts_on"] == date(2026, 11, 20)
    # Submitted on the 12th, taken back and submitted again on the 15th: the last day counts.
    assert (row["submitted_on"], row["draft_on"]) == (date(2026, 10, 15), date(2026, 10, 15))
    assert row["done_on"] is None
    # One cost has no amount yet: nobody knows the sum.
    assert row["cost_total"] is None


def test_every_step_is_a_row(company: Company, record: Record) -> None:
    rows = list(facts.event_rows(kind_named("campaign")))
    assert [(r["n"], r["action"], r["from_state"], r["to_state"], r["on"].day) for r in rows] == [  # type: ignore[attr-defined]
        (1, "create", None, "draft", 12),
        (2, "submit", "draft", "submitted", 12),
        (3, "withdraw", "submitted", "draft", 15),
        (4, "submit", "draft", "submitted", 15),
    ]
    assert {r["person"] for r in rows} == {company.key("rep")}


def test_every_line_of_a_table_is_a_row(company: Company, record: Record) -> None:
    rows = list(facts.table_rows(kind_named("campaign"), "costs"))
    assert [(r["line"], r["item"], r["amount"]) for r in rows] == [
        (1, "场地", Decimal("800.00")),
        (2, "餐", None),
    ]


def test_types_are_datasets_that_a_run_freezes(company: Company, record: Record) -> None:
    names = ["campaign", "campaign.events", "campaign.costs", "card"]
    assert set(names) <= set(schemas())
    assert set(names) <= set(providers.provided())
    found = freeze(names, actor=company.actor("finance"), at=AT)
    assert set(found) == set(names)
    catalog = DatabaseCatalog()
    version = catalog.version("campaign", found["campaign"])
    assert version.rows == 1
    # From the first of the month in which the type was installed, for all time to come.
    assert (version.coverage[0].from_, version.coverage[0].until) == (date(2026, 10, 1), None)
    # No card was ever made, and that is known.
    assert catalog.version("card", found["card"]).rows == 0
    again = freeze(names, actor=company.actor("finance"), at=AT)
    assert again == found


def test_a_row_leads_back_to_its_record(company: Company, record: Record) -> None:
    (row,) = facts.record_rows(kind_named("campaign"))
    assert facts.record_of_row(row) == record
    assert facts.record_of_row({"record": "HD-2026-0001"}) is None
    assert facts.record_of_row({"order": "A-1"}) is None


def test_a_workbook_names_a_record_by_its_number(record: Record) -> None:
    from attain.core.keys import key_for

    assert key_for("campaign", "HD-2026-0001") == record.key
