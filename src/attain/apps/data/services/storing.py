"""Make the rows of a checked import count; or have somebody else approve that first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attain import lake
from attain.apps.accounts.company import company
from attain.apps.data import errors
from attain.apps.data.batches import checked_of
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.lifecycle import CHECKED, COMMITTED, SUBMITTED
from attain.apps.data.models import ImportBatch
from attain.apps.data.services.starting import COMMIT_JOB, ask
from attain.apps.flow.services import take
from attain.core.errors import AttainError, problem
from attain.core.manifests import DatasetVersion
from attain.lake.errors import flow as flow_codes

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def ask_to_load(
    batch: ImportBatch,
    *,
    actor: Actor,
    at: datetime,
    version: int,
    good_rows_only: bool = False,
    reason: str = "",
) -> ImportBatch:
    """Ask for an import to be loaded; where the company wants approval, hand it over for that.

    Everything that would refuse the load is said now, not only by the job.

    :raises AttainError: ROWS_REJECTED, FILE_REFUSED, REASON_NEEDED, STATE_STALE.
    """
    checked = _whole(batch, version)
    refuse_unfit(checked, good_rows_only=good_rows_only, reason=reason)
    with transaction.atomic():
        said = {**batch.said, "good_rows_only": good_rows_only, "reason": reason.strip()}
        ImportBatch.objects.filter(pk=batch.pk, version=version).update(said=said)
        batch.said = said
        if needs_approval():
            taken = take(batch, "submit", actor=actor, at=at, version=version, reason=reason)
            assert isinstance(taken, ImportBatch)
            return taken
        ask(batch, COMMIT_JOB, actor=actor, at=at)
    return batch


def ask_to_approve(batch: ImportBatch, *, actor: Actor, at: datetime, version: int) -> ImportBatch:
    """Approve what somebody else imports; the job loads it and records who approved.

    :raises AttainError: SELF_APPROVAL, STATE_STALE.
    """
    from attain.apps.flow.selectors import actions

    possible = {one.action: one for one in actions(batch, actor)}
    found = possible.get("approve")
    if found is None or not found.allowed:
        raise AttainError(found.reasons if found else problem(errors.IMPORT_NOT_WAITING))
    if batch.version != version:
        take(batch, "approve", actor=actor, at=at, version=version)
    with transaction.atomic():
        ask(batch, COMMIT_JOB, actor=actor, at=at)
    return batch


def refuse_unfit(checked: lake.Checked, *, good_rows_only: bool, reason: str) -> None:
    """
    :raises AttainError: ROWS_REJECTED, FILE_REFUSED, REASON_NEEDED.
    """
    rows = checked.rows
    found = []
    if checked.file_errors:
        found.append(problem(flow_codes.FILE_REFUSED, count=checked.file_errors))
    if rows.rejected and not (good_rows_only and rows.accepted):
        fault = problem(flow_codes.ROWS_REJECTED, rows=rows.in_file, rejected=rows.rejected)
        found.append(fault)
    if checked.needs_reason and not reason.strip():
        found.append(problem(flow_codes.REASON_NEEDED))
    if found:
        raise AttainError(found)


def load_batch(batch: ImportBatch, *, actor: Actor, at: datetime) -> ImportBatch:
    """Load a checked import: version, batch, audit and duties change in one transaction.

    Called again after a crash it finds the work done, or does it whole.

    :raises AttainError: CHECK_OUTDATED, VERSION_CONFLICT, SELF_APPROVAL, STORAGE_FULL …
    """
    if batch.state == COMMITTED:
        return batch
    checked = _whole(batch, batch.version)
    action = "approve" if batch.state == SUBMITTED else "commit"
    moved: list[ImportBatch] = []

    def also(version: DatasetVersion) -> None:
        if version.dataset == batch.dataset and "sha256" in version.receipt:
            moved.append(_loaded(batch, action, version, actor=actor, at=at))

    lake.commit(
        checked,
        DatabaseCatalog(actor=actor, at=at, also=also),
        accept_good_rows=bool(batch.said.get("good_rows_only")),
        by=actor.name,
        at=at,
        reason=str(batch.said.get("reason", "")),
    )
    return moved[0]


def _loaded(
    batch: ImportBatch, action: str, version: DatasetVersion, *, actor: Actor, at: datetime
) -> ImportBatch:
    taken = take(batch, action, actor=actor, at=at, version=batch.version)
    assert isinstance(taken, ImportBatch)
    taken.committed_version = version.hash
    taken.changed_at = at
    taken.save(update_fields=["committed_version", "changed_at"])
    return taken


def _whole(batch: ImportBatch, version: int) -> lake.Checked:
    """The check of an import that is ready to be loaded.

    :raises AttainError: IMPORT_NOT_WAITING.
    """
    checked = checked_of(batch)
    if batch.state not in (CHECKED, SUBMITTED) or checked is None or batch.version != version:
        raise AttainError(problem(errors.IMPORT_NOT_WAITING))
    return checked


def needs_approval() -> bool:
    """Whether the company wants a second person for every import."""
    return company().settings.approve_imports
