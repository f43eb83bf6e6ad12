"""The datasets of a workspace: those that are declared, on top of the system's."""

from __future__ import annotations

from pathlib import Path

from attain.core.errors import AttainError, Problem
from attain.core.schemas import DatasetSchema, extended, load_dataset_schema
from attain.core.systems import SYSTEM_DATASETS


def load_schemas(folder: Path) -> dict[str, DatasetSchema]:
    """The system datasets, extended and joined by the declarations in `*.yaml` of a folder.

    :raises AttainError: every problem of every file at once; see `load_dataset_schema`.
    """
    schemas = dict(SYSTEM_DATASETS)
    faults: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            own = load_dataset_schema(path.read_text(encoding="utf-8"), path.name)
            system = SYSTEM_DATASETS.get(own.dataset)
            schemas[own.dataset] = extended(system, own) if system else own
        except AttainError as error:
            faults += error.problems
    if faults:
        raise AttainError(faults)
    return schemas
