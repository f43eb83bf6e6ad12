"""Files of people, units, positions, assignments and edges, checked together.

A lake of its own in the staging folder holds what is known now; the sheets are committed to it one
after the other, so that each finds what those before it brought. What stands in it afterwards is
what the organisation would be. Nothing of the product is touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from attain import lake
from attain.apps.people import errors, providers
from attain.apps.people.columns import KEPT
from attain.apps.people.models import Change
from attain.core.errors import AttainError, Problem, Severity, problem
from attain.core.labels import Labels
from attain.core.schemas import DatasetSchema, dump_dataset_schema
from attain.core.schemas.datasets import EFFECTIVE
from attain.core.systems import load_dataset, system_schema
from attain.lake.checking.check import Conditions, check
from attain.lake.choosing import Candidate, in_order, tables_of
from attain.lake.publishing import publish

PROBLEMS_SHOWN: Final = 200
_MEMORY: Final = "organisation.json"
_LAKE: Final = "lake"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet or file would do."""

    dataset: str
    title: str
    rows: int
    new: int
    changed: int
    same: int
    withdrawn: int
    rejected: int
    problems: tuple[Problem, ...]
    more_problems: int
    """Problems beyond those that are listed."""

    @property
    def label(self) -> Labels:
        """What is in the sheet, in the words of the reader."""
        return system_schema(self.dataset).labels

    @property
    def errors(self) -> int:
        """Whether it stops the import: rejected rows, or errors of the sheet as a whole."""
        stops = [one for one in self.problems if one.severity is Severity.error]
        return max(self.rejected, len(stops))


@dataclass(frozen=True, slots=True)
class Check:
    """The preview of an import."""

    folder: Path
    files: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    state: int
    """The number of the last change it was compared with."""
    schemas: Mapping[str, DatasetSchema] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Rows and sheets that stop it."""
        return sum(sheet.errors for sheet in self.sheets)

    @property
    def changes(self) -> int:
        """Rows that would be written or withdrawn."""
        return sum(sheet.new + sheet.changed + sheet.withdrawn for sheet in self.sheets)

    @property
    def lake(self) -> lake.FileCatalog:
        """What the organisation would be."""
        return lake.FileCatalog(self.folder / _LAKE)


def check_files(
    files: Iterable[tuple[Path, str]],
    folder: Path,
    *,
    schemas: Mapping[str, DatasetSchema],
    today: date,
) -> Check:
    """Check files, each with the name people know it by, in an empty staging folder.

    :raises AttainError: a file that cannot be read as a whole, a sheet that is unclear,
        ORGANISATION_WORKBOOK_EMPTY.
    """
    known = {name: _begun(schemas.get(name, system_schema(name))) for name in KEPT}
    state = last_change()
    candidates, names = _candidates(files, folder, known)
    staged = lake.FileCatalog(folder / _LAKE)
    _seed(staged, known)
    sheets = [_one_sheet(one, staged, known, today) for one in in_order(candidates)]
    found = Check(folder, names, tuple(sheets), state, known)
    _save(found)
    return found


def _begun(declared: DatasetSchema) -> DatasetSchema:
    """A dataset whose rows say since when they hold: an organisation is a history of versions."""
    name = EFFECTIVE[0]
    since = declared.columns[name].model_copy(update={"required": True})
    return declared.model_copy(update={"columns": {**declared.columns, name: since}})


def last_change() -> int:
    """The number of the latest change of the organisation."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _candidates(
    files: Iterable[tuple[Path, str]], folder: Path, known: Mapping[str, DatasetSchema]
) -> tuple[list[Candidate], tuple[str, ...]]:
    found: list[Candidate] = []
    names: list[str] = []
    for number, (path, name) in enumerate(files):
        place = folder / f"file-{number}"
        place.mkdir(parents=True)
        detected = lake.detect(path, place, name=name)
        found += tables_of(path, detected, known, None, None)[0]
        names.append(name)
    if not found:
        raise AttainError(problem(errors.WORKBOOK_EMPTY))
    return found, tuple(names)


def _seed(staged: lake.FileCatalog, known: Mapping[str, DatasetSchema]) -> None:
    """Put what is known now into the lake; of an empty organisation there is nothing to put."""
    for name, declared in known.items():
        rows = list(providers.rows(name, declared))
        if rows:
            publish(staged, declared, rows)
    aliases = list(providers.aliases())
    if aliases:
        publish(staged, system_schema("aliases"), aliases)


def _one_sheet(
    one: Candidate, staged: lake.FileCatalog, known: Mapping[str, DatasetSchema], today: date
) -> Sheet:
    mapping = lake.propose_mapping(one.detected, one.schema, sheet=one.table.sheet)
    conditions = Conditions(
        schemas={**known, "aliases": system_schema("aliases")}, today=today, again=True
    )
    checked = check(one.detected, mapping, one.schema, staged, conditions)
    if checked.is_good:
        lake.commit(checked, staged, reason="checked before it is brought in")
    changes = checked.changes
    return Sheet(
        dataset=one.schema.dataset,
        title=one.title,
        rows=checked.rows.in_file,
        new=changes.new,
        changed=changes.changed,
        same=changes.same,
        withdrawn=changes.withdrawn,
        rejected=checked.rows.rejected,
        problems=_listed(checked),
        more_problems=sum(checked.counts_by_code.values()) - len(_listed(checked)),
    )


def _listed(checked: lake.Checked) -> tuple[Problem, ...]:
    """Errors first, then warnings; notes tell nothing that somebody must do."""
    wanted = [one for one in checked.problems if one.severity is not Severity.note]
    return tuple(wanted[:PROBLEMS_SHOWN])


# --- between two requests ---


def _save(found: Check) -> None:
    data = {
        "files": found.files,
        "state": found.state,
        "schemas": [dump_dataset_schema(one) for one in found.schemas.values()],
        "sheets": [_as_data(sheet) for sheet in found.sheets],
    }
    text = json.dumps(data, ensure_ascii=False)
    (found.folder / _MEMORY).write_text(text, encoding="utf-8")


def _as_data(sheet: Sheet) -> dict[str, Any]:
    data = {name: getattr(sheet, name) for name in Sheet.__slots__}
    return {**data, "problems": [one.as_data() for one in sheet.problems]}


def load_check(folder: Path) -> Check:
    """The preview that `check_files` left in a folder.

    :raises AttainError: ORGANISATION_IMPORT_GONE.
    """
    try:
        data = json.loads((folder / _MEMORY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AttainError(problem(errors.IMPORT_GONE)) from None
    loaded = [load_dataset(text) for text in data["schemas"]]
    sheets = tuple(
        Sheet(**{**one, "problems": tuple(Problem.from_data(p) for p in one["problems"])})
        for one in data["sheets"]
    )
    schemas = {one.dataset: one for one in loaded}
    return Check(folder, tuple(data["files"]), sheets, data["state"], schemas)
