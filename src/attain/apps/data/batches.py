"""What an import keeps on disk while it is under way, and how its choices are read."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attain.apps.data.catalog import lake_folder
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import schema
from attain.apps.jobs.models import Job
from attain.core.schemas import DatasetSchema
from attain.lake import Checked, Detected
from attain.lake.coverage import Interval


def folder_of(batch: ImportBatch) -> Path:
    """Where the rows of a file lie between the steps."""
    return lake_folder() / ".staging" / f"batch-{batch.pk}"


def detected_of(batch: ImportBatch) -> Detected | None:
    """What the file holds; None before it was read, and after it was cleared away."""
    folder = folder_of(batch)
    return Detected.load(folder) if (folder / "detected.json").is_file() else None


def checked_of(batch: ImportBatch) -> Checked | None:
    """What the last check found; None if there is none, or it was cleared away."""
    folder = folder_of(batch) / f"checked-{batch.dataset}"
    return Checked.load(folder) if (folder / "checked.json").is_file() else None


def job_of(batch: ImportBatch) -> Job | None:
    """What is done with it, or was done last."""
    return Job.objects.filter(pk=batch.job).first() if batch.job else None


def clear(batch: ImportBatch) -> None:
    """Delete what lies between the steps; what was imported stays."""
    shutil.rmtree(folder_of(batch), ignore_errors=True)


def written_schema(batch: ImportBatch) -> DatasetSchema:
    """The dataset, with what somebody said about how this file writes its values.

    :raises AttainError: DATASET_NOT_DECLARED.
    """
    return with_writing(schema(batch.dataset), batch.said.get("written", {}))


def with_writing(declared: DatasetSchema, said: Mapping[str, Mapping[str, Any]]) -> DatasetSchema:
    """A declaration whose columns are read as a file writes them."""
    columns = {
        name: column.model_copy(
            update={"written": column.written.model_copy(update=_options(said[name]))}
        )
        if name in said
        else column
        for name, column in declared.columns.items()
    }
    return declared.model_copy(update={"columns": columns})


def _options(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name == "units" else value for name, value in said.items()}


def corrections_of(batch: ImportBatch) -> dict[tuple[int, int], str]:
    """What was written in place of cells, by line and position."""
    found = {}
    for place, text in batch.said.get("corrections", {}).items():
        line, _, at = place.partition(":")
        found[int(line), int(at)] = str(text)
    return found


def left_out_of(batch: ImportBatch) -> frozenset[int]:
    """Lines that somebody chose not to import."""
    return frozenset(int(line) for line in batch.said.get("left_out", ()))


def covers_of(batch: ImportBatch) -> tuple[Interval, ...]:
    """The days somebody said the file is complete for; none where nobody did."""
    return tuple(
        (date.fromisoformat(start), date.fromisoformat(until))
        for start, until in batch.said.get("covers", ())
    )
