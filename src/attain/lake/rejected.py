"""Rejected rows as a file to correct and send again (5.0: they come back, nothing is lost)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import xlsxwriter

from attain.core.errors import render
from attain.lake import sql
from attain.lake.checked import REJECTED, Checked
from attain.lake.checking.bench import restored
from attain.lake.detecting import shown_cell
from attain.lake.headers import ERROR_HEADER, column_letters
from attain.lake.reading.staging import BREAK

ROW_HEADER: Final = "_line"

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_EXACT_DIGITS: Final = 15
_ERROR_WIDTH: Final = 60


def write_rejected(checked: Checked, target: Path, language: str = "zh-Hans") -> int:
    """Write the rejected rows with what is wrong with each; says how many.

    The name decides: `.xlsx`, or csv in UTF-8 with its mark. The columns are those of the
    source, besides the row each came from and its errors, which imports leave out.
    """
    rows = list(_rejected(checked, language))
    if target.suffix.lower() == ".xlsx":
        _write_workbook(checked, rows, target)
    else:
        _write_text(checked, rows, target)
    return len(rows)


Row = tuple[int, str, list[str], list[str]]
"""Line, errors in words, kinds and texts of the cells."""


def _rejected(checked: Checked, language: str) -> Iterator[Row]:
    folder = checked.folder.resolve()
    connection = sql.Connection([folder], folder / "spill")
    try:
        found = connection.rows(f"SELECT * FROM {sql.parquet([folder / REJECTED])} ORDER BY line")
    finally:
        connection.close()
    for line, kinds, *cells, problems in found:
        letters = (kinds or "").ljust(len(cells), "t").lower()
        said = " / ".join(_said(checked, one, language) for one in problems)
        texts = [_text(kind, cell) for kind, cell in zip(letters, cells, strict=True)]
        yield line, said, list(letters), texts


def _text(kind: str, cell: str | None) -> str:
    return shown_cell(kind, (cell or "").replace(BREAK, "\n"))


def _said(checked: Checked, found: dict[str, object], language: str) -> str:
    problem = restored(str(found["code"]), str(found["severity"]), str(found["data"]))
    words = render(problem, language)
    place = found["place"]
    if not isinstance(place, int) or place < 0:
        return words.message
    header = checked.mapping.header(place) or column_letters(place)
    return f"{header}: {words.message}"


def _headers(checked: Checked, width: int) -> list[str]:
    names = list(checked.mapping.headers)
    padded = [*names, *[""] * (width - len(names))]
    return [*padded[:width], ROW_HEADER, ERROR_HEADER]


def _write_text(checked: Checked, rows: Sequence[Row], target: Path) -> None:
    width = len(rows[0][3]) if rows else 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_headers(checked, width))
        for line, said, _, texts in rows:
            writer.writerow([*(neutral(text) for text in texts), line, neutral(said)])


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula; imports restore it.

    >>> neutral("=cmd|' /C calc'!A0"), neutral("-5"), neutral("张三")
    ("'=cmd|' /C calc'!A0", '-5', '张三')
    """
    if not text.startswith(_DANGEROUS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal() and text.isascii()


def _write_workbook(checked: Checked, rows: Sequence[Row], target: Path) -> None:
    width = len(rows[0][3]) if rows else 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet((checked.mapping.sheet or checked.dataset)[:31])
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        red = book.add_format({"font_color": "#B00020"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(width + 1, width + 1, _ERROR_WIDTH)
        for at, name in enumerate(_headers(checked, width)):
            sheet.write_string(0, at, name, bold)
        for number, (line, said, kinds, texts) in enumerate(rows, start=1):
            for at, (kind, text) in enumerate(zip(kinds, texts, strict=True)):
                _write_cell(sheet, number, at, kind, text, day)
            sheet.write_number(number, width, line)
            sheet.write_string(number, width + 1, said, red)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    kind: str,
    text: str,
    day: xlsxwriter.format.Format,
) -> None:
    """Numbers and dates as such, where a cell can hold them exactly; all else as text."""
    if not text:
        return
    number = _exact_number(text) if kind == "n" else None
    if number is not None:
        sheet.write_number(row, column, number)
        return
    if kind == "d" and len(text) == len("2026-01-31"):
        try:
            sheet.write_datetime(row, column, date.fromisoformat(text), day)
            return
        except ValueError:
            pass
    sheet.write_string(row, column, text)


def _exact_number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _EXACT_DIGITS:
        return None
    return value if len(value.as_tuple().digits) <= _EXACT_DIGITS else None
