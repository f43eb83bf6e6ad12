"""Cells of workbooks as the XML has them: nothing assumed, nothing lost (B14 to B36, B59)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

HEADER = ["order_id", "signed_on", "seller", "amount", "quantity", "note"]


def faults(checked):
    return [(one.code, one.where.row, one.where.column) for one in checked.errors]


def test_numbers_dates_and_texts_are_read(desk, book):
    number, day = book.number, book.date
    book.sheet(
        [
            HEADER,
            ["A-1", day("46027"), "li", number("1234.5"), number("3"), "first"],
            [number("10023"), "2026/1/6", "li", "1,234.50", number("-2"), None],
        ]
    ).write()

    checked = desk.check(book.path)
    desk.load(book.path)

    assert checked.is_good
    assert checked.counts_by_code == {"NUMBER_NORMALISED": 1, "TEXT_NUMBERS": 1}
    assert desk.rows("orders", "order_id, signed_on, amount, quantity, note") == [
        ("10023", date(2026, 1, 6), Decimal("1234.500000"), -2, None),
        ("A-1", date(2026, 1, 5), Decimal("1234.500000"), 3, "first"),
    ]


def test_every_row_keeps_where_it_came_from(desk, book):
    book.sheet([["月度订单"], HEADER, ["A-1", "2026-01-05", "li"]], name="一月").write()

    desk.load(book.path)

    assert desk.rows("orders", "_file, _sheet, _line, length(_row)") == [
        ("book.xlsx", "一月", 3, 16)
    ]


def test_blanks_errors_and_formulas_without_value_are_never_zero(desk, book):
    book.sheet(
        [
            HEADER,
            ["1", "2026-01-05", "li", None, None],
            ["2", "2026-01-05", "li", book.error("#REF!")],
            ["3", "2026-01-05", "li", book.error("#N/A")],
            ["4", "2026-01-05", "li", None, book.formula("A1+B1")],
            ["5", "2026-01-05", "li", book.number("NaN")],
            ["6", "2026-01-05", "li", book.number("1e309")],
            ["7", "2026-01-05", "li", book.formula("SUM(A1:A2)", "12")],
            ["8", "2026-01-05", "li", None, book.formula("1+1", "2")],
        ]
    ).write()

    checked = desk.check(book.path)
    desk.load(book.path, good_rows=True)

    assert faults(checked) == [
        ("CELL_ERROR", 3, "D"),
        ("CELL_ERROR", 4, "D"),
        ("FORMULA_NO_VALUE", 5, "E"),
        ("CELL_ERROR", 6, "D"),
        ("CELL_ERROR", 7, "D"),
        ("FORMULA_NOT_ALLOWED", 8, "D"),
    ]
    assert checked.counts_by_code["FORMULA_CELLS"] == 1
    assert desk.rows("orders", "order_id, amount, quantity") == [("1", None, None), ("8", None, 2)]


def test_a_column_may_allow_formulas_of_amounts(desk, book):
    desk.declare(
        "dataset: fees\nkey: [fee]\ncolumns:\n  fee: {type: code}\n"
        "  amount: {type: money, currency: CNY, written: {formulas: true}}\n"
    )
    book.sheet([["fee", "amount"], ["F1", book.formula("1+1", "2")]]).write()

    desk.load(book.path, "fees")

    assert desk.rows("fees", "amount") == [(Decimal("2.000000"),)]


def test_binary_noise_is_read_as_what_was_shown(desk, book):
    book.sheet(
        [
            HEADER,
            ["1", "2026-01-05", "li", book.number("0.30000000000000004")],
            ["2", "2026-01-05", "li", book.number("33.333333333")],
            ["3", "2026-01-05", "li", book.number("1.0E+2")],
            ["4", "2026-01-05", "li", book.number("12345678901234567")],
        ]
    ).write()

    checked = desk.check(book.path)
    desk.load(book.path, good_rows=True)

    assert faults(checked) == [("TOO_MANY_DECIMALS", 3, "D"), ("NUMBER_TOO_LARGE_FOR_CELL", 5, "D")]
    assert desk.rows("orders", "amount") == [(Decimal("0.300000"),), (Decimal("100.000000"),)]


def test_an_id_that_became_a_number_is_refused(desk, book):
    book.sheet(
        [
            HEADER,
            [book.number("6.2220212345678901E+18"), "2026-01-05", "li"],
            [book.number("12.5"), "2026-01-05", "li"],
        ]
    ).write()

    checked = desk.check(book.path)

    assert faults(checked) == [("ID_AS_NUMBER", 2, "A"), ("ID_AS_NUMBER", 3, "A")]


def test_a_code_of_fixed_width_notices_lost_zeros(desk, book):
    desk.declare(
        "dataset: staff\nkey: [number]\ncolumns:\n  number: {type: code, written: {width: 5}}\n"
    )
    book.sheet([["number"], [book.number("123")], ["00124"]]).write()

    assert faults(desk.check(book.path, "staff")) == [("ID_LOST_ZEROS", 2, "A")]


def test_values_in_the_wrong_column_are_named(desk, book):
    book.sheet(
        [
            HEADER,
            ["1", "2026-01-05", "li", book.boolean(True)],
            ["2", "2026-01-05", "li", book.date("46027")],
            ["3", book.number("1234.5"), "li"],
        ]
    ).write()

    assert faults(desk.check(book.path)) == [
        ("TYPE_MISMATCH", 2, "D"),
        ("TYPE_MISMATCH", 3, "D"),
        ("TYPE_MISMATCH", 4, "B"),
    ]


@pytest.mark.parametrize(
    ("serial", "code"),
    [
        ("60", "DATE_INVALID"),
        ("1", "DATE_OUT_OF_RANGE"),
        ("-1", "DATE_OUT_OF_RANGE"),
        ("0.5", "DATE_OUT_OF_RANGE"),
        ("2958466", "DATE_OUT_OF_RANGE"),
    ],
)
def test_days_that_are_no_business_days_are_refused(desk, book, serial, code):
    book.sheet([HEADER, ["1", book.date(serial), "li"]]).write()

    assert faults(desk.check(book.path)) == [(code, 2, "B")]


def test_a_workbook_of_the_1904_system_has_the_right_dates(desk, book):
    book.date1904 = True
    # 31 January 2024 is day 43860 since 1904 and day 45322 since 1900.
    book.sheet(
        [HEADER, ["1", book.date("43860"), "li"], ["2", book.date("43860.75"), "li"]]
    ).write()

    checked = desk.check(book.path)
    desk.load(book.path)

    assert checked.counts_by_code == {"DATE_1904": 1, "TIME_DROPPED": 1}
    assert desk.rows("orders", "signed_on") == [(date(2024, 1, 31),)] * 2


def test_dates_of_a_lost_1904_mark_are_suspect(desk, book):
    book.sheet([HEADER, ["1", book.date("43860"), "li"]]).write()

    checked = desk.check(book.path, covers=((date(2024, 1, 1), date(2024, 2, 1)),))

    found = next(one for one in checked.problems if one.code == "DATE_SUSPECT")
    assert found.values["shifted"] == "2024-01-31"
    assert checked.file_errors == 1


def test_merged_data_cells_are_never_filled_down(desk, book):
    book.sheet(
        [
            HEADER,
            ["1", "2026-01-05", "li"],
            ["2", "2026-01-05", None],
            ["3", "2026-01-05", None],
            ["4", "2026-01-05", "wang"],
        ],
        after='<mergeCells><mergeCell ref="C2:C4"/></mergeCells>',
    ).write()

    checked = desk.check(book.path)

    assert faults(checked) == [("MERGED_CELLS", row, "C") for row in (2, 3, 4)]
    assert checked.errors[0].values["range"] == "C2:C4"
    assert checked.rows.accepted == 1


def test_hidden_rows_are_read_with_their_part_of_the_total(desk, book):
    book.sheet(
        [
            HEADER,
            ["1", "2026-01-05", "li", book.number("100")],
            ["2", "2026-01-05", "li", book.number("250.5")],
        ],
        before='<cols><col min="4" max="4" hidden="1"/></cols>',
        hidden=(3,),
    ).write()

    checked = desk.check(book.path)

    warning = next(one for one in checked.problems if one.code == "HIDDEN_ROWS")
    assert (warning.values["count"], warning.values["totals"][0]) == (1, "金额 250.5")
    assert checked.counts_by_code["HIDDEN_COLUMNS"] == 1
    assert checked.rows.accepted == 2


def test_struck_out_rows_are_values_with_a_warning(desk, book):
    book.sheet([HEADER, ["1", "2026-01-05", "li"], [book.struck("2"), "2026-01-05", "li"]]).write()

    checked = desk.check(book.path)

    warning = next(one for one in checked.problems if one.code == "STRUCK_OUT_ROWS")
    assert warning.values["count"] == 1
    assert checked.rows.accepted == 2


def test_rich_text_is_joined_and_phonetic_guides_are_left_out(desk, book):
    book.texts = (
        "<si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r>"
        '<rPh sb="0" eb="1"><t>zhang</t></rPh></si><si><t>a_x000D_\nb</t></si>'
    )
    rows = [
        ["1", "2026-01-05", "li", None, None, book.shared(0)],
        ["2", "2026-01-05", "li", None, None, book.shared(1)],
    ]
    book.sheet([HEADER, *rows]).write()

    desk.load(book.path)

    assert desk.rows("orders", "note") == [("a\nb",), ("张三",)]


# --- sheets and headers ---


def test_a_hidden_sheet_is_named_and_not_read(desk, book, refusal):
    book.sheet([HEADER, ["1", "2026-01-05", "li"]], "数据").sheet(
        [["x"]], "旧", state="hidden"
    ).write()

    checked = desk.check(book.path)
    error = refusal(lambda: desk.check(book.path, mapping={"sheet": "旧"}))

    assert checked.counts_by_code["HIDDEN_SHEETS"] == 1
    assert error.code == "SHEET_MISSING"
    assert error.problems[0].values["hidden"] == ["旧"]


def test_a_chart_sheet_in_front_is_passed_over(desk, book):
    book.raw("", "图").sheet([HEADER, ["1", "2026-01-05", "li"]], "数据")
    links = book.standard_parts()["xl/_rels/workbook.xml.rels"]
    book.parts["xl/_rels/workbook.xml.rels"] = links.replace('/worksheet"', '/chartsheet"', 1)
    book.write()

    assert desk.check(book.path).mapping.sheet == "数据"


def test_two_sheets_that_fit_are_not_guessed_between(desk, book, refusal):
    rows = [HEADER, ["1", "2026-01-05", "li"]]
    book.sheet(rows, "一月").sheet(rows, "二月").write()

    error = refusal(lambda: desk.check(book.path))

    assert error.code == "SHEET_AMBIGUOUS"
    assert error.problems[0].values["sheets"] == ["一月", "二月"]
    assert desk.check(book.path, mapping={"sheet": "二月"}).rows.accepted == 1


def test_the_sheet_named_like_the_dataset_is_meant(desk, book):
    book.sheet([["说明"]], "说明").sheet([HEADER, ["1", "2026-01-05", "li"]], "订单").write()

    assert desk.check(book.path).mapping.sheet == "订单"


def test_a_header_further_down_is_found_and_shown(desk, book):
    book.sheet([["月度订单"], [], HEADER, ["1", "2026-01-05", "li"]]).write()

    checked = desk.check(book.path)

    note = next(one for one in checked.problems if one.code == "HEADER_FOUND")
    assert note.values["row"] == 3
    assert checked.rows.in_file == 1


def test_a_header_over_two_rows_is_not_guessed(desk, book, refusal):
    book.sheet(
        [["单据", None, "业务员"], ["order_id", "日", None], ["1", "2026-01-05", "li"]],
        after='<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>',
    ).write()

    assert refusal(lambda: desk.check(book.path)).code == "HEADER_NOT_FOUND"


def test_headers_that_are_equal_once_cleaned_are_duplicates(desk, book):
    book.sheet(
        [["order_id", "signed_on", "seller", "amount", "Amount "], ["1", "2026-01-05", "li"]]
    )
    book.write()

    checked = desk.check(book.path)

    fault = next(one for one in checked.errors if one.code == "DUPLICATE_HEADER")
    assert (fault.values["first"], fault.values["second"]) == ("D", "E")


def test_headers_are_read_past_invisible_and_full_width_signs(desk, book):
    header = ["\ufefforder_id", "signed_on\u200b", "\u00a0业务员", "ａｍｏｕｎｔ"]
    book.sheet([header, ["1", "2026-01-05", "li", book.number("5")]]).write()

    checked = desk.check(book.path)

    assert checked.is_good
    assert checked.counts_by_code["HEADER_NORMALISED"] == 3
    assert checked.totals[0].accepted == 5


def test_all_problems_of_the_header_are_told_at_once(desk, book):
    book.sheet(
        [["order_id", "金 额", "卖家", "amount"], ["1", "x", "li", book.number("5")]]
    ).write()

    checked = desk.check(book.path)

    assert [(one.code, one.where.header or one.values.get("column")) for one in checked.errors] == [
        ("MISSING_COLUMN", "签单日期"),
        ("UNKNOWN_COLUMN", "金 额"),
        ("UNKNOWN_COLUMN", "卖家"),
    ]


def test_unknown_columns_can_be_ignored_by_name_or_all_at_once(desk, book):
    rows = [["order_id", "signed_on", "卖家", "地区"], ["1", "2026-01-05", "li", "华东"]]
    book.sheet(rows).write()

    assert desk.check(book.path, mapping={"ignore": ["*"]}).is_good
    assert desk.check(
        book.path, mapping={"ignore": ["地区"], "columns": {"seller": "卖家"}}
    ).is_good
