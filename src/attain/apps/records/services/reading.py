"""Rows of records from the text of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attain.apps.records import errors
from attain.core.documents import read_yaml
from attain.core.errors import AttainError, Where, problem
from attain.kinds.records import Kind

if TYPE_CHECKING:
    from attain.apps.records.services.loading import Row

SYSTEM = ("_number", "_state", "_entered", "_created", "_author")


def field_of(kind: Kind, heading: str) -> str | None:
    """The field a heading means: its name, its label in either language, or a system column."""
    wanted = heading.strip()
    if wanted in SYSTEM or wanted in kind.fields:
        return wanted
    for name, spec in kind.fields.items():
        if wanted.casefold() in (spec.label.zh.casefold(), spec.label.en.casefold()):
            return name
    return None


def csv_rows(text: str, file: str, kind: Kind) -> Iterator[Row]:
    """
    :raises AttainError: RECORD_COLUMN_UNKNOWN.
    """
    from attain.apps.records.services.loading import Row

    lines = csv.reader(io.StringIO(text))
    head = next(lines, None)
    if head is None:
        return
    names = [_known(kind, heading, file) for heading in head if heading.strip()]
    columns = dict(zip(names, head, strict=False))
    for cells in lines:
        if any(cell.strip() for cell in cells):
            values = dict(zip(names, cells, strict=False))
            yield Row(lines.line_num, values, file=file, columns=columns)


def yaml_rows(text: str, file: str, kind: Kind) -> Iterator[Row]:
    """
    :raises AttainError: RECORD_COLUMN_UNKNOWN, mistakes of YAML.
    """
    from attain.apps.records.services.loading import Row

    document = read_yaml(text, file)
    listed: Iterable[Any] = document.data if isinstance(document.data, list) else ()
    for n, given in enumerate(listed):
        where = document.where((n,))
        values = {_known(kind, str(name), file): _cell(one) for name, one in given.items()}
        yield Row((where.line if where else None) or n + 1, values, file=file)


def _cell(value: Any) -> Any:
    """Scalars as the text they were written as, lists of mappings as rows of a table."""
    if isinstance(value, list):
        if all(isinstance(one, dict) for one in value):
            return [{str(name): _cell(one) for name, one in row.items()} for row in value]
        return ";".join(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _known(kind: Kind, heading: str, file: str) -> str:
    found = field_of(kind, heading)
    if found is None:
        known = [*kind.fields, *SYSTEM]
        raise AttainError(
            problem(
                errors.RECORD_COLUMN_UNKNOWN,
                Where(file=file, header=heading),
                type=kind.label,
                column=heading,
                known=known,
            )
        )
    return found
