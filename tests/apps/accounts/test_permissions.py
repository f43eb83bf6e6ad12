"""What has no row does not open, and a row opens to whom it names."""

from __future__ import annotations

import pytest
from django.test import Client

from attain.apps.accounts.permissions import table

pytestmark = pytest.mark.django_db


def test_every_server_answers_whether_it_is_well() -> None:
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_method_without_a_row_is_not_allowed() -> None:
    answer = Client().post("/healthz")

    assert answer.status_code == 405


def test_a_stranger_is_sent_to_log_in_and_back() -> None:
    answer = Client().get("/api/v1/docs")

    assert answer.status_code == 401
    assert answer.json()["code"] == "SIGN_IN_NEEDED"


def test_a_row_says_who_may_call_it() -> None:
    assert table()["account_login"]["POST"].writes
