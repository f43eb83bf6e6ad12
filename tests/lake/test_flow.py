"""The whole flow: mappings remembered, rejected rows sent back, nothing lost on the way."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from attain import lake
from attain.core.errors import Problem, kind_of, render
from attain.lake import errors
from attain.lake.headers import ERROR_HEADER

HEADER = "order_id,signed_on,seller,amount,note\n"


# --- mapping ---


def test_words_written_together_name_a_column_that_no_other_header_names(desk):
    schema = desk.schemas["orders"]

    alone = lake.propose_mapping(
        desk.detect(desk.text("OrderId,SignedOn,Seller\n1,2026-01-05,li\n")), schema
    )
    beside = lake.propose_mapping(
        desk.detect(desk.text("OrderId,单号,SignedOn,Seller\n9,1,2026-01-05,li\n", "b.csv")),
        schema,
        columns={"order_id": "单号"},
        ignore=["OrderId"],
    )

    assert alone.columns == {"order_id": 0, "signed_on": 1, "seller": 2}
    assert beside.columns == {"order_id": 1, "signed_on": 2, "seller": 3}


def test_a_mapping_that_was_confirmed_is_remembered_by_its_header(desk):
    memory = lake.FileMappings(desk.catalog.folder)
    schema = desk.schemas["orders"]
    first = desk.detect(desk.text("单号,日期,卖家,其他\n1,2026-01-05,li,x\n"))
    chosen = lake.propose_mapping(
        first,
        schema,
        columns={"order_id": "单号", "signed_on": "日期", "seller": "C"},
        ignore=["其他"],
    )
    memory.remember(chosen)

    second = desk.detect(
        desk.text("二月\n单号 ,日期,卖家,其他\n2,2026-02-05,wang,y\n", "again.csv")
    )
    recalled = memory.recall(second, schema)
    proposed = lake.propose_mapping(second, schema, remembered=recalled)

    assert proposed.columns == {"order_id": 0, "signed_on": 1, "seller": 2}
    assert proposed.ignored == (3,)
    other = desk.detect(desk.text("单号,日期,卖家\n2,2026-02-05,wang\n", "other.csv"))
    assert memory.recall(other, schema) is None


QUOTAS = """
dataset: quotas
key: [person, starts]
date: starts
columns:
  person: {type: key, of: people}
  starts: {type: date}
  quota: {type: money, currency: USD, scale: 4}
