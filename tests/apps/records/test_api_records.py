"""The API of records: the rights, refusals and rules of the pages, for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from company import AT, Company, small_company
from django.test import Client
from listing import ACCOUNT, PROJECT, install, project

from attain.apps.accounts.services import make_token
from attain.apps.records import services
from attain.apps.records.models import Comment, Record

pytestmark = pytest.mark.django_db

BASE = "/api/v1/records"


@pytest.fixture
def company() -> Company:
    found = small_company(at=AT)
    install(found, ACCOUNT, PROJECT)
    return found


class Program:
    """A program with the token of somebody of the cast."""

    def __init__(self, company: Company, name: str) -> None:
        user = company.user(name)
        _row, token = make_token(
            user=user, name="程序", actor=company.actor(name), at=AT, may_write=True
        )
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client = Client()

    def get(self, path: str) -> Any:
        return self.client.get(BASE + path, headers=self.headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        return self.client.generic(
            method,
            BASE + path,
            json.dumps(body),
            content_type="application/json",
            headers={**self.headers, "Idempotency-Key": uuid4().hex, **headers},
        )


@pytest.fixture
def rep(company: Company) -> Program:
    return Program(company, "rep")


def codes(answer: Any) -> set[str]:
    """The codes of a refusal."""
    body = answer.json()
    problems = body.get("problems") or body.get("errors") or [body]
    return {one["code"] for one in problems}


def test_a_list_gives_numbers_as_text_and_only_what_the_caller_sees(
    company: Company, rep: Program
) -> None:
    project(company, "北店", amount=Decimal("0.10"))
    project(company, "南店", amount=Decimal("0.20"))
    project(company, "外店", by="outsider")

    body = rep.get("/project?sort=amount&amount.ge=0.1").json()

    assert body["total"] == 2
    assert [one["title"] for one in body["items"]] == ["北店", "南店"]
    # 0.10 + 0.20 is 0.30 exactly.
    assert Decimal(body["sums"]["amount"]) == Decimal("0.30")
    assert isinstance(body["items"][0]["values"]["amount"], str)


@pytest.mark.parametrize("question", ["debts=x", "sort=debts", "nothing=1", "export=xlsx"])
def test_a_list_refuses_what_is_closed_or_unknown(
    company: Company, rep: Program, question: str
) -> None:
    assert rep.get(f"/project?{question}").status_code == 422


def test_a_record_is_begun_once_for_one_key(company: Company, rep: Program) -> None:
    body = {"values": {"name": "北店", "starts_on": "2026-10-20", "amount": "1860.50",
                       "size": "big", "topics": ["price", "goods"], "urgent": True}}  # fmt: skip

    first = rep.send("POST", "/project", body, **{"Idempotency-Key": "one"})
    second = rep.send("POST", "/project", body, **{"Idempotency-Key": "one"})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["number"] == second.json()["number"]
    record = Record.objects.get(type__name="project")
    assert Decimal(record.data["amount"]) == Decimal("1860.50")
    assert record.data["topics"] == ["price", "goods"]


def test_every_mistake_of_a_new_record_is_told(company: Company, rep: Program) -> None:
    body = {"values": {"starts_on": "2026-02-30", "amount": "viel"}}

    answer = rep.send("POST", "/project", body)

    assert answer.status_code == 422
    assert not Record.objects.filter(type__name="project").exists()


@pytest.mark.parametrize(
    "body",
    [
        {"values": {"name": "北店"}, "state": "won"},
        {"values": {"name": "北店", "starts_on": "2026-10-20", "state": "won"}},
        {"values": {"name": "北店", "starts_on": "2026-10-20", "_state": "won"}},
        {"values": {"name": "北店", "starts_on": "2026-10-20", "nothing": "x"}},
        {"values": {"name": "北店", "starts_on": "2026-10-20", "amount": 1860.5}},
    ],
    ids=["field of the body", "state", "state of a load", "unknown field", "number"],
)
def test_unknown_fields_and_numbers_that_may_be_rounded_are_refused(
    company: Company, rep: Program, body: Any
) -> None:
    answer = rep.send("POST", "/project", body)

    assert answer.status_code == 422
    assert not Record.objects.filter(type__name="project").exists()


def test_a_change_names_the_version_it_was_made_for(company: Company, rep: Program) -> None:
    record = project(company, "北店")
    path = f"/project/{record.number}"
    version = rep.get(path)["ETag"]

    changed = rep.send("PATCH", path, {"values": {"amount": "5.00"}}, **{"If-Match": version})
    stale = rep.send("PATCH", path, {"values": {"amount": "6.00"}}, **{"If-Match": version})

    assert changed.status_code == 200
    assert stale.status_code == 409
    record.refresh_from_db()
    assert Decimal(record.data["amount"]) == Decimal("5.00")


def test_an_action_is_taken_or_says_why_not(company: Company, rep: Program) -> None:
    record = project(company, "北店", amount=None)
    path = f"/project/{record.number}"
    offered = rep.get(path).json()["actions"]

    refused = rep.send(
        "POST", f"{path}/actions", {"action": "offer"}, **{"If-Match": f'"{record.version}"'}
    )
    taken = rep.send(
        "POST",
        f"{path}/actions",
        {"action": "lose", "reason": "没谈成"},
        **{"If-Match": f'"{record.version}"'},
    )

    assert [(one["action"], one["allowed"]) for one in offered] == [
        ("offer", False), ("lose", True),
    ]  # fmt: skip
    assert refused.status_code in (403, 409, 422)
    assert taken.json()["state"] == "lost"


def test_others_records_are_not_there(company: Company) -> None:
    record = project(company, "北店")
    outsider = Program(company, "outsider")
    path = f"/project/{record.number}"

    assert outsider.get(path).status_code == 404
    assert outsider.get(f"{path}/comments").status_code == 404
    values = {"values": {"amount": "1.00"}}
    assert outsider.send("PATCH", path, values, **{"If-Match": '"1"'}).status_code == 404
    taken = outsider.send("POST", f"{path}/actions", {"action": "lose"}, **{"If-Match": '"1"'})
    assert taken.status_code == 404
    assert outsider.send("POST", f"{path}/comments", {"text": "看到了"}).status_code == 404
    record.refresh_from_db()
    assert (record.state, record.version) == ("talk", 1)


def test_what_is_confidential_comes_out_nowhere(company: Company, rep: Program) -> None:
    record = project(company, "北店")
    services.change(
        record, {"debts": "四十万"}, actor=company.actor("rep"), at=AT, version=record.version
    )

    for path in ("/project", f"/project/{record.number}", "/types", "/types/project"):
        text = rep.get(path).content.decode()
        assert "四十万" not in text
        assert "debts" not in text


def test_comments_are_said_and_read(company: Company, rep: Program) -> None:
    record = project(company, "北店")
    path = f"/project/{record.number}/comments"

    made = rep.send("POST", path, {"text": "下周再谈"})

    assert made.status_code == 201
    assert [one["text"] for one in rep.get(path).json()] == ["下周再谈"]
    assert Comment.objects.count() == 1


def test_a_type_says_what_a_program_has_to_know(company: Company, rep: Program) -> None:
    body = rep.get("/types/project").json()

    fields = {one["name"]: one for one in body["fields"]}
    assert fields["amount"]["currency"] == "CNY"
    assert fields["size"]["choices"]["big"] == {"zh-Hans": "大", "en": "Big"}
    assert [one["name"] for one in body["states"]] == ["talk", "offer", "won", "lost"]
    lose = next(one for one in body["actions"] if one["name"] == "lose")
    assert (lose["needs"], lose["from_states"]) == (["reason"], ["talk", "offer"])
