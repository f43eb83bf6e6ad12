"""The inputs of a run: the present version of every dataset the plan reads, named by hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attain.cli import errors
from attain.core.errors import AttainError, problem
from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.core.stores import Catalog

MAY_BE_ABSENT: Final = frozenset(
    {"interventions", "plan_members", "days", "calendars", "balances", "parameters", "aliases"}
)
"""Datasets that a company may well have nothing to say in: then the run does without them."""


def freeze(
    datasets: Iterable[str], schemas: Mapping[str, DatasetSchema], catalog: Catalog
) -> dict[str, DatasetVersion]:
    """The current version of each dataset.

    :raises AttainError: DATASET_EMPTY for each that has no rows, and may not be absent.
    """
    found: dict[str, DatasetVersion] = {}
    problems = []
    for name in datasets:
        version = catalog.head(name)
        if version is not None and (version.rows or version.coverage):
            found[name] = version
        elif name not in MAY_BE_ABSENT:
            label = schemas[name].labels.get() if name in schemas else name
            problems.append(problem(errors.DATASET_EMPTY, dataset=name, label=label))
    if problems:
        raise AttainError(problems)
    return found
