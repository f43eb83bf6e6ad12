"""Balances and decisions about money are rows of pay, also where data are browsed."""

from __future__ import annotations

import pytest
from company import AT, Company, login, small_company
from django.test import Client

from attain.apps.data.lifecycle import UPLOADED
from attain.apps.data.models import ImportBatch

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/data/sets/{}/rows", "/data/sets/{}/rows?export=csv", "/data/sets/{}/compare",
    "/api/v1/data/datasets/{}/rows",
)  # fmt: skip


@pytest.fixture
def company() -> Company:
    return small_company()


@pytest.mark.parametrize("dataset", ["balances", "interventions"])
@pytest.mark.parametrize(
    ("name", "is_open"), [("hr", False), ("planner", False), ("finance", True), ("auditor", True)]
)
def test_rows_of_pay_open_to_those_who_may_see_pay(
    client: Client, company: Company, dataset: str, name: str, is_open: bool
) -> None:
    login(client, name)

    found = {client.get(one.format(dataset)).status_code for one in ADDRESSES}

    assert (403 not in found) if is_open else (found == {403})


@pytest.mark.parametrize("address", ["/data/imports/{}", "/api/v1/data/imports/{}"])
def test_an_import_of_pay_opens_to_who_brought_it_and_to_finance(
    client: Client, company: Company, address: str
) -> None:
    batch = ImportBatch.objects.create(
        state=UPLOADED,
        dataset="balances",
        file_name="draws.csv",
        started_by=company.user("hr"),
        started_at=AT,
        changed_at=AT,
    )
    answered = {}
    for name in ("hr", "planner", "finance"):
        login(client, name)
        answered[name] = client.get(address.format(batch.pk)).status_code

    assert answered == {"hr": 200, "planner": 403, "finance": 200}
