"""The first workspace of a newcomer: one workbook, one declared dataset, one plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from attain.core.documents import read_yaml
from attain.core.labels import CHINESE, Language
from attain.core.systems import SYSTEM_DATASETS, load_dataset

WORKBOOK: Final = "company.xlsx"

_COLUMNS: Final = {
    "people": ("person", "name"),
    "orders": ("order_id", "signed_on", "seller", "customer", "amount"),
    "targets": ("subject", "indicator", "period", "value"),
}
_FORMATS: Final = {"signed_on": "yyyy-mm-dd", "amount": "#,##0.00", "value": "#,##0.00"}


def write_starter(folder: Path, language: Language) -> list[Path]:
    """Write the workspace into a folder and name what was written, in reading order."""
    texts = {
        "attain.yaml": "attain.yaml",
        "datasets/orders.yaml": "orders.yaml",
        "plans/first-plan.yaml": f"plan.{'zh' if language == CHINESE else 'en'}.yaml",
    }
    for name, template in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_template(template), encoding="utf-8")
    _write_workbook(folder / WORKBOOK, language)
    return [folder / WORKBOOK, *(folder / name for name in texts)]


def _template(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _write_workbook(path: Path, language: Language) -> None:
    """One sheet per dataset, with the headers its declaration knows."""
    rows = read_yaml(_template("rows.yaml")).data
    schemas = {**SYSTEM_DATASETS, "orders": load_dataset(_template("orders.yaml"))}
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        for dataset, columns in _COLUMNS.items():
            schema = schemas[dataset]
            sheet = book.add_worksheet(schema.labels.get(language))
            sheet.set_column(0, len(columns) - 1, 16)
            headers = [schema.columns[name].labels.get(language) for name in columns]
            sheet.write_row(0, 0, headers, bold)
            formats = [book.add_format({"num_format": _FORMATS.get(name, "@")}) for name in columns]
            for number, row in enumerate(rows[dataset], start=1):
                _write_row(sheet, number, columns, _in(language, row), formats)
        book.set_properties({"title": "Attain", "created": date(2026, 1, 1)})


def _in(language: Language, row: list[Any]) -> list[str]:
    """A row in one language; codes and figures are the same in both."""
    return [cell if isinstance(cell, str) else cell[language] for cell in row]


def _write_row(
    sheet: Worksheet, number: int, columns: tuple[str, ...], row: list[str], formats: list[Any]
) -> None:
    for place, (name, cell) in enumerate(zip(columns, row, strict=True)):
        if name in ("amount", "value"):
            sheet.write_number(number, place, Decimal(cell), formats[place])
        elif name == "signed_on":
            sheet.write_datetime(number, place, date.fromisoformat(cell), formats[place])
        else:
            sheet.write_string(number, place, cell, formats[place])
