"""The chain over the audit trail: each entry is sealed together with all entries before it.

A seal is an HMAC over exactly what is read back from the database, with a key that does not
lie in the database: who can write there can still not make a seal.
"""

from __future__ import annotations

import hmac
import json
from datetime import UTC
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from attain.apps.audit.models import AuditEntry, AuditSeal

START: Final = "0" * 64
"""What stands before the first seal."""

SEALED_AT_ONCE: Final = 500
_LOCK: Final = 4_151_908_001


def seal() -> int:
    """Seal every entry that is committed and not sealed yet; how many they were."""
    sealed = 0
    while count := _seal_some():
        sealed += count
    return sealed


@transaction.atomic
def _seal_some() -> int:
    if connection.vendor == "postgresql":
        # Two sealing at once would give one number twice. SQLite knows one writer only.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = AuditSeal.objects.order_by("-number").first()
    number, digest = (last.number, last.digest) if last else (0, START)
    waiting = AuditEntry.objects.filter(seal__isnull=True).order_by("id")[:SEALED_AT_ONCE]
    seals = []
    for entry in waiting:
        number += 1
        digest = digest_of(number, entry, digest)
        seals.append(AuditSeal(number=number, entry=entry, digest=digest))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def digest_of(number: int, entry: AuditEntry, previous: str) -> str:
    """The seal of an entry at its place in the chain."""
    said = [
        number,
        previous,
        entry.pk,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.actor_name,
        entry.via,
        entry.request_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.before,
        entry.after,
        entry.cause,
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(_key(), text.encode(), sha256).hexdigest()


def _key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"attain audit trail", sha256).digest()
