"""Writing down what somebody did."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import transaction

from attain.apps.audit import sealing
from attain.apps.audit.models import AuditEntry


class Doer(Protocol):
    """What the trail keeps of an actor."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def via(self) -> str: ...
    @property
    def request_id(self) -> str: ...


def record(
    *,
    actor: Doer,
    action: str,
    object: tuple[str, object, str],
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    cause: str = "",
    on_behalf_of: int | None = None,
) -> AuditEntry:
    """Write an entry into the caller's transaction; it is sealed once that is committed.

    `object` is (type, id, label); `on_behalf_of` the user whose lent role made it possible.
    Never give secrets; name amounts of pay by reference.
    """
    kind, key, label = object
    entry = AuditEntry(
        at=at,
        actor=actor.user_id,
        actor_name=actor.name[:150],
        on_behalf_of=on_behalf_of,
        via=actor.via,
        request_id=actor.request_id,
        action=action,
        object_type=kind,
        object_id=str(key),
        object_label=str(label)[:200],
        before=as_text(before),
        after=as_text(after),
        cause=cause,
        nonce=secrets.token_hex(16),
    )
    entry.mark = sealing.mark_of(entry)
    entry.save(force_insert=True)
    # What cannot be sealed now, because the database is busy, is sealed with the next entry.
    transaction.on_commit(sealing.seal, robust=True)
    return entry


def as_text(values: Mapping[str, Any] | None) -> str:
    """Values as the trail keeps them: JSON with sorted names, exact numbers as text."""
    if values is None:
        return ""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return sorted(str(item) for item in value)
    return str(value)
