"""Requests nobody would write, made from the API's own description (G39).

The same few every time; `make campaign` sends twenty thousand as each role.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import pytest
import schemathesis
from addresses import ARGUMENTS, client_of
from building import Attacked
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings

from attain.config.api import api

pytestmark = pytest.mark.django_db

REQUESTS: Final = int(os.environ.get("ATTAIN_REQUESTS", "200"))
"""How many as each role."""
SEED: Final = 20261122
ROLES: Final = ("finance", "plan_admin", "hr")
"""Who may do most: what they may not is tried by the matrix."""
TOLD: Final = re.compile(
    rb'Traceback \(most recent|File \\?"/|django\.db|sqlite3\.|psycopg|duckdb\.|/site-packages/|'
    rb"SELECT .+ FROM |/attain/apps/"
)
"""What belongs into a log and not into an answer."""
DOCUMENTED_ELSEWHERE: Final = frozenset({401, 403, 404, 405, 409, 412, 422, 428, 429})
"""Refusals that every address may give, in the one shape of errors."""


def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return found


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(description())
    found: list[Any] = list(schema.get_all_operations())
    return [one.ok() for one in found]


OPERATIONS: Final = operations()


def test_every_address_of_the_api_is_described() -> None:
    patterns: list[Any] = list(api.urls[0])
    described = {re.sub(r"\{\w+\}", "{}", one.path) for one in OPERATIONS}
    served = {
        re.sub(r"<(\w+:)?\w+>", "{}", f"/api/v1/{pattern.pattern}")
        for pattern in patterns
        if pattern.name not in ("openapi-json", "openapi-view", "api-root")
    }

    assert described == served


@pytest.mark.parametrize("role", ROLES)
def test_no_request_breaks_the_api(attacked: Attacked, role: str) -> None:
    client, wrong = client_of(role), []
    each, sent = REQUESTS // len(OPERATIONS) + 1, 0
    for operation in OPERATIONS:
        for case, why in _sent(client, operation, attacked, each):
            sent += 1
            if why:
                wrong.append(f"{case.method} {case.path} {case.query} {case.body!r}: {why}")

    assert wrong[:5] == []
    assert sent >= len(OPERATIONS)


def _sent(
    client: Client, operation: Any, attacked: Attacked, each: int
) -> Iterator[tuple[Any, str]]:
    """Send requests of one operation, and say what is wrong with the answers."""
    found: list[tuple[Any, str]] = []

    @seed(SEED)
    @settings(
        max_examples=each, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        _lead_somewhere(case, attacked, len(found))
        # What a request changed is gone before the next, so that all meet the same company.
        with transaction.atomic():
            answer = _answered(client, case)
            transaction.set_rollback(True)
        found.append((case, _fault(operation, answer)))

    send()
    yield from found


def _lead_somewhere(case: Any, attacked: Attacked, number: int) -> None:
    """Two in three requests name things that are there: most code lies behind those."""
    if number % 3 == 0:
        return
    space = f"api-1:{case.path.split('/')[3]}"
    for name in case.path_parameters or {}:
        maker = ARGUMENTS.get(f"{space}*{name}") or ARGUMENTS.get(f"api-1:*{name}")
        if maker is not None:
            case.path_parameters[name] = maker(attacked)


def _answered(client: Client, case: Any) -> Any:
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
    headers = {name: value for name, value in headers.items() if _is_header(name, value)}
    if case.method != "GET":
        headers["Idempotency-Key"] = f"fuzz-{time.monotonic_ns()}"
    body = b"" if isinstance(case.body, type(schemathesis.core.NOT_SET)) else _written(case.body)
    return client.generic(
        case.method, path, body, case.media_type or "application/json",
        query_params={str(name): value for name, value in (case.query or {}).items()},
        headers=headers,
    )  # fmt: skip


def _is_header(name: str, value: str) -> bool:
    """What a server would let through to the product; made-up tokens would only be refused."""
    return name != "Authorization" and name.isascii() and value.isprintable() and value.isascii()


def _written(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return json.dumps(body, default=str).encode("utf-8", "replace")


def _fault(operation: Any, answer: Any) -> str:
    """What is wrong with an answer; nothing if nothing is."""
    content = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code >= 500:
        return f"{answer.status_code} {content[:300]!r}"
    if TOLD.search(content):
        return f"tells of the inside: {content[:300]!r}"
    if answer.status_code >= 400:
        return _fault_of_refusal(content)
    described = operation.definition.raw["responses"]
    if str(answer.status_code) not in described:
        return f"{answer.status_code} is not described"
    return ""


def _fault_of_refusal(content: bytes) -> str:
    try:
        told = json.loads(content)
    except ValueError:
        return f"a refusal that is no JSON: {content[:200]!r}"
    return "" if isinstance(told, dict) and told else f"an empty refusal: {told!r}"
