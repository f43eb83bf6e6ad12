"""Rows of a dataset are for whoever may read what they are about, at every door (G23, G24)."""

from __future__ import annotations

import json

import pytest
from addresses import client_of
from building import PROJECTS, Attacked
from company import AT
from test_canaries import text_of

from attain.apps.accounts.actors import SYSTEM
from attain.apps.data import services as data
from attain.apps.data.catalog import DatabaseCatalog

pytestmark = pytest.mark.django_db

BALANCES = [("E-1001", "draw", "2026-08-31", "31415.93", "CNY")]
OWED = ("31415.93", "31,415.93", "3141593")


@pytest.fixture
def frozen(attacked: Attacked) -> Attacked:
    """Projects, and what people are owed, have become versions of datasets."""
    actor = SYSTEM(AT, via="command")
    data.freeze(["project"], actor=actor, at=AT)
    names = ("subject", "account", "as_of", "amount", "currency")
    path = attacked.world.folder / "balances.csv"
    path.write_text("\n".join(map(",".join, (names, *BALANCES))), encoding="utf-8")
    data.import_file(
        path, "balances", actor=attacked.company.actor("finance"), at=AT, accept_good_rows=True
    )
    return attacked


def doors(dataset: str) -> list[str]:
    """Every address that tells something of a dataset."""
    pages = ["", "rows", "rows?export=csv", "rows?export=xlsx", "compare"]
    head = DatabaseCatalog().head(dataset)
    assert head is not None
    return [
        *(f"/data/sets/{dataset}/{page}" for page in pages),
        f"/data/sets/{dataset}/versions/{head.hash}",
        "/api/v1/data/datasets",
        *(f"/api/v1/data/datasets/{dataset}{each}" for each in ("", "/rows", "/versions")),
    ]


def read(role: str, dataset: str) -> str:
    client = client_of(role)
    return "".join(text_of(client.get(door)) for door in doors(dataset))


@pytest.mark.parametrize("role", ["finance", "plan_admin", "system_admin", "manager"])
def test_rows_of_records_are_closed_to_whoever_does_not_see_the_records(
    frozen: Attacked, role: str
) -> None:
    told = read(role, "project")

    assert [title for title, _ in PROJECTS.values() if title in told] == []


@pytest.mark.parametrize("role", ["hr", "auditor"])
def test_whoever_sees_every_record_reads_their_rows(frozen: Attacked, role: str) -> None:
    told = read(role, "project")

    # Of a program's answer as well as of a page.
    assert all(title in told or json.dumps(title) in told for title, _ in PROJECTS.values())


@pytest.mark.parametrize("role", ["hr", "plan_admin", "system_admin"])
def test_nobody_reads_what_people_are_owed_or_its_sum_without_the_right(
    frozen: Attacked, role: str
) -> None:
    told = read(role, "balances")

    assert [form for form in OWED if form in told] == []


def test_finance_reads_what_people_are_owed(frozen: Attacked) -> None:
    assert any(form in read("finance", "balances") for form in OWED)
