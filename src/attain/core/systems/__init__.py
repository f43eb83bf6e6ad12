"""The system datasets: what every plan may read, and which shape it has."""

from __future__ import annotations

from typing import Any, Final

from attain.core.documents import Document, check_document
from attain.core.schemas import DatasetSchema, extended
from attain.core.systems.organisation import ORGANISATION
from attain.core.systems.values import VALUES

SYSTEM_DATASETS: Final[dict[str, DatasetSchema]] = {
    schema.dataset: schema for schema in (*ORGANISATION, *VALUES)
}
"""By name; a workspace may extend them with columns of its own."""


def system_schema(name: str) -> DatasetSchema:
    """The schema of a system dataset.

    :raises KeyError: a dataset that is not one of the system's.
    """
    return SYSTEM_DATASETS[name]


def load_dataset(text: str, file: str | None = None) -> DatasetSchema:
    """A declaration of a workspace: a dataset of its own, or more columns for a system dataset.

    `dataset: people` needs to say its own columns only; what it repeats of the system's
    may carry other labels and aliases.

    :raises AttainError: as `load_dataset_schema`; SCHEMA_SYSTEM_COLUMN.
    """
    from attain.core.documents import read_yaml

    document = read_yaml(text, file)
    name = document.value(("dataset",))
    system = SYSTEM_DATASETS.get(name) if isinstance(name, str) else None
    if system is None:
        return check_document(DatasetSchema, document)
    completed = Document(
        _completed(document.data, system), document.places, document.keys, document.file
    )
    return extended(system, check_document(DatasetSchema, completed))


def _completed(data: dict[str, Any], system: DatasetSchema) -> dict[str, Any]:
    """The declaration with all that the system says already."""
    head = {"key": system.key, "date": system.date, "load": system.load, "dated": system.dated}
    columns = data.get("columns") or {}
    if not isinstance(columns, dict):
        return {**head, **data}
    # A key column is required unless it says otherwise, as the dimension of a target does.
    said = {
        name: {**column.model_dump(exclude_defaults=True), "required": column.required}
        for name, column in system.columns.items()
    }
    for name, column in columns.items():
        if isinstance(column, dict):
            said[name] = {**said.get(name, {}), **column}
        else:
            said[name] = column
    return {**head, **data, "columns": said}


__all__ = ["SYSTEM_DATASETS", "load_dataset", "system_schema"]
