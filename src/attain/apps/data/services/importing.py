"""A whole import in one call, for scripts: detect, map, check, commit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attain import lake
from attain.apps.data import errors, providers
from attain.apps.data.catalog import DatabaseCatalog, lake_folder
from attain.apps.data.conditions import conditions
from attain.apps.data.mappings import DatabaseMappings
from attain.apps.data.selectors import schema, schemas
from attain.apps.data.services.freezing import refresh
from attain.core.errors import AttainError, problem
from attain.core.schemas import DatasetSchema
from attain.lake.choosing import tables_of
from attain.lake.coverage import Interval
from attain.lake.errors.flow import FILE_ALREADY_IMPORTED

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one table of a file."""

    dataset: str
    sheet: str | None
    checked: lake.Checked
    receipt: lake.Receipt | None
    """None if the very file is stored already, or if it was only checked."""


def import_file(
    path: Path,
    dataset: str | None = None,
    *,
    actor: Actor,
    at: datetime,
    name: str | None = None,
    sheet: str | None = None,
    covers: tuple[Interval, ...] = (),
    columns: Mapping[str, str] | None = None,
    ignore: Collection[str] = (),
    accept_good_rows: bool = False,
    again: bool = False,
    reason: str = "",
    yes: bool = True,
) -> list[Imported]:
    """Bring a file in without asking anybody; `yes=False` only checks it.

    Without `dataset` each sheet goes where its name or headers say. A file that is stored
    already is no failure: its receipt is None.

    :raises AttainError: what is wrong with the file; DATASET_OF_SYSTEM for a dataset that an
        app keeps; else as `lake.commit`.
    """
    found: list[Imported] = []
    with staging() as folder:
        detected = lake.detect(path, folder, name=name)
        known = {schema(dataset).dataset: schema(dataset)} if dataset else schemas()
        candidates, _ = tables_of(path, detected, known, dataset, sheet)
        for one in candidates:
            refuse_provided(one.schema)
            refresh(one.schema, actor=actor, at=at)
            mapping = lake.propose_mapping(
                detected,
                one.schema,
                sheet=one.table.sheet,
                columns=columns,
                ignore=ignore,
                remembered=DatabaseMappings().recall(detected, one.schema, one.table.sheet),
            )
            catalog = DatabaseCatalog(actor=actor, at=at)
            given = conditions(at=at, covers=covers, again=again)
            checked = lake.check(detected, mapping, one.schema, catalog, given)
            receipt = None
            if yes and not is_stored_already(checked):
                receipt = lake.commit(
                    checked,
                    catalog,
                    accept_good_rows=accept_good_rows,
                    by=actor.name,
                    at=at,
                    reason=reason,
                )
                DatabaseMappings(actor=actor, at=at).remember(mapping)
            found.append(Imported(one.schema.dataset, one.table.sheet, checked, receipt))
    return found


def is_stored_already(checked: lake.Checked) -> bool:
    """True when nothing is wrong but that the very file was imported before."""
    return FILE_ALREADY_IMPORTED in checked.counts_by_code and checked.file_errors == 1


def refuse_provided(one: DatasetSchema) -> None:
    """
    :raises AttainError: DATASET_OF_SYSTEM for a dataset that an app keeps.
    """
    keeper = providers.provider(one.dataset)
    if keeper is not None:
        label = one.labels.get() or one.dataset
        raise AttainError(problem(errors.DATASET_OF_SYSTEM, name=label, owner=keeper.owner))


@contextmanager
def staging() -> Iterator[Path]:
    """A folder for what a file holds while it is looked at; gone afterwards."""
    parent = lake_folder() / ".staging"
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
