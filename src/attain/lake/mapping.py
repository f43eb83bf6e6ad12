"""The second step of an import: which column of the file is which column of the dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from pydantic import BaseModel, ConfigDict

from attain.core.errors import AttainError, Problem, Where, nearest, problem
from attain.core.labels import labels
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema, normal_header
from attain.lake import header_words
from attain.lake.detecting import Detected
from attain.lake.errors import tables as codes
from attain.lake.headers import (
    NO_HEADER,
    Header,
    column_letters,
    find_header,
    header_at,
    header_problems,
    is_own,
)
from attain.lake.reading.filetype import FileType
from attain.lake.reading.staging import StagedTable
from attain.lake.values import Reading, read_value

_AMOUNTS: Final = frozenset({ColumnType.money, ColumnType.ratio, ColumnType.points})
"""Also a target's value, whose unit is that of its indicator."""
EVERYTHING: Final = "*"
"""As the name of a column to ignore: all that the dataset does not have."""

NONE: Final = labels("无", "none")


class ColumnMapping(BaseModel):
    """Which columns of one table feed a dataset. Positions count from 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dataset: str
    sheet: str | None = None
    header_row: int = NO_HEADER
    """The row of the header as a spreadsheet numbers it; 0 if there is none."""
    headers: tuple[str, ...] = ()
    columns: dict[str, int]
    """Column of the dataset to position in the file."""
    ignored: tuple[int, ...] = ()
    """Positions that somebody chose to leave out."""
    signature: str = ""
    by_position: bool = False
    """True if the columns were taken by their order, which is a guess to be confirmed."""

    def header(self, position: int) -> str | None:
        """What stands above a column, if anything does."""
        return self.headers[position] or None if position < len(self.headers) else None


def propose_mapping(
    detected: Detected,
    schema: DatasetSchema,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    columns: Mapping[str, str] | None = None,
    ignore: Collection[str] = (),
    remembered: ColumnMapping | None = None,
) -> ColumnMapping:
    """The mapping that the headers suggest, with what the user said and what is remembered.

    `columns` maps columns of the dataset to headers or letters of the file, `ignore` names
    those to leave out (`*` for all that the dataset does not have). A remembered mapping of
    the same header holds where the user says nothing else.

    :raises AttainError: SHEET_MISSING, SHEET_AMBIGUOUS, HEADER_NOT_FOUND.
    """
    said = columns or {}
    table = choose_table(detected, schema, sheet)
    header = _header(detected, table, schema, header_row, said, remembered)
    positions = _by_header(header, schema)
    is_same = remembered is not None and remembered.signature == header.signature
    if remembered is not None and is_same:
        positions |= {name: at for name, at in remembered.columns.items() if name in schema.columns}
    by_position = not positions and not said
    if by_position:
        positions = _by_position(detected, table, schema)
    positions |= _said(said, header)
    ignored = set(_ignored(header, schema, ignore, set(positions.values())))
    if remembered is not None and is_same:
        ignored |= {at for at in remembered.ignored if at not in positions.values()}
    return ColumnMapping(
        dataset=schema.dataset,
        sheet=table.sheet,
        header_row=header.row,
        headers=header.names,
        columns=positions,
        ignored=tuple(sorted(ignored)),
        signature=header.signature,
        by_position=by_position,
    )


def choose_table(detected: Detected, schema: DatasetSchema, sheet: str | None) -> StagedTable:
    """The sheet that is meant: the named one, one called like the dataset, or the only fit.

    :raises AttainError: SHEET_MISSING, SHEET_AMBIGUOUS.
    """
    found = detected.tables
    if sheet is not None:
        named = [table for table in found if _same(table.sheet, sheet)]
        if not named:
            raise _no_sheet(detected, sheet)
        return named[0]
    if len(found) == 1:
        return found[0]
    names = (schema.dataset, schema.labels.zh, schema.labels.en)
    called = [table for table in found if any(_same(table.sheet, name) for name in names)]
    fitting = [table for table in found if _fits(table, schema)]
    for choice in (called, fitting):
        if len(choice) == 1:
            return choice[0]
    sheets = [table.sheet or "" for table in (called or fitting or found)]
    where = Where(file=detected.file)
    raise AttainError(problem(codes.SHEET_AMBIGUOUS, where, sheets=sheets))


def _same(sheet: str | None, name: str) -> bool:
    return bool(name) and normal_header(sheet or "") == normal_header(name)


def _fits(table: StagedTable, schema: DatasetSchema) -> bool:
    """True when every required column is named."""
    header = find_header(table, schema)
    named = _by_header(header, schema) if header else {}
    return bool(named) and all(column.name in named for column in schema if column.required)


def _no_sheet(detected: Detected, sheet: str) -> AttainError:
    sheets = [table.sheet for table in detected.tables if table.sheet]
    hidden = detected.staged.hidden_sheets
    return AttainError(
        problem(
            codes.SHEET_MISSING,
            Where(file=detected.file, sheet=sheet),
            sheet=sheet,
            sheets=sheets or NONE,
            hidden=hidden or NONE,
        )
    )


def _header(
    detected: Detected,
    table: StagedTable,
    schema: DatasetSchema,
    row: int | None,
    said: Mapping[str, str],
    remembered: ColumnMapping | None,
) -> Header:
    """The header: the stated row, the remembered one, or the row that names most columns."""
    if row is not None:
        try:
            return header_at(table, row)
        except KeyError as error:
            raise _no_header(detected, table, schema) from error
    rows = [header_at(table, line) for line, _ in table.sample]
    known = [one for one in rows if remembered and one.signature == remembered.signature]
    if known:
        return known[0]
    found = find_header(table, schema)
    if found is not None:
        _refuse_two_rows(detected, table, schema, found)
        return found
    wanted = {normal_header(name) for name in said.values()}
    named = [one for one in rows if wanted & {normal_header(name) for name in one.names}]
    return named[0] if named else header_at(table, NO_HEADER)


def _refuse_two_rows(
    detected: Detected, table: StagedTable, schema: DatasetSchema, header: Header
) -> None:
    """A header that goes over two rows: required columns are missing and its cells are merged."""
    named = _by_header(header, schema)
    is_whole = all(column.name in named for column in schema if column.required)
    tops_and_ends = [merged_rows(merged) for merged in table.merged]
    if not is_whole and any(top <= header.row <= end + 1 for top, end in tops_and_ends):
        raise _no_header(detected, table, schema)


def merged_rows(merged: str) -> tuple[int, int]:
    """The first and last row of a merged range.

    >>> merged_rows("A2:B4")
    (2, 4)
    """
    ends = [int("".join(sign for sign in end if sign.isdigit())) for end in merged.split(":")]
    return ends[0], ends[-1]


def _no_header(detected: Detected, table: StagedTable, schema: DatasetSchema) -> AttainError:
    wanted = [_said_name(column) for column in schema if column.required]
    where = Where(file=detected.file, sheet=table.sheet)
    return AttainError(
        problem(codes.HEADER_NOT_FOUND, where, dataset=schema.dataset, columns=wanted)
    )


def _said_name(column: ColumnSchema) -> str:
    return column.labels.zh or column.labels.en or column.name


def _by_header(header: Header, schema: DatasetSchema) -> dict[str, int]:
    """What the names say; of two columns with one name the first, which is reported."""
    positions: dict[str, int] = {}
    for exact in (True, False):
        for at, name in enumerate(header.names):
            column = schema.column_of_header(name, exact=exact) if name else None
            if column is not None and not is_own(name):
                positions.setdefault(column.name, at)
    return positions


def _by_position(detected: Detected, table: StagedTable, schema: DatasetSchema) -> dict[str, int]:
    """Columns in declared order, if every sampled value can be read as such.

    :raises AttainError: HEADER_NOT_FOUND if one cannot.
    """
    declared = list(schema)
    if len(declared) > table.width or not _all_readable(table, declared):
        raise _no_header(detected, table, schema)
    return {column.name: at for at, column in enumerate(declared)}


def _all_readable(table: StagedTable, declared: list[ColumnSchema]) -> bool:
    kinds = table.sample_kinds or [""] * len(table.sample)
    for (_, cells), letters in zip(table.sample, kinds, strict=True):
        for column, cell, kind in zip(
            declared, cells, letters.ljust(len(cells), "t"), strict=False
        ):
            if read_value(column, kind, cell, Reading(is_1904=table.is_1904)).fault is not None:
                return False
    return True


def _said(said: Mapping[str, str], header: Header) -> dict[str, int]:
    found = {name: header.position(wanted) for name, wanted in said.items()}
    return {name: at for name, at in found.items() if at is not None}


def _ignored(
    header: Header, schema: DatasetSchema, ignore: Collection[str], used: set[int]
) -> Iterator[int]:
    positions = {header.position(name) for name in ignore}
    for at, name in enumerate(header.names):
        is_extra = schema.column_of_header(name) is None
        if at not in used and (at in positions or (EVERYTHING in ignore and is_extra)):
            yield at


def mapping_problems(
    detected: Detected, mapping: ColumnMapping, schema: DatasetSchema
) -> Iterator[Problem]:
    """Every problem of the header and the mapping at once."""
    table = detected.table(mapping.sheet)
    where = Where(file=detected.file, sheet=mapping.sheet)
    header = Header(mapping.header_row, mapping.headers)
    yield from header_problems(header, schema, where)
    if header.row and table.sample and header.row != table.sample[0][0]:
        yield problem(codes.HEADER_FOUND, where.within(row=header.row), row=header.row)
    yield from _missing(mapping, schema, where)
    yield from _unknown(detected, mapping, schema, where)
    yield from _in_many(table, mapping, schema, where)
    if mapping.by_position:
        pairs = [f"{column_letters(at)}={name}" for name, at in mapping.columns.items()]
        yield problem(codes.COLUMNS_BY_POSITION, where, columns=pairs)


def _missing(mapping: ColumnMapping, schema: DatasetSchema, where: Where) -> Iterator[Problem]:
    for column in schema:
        if column.required and column.name not in mapping.columns:
            names = [column.labels.zh, column.labels.en, column.name, *column.aliases]
            yield problem(
                codes.MISSING_COLUMN,
                where.within(row=mapping.header_row or None),
                column=_said_name(column),
                names=list(dict.fromkeys(name for name in names if name)),
            )


def _in_many(
    table: StagedTable, mapping: ColumnMapping, schema: DatasetSchema, where: Where
) -> Iterator[Problem]:
    """Amounts under 万元, where the column does not say what one of them stands for."""
    above = [text for row, cells in table.sample if row < mapping.header_row for text in cells]
    for name, at in mapping.columns.items():
        column, header = schema.columns[name], mapping.header(at) or ""
        if column.type not in _AMOUNTS or column.written.times is not None:
            continue
        own = header_words.times_said(header)
        is_money = column.type is ColumnType.money
        times = own or (header_words.times_said_above(above) if is_money else None)
        if times:
            yield problem(
                codes.HEADER_UNIT,
                where.within(column=column_letters(at), header=header or None),
                value=header if own else _said_above(above),
                column=_said_name(column),
                many=int(Decimal("6.5") * times),
                times=times,
            )


def _said_above(above: Sequence[str]) -> str:
    return next(text for text in above if header_words.times_said_above([text]))


def _unknown(
    detected: Detected, mapping: ColumnMapping, schema: DatasetSchema, where: Where
) -> Iterator[Problem]:
    table = detected.table(mapping.sheet)
    known = [name for each in schema for name in (each.labels.zh, each.labels.en, each.name)]
    used = {*mapping.columns.values(), *mapping.ignored}
    headers = [*mapping.headers, *[""] * (table.width - len(mapping.headers))]
    duplicates = {normal_header(headers[at]) for at in mapping.columns.values()} - {""}
    for at, name in enumerate(headers):
        if at in used or is_own(name) or normal_header(name) in duplicates:
            continue
        place = where.within(
            row=mapping.header_row or None, column=column_letters(at), header=name or None
        )
        if name:
            similar = nearest(name, [each for each in known if each]) or NONE
            yield problem(codes.UNKNOWN_COLUMN, place, value=name, nearest=similar)
        elif _is_untitled(detected, table, mapping, at):
            yield problem(codes.COLUMN_UNTITLED, place)


def _is_untitled(detected: Detected, table: StagedTable, mapping: ColumnMapping, at: int) -> bool:
    """A column with data below a header that says nothing of it.

    What a text file has beyond its last header are fields too many, each in its own row.
    """
    last = max((n for n, name in enumerate(mapping.headers) if name), default=-1)
    is_ragged = detected.kind == FileType.text.value and at > last
    has_data = any(cells[at:] and cells[at] for _, cells in table.sample)
    return bool(mapping.header_row) and not is_ragged and has_data