"""


def test_a_file_without_a_header_is_taken_by_position_and_shown(desk):
    desk.declare(QUOTAS)
    rows = ["274\t2022-05-30 00:00:00.000\t28000.0000\tABC", "275\t2022-08-30\t7000.5000\tX", ""]
    path = desk.text("\n".join(rows))

    checked = desk.check(path, "quotas")
    desk.load(path, "quotas")

    assert checked.mapping.by_position
    assert checked.needs_confirmation
    assert desk.rows("quotas", "starts, quota, _line") == [
        (date(2022, 5, 30), Decimal("28000.000000"), 1),
        (date(2022, 8, 30), Decimal("7000.500000"), 2),
    ]


def test_columns_without_a_header_can_be_named_by_letter(desk):
    desk.declare(QUOTAS)
    path = desk.text("X\t28000\t274\t2022-05-30\n")

    checked = desk.check(
        path,
        "quotas",
        mapping={"header_row": 0, "columns": {"person": "C", "starts": "D", "quota": "B"}},
    )

    assert checked.is_good
    assert not checked.mapping.by_position
    assert checked.totals[0].accepted == 28000


def test_a_file_that_fits_neither_by_name_nor_by_position_has_no_header(desk, refusal):
    desk.declare(QUOTAS)

    error = refusal(lambda: desk.check("a,b,c\nd,e,f\n", "quotas"))

    assert error.code == "HEADER_NOT_FOUND"


# --- rejected rows ---

BAD = (
    HEADER
    + "1,2026-01-05,li,10.00,fine\n"
    + '2,2026-01-06,li,1.005,"=1+1"\n'
    + "3,2026-02-30,wang,20.00,\n"
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rejected_rows_come_back_with_their_errors_and_go_in_again(desk, tmp_path, suffix):
    checked = desk.check(BAD)
    lake.commit(checked, desk.catalog, accept_good_rows=True)
    target = tmp_path / f"rejected{suffix}"

    count = lake.write_rejected(checked, target)
    again = desk.check(target)

    assert count == 2
    assert again.rows.in_file == 2
    # The same errors as before, and no question about the column that lists them.
    assert [one.code for one in again.errors] == ["TOO_MANY_DECIMALS", "DATE_INVALID"]


def test_rejected_rows_say_what_is_wrong_in_the_readers_language(desk, tmp_path):
    checked = desk.check(BAD)

    lake.write_rejected(checked, tmp_path / "zh.csv", "zh-Hans")
    lake.write_rejected(checked, tmp_path / "en.csv", "en")

    with (tmp_path / "zh.csv").open(encoding="utf-8-sig", newline="") as file:
        zh = list(csv.DictReader(file))
    with (tmp_path / "en.csv").open(encoding="utf-8-sig", newline="") as file:
        en = list(csv.DictReader(file))
    assert [row["_line"] for row in zh] == ["3", "4"]
    assert zh[0][ERROR_HEADER] == "amount: “1.005”有 3 位小数，这里最多 2 位。"
    assert en[0][ERROR_HEADER] == "amount: “1.005” has 3 decimals; at most 2 are accepted here."
    assert zh[0]["note"] == "'=1+1"


def test_a_file_of_rejected_rows_has_no_formulas(desk, tmp_path):
    lake.write_rejected(desk.check(BAD), tmp_path / "rejected.xlsx")

    with zipfile.ZipFile(tmp_path / "rejected.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml


# --- round trips (G32) ---

NAMES = [
    "䶮",
    "𬀩〇·",
    "=SUM(A1)",
    "  inner  blank",
    "line\nbreak",
    '"quoted"',
    "a,b",
    "00123",
    "-",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_is_written_as_text_is_read_back_the_same(desk, tmp_path, encoding):
    path = tmp_path / "names.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order_id", "signed_on", "seller", "note"])
        # Everyday words too, or the encoding could not be told from others.
        for number, name in enumerate([*NAMES, "货款已经收到，发票随后寄出"]):
            writer.writerow([f"{number:018d}", "2026-01-05", "li", name])

    desk.load(path)

    stored = desk.rows("orders", "order_id, note")
    assert [name for _, name in stored][: len(NAMES)] == [name.strip() for name in NAMES]
    assert stored[0][0] == "0" * 18


# --- Parquet ---


def parquet(path: Path, query: str) -> Path:
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_parquet_is_read_by_its_column_names_and_types(desk, tmp_path):
    path = parquet(
        tmp_path / "orders.parquet",
        "SELECT 7 AS order_id, DATE '2026-01-05' AS signed_on, 'li' AS seller, "
        "CAST(12.5 AS DECIMAL(19,4)) AS amount, 3 AS quantity "
        "UNION ALL SELECT 8, DATE '2026-01-06', 'li', NULL, 4",
    )

    desk.load(path)

    assert desk.rows("orders", "order_id, signed_on, amount, quantity, _line") == [
        ("7", date(2026, 1, 5), Decimal("12.500000"), 3, 1),
        ("8", date(2026, 1, 6), None, 4, 2),
    ]


def test_binary_numbers_of_parquet_are_what_they_show_and_infinity_is_an_error(desk, tmp_path):
    path = parquet(
        tmp_path / "orders.parquet",
        "SELECT n::VARCHAR AS order_id, TIMESTAMP '2026-01-05 10:00:00' AS signed_on, "
        "'li' AS seller, CASE n WHEN 0 THEN 0.1e0 + 0.2e0 WHEN 1 THEN 'inf'::DOUBLE "
        "ELSE 1.005e0 END AS amount FROM range(3) t(n)",
    )

    checked = desk.check(path)
    desk.load(path, good_rows=True)

    assert [(one.code, one.where.row) for one in checked.errors] == [
        ("CELL_ERROR", 2),
        ("TOO_MANY_DECIMALS", 3),
    ]
    assert desk.rows("orders", "signed_on, amount") == [(date(2026, 1, 5), Decimal("0.300000"))]


def test_a_parquet_file_is_opened_by_the_child_alone(desk_with_child, tmp_path):
    path = parquet(
        tmp_path / "orders.parquet",
        "SELECT 'x' AS order_id, DATE '2026-01-05' AS signed_on, 'li' AS seller",
    )

    assert desk_with_child.load(path).accepted == 1


# --- everything together ---


def test_a_workbook_goes_through_the_child_into_the_lake(desk_with_child, book):
    book.sheet(
        [
            ["订单号", "签单日期", "业务员", "金额"],
            ["A-1", book.date("46027"), "E1", book.number("100.5")],
            ["A-2", book.date("46028"), "E1", book.number("0.1")],
            ["合计", None, None, book.number("100.6")],
        ]
    ).write()

    checked = desk_with_child.check(book.path)
    receipt = lake.commit(checked, desk_with_child.catalog, by="wang")

    assert (receipt.accepted, receipt.aliases) == (2, 1)
    assert desk_with_child.catalog.head("orders").totals["amount"] == "100.6"
    assert checked.counts_by_code == {"TOTAL_ROW_FOUND": 1}


def test_sheets_of_one_workbook_feed_several_datasets(desk, book):
    book.sheet([["person", "name"], ["E1", "张三"]], "people")
    book.sheet([["order_id", "signed_on", "seller"], ["1", "2026-01-05", "E1"]], "orders").write()
    detected = desk.detect(book.path)

    checks = []
    for name in ("people", "orders"):
        mapping = lake.propose_mapping(detected, desk.schemas[name])
        given = lake.Conditions(schemas=desk.schemas)
        checks.append(lake.check(detected, mapping, desk.schemas[name], desk.catalog, given))

    assert [lake.commit(checked, desk.catalog).accepted for checked in checks] == [1, 1]


def test_the_preview_shows_what_a_spreadsheet_would(desk, book):
    book.sheet([["a", "b"], [book.date("46027"), book.number("0.30000000000000004")]]).write()

    detected = desk.detect(book.path)

    assert lake.preview(detected.tables[0]) == [(1, ["a", "b"]), (2, ["2026-01-05", "0.3"])]
    assert lake.guess_header(detected.tables[0]).names == ("a", "b")


def test_declarations_of_a_folder_join_those_of_the_system(tmp_path, refusal):
    (tmp_path / "orders.yaml").write_text(
        "dataset: orders\nkey: [id]\ncolumns:\n  id: {type: code}\n", encoding="utf-8"
    )
    (tmp_path / "people.yaml").write_text(
        "dataset: people\nkey: [person]\ncolumns:\n  person: {type: key, of: people}\n"
        "  department: {type: text}\n",
        encoding="utf-8",
    )

    schemas = lake.load_schemas(tmp_path)
    (tmp_path / "broken.yaml").write_text("dataset: 1x\n", encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text("dataset: y\nkey: []\n", encoding="utf-8")

    assert set(schemas["orders"].columns) == {"id"}
    assert {"department", "name", "effective_from"} <= set(schemas["people"].columns)
    assert "targets" in schemas
    assert len(refusal(lambda: lake.load_schemas(tmp_path)).problems) >= 2


def test_every_code_of_the_lake_is_said_in_both_languages():
    modules = (errors.cells, errors.files, errors.flow, errors.rows, errors.tables)
    codes = [name for module in modules for name in vars(module) if name.isupper()]

    for code in codes:
        kind = kind_of(code)
        for language in ("zh-Hans", "en"):
            rendered = render(Problem(code, dict.fromkeys(kind.names, "x")), language)
            assert rendered.message
            assert rendered.remedy
    assert len(codes) > 70
