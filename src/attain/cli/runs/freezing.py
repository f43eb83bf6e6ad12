"""The inputs of a run: the present version of every dataset the plan reads, named by hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attain.cli import errors
from attain.cli.calendars import CALENDARS
from attain.cli.runs.tables import read_rows
from attain.core.errors import AttainError, problem
from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.core.stores import Catalog, Store
from attain.lake.catalog import Lake
from attain.lake.rekeying import bring_up
from attain.lake.stored_as import refuse_stored_otherwise

MEMBERS: Final = "plan_members"
"""Whoever is named for a plan takes part, and then nobody else does."""

MAY_BE_ABSENT: Final = frozenset(
    {"interventions", "plan_members", "days", "calendars", "balances", "parameters", "aliases"}
)
"""Datasets that a company may well have nothing to say in: then the run does without them."""


def freeze(
    datasets: Iterable[str], schemas: Mapping[str, DatasetSchema], catalog: Lake
) -> dict[str, DatasetVersion]:
    """The current version of each dataset.

    :raises AttainError: DATASET_EMPTY for each that has no rows, and may not be absent;
        STORED_OTHERWISE for columns that are declared otherwise since they were imported.
    """
    wanted = tuple(datasets)
    bring_up(catalog, schemas, wanted)
    found: dict[str, DatasetVersion] = {}
    problems = []
    for name in wanted:
        version = catalog.head(name)
        if version is not None and (version.rows or version.coverage):
            found[name] = version
        elif name not in MAY_BE_ABSENT:
            label = schemas[name].labels.get() if name in schemas else name
            problems.append(problem(errors.DATASET_EMPTY, dataset=name, label=label))
    if problems:
        raise AttainError(problems)
    refuse_stored_otherwise(catalog, schemas, found)
    return found


def members(plan: str, catalog: Catalog, store: Store) -> dict[str, DatasetVersion]:
    """The version that names the members of a plan; none if nobody is named for it."""
    version = catalog.head(MEMBERS)
    if version is None or not read_rows(store.part_paths(version), {"plan": plan}):
        return {}
    return {MEMBERS: version}


def calendar_rows(catalog: Catalog) -> dict[str, DatasetVersion]:
    """The version that says what the periods of imported calendars are; none if there is none."""
    version = catalog.head(CALENDARS)
    return {CALENDARS: version} if version is not None else {}
