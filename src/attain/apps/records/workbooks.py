"""Workbooks of records: a template to fill in, what stands in one, and the rows to correct."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from attain.core.errors import AttainError, Problem, Where, problem, render
from attain.core.labels import Labels, labels
from attain.core.schemas import normal_header
from attain.core.schemas.columns import ColumnSchema, ColumnType
from attain.kinds.records import FieldSpec, Kind
from attain.kinds.records.fields import CHOOSING, FILES, KEYS, NUMBERS, FieldType
from attain.lake.headers import ERROR_HEADER, column_letters, is_own
from attain.lake.reading.reader import read
from attain.lake.reading.staging import BREAK, SEPARATOR, StagedTable
from attain.lake.values import Reading, read_value
from attain.ui.tables.exports import neutralise

ROWS_MAX: Final = 5_000
GUIDE: Final = labels("填写说明", "How to fill in")
STANDING: Final[Mapping[str, Labels]] = {
    "_number": labels("单号", "Number"),
    "_state": labels("状态", "State"),
    "_created": labels("建立日期", "Begun on"),
    "_author": labels("填写人", "Written by"),
}
"""What whoever brings in records of the past may say beside their fields."""
_HEADER_ROWS: Final = 20
"""The headings stand in one of the first rows."""
_TYPES: Final[Mapping[FieldType, ColumnType]] = {
    FieldType.count: ColumnType.count,
    FieldType.points: ColumnType.points,
    FieldType.days: ColumnType.days,
    FieldType.ratio: ColumnType.ratio,
    FieldType.money: ColumnType.money,
    FieldType.date: ColumnType.date,
    FieldType.boolean: ColumnType.boolean,
    FieldType.code: ColumnType.code,
    FieldType.person: ColumnType.code,
    FieldType.unit: ColumnType.code,
    FieldType.record: ColumnType.code,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: what stands in its cells, their values, and what cannot be read."""

    line: int
    cells: tuple[str, ...]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file that are records, with the columns they were read by."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    columns: Mapping[int, str]
    """The field of each column, by its position."""
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    """What concerns the file as a whole."""

    def where(self, line: int, field: str) -> Where:
        """The cell of a field in a row."""
        for position, name in self.columns.items():
            if name == field:
                return Where(
                    file=self.file,
                    sheet=self.sheet or None,
                    row=line,
                    column=column_letters(position),
                    header=self.headings[position],
                )
        return Where(file=self.file, sheet=self.sheet or None, row=line, field=field)


def importable(kind: Kind, *, standing: bool) -> list[FieldSpec]:
    """The fields a workbook may fill: open ones with one value that people write; what only
    actions write is for whoever brings in records of the past."""
    return [
        spec
        for spec in kind.open_fields
        if spec.is_scalar
        and spec.type not in FILES
        and not spec.is_computed
        and (standing or spec.name not in kind.protected_fields)
    ]


# --- reading ---


def read_sheet(path: Path, folder: Path, kind: Kind, *, name: str, standing: bool) -> Sheet:
    """The records in a workbook or a text file; `standing` where the past may be said.

    The file is taken apart by a process of its own; `folder` is empty and gets what it finds.

    :raises AttainError: what cannot be read at all, RECORD_IMPORT_SHEET, RECORD_IMPORT_ROWS.
    """
    from attain.apps.records.views import errors

    staged = read(path, folder, name=name)
    words = _words(kind, standing)
    for table in staged.tables:
        found = _header(table, words)
        if found is None:
            continue
        if table.rows - 1 > ROWS_MAX:
            raise AttainError(
                problem(
                    errors.RECORD_IMPORT_ROWS,
                    Where(file=name),
                    count=table.rows - 1,
                    limit=ROWS_MAX,
                )
            )
        return _sheet(table, found, folder, kind, words, name)
    first = importable(kind, standing=True)[0].label
    raise AttainError(problem(errors.RECORD_IMPORT_SHEET, Where(file=name), column=first))


