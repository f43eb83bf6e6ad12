"""The organisation as a workbook that an import reads as exactly the same."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from attain.apps.people.columns import schemas
from attain.apps.people.models import Alias
from attain.apps.people.providers import rows
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.ui.tables.exports import neutralise


def export_workbook(language: str) -> bytes:
    """All people, units, positions, assignments and edges of all times, a sheet each.

    Codes stand for keys, headers are in the reader's language; both are understood again.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    head, day = book.add_format({"bold": True, "bottom": 1}), {"num_format": "yyyy-mm-dd"}
    look = book.add_format(day)
    codes = _codes()
    for name, declared in schemas().items():
        sheet = book.add_worksheet(name)
        columns = list(declared)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, neutralise(_title(column, language)), head)
            sheet.set_column(at, at, 16)
        for line, row in enumerate(rows(name, declared), 1):
            for at, value in enumerate(_cells(declared, row, codes)):
                _write(sheet, line, at, value, look)
        sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _title(column: ColumnSchema, language: str) -> str:
    return column.labels.get(language) or column.name


def _codes() -> Mapping[str, tuple[str, str, bool]]:
    """Key to kind and first code, and whether the code means one thing only."""
    found: dict[str, tuple[str, str]] = {}
    kinds: dict[str, set[str]] = {}
    for kind, code, key in Alias.objects.order_by("pk").values_list("kind", "code", "key"):
        found.setdefault(key, (kind, code))
        kinds.setdefault(code, set()).add(kind)
    return {key: (kind, code, len(kinds[code]) == 1) for key, (kind, code) in found.items()}


def _cells(
    declared: DatasetSchema, row: Mapping[str, Any], codes: Mapping[str, tuple[str, str, bool]]
) -> Iterator[Any]:
    for column in declared:
        value = row.get(column.name)
        if column.type is ColumnType.key and isinstance(value, str) and value in codes:
            kind, code, is_sole = codes[value]
            # Where several kinds are possible, a code of two things says which it means.
            value = code if is_sole or len(column.kinds) == 1 else f"{kind}:{code}"
        yield value


def _write(sheet: Any, line: int, at: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        sheet.write_datetime(line, at, moment, look)
    elif isinstance(value, Decimal):
        # As text: a spreadsheet keeps fifteen digits, a share may have eighteen.
        sheet.write_string(line, at, format(value, "f"))
    else:
        sheet.write_string(line, at, neutralise(str(value)))
