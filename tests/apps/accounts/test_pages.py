"""One's own account, and everybody's: who may do what, and what stays of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from attain.apps.accounts.actors import SYSTEM, actor_of
from attain.apps.accounts.models import ApiToken, Delegation, RoleGrant, User
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import create_user, delegate, grant_role, make_token
from attain.apps.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def someone(username: str, *roles: Role) -> User:
    now = timezone.now()
    user = create_user(
        username=username,
        name=username,
        email=f"{username}@example.com",
        password="a long sentence 7",
        actor=SYSTEM(now),
        at=now,
    )
    for role in roles:
        grant_role(user=user, role=role, actor=SYSTEM(now), at=now)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.post("/login", {"login": user.username, "password": "a long sentence 7"})
    return client


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "address", ["/account/", "/account/users", "/account/users/new", "/account/users/{}"]
)
def test_every_page_is_drawn_in_both_languages(language: str, address: str) -> None:
    root = someone("root", Role.system_admin)
    client = client_of(root)

    answer = client.get(address.format(root.pk), headers={"accept-language": language})

    assert answer.status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.system_admin])
@pytest.mark.parametrize(
    "address",
    [
        "users/new",
        "users/{}/grants",
        "users/{}/disable",
        "users/{}/enable",
        "users/{}/grants/1/revoke",
    ],
)
def test_only_administrators_change_accounts(role: Role, address: str) -> None:
    other = someone("other")
    client = client_of(someone("me", role))

    answer = client.post(f"/account/{address.format(other.pk)}", {"role": "finance"})

    assert answer.status_code == 403
    assert not RoleGrant.objects.filter(user=other).exists()


def test_an_administrator_makes_an_account_and_a_link_goes_out() -> None:
    from django.core import mail

    client = client_of(someone("root", Role.system_admin))

    answer = client.post(
        "/account/users/new",
        {
            "username": "shen",
            "name": "沈佳宁",
            "email": "shen@example.com",
            "person_code": "E-1001",
        },
    )

    user = User.objects.get(username="shen")
    assert answer["Location"] == f"/account/users/{user.pk}"
    assert user.person.startswith("people-")
    assert not user.has_usable_password()
    assert mail.outbox[0].to == ["shen@example.com"]


def test_a_taken_user_name_is_said_in_the_form() -> None:
    client = client_of(someone("root", Role.system_admin))

    answer = client.post("/account/users/new", {"username": "ROOT", "name": "x"})

    assert answer.status_code == 409
    assert "ROOT" in answer.content.decode()
    assert User.objects.count() == 1


def test_a_given_role_counts_at_the_next_request() -> None:
    client, user = client_of(someone("root", Role.system_admin)), someone("lin")
    other = client_of(user)
    assert other.get("/audit/").status_code == 403

    client.post(f"/account/users/{user.pk}/grants", {"role": "auditor"})

    assert other.get("/audit/").status_code == 200


def test_an_administrator_cannot_approve_pay_by_own_hand() -> None:
    root = someone("root", Role.system_admin)

    answer = client_of(root).post(f"/account/users/{root.pk}/grants", {"role": "finance"})

    assert answer.status_code == 422
    assert not RoleGrant.objects.filter(user=root, role="finance").exists()


def test_what_is_posted_besides_changes_nothing() -> None:
    root, user = someone("root", Role.system_admin), someone("lin")

    client_of(root).post(
        f"/account/users/{user.pk}/grants",
        {"role": "auditor", "granted_by": user.pk, "user": root.pk, "is_superuser": "1"},
    )

    grant = RoleGrant.objects.get(role="auditor")
    assert (grant.user, grant.granted_by) == (user, root)
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_disabled_user_is_enabled_again() -> None:
    root, user = someone("root", Role.system_admin), someone("lin")
    client = client_of(root)

    client.post(f"/account/users/{user.pk}/disable", {"reason": "离职"})
    assert not User.objects.get(pk=user.pk).is_active
    client.post(f"/account/users/{user.pk}/enable")

    assert User.objects.get(pk=user.pk).is_active
    assert AuditEntry.objects.get(action="accounts.disable_user").cause == "离职"


# --- one's own ---


def test_a_token_is_shown_once() -> None:
    client = client_of(someone("lin"))

    first = client.post("/account/tokens", {"name": "报表", "days": "30"}, follow=True)
    again = client.get("/account/")

    token = ApiToken.objects.get()
    assert first.context["new_token"].startswith("attain_")
    assert first.context["new_token"] not in again.content.decode()
    assert not token.may_write
    assert token.digest not in first.content.decode()


def test_nobody_touches_tokens_sessions_and_delegations_of_others() -> None:
    lin, charlie = someone("lin", Role.manager), someone("charlie")
    now = timezone.now()
    actor = actor_of(lin, now)
    token, _ = make_token(user=lin, name="t", actor=actor, at=now)
    lent = delegate(
        giver=lin,
        taker=charlie,
        roles=frozenset({Role.manager}),
        effective_from=actor.today,
        effective_until=actor.today + timedelta(days=3),
        actor=actor,
        at=now,
    )
    client_of(lin)
    session = UserSession.objects.get(user=lin)
    client = client_of(charlie)

    answers = [
        client.post(f"/account/tokens/{token.pk}/revoke"),
        client.post(f"/account/sessions/{session.pk}/end"),
        client.post(f"/account/delegations/{lent.pk}/end"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert ApiToken.objects.get().revoked_at is None
    assert Delegation.objects.get().ended_at is None
    assert UserSession.objects.filter(pk=session.pk).exists()


def test_an_ended_session_is_out_at_the_next_request() -> None:
    lin = someone("lin")
    here, there = client_of(lin), client_of(lin)
    session = UserSession.objects.get(session_key=there.session.session_key)

    here.post(f"/account/sessions/{session.pk}/end")

    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_all_other_sessions_end_together() -> None:
    lin = someone("lin")
    here, one, other = client_of(lin), client_of(lin), client_of(lin)

    here.post("/account/sessions/end")

    assert [c.get("/account/").status_code for c in (here, one, other)] == [200, 302, 302]


def test_a_delegated_role_works_until_it_is_taken_back() -> None:
    lin, zhou = someone("lin", Role.auditor), someone("zhou")
    client, other = client_of(lin), client_of(zhou)
    today = actor_of(lin, timezone.now()).today
    form = {
        "taker": zhou.pk,
        "roles": ["auditor"],
        "effective_from": today.isoformat(),
        "effective_until": (today + timedelta(days=2)).isoformat(),
    }

    client.post("/account/delegations", form)
    during = other.get("/audit/").status_code
    client.post(f"/account/delegations/{Delegation.objects.get().pk}/end")

    assert during == 200
    assert other.get("/audit/").status_code == 403


def test_nobody_delegates_what_they_do_not_have() -> None:
    lin, zhou = someone("lin", Role.representative), someone("zhou")
    today = actor_of(lin, timezone.now()).today

    answer = client_of(lin).post(
        "/account/delegations",
        {
            "taker": zhou.pk,
            "roles": ["finance"],
            "effective_from": today.isoformat(),
            "effective_until": (today + timedelta(days=2)).isoformat(),
        },
    )

    assert answer.status_code == 422
    assert not Delegation.objects.exists()


def test_forms_from_other_sites_are_refused() -> None:
    lin = someone("lin")
    client = Client(enforce_csrf_checks=True)
    client.force_login(lin)

    answer = client.post("/account/tokens", {"name": "x", "days": "30"})

    assert answer.status_code == 403
    assert not ApiToken.objects.exists()


def test_an_auditor_sees_accounts_and_no_way_to_make_one() -> None:
    page = client_of(someone("yan", Role.auditor)).get("/account/users")

    assert page.status_code == 200
    assert "/account/users/new" not in page.content.decode()


def test_the_unit_of_a_role_is_chosen_from_those_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from attain.apps.accounts import units

    monkeypatch.setattr(units, "_offers", [lambda: [("U-SH1", "上海一组 U-SH1")]])
    root, other = someone("root", Role.system_admin), someone("li")
    client = client_of(root)
    role = {"role": "finance", "scope": "unit"}

    refused = client.post(f"/account/users/{other.pk}/grants", {**role, "unit_code": "U-SH9"})
    client.post(f"/account/users/{other.pk}/grants", {**role, "unit_code": "U-SH1"})

    assert refused.status_code == 422
    assert RoleGrant.objects.get(user=other).unit.startswith("units-")
    assert "上海一组 U-SH1" in client.get(f"/account/users/{other.pk}").content.decode()
