"""What opens a door opens it no longer than it should: sessions, tokens, passwords (G29, G45)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from addresses import client_of, is_refused
from building import Attacked
from django.test import Client
from django.utils import timezone

from attain.apps.accounts import services
from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "long-Enough-2026"


def now() -> datetime:
    return timezone.now().astimezone(UTC)


def token_of(user: User, *, may_write: bool = False) -> dict[str, str]:
    actor = SYSTEM(now(), via="command")
    _, text = services.make_token(
        user=user, name="报表", actor=actor, at=now(), may_write=may_write
    )
    return {"Authorization": f"Bearer {text}"}


def reads(headers: dict[str, str]) -> int:
    return Client().get("/api/v1/people/", headers=headers).status_code


def test_a_new_password_by_an_administrator_shuts_out_whoever_was_in(attacked: Attacked) -> None:
    user = attacked.user("hr")
    token, client = token_of(user), client_of("hr")
    assert (reads(token), client.get("/people/").status_code) == (200, 200)

    services.set_password(
        user=user, password=PASSWORD, actor=SYSTEM(now(), via="command"), at=now()
    )

    assert reads(token) == 401
    assert is_refused(client.get("/people/"))


def test_tokens_of_a_disabled_account_stay_closed_when_it_is_enabled(attacked: Attacked) -> None:
    user, actor = attacked.user("hr"), SYSTEM(now(), via="command")
    token = token_of(user)

    services.disable_user(user=user, actor=actor, at=now())
    assert reads(token) == 401
    services.enable_user(user=user, actor=actor, at=now())

    assert reads(token) == 401


def test_a_token_is_taken_from_the_header_of_the_api_alone(attacked: Attacked) -> None:
    headers = token_of(attacked.user("hr"))
    text = headers["Authorization"].removeprefix("Bearer ")

    assert is_refused(Client().get("/people/", headers=headers))
    assert is_refused(Client().get(f"/api/v1/people/?token={text}"))
    assert is_refused(Client().get(f"/api/v1/people/?access_token={text}"))
    assert reads({"Authorization": f"Basic {text}"}) == 401


def test_a_token_to_read_writes_nothing_beside_a_session_that_may(attacked: Attacked) -> None:
    client = client_of("hr")
    answer = client.post(
        "/api/v1/people/", "{}", content_type="application/json",
        headers={**token_of(attacked.user("hr")), "Idempotency-Key": "one"},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["code"]) == (403, "TOKEN_READS_ONLY")
