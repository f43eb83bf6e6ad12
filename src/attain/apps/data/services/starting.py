"""Begin an import with files that somebody hands over, and give one up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from attain.apps.data.batches import clear
from attain.apps.data.lifecycle import UPLOADED
from attain.apps.data.models import ImportBatch
from attain.apps.files.services import keep, take_in
from attain.apps.flow.services import begin, take
from attain.apps.jobs.services import enqueue

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor

PURPOSE: Final = "data.import"
READ_JOB: Final = "data.read"
CHECK_JOB: Final = "data.check"
COMMIT_JOB: Final = "data.commit"


def start_imports(
    uploads: Iterable[UploadedFile], *, actor: Actor, at: datetime, dataset: str = ""
) -> list[ImportBatch]:
    """Keep the files and ask for them to be read. `dataset` is where they shall go, if known.

    :raises AttainError: a file that is too large or not of an accepted kind (files).
    """
    return [_start(upload, actor=actor, at=at, dataset=dataset) for upload in uploads]


def _start(upload: UploadedFile, *, actor: Actor, at: datetime, dataset: str) -> ImportBatch:
    stored = take_in(upload, actor=actor, purpose=PURPOSE, at=at)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            state=UPLOADED,
            file=stored,
            file_name=stored.name,
            size=stored.size,
            sha256=stored.sha256,
            dataset=dataset,
            started_by_id=actor.user_id,
            started_at=at,
            changed_at=at,
        )
        keep(stored, at=at)
        begin(batch, actor=actor, at=at, action="upload", duty="import_data")
        ask(batch, READ_JOB, actor=actor, at=at)
    return batch


def ask(batch: ImportBatch, kind: str, *, actor: Actor, at: datetime) -> None:
    """Ask for the next step of an import, in the caller's transaction."""
    job = enqueue(kind, key=f"batch-{batch.pk}", arguments={"batch": batch.pk}, actor=actor, at=at)
    batch.job = job.pk
    batch.changed_at = at
    batch.save(update_fields=["job", "changed_at"])


def abandon(batch: ImportBatch, *, actor: Actor, at: datetime, version: int) -> ImportBatch:
    """Give an import up. The file is kept with its trail; nothing was stored.

    :raises AttainError: as `flow.take`.
    """
    taken = take(batch, "abandon", actor=actor, at=at, version=version)
    clear(batch)
    assert isinstance(taken, ImportBatch)
    return taken
