"""What every request keeps to: origin, safe verbs, headers, known fields (G25, G26, G40, G41)."""

from __future__ import annotations

from hashlib import sha256

import pytest
from addresses import WHO, client_of, is_refused, tried
from building import Attacked
from django.apps import apps
from django.db import connection
from django.test import Client
from test_matrix import undone

from attain.apps.accounts.models import RoleGrant, User
from attain.apps.accounts.permissions import PUBLIC

pytestmark = pytest.mark.django_db

# Sessions note when they were used, and reading is written into the trail.
NOTED = (
    "django_session", "usersessions_usersession", "audit_auditentry", "audit_auditseal",
)  # fmt: skip


def contents() -> dict[str, str]:
    """A digest of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in NOTED:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = sorted(map(repr, cursor.fetchall()))
                found[table] = sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed(before: dict[str, str]) -> list[str]:
    return [table for table, digest in contents().items() if before.get(table) != digest]


def writer_of(row: object) -> str:
    """A role that is let in."""
    allow = row.allow  # type: ignore[attr-defined]
    return "finance" if allow is PUBLIC else str(sorted(allow)[0])


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://example.com"}, {"Referer": "https://example.com/"}],
    ids=["nothing", "foreign origin", "foreign referer"],
)
def test_a_request_from_elsewhere_writes_nothing(
    attacked: Attacked, headers: dict[str, str]
) -> None:
    # Logging in notes when somebody was last here, so it happens before the look.
    clients = {role: client_of(role) for role in WHO if role != "disabled"}
    before, wrong = contents(), []
    for address, row, path in tried(attacked):
        if row.method in ("GET", "HEAD") or not row.writes:
            continue
        client = clients[writer_of(row)]
        client.handler.enforce_csrf_checks = True
        answer = client.generic(row.method, path, headers=headers)
        if answer.status_code not in (401, 403, 404, 428):
            wrong.append(f"{row.method} {address.name}: {answer.status_code}")

    assert wrong == []
    assert changed(before) == []


def test_the_api_needs_a_token_beside_a_session(attacked: Attacked) -> None:
    clients = {role: client_of(role) for role in WHO if role != "disabled"}
    wrong = []
    for address, row, path in tried(attacked):
        if row.method == "GET" or not row.writes or not address.name.startswith("api-1"):
            continue
        client = clients[writer_of(row)]
        client.handler.enforce_csrf_checks = True
        answer = client.generic(row.method, path, headers={"Idempotency-Key": address.name})
        if answer.status_code != 403:
            wrong.append(f"{row.method} {address.name}: {answer.status_code}")

    assert wrong == []


def test_looking_changes_nothing_and_every_answer_is_guarded(attacked: Attacked) -> None:
    client, wrong = client_of("finance"), []
    before = contents()
    for address, row, path in tried(attacked):
        if row.method != "GET" or address.name.startswith(("account_", "mfa_")):
            continue
        answer = client.get(path, secure=True)
        if answer.streaming:
            list(answer.streaming_content)
        wrong += [f"{address.name}: {fault}" for fault in _unguarded(answer)]
        wrong += [f"{address.name} changed {table}" for table in changed(before)]
        if wrong and wrong[-1].startswith(f"{address.name} changed"):
            before = contents()

    assert wrong == []


def _unguarded(answer: object) -> list[str]:
    headers = answer.headers  # type: ignore[attr-defined]
    policy = headers.get("Content-Security-Policy", "")
    found = {
        "no policy": "default-src 'self'" not in policy and "default-src 'none'" not in policy,
        "inline allowed": "unsafe-inline" in policy or "unsafe-eval" in policy,
        "may be framed": "frame-ancestors 'none'" not in policy,
        "type may be guessed": headers.get("X-Content-Type-Options") != "nosniff",
        "referrer goes out": headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"),
        "may be kept": "no-store" not in headers.get("Cache-Control", ""),
    }
    return [fault for fault, is_there in found.items() if is_there]


QUESTIONS = (
    "password__startswith=a",
    "user__password.has=a",
    "sort=user__password",
    "sort=-no_such",
    "no_such.eq=1",
    "_connector=OR",
    "page=-1",
    "page=99999999999999999999",
    "size=100000000",
    "size=0",
    "page=1&page=2",
    "sort=" + ",".join(["id"] * 50),
    "q=" + "x" * 5000,
    "q=%00",
    "export=exe",
)


@pytest.mark.parametrize("role", ["finance", "hr", "system_admin"])
def test_a_list_answers_no_question_it_does_not_offer(attacked: Attacked, role: str) -> None:
    client, wrong, lists = client_of(role), [], 0
    for address, row, path in tried(attacked):
        if row.method != "GET" or not address.name.count(":") or "api-1" in address.name:
            continue
        plain = client.get(path)
        if plain.streaming:
            list(plain.streaming_content)
            continue
        # A list that can be filtered can be exported; other tables read no question at all.
        if plain.status_code != 200 or b"export=xlsx" not in plain.content:
            continue
        lists += 1
        for question in QUESTIONS:
            answer = client.get(f"{path}?{question}")
            if answer.status_code not in (400, 404, 422):
                wrong.append(f"{address.name}?{question[:40]}: {answer.status_code}")

    assert lists
    assert wrong == []


FORBIDDEN_FIELDS = {
    "is_superuser": "true",
    "is_staff": "true",
    "is_active": "true",
    "state": "approved",
    "approved_by": "1",
    "owner": "1",
    "granted_by": "1",
    "created_at": "2020-01-01",
    "id": "1",
    "pk": "1",
    "ignore_permissions": "1",
}


def test_an_api_refuses_fields_it_does_not_know(attacked: Attacked) -> None:
    wrong = []
    for address, row, path in tried(attacked):
        # What only looks takes no body and reads none.
        if not row.writes or not address.name.startswith("api-1"):
            continue
        with undone():
            answer = client_of(writer_of(row)).generic(
                row.method, path, data='{"is_superuser": true}', content_type="application/json"
            )
        if answer.status_code < 400 or answer.status_code >= 500:
            wrong.append(f"{row.method} {address.name}: {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize("role", sorted(set(WHO) - {"disabled"}))
def test_no_form_takes_fields_it_does_not_show(attacked: Attacked, role: str) -> None:
    before = _rights()
    wrong = []
    for address, row, path in tried(attacked):
        if row.method != "POST" or "api-1" in address.name:
            continue
        with undone():
            answer = client_of(role).post(path, FORBIDDEN_FIELDS)
            if answer.status_code >= 500:
                wrong.append(f"{address.name}: {answer.status_code}")
            if not is_refused(answer) and not address.name.startswith("accounts:"):
                wrong += [f"{address.name} changed {each}" for each in _differing(before)]

    assert wrong == []


def _rights() -> dict[str, list[object]]:
    """What no form but those of administrators may touch."""
    found: dict[str, list[object]] = {
        "users": list(User.objects.order_by("pk").values_list("pk", "is_superuser", "is_staff")),
        "grants": list(RoleGrant.objects.order_by("pk").values_list("pk", "role", "revoked_at")),
    }
    for label in ("plans.PlanVersion", "runs.Publication", "statements.PostingPeriod"):
        rows = apps.get_model(label)._default_manager.order_by("pk")
        found[label] = list(rows.values_list("pk", "state"))
    return found


def _differing(before: dict[str, list[object]]) -> list[str]:
    """What is not as it was; a new draft beside it is what the form is for."""
    now = _rights()
    return [name for name, rows in before.items() if now[name][: len(rows)] != rows]


def test_a_disabled_account_ends_with_its_next_request(attacked: Attacked) -> None:
    client: Client = client_of("finance")
    assert client.get("/flow/").status_code == 200

    User.objects.filter(username=WHO["finance"]).update(is_active=False)

    assert is_refused(client.get("/flow/"))


def test_a_role_that_is_taken_away_ends_with_the_next_request(attacked: Attacked) -> None:
    client = client_of("system_admin")
    assert client.get("/jobs/").status_code == 200

    RoleGrant.objects.filter(user__username="sysadmin").update(revoked_at="2026-01-01T00:00Z")

    assert client.get("/jobs/").status_code == 403
