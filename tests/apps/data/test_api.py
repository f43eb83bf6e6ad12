"""Datasets and imports over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from attain.apps.accounts.actors import SYSTEM, Actor
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import make_token
from attain.apps.data.models import ImportBatch
from attain.apps.jobs.worker import run_until_empty

from .conftest import GOOD, WITH_LETTERS, user

MORE = f"{GOOD.splitlines()[0]}\nB1,2026-09-04,满格,80.00\n"

pytestmark = pytest.mark.django_db


class Program:
    """A client with a token."""

    def __init__(self, who: User, at: datetime) -> None:
        now = timezone.now()
        _, text = make_token(user=who, name="t", actor=SYSTEM(now), at=now, may_write=True)
        self.headers = {"HTTP_AUTHORIZATION": f"Bearer {text}"}
        self.client = Client()

    def get(self, address: str) -> Any:
        return self.client.get(f"/api/v1/data{address}", **self.headers)

    def post(self, address: str, key: str, body: dict[str, Any] | None = None, **more: Any) -> Any:
        further = {"HTTP_IDEMPOTENCY_KEY": key, **self.headers}
        if body is not None:
            return self.client.post(
                f"/api/v1/data{address}", body, content_type="application/json", **further
            )
        return self.client.post(f"/api/v1/data{address}", more, **further)


@pytest.fixture
def program(clerk: Actor, at: datetime) -> Program:
    return Program(User.objects.get(pk=clerk.user_id), at)


def brought(program: Program, key: str = "k1") -> Any:
    file = SimpleUploadedFile("orders.csv", WITH_LETTERS.encode())
    return program.post("/imports", key, file=file, dataset="orders")


def test_a_file_goes_from_the_upload_to_the_rows(orders: str, program: Program) -> None:
    answer = brought(program)
    assert answer.status_code == 202
    pk = answer.json()["id"]
    run_until_empty(timezone.now())

    found = program.get(f"/imports/{pk}").json()
    assert (found["state"], found["figures"]["rejected"]) == ("checked", 1)
    assert {one["code"] for one in found["problems"]} >= {"NUMBER_FORMAT"}
    assert set(found["problems"][0]["message"]) == {"zh", "en"}

    body = {"version": found["version"], "good_rows_only": True}
    assert program.post(f"/imports/{pk}/load", "k2", body).status_code == 202
    run_until_empty(timezone.now())

    rows = program.get("/datasets/orders/rows").json()
    assert rows["total"] == 2
    assert {row["amount"] for row in rows["items"]} == {"100.000000", "250.500000"}
    (version,) = program.get("/datasets/orders/versions").json()
    assert version["totals"]["amount"] == "350.5"


def test_a_request_that_is_sent_twice_brings_one_import(orders: str, program: Program) -> None:
    first, second = brought(program, "same"), brought(program, "same")

    assert first.status_code == second.status_code == 202
    assert ImportBatch.objects.count() == 1


def test_of_two_imports_at_once_the_second_is_told_to_check_again(
    orders: str, program: Program
) -> None:
    pk = brought(program, "k1").json()["id"]
    more = SimpleUploadedFile("more.csv", MORE.encode())
    other = program.post("/imports", "k2", file=more, dataset="orders").json()["id"]
    run_until_empty(timezone.now())
    for one in (pk, other):
        seen = program.get(f"/imports/{one}").json()["version"]
        body = {"version": seen, "good_rows_only": True}
        assert program.post(f"/imports/{one}/load", f"l{one}", body).json()["is_busy"]
    run_until_empty(timezone.now())

    found = program.get(f"/imports/{other}").json()
    assert program.get(f"/imports/{pk}").json()["state"] == "committed"
    assert (found["state"], found["is_busy"]) == ("checked", False)
    assert found["problems"][0]["code"] == "CHECK_OUTDATED"

    again = program.post(f"/imports/{other}/check", "c", {"version": found["version"]})
    assert again.status_code == 202
    run_until_empty(timezone.now())
    found = program.get(f"/imports/{other}").json()
    assert "CHECK_OUTDATED" not in {one["code"] for one in found["problems"]}
    body = {"version": found["version"]}
    assert program.post(f"/imports/{other}/load", "l", body).status_code == 202
    run_until_empty(timezone.now())

    # Two rows of the first file and one of the second.
    assert program.get(f"/imports/{other}").json()["state"] == "committed"
    assert program.get("/datasets/orders/rows").json()["total"] == 3


def test_a_request_without_a_key_is_refused(orders: str, program: Program) -> None:
    file = SimpleUploadedFile("orders.csv", WITH_LETTERS.encode())

    answer = program.client.post("/api/v1/data/imports", {"file": file}, **program.headers)

    assert answer.status_code in (422, 428)
    assert not ImportBatch.objects.exists()


def test_unknown_fields_and_stale_versions_are_refused(orders: str, program: Program) -> None:
    pk = brought(program).json()["id"]
    run_until_empty(timezone.now())

    extra = program.post(f"/imports/{pk}/load", "a", {"version": 1, "approved_by": 1})
    stale = program.post(f"/imports/{pk}/load", "b", {"version": 1, "good_rows_only": True})

    assert (extra.status_code, stale.status_code) == (422, 409)


@pytest.mark.parametrize("address", ["/imports/0", "/imports/99", "/datasets/nothing"])
def test_what_is_not_there_is_not_found(address: str, orders: str, program: Program) -> None:
    assert program.get(address).status_code == 404


def test_a_representative_reads_no_dataset(orders: str, at: datetime) -> None:
    rep = Program(user("rep", Role.representative, at), at)

    assert rep.get("/datasets").status_code == 403
    assert rep.get("/datasets/orders/rows").status_code == 403
    assert brought(rep).status_code == 403
