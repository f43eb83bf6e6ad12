"""Take an import back: the state before it becomes a new version."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from attain import lake
from attain.apps.data.catalog import DatabaseCatalog

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def undo_import(
    dataset: str, *, actor: Actor, at: datetime, version: str | None = None
) -> lake.Receipt:
    """Undo the latest import of a dataset that still holds. Nothing is lost: versions stay.

    :raises AttainError: NOTHING_TO_UNDO, UNDO_NOT_LATEST, VERSION_CONFLICT.
    """
    catalog = DatabaseCatalog(actor=actor, at=at)
    return lake.undo(catalog, dataset, version, by=actor.name, at=at)
