"""Which dataset a sheet or a file holds, and in which order they come in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from attain.core.errors import AttainError, Problem, Severity, Where, nearest, problem
from attain.core.schemas import DatasetSchema, normal_header
from attain.lake.detecting import Detected
from attain.lake.errors import choosing as errors
from attain.lake.headers import find_header, recognised
from attain.lake.mapping import choose_table
from attain.lake.reading.staging import StagedTable
from attain.lake.titles import without_period

_ONLY_BY_NAME: Final = frozenset({"aliases"})
"""Datasets that imports fill by themselves: a file is for them if it is called after them."""
_TELLING: Final = 2
"""So many headers of a dataset must be there before a file is taken for it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One table of a file, and the dataset it will be imported as."""

    path: Path
    detected: Detected
    table: StagedTable
    schema: DatasetSchema

    @property
    def title(self) -> str:
        """The file, and its sheet where it has several."""
        sheet = self.table.sheet
        return f"{self.detected.file} · {sheet}" if sheet else self.detected.file


def named_dataset(name: str, schemas: Mapping[str, DatasetSchema]) -> DatasetSchema:
    """The dataset somebody calls by its name or its label.

    :raises AttainError: DATASET_UNKNOWN.
    """
    called = [one for one in schemas.values() if normal_header(name) in _names(one)]
    if called:
        return called[0]
    known = [word for one in schemas.values() for word in (one.dataset, one.labels.zh)]
    near = nearest(name, [word for word in known if word]) or sorted(schemas)
    raise AttainError(problem(errors.DATASET_UNKNOWN, name=name, near=near))


def choose_dataset(
    detected: Detected, table: StagedTable, schemas: Mapping[str, DatasetSchema]
) -> DatasetSchema:
    """The dataset a table holds: the one it is called after, else the one its headers fit best.

    :raises AttainError: DATASET_UNCLEAR if several fit, SHEET_FITS_NOTHING if none does.
    """
    open_to_files = [one for one in schemas.values() if one.dataset not in _ONLY_BY_NAME]
    title = table.sheet or Path(detected.file).stem
    called = [one for one in schemas.values() if _is_called(title, one)]
    if not called and len(detected.tables) == 1:
        called = [one for one in schemas.values() if _is_called(Path(detected.file).stem, one)]
    if len(called) == 1:
        return called[0]
    where = Where(file=detected.file, sheet=table.sheet)
    fitting = _best(table, called or open_to_files)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = [one.dataset for one in fitting]
        raise AttainError(problem(errors.DATASET_UNCLEAR, where, candidates=names))
    raise AttainError(problem(errors.SHEET_FITS_NOTHING, where, severity=Severity.error))


def _is_called(title: str, schema: DatasetSchema) -> bool:
    """True if a title is the dataset's name or label, alone or with a date beside it."""
    names = _names(schema)
    if without_period(title).casefold() in names:
        return True
    plain = unicodedata.normalize("NFKC", title).casefold().strip()
    for name in names:
        rest = plain.removeprefix(name)
        if rest != plain and re.fullmatch(r"[\W_\d年月季度日q至到]*", rest):
            return True
    return False


def _names(schema: DatasetSchema) -> list[str]:
    words = (schema.dataset, schema.labels.zh, schema.labels.en)
    return [normal_header(word) for word in words if word]


def _best(table: StagedTable, schemas: Iterable[DatasetSchema]) -> list[DatasetSchema]:
    """The datasets whose required columns are all named, and of those the best named ones."""
    scores: dict[str, tuple[int, DatasetSchema]] = {}
    for schema in schemas:
        header = find_header(table, schema)
        found = recognised(list(header.names), schema) if header else set()
        needed = {column.name for column in schema if column.required}
        if len(found) >= min(_TELLING, len(needed)) and needed <= found:
            scores[schema.dataset] = (len(found), schema)
    best = max((score for score, _ in scores.values()), default=0)
    return [schema for score, schema in scores.values() if score == best]


def tables_of(
    path: Path,
    detected: Detected,
    schemas: Mapping[str, DatasetSchema],
    dataset: str | None,
    sheet: str | None,
) -> tuple[list[Candidate], list[Problem]]:
    """What a file brings, and a remark on every sheet that is left out.

    A sheet of a workbook that fits no dataset is left out; a file of which nothing fits is
    refused.

    :raises AttainError: SHEET_MISSING, SHEET_AMBIGUOUS, DATASET_UNKNOWN, DATASET_UNCLEAR,
        SHEET_FITS_NOTHING.
    """
    if dataset is not None:
        schema = named_dataset(dataset, schemas)
        return [Candidate(path, detected, choose_table(detected, schema, sheet), schema)], []
    if sheet is not None:
        table = choose_table(detected, next(iter(schemas.values())), sheet)
        return [Candidate(path, detected, table, choose_dataset(detected, table, schemas))], []
    found: list[Candidate] = []
    left_out: list[Problem] = []
    for table in detected.tables:
        try:
            schema = choose_dataset(detected, table, schemas)
            found.append(Candidate(path, detected, table, schema))
        except AttainError as error:
            left_out += error.problems
    unclear = [one for one in left_out if one.code != errors.SHEET_FITS_NOTHING]
    if unclear or not found:
        raise AttainError(unclear or left_out)
    return found, [problem(one.code, one.where) for one in left_out]


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those first that others refer to, so that every reference finds what it means.

    >>> in_order([])
    []
    """
    waiting = list(candidates)
    ordered: list[Candidate] = []
    while waiting:
        names = {one.schema.dataset for one in waiting}
        # In a circle of references nobody is free: then the order of the files decides.
        free = next((one for one in waiting if not referred(one.schema) & names), waiting[0])
        of_same = [one for one in waiting if one.schema.dataset == free.schema.dataset]
        ordered += of_same
        waiting = [one for one in waiting if one not in of_same]
    return ordered


def referred(schema: DatasetSchema) -> set[str]:
    """The other datasets that columns of a dataset refer to."""
    return {kind for column in schema for kind in column.kinds} - {schema.dataset}
