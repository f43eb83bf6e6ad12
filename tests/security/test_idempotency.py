"""Keys of repeated requests: nobody's request takes, reads or spoils another's (G21, G41)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from addresses import client_of
from building import Attacked
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse

from attain.apps.accounts import idempotency
from attain.apps.accounts.models import IdempotencyKey

pytestmark = pytest.mark.django_db

HIRED = {"code": "E-7001", "name": "新人", "on": "2026-10-01", "unit": "U-SH1"}


def send(client: Client, body: dict[str, Any], key: str = "one-key") -> Any:
    return client.post(
        reverse("api-1:people-list"), json.dumps(body), content_type="application/json",
        headers={"Idempotency-Key": key},
    )  # fmt: skip


def test_a_forged_request_takes_no_key(attacked: Attacked) -> None:
    client = client_of("hr")
    client.handler.enforce_csrf_checks = True
    seen: list[int] = []
    claim = idempotency._claim

    def counted(request: Any) -> IdempotencyKey:
        seen.append(1)
        return claim(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(idempotency, "_claim", counted)
        answer = send(client, HIRED)

    assert answer.status_code == 403
    assert answer.json()["code"] == "CSRF_FAILED"
    assert seen == []
    assert not IdempotencyKey.objects.exists()


def test_a_key_of_one_user_says_nothing_to_another(attacked: Attacked) -> None:
    mine = send(client_of("hr"), HIRED)
    theirs = send(client_of("plan_admin"), HIRED)

    assert mine.status_code == 201, mine.content
    assert theirs.status_code == 403
    assert "Idempotent-Replayed" not in theirs


def test_the_same_again_is_answered_alike_and_another_body_is_refused(attacked: Attacked) -> None:
    client = client_of("hr")
    first, again = send(client, HIRED), send(client, HIRED)
    other = send(client, {**HIRED, "name": "别人"})

    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_who_took_too_long_has_no_effect_beside_who_took_over(attacked: Attacked) -> None:
    # While the first is under way its key is given up and taken by a second request.
    client = client_of("hr")
    keep = idempotency._keep

    def late(kept: IdempotencyKey, response: Any) -> bool:
        later = kept.created_at + idempotency.GIVEN_UP_AFTER + timedelta(seconds=1)
        IdempotencyKey.objects.filter(pk=kept.pk).update(created_at=later)
        return keep(kept, response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(idempotency, "_keep", late)
        answer = send(client, HIRED)

    assert (answer.status_code, answer.json()["code"]) == (409, "IDEMPOTENCY_IN_PROGRESS")
    found = client.get(reverse("api-1:people-list"), {"q": "E-7001"}).json()
    assert found["total"] == 0


# --- files ---

CSV = b"order_id,signed_on,seller,amount\nA-1,2026-10-01,E-0001,100.00\n"


def bring(client: Client, content: bytes = CSV, key: str = "one-key", **headers: str) -> Any:
    return client.post(
        reverse("api-1:data-imports"),
        {"file": SimpleUploadedFile("orders.csv", content)},
        headers={"Idempotency-Key": key, **headers},
    )


def test_a_browser_brings_a_file_with_a_key(attacked: Attacked) -> None:
    client = client_of("finance")
    client.handler.enforce_csrf_checks = True
    page = client.get(reverse("data:import")).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None

    answer = bring(client, **{"X-CSRFToken": found.group(1)})

    assert answer.status_code == 202, answer.content


def test_the_same_file_again_is_answered_alike_and_another_is_refused(attacked: Attacked) -> None:
    # Each time a file is sent, another line stands between the parts of the form.
    client = client_of("finance")
    first = bring(client)
    again = client.post(
        reverse("api-1:data-imports"),
        encode_multipart("another-line", {"file": SimpleUploadedFile("orders.csv", CSV)}),
        content_type="multipart/form-data; boundary=another-line",
        headers={"Idempotency-Key": "one-key"},
    )
    other = bring(client, CSV.replace(b"100", b"900"))

    assert first.status_code == 202, first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_file_larger_than_a_body_at_once_is_taken(attacked: Attacked) -> None:
    row = b"A-%07d,2026-10-01,E-0001,100.00\n"
    large = CSV + b"".join(row % number for number in range(80_000))
    assert len(large) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    answer = bring(client_of("finance"), large)

    assert answer.status_code == 202, answer.content