def _words(kind: Kind, standing: bool) -> dict[str, str]:
    """Every heading that is understood, with the field it means."""
    found: dict[str, str] = {}
    if standing:
        for name, said in STANDING.items():
            found |= {normal_header(word): name for word in (name, said.zh, said.en)}
    for spec in importable(kind, standing=standing):
        words = (spec.name, spec.label.zh, spec.label.en)
        found |= {normal_header(word): spec.name for word in words if word}
    return found


def _header(table: StagedTable, words: Mapping[str, str]) -> tuple[int, list[str]] | None:
    """The row that names most fields."""
    best: tuple[int, list[str]] | None = None
    most = 0
    for line, cells in table.sample[:_HEADER_ROWS]:
        known = len({words[normal_header(cell)] for cell in cells if normal_header(cell) in words})
        if known > most:
            best, most = (line, [cell.strip() for cell in cells]), known
    return best


def _sheet(
    table: StagedTable,
    header: tuple[int, list[str]],
    folder: Path,
    kind: Kind,
    words: Mapping[str, str],
    name: str,
) -> Sheet:
    from attain.apps.records.views import errors

    head, headings = header
    columns: dict[int, str] = {}
    problems = []
    for position, heading in enumerate(headings):
        field = words.get(normal_header(heading))
        if field is not None and field not in columns.values():
            columns[position] = field
        elif heading and not is_own(heading):
            where = Where(file=name, sheet=table.sheet, row=head, column=column_letters(position))
            problems.append(problem(errors.RECORD_IMPORT_COLUMN, where, column=heading))
    bare = Sheet(name, table.sheet or "", tuple(headings), columns, (), tuple(problems))
    schemas = {spec.name: _column(spec) for spec in importable(kind, standing=True)}
    reading = Reading(is_1904=table.is_1904)
    lines = tuple(
        _line(bare, line, kinds, cells, schemas, reading)
        for line, kinds, cells in _rows(folder / table.file)
        if line > head
    )
    return Sheet(name, bare.sheet, bare.headings, columns, lines, bare.problems)


