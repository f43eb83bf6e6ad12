"""Say which column of a file is which, or that the file is something new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from attain import lake
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import schema
from attain.apps.data.services.importing import refuse_provided
from attain.apps.data.services.starting import CHECK_JOB, ask
from attain.apps.flow.services import take

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor

MAPPING = "mapping"


def map_columns(
    batch: ImportBatch,
    mapping: lake.ColumnMapping,
    *,
    actor: Actor,
    at: datetime,
    version: int,
    written: Mapping[str, Mapping[str, Any]] | None = None,
) -> ImportBatch:
    """Keep the mapping of an import, and ask for the check.

    Corrections of an earlier check hold on: they name cells of the file.

    :raises AttainError: DATASET_NOT_DECLARED, DATASET_OF_SYSTEM; as `flow.take`.
    """
    refuse_provided(schema(mapping.dataset))
    with transaction.atomic():
        taken = take(batch, "map", actor=actor, at=at, version=version)
        assert isinstance(taken, ImportBatch)
        taken.dataset = mapping.dataset
        taken.sheet = mapping.sheet or ""
        taken.said = {
            **taken.said,
            MAPPING: mapping.model_dump(mode="json"),
            "written": dict(written or {}),
        }
        taken.problems = []
        taken.save(update_fields=["dataset", "sheet", "said", "problems"])
        ask(taken, CHECK_JOB, actor=actor, at=at)
    return taken


def mapping_of(batch: ImportBatch) -> lake.ColumnMapping | None:
    """The mapping somebody confirmed for this import."""
    said = batch.said.get(MAPPING)
    return lake.ColumnMapping.model_validate(said) if said else None


def check_again(
    batch: ImportBatch,
    *,
    actor: Actor,
    at: datetime,
    version: int,
    said: Mapping[str, Any] | None = None,
) -> ImportBatch:
    """Check once more with what somebody said since: corrections, coverage, once more.

    :raises AttainError: as `flow.take`.
    """
    with transaction.atomic():
        taken = take(batch, "map", actor=actor, at=at, version=version)
        assert isinstance(taken, ImportBatch)
        taken.said = {**taken.said, **(said or {})}
        taken.save(update_fields=["said"])
        ask(taken, CHECK_JOB, actor=actor, at=at)
    return taken
