"""Writing down what happened to a record, in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from attain.apps.accounts.actors import Actor
from attain.apps.records.models import Record, RecordEvent

Kind = RecordEvent.Kind


def happened(
    record: Record,
    kind: RecordEvent.Kind,
    *,
    actor: Actor,
    at: datetime,
    note: Mapping[str, Any] | None = None,
    **further: Any,
) -> RecordEvent:
    """Keep one event. Of two at once, the second waits for the number of the first."""
    Record.objects.filter(pk=record.pk).update(happened=F("happened") + 1, changed_at=at)
    n = Record.objects.values_list("happened", flat=True).get(pk=record.pk)
    record.happened, record.changed_at = n, at
    return RecordEvent.objects.create(
        record=record,
        n=n,
        kind=kind,
        at=at,
        on=actor.today,
        by_id=actor.user_id,
        person=actor.person,
        note=dict(note or {}),
        **further,
    )
