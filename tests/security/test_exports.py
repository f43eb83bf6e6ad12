"""Who takes a list away is written down, and nothing in it is a formula (G44, G55)."""

from __future__ import annotations

import json

import pytest
from addresses import client_of
from building import Attacked

from attain.apps.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_who_takes_a_list_away_is_written_down(attacked: Attacked, kind: str) -> None:
    before = AuditEntry.objects.count()

    answer = client_of("hr").get(f"/people/?q=E-10&export={kind}")

    assert answer.status_code == 200
    entry = AuditEntry.objects.get(pk__gt=0, action="lists.export")
    assert AuditEntry.objects.count() == before + 2  # logging in, and this
    assert entry.actor == attacked.user("hr").pk
    said = json.loads(entry.after)
    assert said["rows"] > 0
    assert "q=E-10" in said["of"]


def test_who_takes_everybody_away_is_written_down(attacked: Attacked) -> None:
    assert client_of("hr").get("/people/export").status_code == 200

    assert AuditEntry.objects.filter(action="people.export").count() == 1
