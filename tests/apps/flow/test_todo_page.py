"""The page of what waits for the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from applications import Application
from django.test import Client

from attain.apps.accounts.models import User
from attain.apps.flow.services import begin, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(people: Callable[..., User], actor: Callable[[User], Any], at: datetime) -> Application:
    li = people("li", "finance")
    made = Application.objects.create(owner_id=li.pk, state="draft", title="杭州差旅")
    begin(made, actor=actor(li), at=at)
    return take(made, "submit", actor=actor(li), at=at, version=1)


def test_what_waits_is_shown_with_its_action_and_its_day(
    client: Client, waiting: Application, people: Callable[..., User]
) -> None:
    client.force_login(people("wang", "finance"))

    chinese = client.get("/flow/", headers={"accept-language": "zh-hans"}).content.decode()
    english = client.get("/flow/", headers={"accept-language": "en"}).content.decode()

    assert "批准：杭州差旅" in chinese
    assert "Approve: 杭州差旅" in english
    assert f"/applications/{waiting.pk}" in chinese


@pytest.mark.parametrize("role", ["hr", "system_admin", "auditor"])
def test_what_waits_for_others_is_not_shown(
    client: Client, waiting: Application, people: Callable[..., User], role: str
) -> None:
    client.force_login(people("charlie", role))

    page = client.get("/flow/", headers={"accept-language": "zh-hans"}).content.decode()

    assert "杭州差旅" not in page
    assert "今天没有待办" in page


def test_nobody_sees_to_dos_without_logging_in(client: Client) -> None:
    assert client.get("/flow/").status_code in (302, 401, 403)
