"""The first day of a small company: one account administers, another one does the work."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.models import RoleGrant, User
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import create_user, grant_role, set_password

pytestmark = pytest.mark.django_db

PASSWORD = "harvest-lantern-42"


@pytest.fixture
def administrator(at: datetime) -> Client:
    user = create_user(username="root", name="管理员", actor=SYSTEM(at), at=at)
    grant_role(user=user, role=Role.system_admin, actor=SYSTEM(at), at=at)
    client = Client()
    client.force_login(user)
    return client


def test_the_page_of_accounts_offers_the_everyday_account_until_there_is_one(
    administrator: Client,
) -> None:
    before = administrator.get("/account/users").content.decode()
    assert "还没有人能核算" in before
    form = administrator.get("/account/users/new?for=everyday").content.decode()
    assert form.count("checked") == 3

    administrator.post(
        "/account/users/new",
        {"username": "boss", "name": "王老板", "roles": ["hr", "plan_admin", "finance"]},
    )

    user = User.objects.get(username="boss")
    held = set(RoleGrant.objects.filter(user=user).values_list("role", flat=True))
    assert held == {"hr", "plan_admin", "finance"}
    assert "还没有人能核算" not in administrator.get("/account/users").content.decode()


def test_roles_that_clash_make_no_account_and_say_what_to_do(administrator: Client) -> None:
    answer = administrator.post(
        "/account/users/new",
        {"username": "all", "name": "一人", "roles": ["finance", "system_admin"]},
    )

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "不能由同一个人担任" in text
    assert "只有一两个人的公司" in text
    assert not User.objects.filter(username="all").exists()


def test_logging_in_is_not_told_to_who_logs_in(client: Client, at: datetime) -> None:
    user = create_user(username="someone", name="某人", actor=SYSTEM(at), at=at)
    set_password(user=user, password=PASSWORD, actor=SYSTEM(at), at=at)

    page = client.post("/login", {"login": "someone", "password": PASSWORD}, follow=True)

    assert page.status_code == 200
    assert "登录成功" not in page.content.decode()
