"""Lists as workbooks and as comma-separated text, with no cell that could be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from django.utils import timezone

from attain.core.values import minor_digits
from attain.ui import formats
from attain.ui.tables.columns import Column

MOST_ROWS: Final = 100_000
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK: Final = "'"
_EXACT_DIGITS: Final = 15
"""What a spreadsheet keeps of a number; longer ones are written as text."""


def neutralise(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `restore` gives back what was meant.

    >>> neutralise("=1+1"), restore("'=1+1"), neutralise("'=1+1"), neutralise("沈佳宁")
    ("'=1+1", '=1+1', "''=1+1", '沈佳宁')
    """
    return _MARK + text if text.lstrip(_MARK).startswith(_BEGINNINGS) else text


def restore(text: str) -> str:
    """The text that `neutralise` was given: an import of an exported file changes nothing."""
    meant = text.startswith(_MARK) and text.lstrip(_MARK).startswith(_BEGINNINGS)
    return text[1:] if meant else text


def cell_value(column: Column, row: Any) -> str | Decimal | date | datetime | bool | None:
    """What an export says of one cell: the full value, never a rounded or shortened one."""
    value = column.read(row)
    if value is None or value == "":
        return None
    if column.type in ("choice", "status"):
        return str(column.choice(value)[0])
    if column.type == "money" and column.minor:
        return formats.minor_amount(int(value), currency_of(column, row))
    if column.is_numeric:
        return formats.as_decimal(value)
    if column.type == "person":
        return formats.person_name(value)
    return value if isinstance(value, bool | date | datetime) else str(value)


def currency_of(column: Column, row: Any) -> str:
    """The currency of one cell."""
    from attain.ui.tables.columns import read_path

    return (read_path(row, column.currency_from) if column.currency_from else column.unit) or "CNY"


def heading(column: Column) -> str:
    """A column's title with its unit, said once."""
    label = str(column.label)
    return f"{label} ({column.unit})" if column.unit and column.is_numeric else label


def csv_pieces(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """The lines of a CSV file; with a byte order mark, so that Excel reads Chinese."""
    yield b"\xef\xbb\xbf"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutralise(heading(column)) for column in columns])
    for row in rows:
        writer.writerow([_as_text(cell_value(column, row)) for column in columns])
        if buffer.tell() > 64_000:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return _local(value).strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else neutralise(str(value))


def workbook(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """A workbook of one sheet: bold head that stays in view, numbers as numbers, dates as dates."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True, "in_memory": False, "strings_to_formulas": False,
            "strings_to_urls": False, "strings_to_numbers": False,
        },
    )  # fmt: skip
    sheet = book.add_worksheet(_sheet_name(title))
    head = book.add_format({"bold": True, "bottom": 1})
    looks = [book.add_format({"num_format": _look(column)}) for column in columns]
    for index, column in enumerate(columns):
        sheet.write_string(0, index, neutralise(heading(column)), head)
        sheet.set_column(index, index, _width(column))
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, 1):
        for index, column in enumerate(columns):
            _write(sheet, last, index, cell_value(column, row), looks[index])
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return target.getvalue()


def _write(sheet: Any, row: int, index: int, value: Any, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, index, value)
    elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXACT_DIGITS:
        sheet.write_number(row, index, float(value), look)
    elif isinstance(value, Decimal):
        sheet.write_string(row, index, format(value, "f"))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, index, _local(value).replace(tzinfo=None), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
    else:
        sheet.write_string(row, index, neutralise(str(value)))


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _look(column: Column) -> str:
    if column.type == "money":
        digits = minor_digits(column.unit)
        places = 2 if digits is None else digits
        return "#,##0" + ("." + "0" * places if places else "")
    return {
        "ratio": "0.0##%",
        "attainment": "0.0##%",
        "date": "yyyy-mm-dd",
        "datetime": "yyyy-mm-dd hh:mm",
    }.get(column.type, "General")


def _width(column: Column) -> int:
    by_type = {"date": 12, "datetime": 18, "money": 16, "boolean": 8, "code": 14}
    return max(by_type.get(column.type, 18), 2 * min(len(heading(column)), 20))


def _sheet_name(title: str) -> str:
    allowed = "".join(sign for sign in title if sign not in "[]:*?/\\'")
    return allowed[:31] or "Sheet1"
