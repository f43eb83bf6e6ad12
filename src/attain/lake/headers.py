"""Headers: which row names the columns, and what its names are once cleaned (B16 to B18)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from attain.core.errors import Problem, Where, problem
from attain.core.schemas import DatasetSchema, normal_header
from attain.lake.errors import tables
from attain.lake.reading.staging import StagedTable

NO_HEADER: Final = 0
"""The header row of a table without one."""

ERROR_HEADER: Final = "错误 Errors"
"""The column that files of rejected rows have besides; it is never read back."""
_OWN_HEADERS: Final = frozenset(
    normal_header(name) for name in (ERROR_HEADER, "_row", "_file", "_sheet", "_line")
)


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns, and the row they stand in."""

    row: int
    names: tuple[str, ...]

    @property
    def signature(self) -> str:
        """The same for files with the same columns in the same order: mappings are kept by it."""
        joined = "\x1f".join(normal_header(name) for name in self.names)
        return sha256(joined.encode()).hexdigest()[:16]

    def position(self, wanted: str) -> int | None:
        """Where a column stands that somebody calls by its header or by its letters."""
        name = normal_header(wanted)
        for at, own in enumerate(self.names):
            if own and normal_header(own) == name:
                return at
        letters = [column_letters(at) for at in range(len(self.names))]
        return letters.index(wanted.upper()) if wanted.upper() in letters else None


def column_letters(position: int) -> str:
    """The letters a spreadsheet shows for a column counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_own(header: str) -> bool:
    """True for columns that our own files add and imports leave out."""
    return normal_header(header) in _OWN_HEADERS


def header_at(table: StagedTable, row: int) -> Header:
    """The header in a stated row, or the certain names of a Parquet file.

    :raises KeyError: a row beyond those that were sampled, or a blank one.
    """
    if table.columns:
        return Header(NO_HEADER, tuple(table.columns))
    if row == NO_HEADER:
        return Header(NO_HEADER, ("",) * table.width)
    cells = dict(table.sample)[row]
    padded = [*cells, *[""] * (table.width - len(cells))]
    return Header(row, tuple(cell.strip() for cell in padded))


def find_header(table: StagedTable, schema: DatasetSchema) -> Header | None:
    """The row that names most columns of the dataset; the first of equals, None if no row does."""
    if table.columns:
        return header_at(table, NO_HEADER)
    best, best_score = NO_HEADER, 0
    for row, cells in table.sample:
        score = len(recognised(cells, schema))
        if score > best_score:
            best, best_score = row, score
    return header_at(table, best) if best_score else None


def guess_header(table: StagedTable) -> Header:
    """The row that looks most like a header, where no dataset is known yet.

    The first row in which most columns are filled, and all with words.
    """
    if table.columns:
        return header_at(table, NO_HEADER)
    for row, cells in table.sample:
        filled = [cell.strip() for cell in cells if cell.strip()]
        is_words = all(any(sign.isalpha() for sign in cell) for cell in filled)
        if len(filled) * 2 > table.width and is_words and len(set(filled)) == len(filled):
            return header_at(table, row)
    return header_at(table, NO_HEADER)


def recognised(cells: list[str], schema: DatasetSchema) -> set[str]:
    """The columns of the dataset that a row of cells names."""
    found = (schema.column_of_header(cell) for cell in cells if cell.strip())
    return {column.name for column in found if column is not None}


def header_problems(header: Header, schema: DatasetSchema, where: Where) -> Iterator[Problem]:
    """Duplicates are errors; what was normalised is noted."""
    seen: dict[str, int] = {}
    declared = {name for one in schema for name in (one.labels.zh, one.labels.en, *one.aliases)}
    for at, name in enumerate(header.names):
        cleaned = normal_header(name)
        if not cleaned:
            continue
        place = where.within(row=header.row or None, column=column_letters(at), header=name)
        if cleaned in seen:
            first = column_letters(seen[cleaned])
            yield problem(
                tables.DUPLICATE_HEADER, place, first=first, second=column_letters(at), value=name
            )
        seen.setdefault(cleaned, at)
        shown = shown_header(name)
        if shown != name and name not in declared:
            yield problem(tables.HEADER_NORMALISED, place, value=name, read=shown)


def shown_header(name: str) -> str:
    """A header in normal letters and without invisible signs, in its own upper and lower case."""
    plain = unicodedata.normalize("NFKC", name)
    return " ".join("".join(sign for sign in plain if sign.isprintable()).split())
