"""A workbook to fill in: headings, help and lists of what may stand there."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from attain.apps.data.pages.words import column_name, name_of
from attain.apps.data.selectors import schemas
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.core.values import minor_digits

ROWS: Final = 5000
"""Rows of the sheet for which formats and lists are prepared."""
_WIDTH: Final = 18


def template_workbook(schema: DatasetSchema) -> bytes:
    """The template of a dataset in the reader's language; filled in, it is read without questions.

    >>> template_workbook.__name__
    'template_workbook'
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        _data_sheet(book, schema)
        _help_sheet(book, schema)
    return target.getvalue()


def _data_sheet(book: xlsxwriter.Workbook, schema: DatasetSchema) -> None:
    sheet = book.add_worksheet(_sheet_name(name_of(schema)))
    head = book.add_format({"bold": True, "bottom": 1})
    needed = book.add_format({"bold": True, "bottom": 1, "font_color": "#3450CC"})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(schema):
        sheet.write_string(0, at, column_name(column), needed if column.required else head)
        sheet.write_comment(0, at, _help(column))
        sheet.set_column(at, at, _WIDTH, book.add_format({"num_format": _look(column)}))
        rule = _rule(column)
        if rule:
            sheet.data_validation(1, at, ROWS, at, rule)


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\")[:31] or "Data"


def _help_sheet(book: xlsxwriter.Workbook, schema: DatasetSchema) -> None:
    sheet = book.add_worksheet(_("How to fill in"))
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 2, 70)
    for at, text in enumerate((_("Column"), _("Needed"), _("What to write"))):
        sheet.write_string(0, at, text, bold)
    for row, column in enumerate(schema, start=1):
        sheet.write_string(row, 0, column_name(column))
        sheet.write_string(row, 1, _("yes") if column.required else "")
        sheet.write_string(row, 2, _help(column), wrapped)


def _help(column: ColumnSchema) -> str:
    known = schemas()
    words = {
        ColumnType.code: _("A number or code; format the cell as text, so that zeros stay."),
        ColumnType.text: _("Any text."),
        ColumnType.ratio: _("A ratio, written as 80% or 0.8."),
        ColumnType.count: _("A number."),
        ColumnType.points: _("A number of points."),
        ColumnType.days: _("A whole number of days."),
        ColumnType.date: _("A date, such as 2026-09-30."),
        ColumnType.period: _("A period, such as 2026-09, 2026-Q3 or 2026."),
        ColumnType.boolean: _("Yes or no."),
    }
    if column.type is ColumnType.money:
        unit = column.currency or _("the currency of the row")
        return _("An amount in %(currency)s, such as 1234.50; no formulas.") % {"currency": unit}
    if column.type is ColumnType.key:
        names = " / ".join(name_of(known[kind]) for kind in column.kinds if kind in known)
        return _("The code of one of these: %(names)s.") % {"names": names or column.of}
    return words[column.type]


def _look(column: ColumnSchema) -> str:
    if column.type in (ColumnType.code, ColumnType.key, ColumnType.text, ColumnType.period):
        return "@"
    if column.type is ColumnType.date:
        return "yyyy-mm-dd"
    if column.type is ColumnType.money:
        digits = minor_digits(column.currency or "") or 2
        return "#,##0." + "0" * digits
    return "General"


def _rule(column: ColumnSchema) -> dict[str, Any]:
    if column.type is ColumnType.boolean:
        return {"validate": "list", "source": [_("Yes"), _("No")]}
    if column.type is ColumnType.money or column.type is ColumnType.points:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1_000_000_000_000,
            "maximum": 1_000_000_000_000,
            "error_title": _("A number is needed"),
            "error_message": _help(column)[:255],
        }
    if column.type is ColumnType.date:
        return {
            "validate": "custom",
            "value": "=TRUE",
            "input_title": column_name(column)[:32],
            "input_message": _help(column)[:255],
        }
    return {}
