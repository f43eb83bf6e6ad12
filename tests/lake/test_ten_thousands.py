"""Amounts that a table counts in 万元: multiplied, or asked about, never taken as yuan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from attain.core.schemas import ColumnType
from attain.lake.header_words import is_total, times_said, times_said_above
from attain.lake.headers import guess_header
from attain.lake.inferring import propose_schema
from attain.lake.titles import dataset_name

from .conftest import Desk

DEALS = """
dataset: deals
key: [no]
columns:
  no: {{type: code, aliases: [编号]}}
  amount: {{type: money, currency: CNY, aliases: [合同金额, 合同金额（万元）]{written}}}
"""


@pytest.mark.parametrize(
    ("header", "times"),
    [
        ("销售额（万元）", 10_000),
        ("合同额(万)", 10_000),
        ("年度目标万元", 10_000),
        ("保费（亿元）", 100_000_000),
        ("产值（百万元）", 1_000_000),
        ("费用(千元/月)", 1_000),
        ("Sales (in thousands)", 1_000),
        ("金额", None),
        ("每万元提成", None),
        ("超5万元部分提成", None),
        ("每万元", None),
        ("万科提成", None),
    ],
)
def test_a_header_says_what_one_stands_for(header: str, times: int | None) -> None:
    assert times_said(header) == times


def test_so_does_a_line_above_it() -> None:
    assert times_said_above(["2026年3月销售表", "金额单位：万元"]) == 10_000
    assert times_said_above(["单位：万元、%"]) == 10_000
    assert times_said_above(["单位名称", "单位：元"]) is None


@pytest.mark.parametrize(
    "content",
    ["编号,合同金额（万元）\nA1,6.5\nA2,3.5\n", "单位：万元,\n编号,合同金额\nA1,6.5\nA2,3.5\n"],
)
def test_amounts_in_ten_thousands_are_refused_until_the_column_says_so(
    desk: Desk, content: str
) -> None:
    desk.declare(DEALS.format(written=""))
    checked = desk.check(content, dataset="deals")
    assert [one.code for one in checked.problems if one.code == "HEADER_UNIT"] == ["HEADER_UNIT"]

    desk.declare(DEALS.format(written=", written: {times: 1}"))
    checked = desk.check(content, dataset="deals")
    assert "HEADER_UNIT" not in [one.code for one in checked.problems]


def test_a_column_that_counts_in_ten_thousands_is_stored_in_yuan(desk: Desk) -> None:
    desk.declare(DEALS.format(written=", written: {times: 10000}"))

    desk.load("编号,合同金额（万元）\nA1,6.5\nA2,-3.123456\n合计,3.376544\n", dataset="deals")

    assert desk.rows("deals", "no, amount") == [
        ("A1", Decimal("65000.00")),
        ("A2", Decimal("-31234.56")),
    ]


def test_a_table_nobody_declared_is_proposed_with_what_one_stands_for(desk: Desk) -> None:
    detected = desk.detect(
        desk.text("编号,日期,合同金额（万元）,底薪\nA1,2026-03-01,6.5,2000\n合计,,6.5,\n", "a.csv")
    )
    table = detected.tables[0]

    found = propose_schema(
        detected, table, guess_header(table), name="a", title="合同", currency="CNY"
    )

    amount = next(one for one in found.schema.columns.values() if "万元" in one.labels.zh)
    assert (amount.type, amount.written.times) == (ColumnType.money, 10_000)
    assert found.schema.date == "日期"
    assert found.schema.columns["底薪"].type is ColumnType.money


def test_a_row_of_totals_leaves_cells_blank() -> None:
    assert is_total(["合计", "", "19"])
    assert is_total(["", "小 计：", "19"])
    assert not is_total(["合计", "北京", "19"])
    assert not is_total(["A1", "", "19"])


def test_tables_are_named_after_words_that_every_company_uses() -> None:
    assert dataset_name("3月销售明细", ()) == "sales"
    assert dataset_name("退费登记", ()) == "refunds"
    assert dataset_name("月度录入", ["facts"]) == "facts_2"
