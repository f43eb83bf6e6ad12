"""The API: who asks, what is taken, and that what is sent twice is done once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from ninja import NinjaAPI

from attain.apps.accounts import middleware, permissions
from attain.apps.accounts.actors import SYSTEM, actor_of
from attain.apps.accounts.api import In, SignedIn, idempotent, refuse_in_words
from attain.apps.accounts.bodies import StrictParser
from attain.apps.accounts.idempotency import GIVEN_UP_AFTER, KEPT, forget_answers
from attain.apps.accounts.models import IdempotencyKey, User
from attain.apps.accounts.permissions import SIGNED_IN, Row
from attain.apps.accounts.services import create_user, disable_user, make_token, revoke_token
from attain.core.errors import AttainError, problem

pytestmark = pytest.mark.django_db

api = NinjaAPI(urls_namespace="trial", auth=SignedIn(), parser=StrictParser(), docs_url=None)
refuse_in_words(api)


class Payment(In):
    """What the trial takes."""

    amount: str
    pieces: int = 0


@api.get("/who", url_name="who")
def who(request: HttpRequest, q: str = "") -> dict[str, str]:
    return {"name": request.actor.name, "via": request.actor.via}


@api.post("/pay", url_name="pay")
@idempotent
def pay(request: HttpRequest, payment: Payment) -> dict[str, int]:
    if payment.amount == "refused":
        raise AttainError(problem("DATES_REVERSED", start="a", until="b"))
    user = User.objects.create(username=f"paid{User.objects.count()}", name=payment.amount)
    if payment.amount == "fault":
        raise RuntimeError("no")
    return {"id": user.pk}


urlpatterns = [path("api/trial/", api.urls)]
handler400 = "attain.config.pages.bad_request"
handler500 = "attain.config.pages.fault"
ROWS = {
    "trial:who": {"GET": Row("trial:who", "GET", SIGNED_IN)},
    "trial:pay": {"POST": Row("trial:pay", "POST", SIGNED_IN, writes=True)},
}


@pytest.fixture(autouse=True)
def _trial(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(permissions, "table", lambda: ROWS)
    monkeypatch.setattr(middleware, "table", lambda: ROWS)
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def lin() -> User:
    now = timezone.now()
    return create_user(username="lin", name="林知远", actor=SYSTEM(now), at=now)


def bearer(user: User, *, may_write: bool = True, life: timedelta = timedelta(days=1)) -> dict:
    now = timezone.now()
    _, text = make_token(
        user=user, name="t", actor=actor_of(user, now), at=now, may_write=may_write, life=life
    )
    return {"Authorization": f"Bearer {text}"}


def post(headers: dict, body: object, key: str = "k1", **more: object):
    if key:
        headers = {**headers, "Idempotency-Key": key}
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    client = Client(raise_request_exception=False)
    return client.post(
        "/api/trial/pay", data, content_type="application/json", headers=headers, **more
    )


def paid() -> int:
    return User.objects.filter(username__startswith="paid").count()


def test_a_token_acts_for_its_user(lin: User) -> None:
    answer = Client().get("/api/trial/who", headers=bearer(lin))

    assert answer.json() == {"name": "林知远", "via": "token"}


def test_a_token_that_is_wrong_over_or_revoked_opens_nothing(lin: User) -> None:
    now = timezone.now()
    token, text = make_token(user=lin, name="t", actor=actor_of(lin, now), at=now)
    revoke_token(token=token, actor=actor_of(lin, now), at=now)
    tried = [
        {"Authorization": "Bearer attain_wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {text}"},
        bearer(lin, life=timedelta(seconds=-1)),
    ]

    answers = [Client().get("/api/trial/who", headers=headers) for headers in tried]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["code"] for answer in answers} == {"SIGN_IN_NEEDED"}


def test_a_wrong_token_is_not_helped_by_a_session(lin: User) -> None:
    client = Client()
    client.force_login(lin)

    answer = client.get("/api/trial/who", headers={"Authorization": "Bearer attain_wrong"})

    assert answer.status_code == 401


def test_the_token_of_a_disabled_user_opens_nothing(lin: User) -> None:
    headers, now = bearer(lin), timezone.now()

    disable_user(user=lin, actor=SYSTEM(now), at=now)

    assert Client().get("/api/trial/who", headers=headers).status_code == 401


def test_a_token_that_reads_changes_nothing(lin: User) -> None:
    answer = post(bearer(lin, may_write=False), {"amount": "1.00"})

    assert (answer.status_code, answer.json()["code"]) == (403, "TOKEN_READS_ONLY")
    assert paid() == 0


def test_a_session_needs_its_csrf_token(lin: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lin)

    answer = client.post(
        "/api/trial/pay",
        '{"amount": "1"}',
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "CSRF_FAILED")
    assert paid() == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "FIELD_NOT_ACCEPTED"),
        (b"{", 400, "JSON_MALFORMED"),
        (b'{"amount": "1",}', 400, "JSON_MALFORMED"),
        (b'\xef\xbb\xbf{"amount": "1"}', 400, "JSON_MALFORMED"),
        ('{"amount": "1"}'.encode("utf-16"), 400, "JSON_MALFORMED"),
        (b'{"amount": "\\u0000"}', 400, "JSON_MALFORMED"),
        (b'{"amount": "1", "amount": "2"}', 400, "JSON_DUPLICATE_KEY"),
        (b'{"amount": NaN}', 422, "JSON_NUMBER"),
        (b'{"amount": -Infinity}', 422, "JSON_NUMBER"),
        (b'{"amount": 0.1}', 422, "JSON_NUMBER"),
        (b'{"amount": 1e400}', 422, "JSON_NUMBER"),
        (b'{"pieces": ' + b"9" * 5000 + b"}", 422, "JSON_NUMBER"),
        (b"[" * 100_000, 400, "JSON_MALFORMED"),
        (b"[]", 422, "FIELD_NOT_ACCEPTED"),
        (b'"text"', 422, "FIELD_NOT_ACCEPTED"),
        (b'{"amount": 1}', 422, "FIELD_NOT_ACCEPTED"),
        (b'{"amount": "1", "pieces": "2"}', 422, "FIELD_NOT_ACCEPTED"),
        (b'{"amount": "1", "is_admin": true}', 422, "FIELD_NOT_ACCEPTED"),
        (b'{"amount": "' + b"x" * 3_000_000 + b'"}', 413, "BODY_TOO_LARGE"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_not_clear_is_refused(lin: User, body: bytes, status: int, code: str) -> None:
    answer = post(bearer(lin), body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()["message"]) == {"zh", "en"}
    assert paid() == 0


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {"Content-Type": "text/plain"}])
def test_other_kinds_of_content_are_refused(lin: User, headers: dict) -> None:
    answer = Client().generic(
        "POST",
        "/api/trial/pay",
        b'{"amount": "1"}',
        content_type=headers.get("Content-Type", "application/json"),
        headers={**bearer(lin), "Idempotency-Key": "k", **headers},
    )

    assert answer.status_code == 415


def test_a_parameter_is_said_once(lin: User) -> None:
    answer = Client().get("/api/trial/who?q=1&q=2", headers=bearer(lin))

    assert (answer.status_code, answer.json()["code"]) == (422, "PARAMETER_REPEATED")


# --- idempotency ---


def test_what_is_sent_again_is_done_once_and_answered_alike(lin: User) -> None:
    headers = bearer(lin)

    answers = [post(headers, {"amount": "1.00"}) for _ in range(3)]

    assert paid() == 1
    assert len({answer.content for answer in answers}) == 1
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.has_header("Idempotent-Replayed") for answer in answers] == [False, True, True]


def test_another_request_with_the_same_key_is_refused(lin: User) -> None:
    headers = bearer(lin)
    post(headers, {"amount": "1.00"})

    answer = post(headers, {"amount": "2.00"})

    assert (answer.status_code, answer.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert paid() == 1


def test_the_keys_of_two_users_do_not_meet(lin: User) -> None:
    now = timezone.now()
    other = create_user(username="zhou", name="周", actor=SYSTEM(now), at=now)

    post(bearer(lin), {"amount": "1.00"})
    post(bearer(other), {"amount": "1.00"})

    assert paid() == 2


def test_while_the_first_is_under_way_the_second_waits(lin: User) -> None:
    headers = bearer(lin)
    post(headers, {"amount": "1.00"})
    IdempotencyKey.objects.update(status=None, body="", created_at=timezone.now())

    answer = post(headers, {"amount": "1.00"})

    assert (answer.status_code, answer.json()["code"]) == (409, "IDEMPOTENCY_IN_PROGRESS")


def test_a_request_whose_process_died_is_done_by_the_next(lin: User) -> None:
    headers = bearer(lin)
    post(headers, {"amount": "1.00"})
    died = timezone.now() - GIVEN_UP_AFTER - timedelta(seconds=1)
    User.objects.filter(username__startswith="paid").delete()
    IdempotencyKey.objects.update(status=None, body="", created_at=died)

    answer = post(headers, {"amount": "1.00"})

    assert answer.status_code == 200
    assert paid() == 1


@pytest.mark.parametrize(("amount", "status"), [("refused", 422), ("fault", 500)])
def test_what_was_refused_or_broke_had_no_effect_and_may_be_sent_again(
    lin: User, amount: str, status: int
) -> None:
    headers = bearer(lin)

    answer = post(headers, {"amount": amount})

    assert answer.status_code == status
    assert paid() == 0
    assert post(headers, {"amount": amount}).status_code == status


@pytest.mark.parametrize("key", ["", " ", "x" * 101, "schlüssel"])
def test_a_missing_or_unusable_key_is_refused(lin: User, key: str) -> None:
    answer = post(bearer(lin), {"amount": "1.00"}, key=key)

    assert answer.status_code == 428
    assert paid() == 0


def test_answers_are_forgotten_after_two_days(lin: User) -> None:
    post(bearer(lin), {"amount": "1.00"})
    now: datetime = timezone.now()

    assert forget_answers(now + KEPT - timedelta(minutes=1)) == 0
    assert forget_answers(now + KEPT + timedelta(minutes=1)) == 1
