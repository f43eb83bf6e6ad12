"""The chain over the audit trail: each entry is sealed together with all entries before it.

A seal is an HMAC over exactly what is read back from the database, with a key that does not
lie in the database: who can write there can still not make a seal. The head of the chain is
kept outside the database as well (`anchors`), so that cutting its end is seen.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final, Protocol

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from attain.apps.audit import anchors
from attain.apps.audit.models import AuditEntry, AuditSeal

START: Final = "0" * 64
"""What stands before the first seal."""

SEALED_AT_ONCE: Final = 500
WINDOW: Final = 1000
"""How far behind the last sealed entry a late commit is looked for after each entry."""

_LOCK: Final = 4_151_908_001

FIELDS: Final = (
    "actor",
    "actor_name",
    "via",
    "request_id",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "cause",
    "nonce",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal of the chain."""

    number: int
    digest: str


def seal(*, everything: bool = False) -> int:
    """Seal what is committed and not sealed yet; how many entries that were.

    After an entry only the end of the trail is looked at; `everything` also finds what a
    crash left behind long ago.
    """
    sealed, before = 0, anchored()
    while _waiting(everything).exists() and (count := _seal_some(everything)):
        sealed += count
    if sealed and _goes_on(before, sealed):
        anchor()
    return sealed


def anchor() -> Head:
    """Keep the head of the chain outside the database, as it is now."""
    last = head()
    anchors.write(anchors.Anchor(last.number, last.digest), _key(b"anchor"))
    return last


def _goes_on(before: anchors.Anchor | None, sealed: int) -> bool:
    """Whether the chain goes on from the head that was kept: a cut one must not hide that."""
    if before is None:
        return head().number == sealed
    return AuditSeal.objects.filter(number=before.number, digest=before.digest).exists()


def head() -> Head:
    """The last seal; number 0 before there is any."""
    last = AuditSeal.objects.order_by("-number").first()
    return Head(last.number, last.digest) if last else Head(0, START)


def _waiting(everything: bool) -> QuerySet[AuditEntry]:
    waiting = AuditEntry.objects.filter(seal__isnull=True)
    if not everything:
        last = AuditSeal.objects.order_by("-number").values_list("entry_id", flat=True).first()
        waiting = waiting.filter(pk__gt=(last or 0) - WINDOW)
    return waiting.order_by("pk")


@transaction.atomic
def _seal_some(everything: bool) -> int:
    if connection.vendor == "postgresql":
        # Two sealing at once would give one number twice. SQLite knows one writer only.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = head()
    number, digest = last.number, last.digest
    seals = []
    for entry in _waiting(everything)[:SEALED_AT_ONCE]:
        number += 1
        digest = digest_of(number, entry, digest)
        seals.append(AuditSeal(number=number, entry=entry, digest=digest))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


class Said(Protocol):
    """An entry, or a row with its fields: a million rows are read faster than as entries."""

    @property
    def pk(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def mark(self) -> str: ...
    @property
    def on_behalf_of(self) -> int | None: ...


def mark_of(entry: Said) -> str:
    """What the writer of an entry signs it with."""
    return _hmac(b"mark", _said(entry))


def digest_of(number: int, entry: Said, previous: str) -> str:
    """The seal of an entry at its place in the chain."""
    return _hmac(b"seal", [number, previous, entry.pk, entry.mark, *_said(entry)])


def anchored() -> anchors.Anchor | None:
    """The head that is kept outside the database, None if there is none of ours."""
    return anchors.read(_key(b"anchor"))


def _said(entry: Said) -> list[object]:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [at, *(getattr(entry, name) for name in FIELDS)]
    if entry.on_behalf_of is not None:
        # Said only where it is, as what is not said cannot be told from what never was.
        said.append(entry.on_behalf_of)
    return said


def _hmac(purpose: bytes, said: list[object]) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(_key(purpose), text.encode(), "sha256").hex()


def _key(purpose: bytes) -> bytes:
    return _derived(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=16)
def _derived(secret: str, purpose: bytes) -> bytes:
    return hmac.new(secret.encode(), b"attain audit trail " + purpose, sha256).digest()
