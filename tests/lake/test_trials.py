"""Public data that nobody here made, imported as it is.

Runs only where the environment variable ATTAIN_TRIAL_DATA names the folder of the data (or
its folder `adventureworks`). None of the data is part of this repository.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from attain import lake

GIVEN = os.environ.get("ATTAIN_TRIAL_DATA", "")
ROOT = Path(GIVEN).parent if GIVEN.rstrip("/").endswith("adventureworks") else Path(GIVEN)

pytestmark = pytest.mark.skipif(not GIVEN, reason="ATTAIN_TRIAL_DATA names no folder")

SUPERSTORE = """
dataset: superstore
key: [line]
date: ordered_on
columns:
  line: {type: code, label: {zh-Hans: 行 ID}}
  order: {type: code, label: {zh-Hans: 订单 ID}}
  ordered_on: {type: date, label: {zh-Hans: 订单日期}}
  customer: {type: key, of: customers, label: {zh-Hans: 客户 ID}}
  product: {type: text, label: {zh-Hans: 产品名称}}
  sales: {type: money, currency: CNY, scale: 3, label: {zh-Hans: 销售额}}
  quantity: {type: count, label: {zh-Hans: 数量}}
  profit: {type: money, currency: CNY, scale: 3, label: {zh-Hans: 利润}}
"""


def folder(name: str) -> Path:
    found = ROOT / name
    if not found.is_dir():
        pytest.skip(f"no {name} in the folder of trial data")
    return found


def unpacked(packed: Path, target: Path) -> Path:
    path = target / packed.stem
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def test_the_chinese_superstore_is_the_same_as_csv_and_as_workbook(desk_with_child, tmp_path):
    desk, data = desk_with_child, folder("superstore_cn")
    desk.declare(SUPERSTORE)
    csv = unpacked(data / "orders_gbk.csv.gz", tmp_path)

    first = desk.check(csv, "superstore", mapping={"ignore": ["*"]})
    lake.commit(first, desk.catalog)
    second = desk.check(data / "superstore_cn.xlsx", "superstore", mapping={"ignore": ["*"]})

    assert first.rows.accepted == 10_000
    assert first.needs_confirmation
    # The workbook holds binary numbers with noise; read as shown, no row differs.
    assert second.rows.skipped == {"same": 10_000}
    assert second.counts_by_code["BINARY_NOISE"] > 0


def test_the_old_workbook_is_named_with_the_way_to_convert(desk, refusal):
    path = folder("superstore_cn") / "superstore_cn_original.xls"

    assert refusal(lambda: desk.detect(path)).code == "FILE_TYPE_UNSUPPORTED"


def test_quotas_without_a_header_come_in_by_position(desk_with_child):
    desk = desk_with_child
    desk.declare(
        "dataset: quotas\nkey: [person, starts]\ndate: starts\ncolumns:\n"
        "  person: {type: key, of: people}\n  starts: {type: date}\n"
        "  quota: {type: money, currency: USD}\n"
    )
    path = folder("adventureworks") / "raw" / "SalesPersonQuotaHistory.csv"

    checked = desk.check(path, "quotas")

    assert checked.mapping.by_position
    assert (checked.rows.accepted, checked.rows.rejected) == (163, 0)
    assert checked.totals[0].accepted == 95_714_000


def test_order_lines_in_parquet_keep_their_four_decimals(desk_with_child):
    desk = desk_with_child
    desk.declare(
        "dataset: sales\nkey: [order, line]\ndate: ordered_on\ncolumns:\n"
        "  order: {type: code, aliases: [SalesOrderNumber]}\n"
        "  line: {type: count, aliases: [SalesOrderLineNumber]}\n"
        "  seller: {type: key, of: people, aliases: [EmployeeKey]}\n"
        "  amount: {type: money, currency: USD, scale: 4, aliases: [SalesAmount]}\n"
        "  ordered_on: {type: date, aliases: [OrderDate]}\n"
    )
    path = folder("adventureworks") / "dw_fact_reseller_sales.parquet"

    checked = desk.check(path, "sales", mapping={"ignore": ["*"]})

    assert checked.is_good
    assert checked.rows.accepted == 60_855
    assert str(checked.totals[0].accepted) == "80450596.9823"


def test_half_a_million_invoice_lines_lose_their_times_with_one_kind_of_note(desk_with_child):
    desk = desk_with_child
    desk.declare(
        "dataset: invoices\nkey: [line_no]\ndate: InvoiceDate\ncolumns:\n"
        "  line_no: {type: code}\n  InvoiceNo: {type: code}\n  StockCode: {type: code}\n"
        "  Description: {type: text}\n  Quantity: {type: count}\n  InvoiceDate: {type: date}\n"
        "  UnitPrice: {type: money, currency: GBP, scale: 3}\n"
        "  CustomerID: {type: key, of: customers}\n  Country: {type: text}\n"
    )
    path = folder("online_retail") / "online_retail.parquet"

    checked = desk.check(path, "invoices")

    assert checked.rows.accepted == 541_909
    assert checked.counts_by_code == {"TIME_DROPPED": 541_909}


def test_a_pipeline_names_the_product_that_the_price_list_spells_otherwise(desk, tmp_path):
    data = folder("crm_opportunities")
    desk.declare(
        "dataset: products\nkey: [product]\ncolumns:\n  product: {type: code}\n"
        "  series: {type: text}\n  sales_price: {type: money, currency: USD}\n"
    )
    desk.declare(
        "dataset: opportunities\nkey: [opportunity_id]\ncolumns:\n"
        "  opportunity_id: {type: code}\n  product: {type: key, of: products}\n"
        "  deal_stage: {type: text}\n  close_value: {type: money, currency: USD}\n"
    )
    desk.load(data / "products.csv", "products")

    path = unpacked(data / "sales_pipeline.csv.gz", tmp_path)
    checked = desk.check(path, "opportunities", mapping={"ignore": ["*"]})

    assert (checked.rows.in_file, checked.rows.rejected) == (8_800, 1_480)
    assert {one.values["value"] for one in checked.errors} == {"GTXPro"}
    assert checked.errors[0].values["nearest"] == ["GTX Pro"]
