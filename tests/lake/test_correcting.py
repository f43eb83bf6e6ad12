"""Cells that are corrected before a commit, suggestions for them, and tables nobody declared."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from attain import lake
from attain.core.manifests import Coverage
from attain.core.schemas import ColumnType, load_dataset_schema
from attain.lake.choosing import choose_dataset
from attain.lake.headers import guess_header
from attain.lake.inferring import Proposal, propose_schema
from attain.lake.publishing import publish
from attain.lake.suggesting import suggestion
from attain.lake.titles import dataset_name, without_period
from attain.lake.values import Reading, read_value

from .conftest import Desk

HEAD = "订单号,签单日期,业务员,金额,数量,折扣,备注\n"
ROW = "A1,2026-03-01,E1,{},1,,\n"


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("12,8OO.00", "12,800.00"),
        ("(200.00)", "-200.00"),
        ("200.00-", "-200.00"),
        ("−5", "-5"),
        ("1.2万", "12000"),
        ("3亿", "300000000"),
        (".50", "0.50"),
        ("5.", "5"),
        ("1 234.50", "1234.50"),
        ("￥88元", "88"),
    ],
)
def test_a_number_that_most_people_mean_is_suggested(desk: Desk, text: str, better: str) -> None:
    column = desk.schemas["orders"].columns["amount"]
    fault = read_value(column, "t", text, Reading()).fault
    assert fault is not None

    assert suggestion(column, fault, text) == better


@pytest.mark.parametrize("text", ["一百", "1.005", "12,34.5", "abc", "1e3"])
def test_nothing_is_suggested_where_only_the_author_knows(desk: Desk, text: str) -> None:
    column = desk.schemas["orders"].columns["amount"]
    fault = read_value(column, "t", text, Reading()).fault
    assert fault is not None

    assert suggestion(column, fault, text) is None


def test_a_corrected_cell_is_stored_and_counted(desk: Desk) -> None:
    checked = desk.check(HEAD + ROW.format("1OO.00"), corrections={(2, 3): "100.00"})

    receipt = lake.commit(checked, desk.catalog)

    assert (checked.rows.rejected, receipt.rows) == (0, 1)
    assert desk.rows("orders", "amount") == [(Decimal(100),)]
    head = desk.catalog.head("orders")
    assert head is not None
    assert head.receipt["corrected"] == "1"


def test_a_correction_that_is_wrong_again_is_told_again(desk: Desk) -> None:
    checked = desk.check(HEAD + ROW.format("1OO.00"), corrections={(2, 3): "a hundred"})

    assert checked.counts_by_code["NUMBER_FORMAT"] == 1
    assert checked.rows.rejected == 1


def test_a_row_left_out_is_counted_and_in_no_sum(desk: Desk) -> None:
    text = HEAD + ROW.format("1OO.00") + ROW.replace("A1", "A2").format("7.00")

    checked = desk.check(text, left_out=frozenset({2}))

    assert dict(checked.rows.skipped) == {"left_out": 1}
    assert (checked.rows.in_file, checked.rows.accepted) == (2, 1)
    assert checked.totals[0].in_file == Decimal(7)


# --- tables that nobody has declared ---


def proposal(desk: Desk, content: str, **known: frozenset[str]) -> Proposal:
    detected = desk.detect(desk.text(content, "sales.csv"))
    table = detected.tables[0]
    header = guess_header(table)
    return propose_schema(
        detected, table, header, name="sales", title="销售", currency="CNY", known_codes=known
    )


def test_types_key_and_date_are_read_off_the_values(desk: Desk) -> None:
    found = proposal(
        desk,
        "单号,日期,区域,数量,折扣率,金额,是否回款\n"
        "S-01,2026-01-05,华东,3,5%,1200.50,是\nS-02,2026-01-05,华北,4,0%,80.00,否\n",
    )

    schema = found.schema
    assert {name: one.type for name, one in schema.columns.items()} == {
        "单号": ColumnType.code,
        "日期": ColumnType.date,
        "区域": ColumnType.text,
        "数量": ColumnType.count,
        "折扣率": ColumnType.ratio,
        "金额": ColumnType.money,
        "是否回款": ColumnType.boolean,
    }
    assert (schema.key, schema.date) == (("单号",), "日期")


def test_an_order_with_several_lines_needs_two_columns_as_its_key(desk: Desk) -> None:
    found = proposal(desk, "单号,产品编码,金额\nS1,P1,1\nS1,P2,2\nS2,P1,3\n")

    assert found.schema.key == ("单号", "产品编码")


def test_as_many_columns_as_are_needed_tell_rows_apart(desk: Desk) -> None:
    rows = [
        f"{a},{b},{c},2026-03-0{day}\n" for a in "AB" for b in "CD" for c in "EF" for day in (1, 2)
    ]
    found = proposal(desk, "家庭编号,券码编号,活动编号,兑券日期\n" + "".join(rows))

    assert found.schema.key == ("家庭编号", "券码编号", "活动编号", "兑券日期")


def test_a_column_of_known_codes_refers_to_what_they_name(desk: Desk) -> None:
    found = proposal(
        desk, "单号,业务员,金额\nS1,E-1,1\nS2,E-2,2\n", people=frozenset({"E-1", "E-2", "E-3"})
    )

    assert found.schema.columns["业务员"].kinds == ("people",)


def test_codes_that_a_program_took_for_decimal_numbers_are_codes_all_the_same(desk: Desk) -> None:
    columns = proposal(
        desk,
        "no,categories_key,customer_id,price\nP1,14.0,17850.0,3.0\nP2,,13047.0,4.0\n",
        categories=frozenset({"3", "14"}),
    ).schema.columns

    assert columns["categories_key"].kinds == ("categories",)
    assert columns["customer_id"].type is ColumnType.code
    assert all(columns[name].written.point_zero for name in ("categories_key", "customer_id"))
    assert columns["price"].type is ColumnType.money


def test_how_many_there_are_is_no_reference_and_a_flag_no_amount(desk: Desk) -> None:
    columns = proposal(
        desk, "no,NumberEmployees,SalesPersonFlag\nR1,2,0\nR2,3,1\n", people=frozenset("123")
    ).schema.columns

    assert columns["number_employees"].type is ColumnType.count
    assert columns["sales_person_flag"].type is ColumnType.boolean


def test_a_day_that_is_blank_for_what_is_open_is_no_business_date(desk: Desk) -> None:
    found = proposal(
        desk, "dealId,closedOn,openedOn\nD1,NULL,2026-01-05\nD2,2026-02-01,2026-01-09\n"
    )

    assert found.schema.date == "opened_on"
    assert found.schema.columns["closed_on"].type is ColumnType.date
    assert found.schema.columns["closed_on"].written.blank == ("NULL",)


def test_a_day_beyond_the_twelfth_tells_which_comes_first(desk: Desk) -> None:
    months = proposal(desk, "no,reviewDate\nR1,12/30/2024\nR2,1/5/2025\n").schema
    days = proposal(desk, "no,reviewDate\nR1,30/12/2024\nR2,1/5/2025\n").schema
    unclear = proposal(desk, "no,reviewDate\nR1,3/4/2024\nR2,1/5/2025\n").schema

    assert months.columns["review_date"].written.day_first is False
    assert days.columns["review_date"].written.day_first is True
    assert unclear.columns["review_date"].type is ColumnType.text


def test_an_amount_has_no_more_decimals_than_its_values(desk: Desk) -> None:
    columns = proposal(desk, "no,amount,price\nR1,1.50,0.125\nR2,2,12.9999\n").schema.columns

    assert columns["amount"].scale is None
    assert columns["price"].scale == 4


def test_numbers_of_lines_and_goods_are_codes(desk: Desk) -> None:
    columns = proposal(desk, "line_no,coupon_upc,qty\n1,10000085475,3\n2,10000085476,3\n").schema

    assert columns.key == ("line_no",)
    assert columns.columns["coupon_upc"].type is ColumnType.code
    assert columns.columns["qty"].type is ColumnType.count


def test_keys_of_a_warehouse_are_codes_and_its_amounts_amounts(desk: Desk) -> None:
    found = proposal(
        desk,
        "SalesTerritoryKey,currency_key,Date,DiscountAmount,TaxAmt,Discount\n"
        "4,100,2013-01-05,12.5000,3.2108,0.02\n4,98,2013-01-05,0.0000,1.0000,0\n",
    )

    columns = found.schema.columns
    assert {name: one.type for name, one in columns.items()} == {
        "sales_territory_key": ColumnType.code,
        "currency_key": ColumnType.code,
        "date": ColumnType.date,
        "discount_amount": ColumnType.money,
        "tax_amt": ColumnType.money,
        "discount": ColumnType.ratio,
    }


def test_bare_numbers_are_codes_only_where_the_header_says_of_what(desk: Desk) -> None:
    found = proposal(desk, "单号,员工编号,件\nS1,1,2\nS2,2,1\n", people=frozenset({"1", "2", "3"}))

    assert found.schema.columns["员工编号"].kinds == ("people",)
    assert found.schema.columns["件"].type is ColumnType.count


def test_fields_shifted_beyond_the_header_are_no_column(desk: Desk) -> None:
    found = proposal(desk, "no,city,amount\nS1,Bern,1\nS2,Lyon,3\nS3,12, rue,2\n")

    assert list(found.schema.columns) == ["no", "city", "amount"]


def test_an_export_in_dollars_with_numbered_orders(desk: Desk) -> None:
    found = proposal(
        desk,
        "RO #,Closed Date,Advisor,Labor Sales,Net\n"
        '1001,01/15/2026,Ann,"$1,250.00",$900.00\n1002,01/16/2026,Bob,$85.00,($40.50)\n',
    )

    columns = found.schema.columns
    assert (found.schema.key, found.schema.date) == (("ro",), "closed_date")
    assert columns["advisor"].kinds == ("people",)
    assert (columns["labor_sales"].type, columns["labor_sales"].currency) == (
        ColumnType.money,
        "USD",
    )
    assert columns["net"].type is ColumnType.money
    assert columns["net"].written.accounting


def test_amounts_of_several_currencies_are_no_amounts_of_one(desk: Desk) -> None:
    columns = proposal(desk, "no,net\nR1,$5.00\nR2,€6.00\n").schema.columns

    assert columns["net"].type is ColumnType.text


def test_zeros_in_front_stay(desk: Desk) -> None:
    found = proposal(desk, "门店,金额\n00123,1\n00124,2\n")

    assert found.schema.columns["门店"].type is ColumnType.code


def test_what_is_proposed_imports_its_own_file(desk: Desk) -> None:
    content = "Deal no,Closed,Who,Value\nD-1,2026-02-01,Li,10.5\nD-2,2026-02-09,Wu,11\n"
    found = proposal(desk, content)
    desk.schemas["sales"] = found.schema

    receipt = desk.load(desk.text(content, "sales.csv"), "sales")

    assert (receipt.rows, receipt.rejected) == (2, 0)


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert dataset_name("2026 Orders", ["orders", "orders_2"]) == "orders_3"
    assert dataset_name("月度录入", []) == "facts"


# --- rows that the product keeps ---

STAFF = load_dataset_schema(
    "dataset: staff\nkey: [no]\ncolumns:\n  no: {type: code}\n  share: {type: ratio}\n"
)


def test_equal_rows_are_the_same_version(tmp_path: Path) -> None:
    catalog = lake.FileCatalog(tmp_path)
    rows = [{"no": "E2", "share": Decimal("0.5")}, {"no": "E1", "share": None}]

    first = publish(catalog, STAFF, rows, receipt={"by": "a"})
    again = publish(catalog, STAFF, reversed(rows), receipt={"by": "b"})
    fewer = publish(catalog, STAFF, rows[:1])

    assert again.hash == first.hash
    assert (first.rows, fewer.rows, fewer.parent) == (2, 1, first.hash)


def test_adding_keeps_rows_with_other_keys(tmp_path: Path) -> None:
    catalog = lake.FileCatalog(tmp_path)
    publish(catalog, STAFF, [{"no": "E1", "share": Decimal(1)}])

    added = publish(catalog, STAFF, [{"no": "E2"}], adds=True, coverage=(Coverage(),))

    assert added.rows == 2
    assert publish(catalog, STAFF, [{"no": "E2"}], adds=True, coverage=(Coverage(),)) == added


def test_everybody_has_a_target_again_next_month(desk: Desk) -> None:
    found = proposal(desk, "业务员,月份,目标金额\n沈,2026年9月,300000\n周,2026年9月,３５００００\n")

    assert found.schema.key == ("业务员", "月份")
    assert found.schema.columns["月份"].type is ColumnType.period
    assert found.schema.columns["目标金额"].type is ColumnType.money


@pytest.mark.parametrize(
    ("title", "named", "word"),
    [
        ("9月订单", "订单", "orders"), ("2026年9月销售订单明细", "销售订单明细", "orders"),
        ("目标（2026年三季度）", "目标", "targets_2"), ("2026 Orders", "Orders", "orders"),
        ("2026年9月", "2026年9月", "facts"), ("1月", "1月", "facts"),
        ("客户拜访", "客户拜访", "customers_visits"),
    ],
)  # fmt: skip
def test_a_table_is_called_by_what_it_holds_not_by_its_month(
    title: str, named: str, word: str
) -> None:
    assert without_period(title) == named
    assert dataset_name(named, ["targets"]) == word


def test_months_and_days_without_signs_are_told_by_their_headers(desk: Desk) -> None:
    found = proposal(
        desk, "月份,工号,余额,发放日期\n202603,E1,1.50,20260305\n202603,E2,2,2026-03-25\n"
    )

    assert found.schema.columns["月份"].type is ColumnType.period
    assert found.schema.columns["发放日期"].type is ColumnType.date
    assert found.schema.date == "发放日期"


def test_rows_that_say_only_their_month_are_counted_by_it(desk: Desk) -> None:
    found = proposal(desk, "月份,工号,奖金\n2026年3月,E1,100\n2026年3月,E2,200\n")

    assert found.schema.date == "月份"


@pytest.mark.parametrize("title", ["3月目标", "2026年3月目标", "目标2026", "Targets 2026"])
def test_a_file_called_like_a_dataset_with_a_month_is_taken_for_it(desk: Desk, title: str) -> None:
    content = "工号,指标,期间,目标值（万元）\nE1,sales,2026-03,30\n"
    detected = desk.detect(desk.text(content, f"{title}.csv"))

    assert choose_dataset(detected, detected.tables[0], desk.schemas).dataset == "targets"


@pytest.mark.parametrize("header", ["导购工号", "业务员工号", "主播", "设计师", "置业顾问"])
def test_whoever_sells_is_a_person_whatever_the_trade_calls_them(desk: Desk, header: str) -> None:
    found = proposal(desk, f"单号,{header}\nS-01,E1\nS-02,E2\n")

    assert found.schema.columns[header].of == "people"