def _rows(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for row in file:
            line, _flags, kinds, *cells = row.rstrip("\n").split(SEPARATOR)
            yield int(line), kinds, cells


def _line(
    sheet: Sheet,
    line: int,
    kinds: str,
    cells: Sequence[str],
    schemas: Mapping[str, ColumnSchema],
    reading: Reading,
) -> Line:
    values: dict[str, Any] = {}
    problems = []
    for position, field in sheet.columns.items():
        text = cells[position] if position < len(cells) else ""
        kind = kinds[position : position + 1] or "t"
        schema = schemas.get(field) or _standing(field)
        value = read_value(schema, kind, text, reading)
        if value.fault is not None:
            fault = value.fault
            problems.append(Problem(fault.code, fault.values, sheet.where(line, field)))
        elif value.stored is not None:
            values[field] = value.stored
    shown = tuple(cell.replace(BREAK, "\n") for cell in cells)
    return Line(line, shown, values, tuple(problems))


def _column(spec: FieldSpec) -> ColumnSchema:
    return ColumnSchema(
        name=spec.name,
        type=_TYPES.get(spec.type, ColumnType.text),
        labels=spec.label,
        currency=spec.currency,
        scale=spec.accepted_scale if spec.type in NUMBERS else None,
    )


def _standing(field: str) -> ColumnSchema:
    kind = ColumnType.date if field == "_created" else ColumnType.code
    return ColumnSchema(name=field.removeprefix("_"), type=kind, labels=STANDING[field])


# --- writing ---


def template(kind: Kind, language: str, *, standing: bool) -> bytes:
    """A workbook to fill in: the headings, lists of choices, and a sheet that explains them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_title(kind.type.plural_label.get(language)))
    specs = importable(kind, standing=standing)
    heads = [(spec.label.get(language), spec) for spec in specs]
    for position, (heading, spec) in enumerate(heads):
        sheet.write_string(0, position, neutralise(heading), bold if spec.required else plain)
        sheet.set_column(position, position, max(12, 2 * min(len(heading), 16)))
        _offer(sheet, position, spec, language)
    for further, said in enumerate(STANDING.values() if standing else (), len(heads)):
        sheet.write_string(0, further, said.get(language), plain)
    sheet.freeze_panes(1, 0)
    guide = book.add_worksheet(_title(GUIDE.get(language)))
    guide.set_column(0, 0, 24)
    guide.set_column(1, 1, 12)
    guide.set_column(2, 2, 80)
    for line, row in enumerate(_guide(heads, language)):
        for position, text in enumerate(row):
            guide.write_string(line, position, neutralise(text), wrapped if line else bold)
    book.close()
    return target.getvalue()


def _offer(sheet: Any, position: int, spec: FieldSpec, language: str) -> None:
    """A list under the cells of a choice, as far as Excel holds one: 255 signs."""
    offered = [words.get(language) or name for name, words in spec.choices.items()]
    if spec.type is FieldType.choice and len(",".join(offered)) <= 255:
        options = {"validate": "list", "source": offered, "ignore_blank": True}
        sheet.data_validation(1, position, ROWS_MAX, position, options)


def _guide(heads: list[tuple[str, FieldSpec]], language: str) -> Iterator[list[str]]:
    yield [_("Column"), _("Required"), _("How to write it")]
    for heading, spec in heads:
        needed = _("yes") if spec.required else ""
        help_ = spec.help.get(language)
        yield [heading, needed, " ".join(part for part in (_manner(spec, language), help_) if part)]


def _manner(spec: FieldSpec, language: str) -> str:
    """How a value of a field is written in a cell."""
    if spec.type in CHOOSING:
        offered = "; ".join(words.get(language) or name for name, words in spec.choices.items())
        several = _("one or several, separated by ;") if spec.type is FieldType.choices else ""
        return f"{offered} {several}".strip()
    if spec.type in KEYS:
        return {
            FieldType.person: _("The person's code, such as E-1001."),
            FieldType.unit: _("The unit's code."),
        }.get(spec.type, _("The number of the record it means."))
    if spec.type is FieldType.date:
        return _("A date, such as 2026-10-15.")
    if spec.type is FieldType.boolean:
        return _("yes or no")
    if spec.type is FieldType.money:
        return _("An amount in %s.") % spec.currency
    if spec.type is FieldType.ratio:
        return _("A share, such as 80% or 0.8.")
    return _("A number.") if spec.type in NUMBERS else _("Text.")


def to_correct(sheet: Sheet, wrong: Mapping[int, Sequence[Problem]], language: str) -> bytes:
    """The rows that were not taken, as they were, each with what is wrong with it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    page = book.add_worksheet(_title(sheet.sheet or "Sheet1"))
    headings = [one for one in sheet.headings if not is_own(one)]
    kept = [at for at, one in enumerate(sheet.headings) if not is_own(one)]
    for position, heading in enumerate([*headings, ERROR_HEADER]):
        page.write_string(0, position, neutralise(heading), bold)
    rows = [line for line in sheet.lines if line.line in wrong]
    for at, line in enumerate(rows, 1):
        for position, source in enumerate(kept):
            _write(page, at, position, sheet, line, source)
        said = " ".join(_said(each, language) for each in wrong[line.line])
        page.write_string(at, len(kept), neutralise(said))
    page.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _write(page: Any, at: int, position: int, sheet: Sheet, line: Line, source: int) -> None:
    """A cell as it was: a day that was read is written as a day, never as a serial number."""
    text = line.cells[source] if source < len(line.cells) else ""
    value = line.values.get(sheet.columns.get(source, ""))
    if isinstance(value, date):
        text = value.isoformat()
    if text:
        page.write_string(at, position, neutralise(text))


def _said(one: Problem, language: str) -> str:
    words = render(one, language)  # type: ignore[arg-type]
    head = f"{one.where.header}: " if one.where and one.where.header else ""
    return f"{head}{words.message}"


def _title(text: str) -> str:
    """A name a sheet may have."""
    allowed = "".join(sign for sign in text if sign not in "[]:*?/\\'")
    return allowed[:31] or "Sheet1"
