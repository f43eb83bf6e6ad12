"""The sample company through the whole flow, against its control totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from attain import lake
from attain.core.documents import read_yaml
from attain.demo.making import SEED, make
from attain.demo.workbook import WORKBOOK, write_workbook

COMPANY = Path(__file__).parents[2] / "examples" / "company"
SEPTEMBER = (date(2026, 9, 1), date(2026, 10, 1))

# In the order in which they refer to each other.
DATASETS = (
    "people",
    "units",
    "positions",
    "assignments",
    "edges",
    "customers",
    "products",
    "orders",
    "collections",
    "targets",
)


@pytest.fixture
def company(desk):
    desk.schemas = lake.load_schemas(COMPANY / "datasets")
    return desk


@pytest.fixture
def totals():
    text = (COMPANY / "control_totals.yaml").read_text(encoding="utf-8")
    return read_yaml(text, "control_totals.yaml").value(())


def test_the_inbox_comes_in_whole_and_without_a_question(company, totals):
    for name in DATASETS:
        checked = company.check(COMPANY / "inbox" / f"{name}.csv", name)

        assert checked.problems == (), name
        assert lake.commit(checked, company.catalog).rows == int(totals["rows"][name])


def test_money_received_agrees_by_month_to_the_last_fen(company, totals):
    company.load(COMPANY / "inbox" / "collections.csv", "collections")

    found: dict[str, Decimal] = {}
    for month, amount in company.rows("collections", "strftime(received_on, '%Y-%m'), amount"):
        found[month] = found.get(month, Decimal(0)) + amount
    expected = totals["by_month"]["collections"]
    assert found == {month: Decimal(amount) for month, amount in expected.items()}


@pytest.fixture
def bank(tmp_path):
    """The workbook of a bank with the faults that people make."""
    made = make(tmp_path / "made", 1, SEED)
    path = tmp_path / WORKBOOK
    write_workbook(path, made.company, SEED)
    return path


def test_the_banks_workbook_names_its_faults_and_loads_the_rest(company, bank):
    for name in ("people", "customers"):
        company.load(COMPANY / "inbox" / f"{name}.csv", name)

    checked = company.check(
        bank, "collections", mapping={"ignore": ["付款方", "摘要"]}, closed=(SEPTEMBER,)
    )
    receipt = lake.commit(checked, company.catalog, accept_good_rows=True)

    assert [(one.where.row, one.where.header, one.code) for one in checked.errors] == [
        (17, "客户编码", "UNKNOWN_REFERENCE"),
        (58, "到账日期", "DATE_INVALID"),
        (112, "金额（元）", "NUMBER_FORMAT"),
        (203, "业务员", "UNKNOWN_PERSON"),
        (311, "到账日期", "PERIOD_CLOSED"),
    ]
    assert checked.errors[0].values["nearest"] == ["KH-0082"]
    assert checked.errors[3].values["nearest"] == ["E-1003"]
    assert (checked.rows.in_file, checked.rows.accepted, checked.rows.rejected) == (486, 479, 5)
    assert checked.rows.skipped == {"repeated": 2}
    amount = checked.totals[0]
    assert (amount.accepted, amount.skipped) == (Decimal("7391204.15"), Decimal("23400.00"))
    # 68,312.20 are to be mended; of these the 12,8OO.00 of row 112 cannot be read.
    assert (amount.rejected, amount.unread) == (Decimal("68312.20") - 12800, 1)
    assert receipt.coverage == ()
    assert company.rows("collections", "count(*)") == [(479,)]
    assert company.rows("collections", "seller", "receipt_no")[0][0].startswith("people-")
