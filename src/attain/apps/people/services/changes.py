"""Beginning a change, and finishing it: who, when, why, and what the trail keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.people import errors
from attain.apps.people.models import Change, Person, Position, Unit
from attain.core.errors import AttainError, problem

REASON_MAX: Final = 1000
_LOCK: Final = 7_050_110
"""Any number, as long as nobody else locks it."""


def begin(
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
) -> Change:
    """Open a change; everything it writes names it. Changes wait for each other.

    :raises AttainError: TEXT_TOO_LONG for the reason.
    """
    _one_at_a_time()
    if len(reason) > REASON_MAX:
        raise AttainError(problem(errors.TEXT_TOO_LONG, length=len(reason), limit=REASON_MAX))
    return Change.objects.create(
        kind=kind,
        at=at,
        by_id=actor.user_id,
        by_name=actor.name,
        effective_on=on,
        reason=reason.strip(),
        values=dict(values or {}),
    )


def _one_at_a_time() -> None:
    """Circles and overlaps can only be refused if nobody else writes meanwhile.

    SQLite lets one transaction write at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def finish(
    change: Change,
    thing: Person | Unit | Position,
    *,
    actor: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Change:
    """Write the change into the trail, and let older forms of the thing be stale."""
    model = type(thing)
    thing.version += 1
    model.objects.filter(pk=thing.pk).update(version=thing.version)
    audit.record(
        actor=actor,
        action=f"people.{change.kind}",
        object=(model._meta.model_name or "", thing.pk, str(thing)),
        before=before,
        after={**(after or {}), "change": change.pk},
        cause=change.reason,
        at=change.at,
    )
    return change


def check_version(thing: Person | Unit | Position, version: int | None) -> None:
    """Refuse a form that was opened before somebody else changed the thing.

    :raises AttainError: ORGANISATION_STALE.
    """
    thing.refresh_from_db(fields=["version"])
    if version is not None and version != thing.version:
        raise AttainError(problem(errors.STALE, name=str(thing)))
