"""Take an import back: the state before it becomes a new version."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from attain import lake
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import ImportBatch
from attain.apps.flow.services import take
from attain.core.manifests import DatasetVersion

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def undo_import(
    dataset: str, *, actor: Actor, at: datetime, version: str | None = None
) -> lake.Receipt:
    """Undo the latest import of a dataset that still holds. Nothing is lost: versions stay.

    The import it undoes says so from then on, in the same transaction.

    :raises AttainError: NOTHING_TO_UNDO, UNDO_NOT_LATEST, VERSION_CONFLICT.
    """

    def also(restored: DatasetVersion) -> None:
        undone = restored.receipt.get("undoes", "")
        batch = ImportBatch.objects.filter(
            dataset=dataset, committed_version=undone, state="committed"
        ).first()
        if batch is not None:
            taken = take(batch, "undo", actor=actor, at=at, version=batch.version)
            ImportBatch.objects.filter(pk=taken.pk).update(
                undone_version=restored.hash, changed_at=at
            )

    catalog = DatabaseCatalog(actor=actor, at=at, also=also)
    return lake.undo(catalog, dataset, version, by=actor.name, at=at)
