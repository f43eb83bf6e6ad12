"""A run as a workbook or as CSV files: numbers as numbers, and no text that acts as a formula."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attain.cli.runs.sheets import Cell, Column, Sheet
from attain.core.units import Unit
from attain.lake.rejected import neutral

_WIDTHS: Final = (8, 40)
_DECIMALS: Final = 10
"""Decimals that are shown at most; the cell has all that a spreadsheet keeps."""


def write_workbook(sheets: Iterator[Sheet], target: Path) -> dict[str, int]:
    """One sheet for each table; says how many rows each has."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    counts: dict[str, int] = {}
    with xlsxwriter.Workbook(str(target), options) as book:
        formats = Formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.title[:31]), sheet, formats)
            counts[sheet.name] = len(sheet.rows)
    return counts


class Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def number(self, value: Decimal | int, unit: Unit | None) -> Format:
        """As many decimals as the number has, so that none is rounded across an edge."""
        shown = value * 100 if unit is Unit.ratio else value
        least = 2 if unit is Unit.money else 0
        decimals = min(max(_decimals(shown), least), _DECIMALS)
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        return self.of(num_format=form + ("%" if unit is Unit.ratio else ""))


def _decimals(value: Decimal | int) -> int:
    """Decimals without zeros at the end."""
    text = format(Decimal(value), "f")
    return len(text.partition(".")[2].rstrip("0"))


def _write_sheet(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), max(len(sheet.columns) - 1, 0))
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.title, formats.of(bold=True))
        page.set_column(at, at, _width(sheet, column))
    for number, row in enumerate(sheet.rows, start=1):
        for at, column in enumerate(sheet.columns):
            _write_cell(page, (number, at), column.value(row), column.unit(row), formats)


def _width(sheet: Sheet, column: Column) -> int:
    """Room for the title and the first rows; a Chinese sign takes two places."""
    texts = [column.title, *(str(column.value(row) or "") for row in sheet.rows[:50])]
    widest = max(sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) for text in texts)
    return min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1])


def _write_cell(
    page: Worksheet, place: tuple[int, int], value: Cell, unit: Unit | None, formats: Formats
) -> None:
    row, column = place
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, Decimal | int):
        page.write_number(row, column, value, formats.number(value, unit))
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, value, formats.of(num_format="yyyy-mm-dd"))
    elif value:
        # With the quote mark that spreadsheets keep, a text stays one even when it is edited.
        is_risky = neutral(str(value)) != str(value)
        look = formats.of(quote_prefix=True) if is_risky else None
        page.write_string(row, column, str(value), look)


def write_folder(sheets: Iterator[Sheet], target: Path) -> dict[str, int]:
    """One CSV file for each table, UTF-8 with its mark, every digit written."""
    target.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for sheet in sheets:
        with (target / f"{sheet.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.title for column in sheet.columns)
            for row in sheet.rows:
                writer.writerow(_text(column.value(row)) for column in sheet.columns)
        counts[sheet.name] = len(sheet.rows)
    return counts


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return neutral(value) if isinstance(value, str) else str(value)
