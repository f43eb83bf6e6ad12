"""Questions about datasets: which there are, and what is in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.utils import timezone

from attain import lake
from attain.apps.accounts.actors import Actor
from attain.apps.accounts.errors import NOT_ALLOWED
from attain.apps.accounts.roles import Role
from attain.apps.data import errors
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import DatasetDeclaration, ImportBatch
from attain.core.errors import AttainError, nearest, problem
from attain.core.labels import Labels, labels
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset

Schemas = Mapping[str, DatasetSchema]

WORKERS: Final = (Role.hr, Role.finance, Role.plan_admin)
"""Who brings data in."""
READERS: Final = (*WORKERS, Role.auditor)
"""Who may look at datasets."""
PAY: Final = (Role.finance, Role.auditor)
"""Who may read rows that are money of people."""
PAY_DATASETS: Final = frozenset({"balances", "interventions"})
"""What people are owed and what was decided about their money."""
PERSONAL: Final = (Role.hr, Role.auditor)
"""Who may read columns that say something personal."""


def may_work(actor: Actor) -> bool:
    """Whether somebody may import and undo."""
    return actor.has_whole(*WORKERS)


def may_read(actor: Actor) -> bool:
    """Whether somebody may look at datasets at all."""
    return actor.has_whole(*READERS)


_KEEPERS: Final[dict[str, Callable[[Actor, str], bool]]] = {}


def register_keeper(owner: str, may_read_rows: Callable[[Actor, str], bool]) -> None:
    """Let an app above say who may read the rows of datasets that are its own."""
    _KEEPERS[owner] = may_read_rows


def is_open(actor: Actor, dataset: str) -> bool:
    """Whether somebody may read the rows of a dataset, and their sums.

    Money of people is for those who may see pay, what another app keeps for whom it says.
    """
    if dataset in PAY_DATASETS and not actor.has_whole(*PAY):
        return False
    return all(may_read_rows(actor, dataset) for may_read_rows in _KEEPERS.values())


def must_be_open(actor: Actor, dataset: str) -> None:
    """
    :raises AttainError: NOT_ALLOWED for rows the actor may not read.
    """
    if not is_open(actor, dataset):
        raise AttainError(problem(NOT_ALLOWED))


def may_read_personal(actor: Actor) -> bool:
    """Whether somebody may read columns that are declared personal, such as names."""
    return actor.has_whole(*PERSONAL)


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
    in_force = DatasetDeclaration.objects.filter(replaced_at__isnull=True)
    for name, digest, text in in_force.values_list("name", "sha256", "text"):
        found[name] = _loaded(name, digest, text)
    return found


@lru_cache(maxsize=512)
def _loaded(name: str, digest: str, text: str) -> DatasetSchema:
    """A declaration as read, once for each of its texts."""
    return load_dataset(text, f"{name}.yaml")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import that was undone: of which dataset, from which file, by whom and when."""

    dataset: Labels
    file: str | Labels
    """Its name, or the version where it came without one, over the API."""
    by: str
    at: str


def taken_back(name: str, version: str) -> TakenBack | None:
    """The import of a dataset that a version holds and that has been undone since."""
    undo = lake.taken_back(DatabaseCatalog().history(name), version)
    if undo is None:
        return None
    undone = undo.receipt["undoes"]
    short = undone[:12]
    batch = ImportBatch.objects.filter(dataset=name, committed_version=undone).first()
    own = schemas().get(name)
    at = datetime.fromisoformat(undo.receipt["at"]) if undo.receipt["at"] else None
    return TakenBack(
        dataset=own.labels if own is not None and own.labels else labels(name, name),
        file=batch.file_name if batch is not None else labels(f"版本 {short}", f"version {short}"),
        by=undo.receipt["by"] or "-",
        at=f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at is not None else "-",
    )


def schema(name: str) -> DatasetSchema:
    """
    :raises AttainError: DATASET_NOT_DECLARED.
    """
    known = schemas()
    if name not in known:
        near = nearest(name, list(known)) or "-"
        raise AttainError(problem(errors.DATASET_NOT_DECLARED, name=name, near=near))
    return known[name]
