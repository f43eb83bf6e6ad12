"""What leaves as a file: full values, numbers as numbers, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.dispatch import Signal
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from attain.core.errors import AttainError
from attain.ui import preferences, signals
from attain.ui.tables import Column, RowsTable
from attain.ui.tables.exports import MOST_ROWS, csv_pieces, neutralise, restore, workbook
from attain.ui.tables.response import export_response

BAD = [
    '=HYPERLINK("http:","x")', "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1",
    "－1", "＠x", "'=1", "''=1", "=cmd|' /C calc'!A0",
]  # fmt: skip
COLUMNS = (
    Column("name", "=Name"),
    Column("amount", "Amount", "money", unit="CNY"),
    Column("share", "Share", "ratio"),
    Column("day", "Day", "date"),
    Column("at", "At", "datetime"),
    Column("pay", "Pay", "money", unit="CNY", allowed=lambda actor: False),
)
ROW = {
    "name": "沈佳宁", "amount": -41_280, "share": Decimal("0.9996"), "day": date(2026, 10, 22),
    "at": datetime(2026, 10, 22, 6, 5, tzinfo=UTC), "pay": 99,
}  # fmt: skip


def read_csv(rows: list[dict[str, Any]]) -> list[list[str]]:
    text = b"".join(csv_pieces(COLUMNS[:5], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", BAD)
def test_no_text_begins_like_a_formula(text: str) -> None:
    rows = [{**ROW, "name": text}]
    book = workbook("T", COLUMNS[:5], rows)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in xml
    assert str(sheet[1][0])[0] == "'"
    assert read_csv(rows)[1][0][0] == "'"
    assert restore(read_csv(rows)[1][0]) == text


@given(st.text())
def test_what_is_exported_and_imported_again_is_the_same(text: str) -> None:
    assert restore(neutralise(text)) == text


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    book = workbook("回款 / 2026", COLUMNS[:5], [ROW])
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    head, row = read.get_sheet_by_index(0).to_python()

    assert read.sheet_names == ["回款  2026"]
    assert head == ["'=Name", "Amount (CNY)", "Share", "Day", "At"]
    assert row == [
        "沈佳宁", -412.8, 0.9996, date(2026, 10, 22), datetime(2026, 10, 22, 14, 5)  # noqa: DTZ001
    ]  # fmt: skip
    assert read_csv([ROW])[1] == [
        "沈佳宁",
        "-412.80",
        "0.9996",
        "2026-10-22",
        "2026-10-22 14:05:00",
    ]


def test_a_number_a_spreadsheet_would_round_leaves_as_text() -> None:
    long = {**ROW, "share": Decimal("0.1234567890123456789")}
    book = workbook("T", COLUMNS[:3], [long])
    row = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1]

    assert row[2] == "0.1234567890123456789"


def request(address: str) -> Any:
    asked = RequestFactory().get(address)
    asked.actor = "anybody"  # type: ignore[attr-defined]
    asked.session = {}  # type: ignore[assignment]
    return asked


def table(count: int = 3) -> RowsTable:
    rows = [{**ROW, "name": f"P{index}"} for index in range(count)]
    return RowsTable("people", "人员", COLUMNS, lambda actor: rows)


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_an_export_has_the_filters_the_rights_and_the_columns_of_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []
    # Who keeps a trail of exports asks for a real reader; here the only listener is our own.
    monkeypatch.setattr(signals, "exported", Signal())

    def listen(**values: Any) -> None:
        told.append((values["table"], values["rows"]))

    signals.exported.connect(listen)
    asked = request("/people?name=P1&export=csv")
    preferences.write(asked, "columns:people", ["name", "pay"])

    answer = export_response(asked, table(), "csv")

    assert body(answer).splitlines() == ["'=Name", "P1"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E4%BA%BA%E5%91%98.csv"
    assert told == [("people", 1)]


@pytest.mark.parametrize("kind", ["html", "XLSX", "xlsx/../x"])
def test_other_formats_are_refused(kind: str) -> None:
    with pytest.raises(AttainError, match="EXPORT_FORMAT_UNKNOWN"):
        export_response(request("/people"), table(), kind)


def test_an_export_without_end_is_refused() -> None:
    rows = [ROW] * (MOST_ROWS + 1)
    large = RowsTable("t", "T", COLUMNS, lambda actor: rows)

    with pytest.raises(AttainError, match="EXPORT_TOO_LARGE"):
        export_response(request("/people"), large, "csv")


def test_query_parameters_are_read_for_an_export_as_for_the_page() -> None:
    with pytest.raises(AttainError, match="FILTER_NOT_ALLOWED"):
        export_response(request("/people?pay.ge=1&export=csv"), table(), "csv")
    assert QueryDict("export=csv")
