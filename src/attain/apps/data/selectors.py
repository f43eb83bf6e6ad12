"""Questions about datasets: which there are, and what is in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attain.apps.data import errors
from attain.apps.data.models import DatasetDeclaration
from attain.core.errors import AttainError, nearest, problem
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset

Schemas = Mapping[str, DatasetSchema]

_FURTHER: Final[dict[str, Callable[[], Schemas]]] = {}


def register_schemas(owner: str, schemas: Callable[[], Schemas]) -> None:
    """Let an app above bring datasets of its own, such as those that plans declare."""
    _FURTHER[owner] = schemas


def schemas() -> dict[str, DatasetSchema]:
    """Every dataset a plan may read: the system's as extended here, packs' and the company's.

    What the company declares holds over what comes with a pack or a plan.
    """
    found: dict[str, DatasetSchema] = {}
    for further in _FURTHER.values():
        found |= further()
    found |= SYSTEM_DATASETS
    for one in DatasetDeclaration.objects.filter(replaced_at__isnull=True):
        found[one.name] = load_dataset(one.text, f"{one.name}.yaml")
    return found


def schema(name: str) -> DatasetSchema:
    """
    :raises AttainError: DATASET_NOT_DECLARED.
    """
    known = schemas()
    if name not in known:
        near = nearest(name, list(known)) or "-"
        raise AttainError(problem(errors.DATASET_NOT_DECLARED, name=name, near=near))
    return known[name]
