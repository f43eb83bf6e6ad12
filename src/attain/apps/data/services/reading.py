"""Read a file in a process of its own, and find out what it holds and where it belongs."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attain import lake
from attain.apps.data import providers
from attain.apps.data.batches import clear, folder_of
from attain.apps.data.lifecycle import READ, UPLOADED
from attain.apps.data.mappings import DatabaseMappings
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import schemas
from attain.apps.flow.services import begin, take
from attain.core.errors import AttainError
from attain.core.schemas import DatasetSchema
from attain.lake.choosing import Candidate, choose_dataset, in_order, tables_of
from attain.lake.headers import find_header, recognised
from attain.lake.mapping import mapping_problems

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


def read_file(batch: ImportBatch, *, actor: Actor, at: datetime) -> list[ImportBatch]:
    """Read an uploaded file; a workbook with several known sheets becomes several imports.

    Those whose columns are clear go on to the check by themselves; see `is_clear`. A file that
    cannot be read is refused with its reason, and that is the end of it.
    """
    assert batch.file is not None
    folder = folder_of(batch)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        detected = lake.detect(batch.file.path, folder, name=batch.file_name)
    except AttainError as refusal:
        return [_refused(batch, refusal, actor=actor, at=at)]
    known = {name: one for name, one in schemas().items() if providers.provider(name) is None}
    targets = _targets(batch, detected, known)
    with transaction.atomic():
        read = _note_read(batch, targets[0], actor=actor, at=at)
        further = [_sibling(read, one, actor=actor, at=at) for one in targets[1:]]
    return [read, *further]


Target = tuple[str, str]
"""Sheet and dataset, "" where nobody can tell yet."""


def _targets(
    batch: ImportBatch, detected: lake.Detected, known: dict[str, DatasetSchema]
) -> list[Target]:
    """What each table of a file is to become, those first that others refer to."""
    if batch.dataset in known:
        return [(_sheet(detected, known[batch.dataset]), batch.dataset)]
    try:
        candidates, _ = tables_of(batch.file.path, detected, known, None, None)  # type: ignore[union-attr]
    except AttainError:
        return [_guessed(detected, known)]
    fitting = [one for one in in_order(candidates) if _fits(one)]
    if not fitting:
        return [(_longest(detected), "")]
    return [(one.table.sheet or "", one.schema.dataset) for one in fitting]


def _fits(one: Candidate) -> bool:
    """A sheet that is only called like a dataset, and has few of its columns, is another thing."""
    needed = {column.name for column in one.schema if column.required}
    header = find_header(one.table, one.schema)
    found = recognised(list(header.names), one.schema) if header else set()
    return len(found & needed) * 2 >= len(needed)


def _sheet(detected: lake.Detected, one: DatasetSchema) -> str:
    """The sheet that holds a dataset; the first where it is not clear."""
    from attain.lake.mapping import choose_table

    try:
        return choose_table(detected, one, None).sheet or ""
    except AttainError:
        return detected.tables[0].sheet or ""


def _guessed(detected: lake.Detected, known: dict[str, DatasetSchema]) -> Target:
    """The first sheet that fits something; else the longest of all, fitting nothing."""
    for table in detected.tables:
        try:
            return table.sheet or "", choose_dataset(detected, table, known).dataset
        except AttainError:
            continue
    return _longest(detected), ""


def _longest(detected: lake.Detected) -> str:
    """The sheet with the most rows: what somebody wants to calculate is longer than a legend."""
    return max(detected.tables, key=lambda one: one.rows).sheet or ""


def _refused(
    batch: ImportBatch, refusal: AttainError, *, actor: Actor, at: datetime
) -> ImportBatch:
    with transaction.atomic():
        batch.problems = [one.as_data() for one in refusal.problems]
        batch.changed_at = at
        batch.save(update_fields=["problems", "changed_at"])
        taken = take(batch, "refuse", actor=actor, at=at, version=batch.version)
    clear(batch)
    assert isinstance(taken, ImportBatch)
    return taken


def _note_read(batch: ImportBatch, target: Target, *, actor: Actor, at: datetime) -> ImportBatch:
    batch.sheet, batch.dataset = target
    batch.changed_at = at
    batch.save(update_fields=["sheet", "dataset", "changed_at"])
    taken = take(batch, "read", actor=actor, at=at, version=batch.version)
    assert isinstance(taken, ImportBatch)
    return taken


def _sibling(batch: ImportBatch, target: Target, *, actor: Actor, at: datetime) -> ImportBatch:
    """A further sheet of the same workbook, as an import of its own."""
    other = ImportBatch.objects.create(
        state=UPLOADED,
        file_id=batch.file_id,
        file_name=batch.file_name,
        size=batch.size,
        sha256=batch.sha256,
        started_by_id=batch.started_by_id,
        started_at=at,
        changed_at=at,
    )
    begin(other, actor=actor, at=at, action="upload", duty="import_data")
    # What an attempt that was broken off left behind.
    clear(other)
    shutil.copytree(folder_of(batch), folder_of(other), copy_function=os.link, dirs_exist_ok=True)
    return _note_read(other, target, actor=actor, at=at)


def is_clear(batch: ImportBatch, detected: lake.Detected) -> lake.ColumnMapping | None:
    """The mapping of a file whose columns nobody needs to be asked about, else None.

    Clear is a layout that was confirmed before, or headers that name every column of the
    dataset that is required and nothing it does not have.
    """
    if not batch.dataset or batch.state != READ:
        return None
    declared = schemas().get(batch.dataset)
    if declared is None:
        return None
    try:
        remembered = DatabaseMappings().recall(detected, declared, batch.sheet or None)
        mapping = lake.propose_mapping(
            detected, declared, sheet=batch.sheet or None, remembered=remembered
        )
    except AttainError:
        return None
    found = list(mapping_problems(detected, mapping, declared))
    is_doubtful = mapping.by_position or any(one.severity.value == "error" for one in found)
    return None if is_doubtful else mapping
