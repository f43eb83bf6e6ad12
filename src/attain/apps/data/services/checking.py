"""Check every row of an import, and keep what was counted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from attain import lake
from attain.apps.data.batches import (
    corrections_of,
    covers_of,
    detected_of,
    left_out_of,
    written_schema,
)
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.conditions import conditions
from attain.apps.data.mappings import DatabaseMappings
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import schema
from attain.apps.data.services.freezing import refresh
from attain.apps.data.services.mapping import mapping_of
from attain.apps.flow.services import take
from attain.core.errors import AttainError

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def check_batch(batch: ImportBatch, *, actor: Actor, at: datetime) -> ImportBatch:
    """Check a mapped import. One that cannot be checked goes back to the mapping, with why."""
    try:
        checked = _check(batch, actor=actor, at=at)
    except AttainError as refusal:
        return _move(batch, "fail", {}, [one.as_data() for one in refusal.problems], actor, at)
    if not checked.file_errors:
        mapping = mapping_of(batch)
        assert mapping is not None
        remember = DatabaseMappings(actor=actor, at=at).remember
        remember(mapping, written=batch.said.get("written", {}))
    return _move(batch, "check", figures_of(checked), [], actor, at)


def _check(batch: ImportBatch, *, actor: Actor, at: datetime) -> lake.Checked:
    detected, mapping = detected_of(batch), mapping_of(batch)
    assert detected is not None
    assert mapping is not None
    declared = schema(batch.dataset)
    refresh(declared, actor=actor, at=at)
    given = conditions(
        at=at,
        covers=covers_of(batch),
        again=bool(batch.said.get("again")),
        corrections=corrections_of(batch),
        left_out=left_out_of(batch),
    )
    return lake.check(detected, mapping, written_schema(batch), DatabaseCatalog(), given)


def _move(
    batch: ImportBatch,
    action: str,
    figures: dict[str, Any],
    problems: list[dict[str, object]],
    actor: Actor,
    at: datetime,
) -> ImportBatch:
    with transaction.atomic():
        taken = take(batch, action, actor=actor, at=at, version=batch.version)
        assert isinstance(taken, ImportBatch)
        taken.figures, taken.problems, taken.changed_at = figures, problems, at
        taken.save(update_fields=["figures", "problems", "changed_at"])
    return taken


def figures_of(checked: lake.Checked) -> dict[str, Any]:
    """What lists show of a check: counts and sums as exact texts."""
    rows = checked.rows
    return {
        "rows": rows.in_file,
        "accepted": rows.accepted,
        "rejected": rows.rejected,
        "skipped": dict(rows.skipped),
        "corrected": checked.corrected,
        "file_errors": checked.file_errors,
        "new": checked.changes.new,
        "changed": checked.changes.changed,
        "same": checked.changes.same,
        "withdrawn": checked.changes.withdrawn,
        "totals": [
            {
                "column": one.column,
                "unread": one.unread,
                **{
                    part: format(getattr(one, part), "f")
                    for part in ("in_file", "accepted", "rejected", "skipped")
                },
            }
            for one in checked.totals
        ],
        "covers": [[str(start), str(until)] for start, until in checked.covers],
        "codes": dict(checked.counts_by_code),
    }
