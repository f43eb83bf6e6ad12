"""The Chinese superstore: GBK files and a workbook as they are, returns matched, one plan on them.

The expected figures are worked out from the csv with Python's Decimal alone.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from trial_company import Company

from attain.core.keys import key_for

YEARS = ("2014", "2015", "2016", "2017")
CENT = Decimal("0.01")
SLICES = ((Decimal(0), "0.02"), (Decimal(50_000), "0.03"), (Decimal(150_000), "0.05"))


@pytest.fixture(scope="module")
def gbk_files(trial_data, unpacked) -> dict[str, Path]:
    data = trial_data("superstore_cn")
    return {
        "people": data / "managers_gbk.csv",
        "goods_back": data / "returns_gbk.csv",
        "order_lines": unpacked(data / "orders_gbk.csv.gz"),
    }


@pytest.fixture(scope="module")
def from_csv(company_of, gbk_files) -> Company:
    company = company_of("superstore")
    for dataset, file in gbk_files.items():
        company.bring_in(file, dataset)
    return company


@pytest.fixture(scope="module")
def from_workbook(company_of, trial_data) -> Company:
    company = company_of("superstore")
    book = trial_data("superstore_cn") / "superstore_cn.xlsx"
    for dataset, sheet in {
        "people": "销售人员",
        "goods_back": "退货",
        "order_lines": "订单",
    }.items():
        company.bring_in(book, dataset, sheet=sheet)
    return company


def read_gbk(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="gb18030", newline="") as text:
        return list(csv.DictReader(text))


def marginal(profit: Decimal) -> Decimal:
    edges = [edge for edge, _ in SLICES[1:]]
    parts = (
        (min(profit, end) - start if end is not None else profit - start, rate)
        for (start, rate), end in zip(SLICES, [*edges, None], strict=True)
    )
    return sum((max(part, Decimal(0)) * Decimal(rate) for part, rate in parts), Decimal(0))


def expected(files: dict[str, Path], year: str) -> dict[str, dict[str, Decimal]]:
    """Per manager, with nothing of the engine."""
    managers = {row["地区"]: row["地区经理"] for row in read_gbk(files["people"])}
    back = {row["订单 ID"] for row in read_gbk(files["goods_back"])}
    found: dict[str, dict[str, Decimal]] = {
        name: defaultdict(Decimal) for name in managers.values()
    }
    for row in read_gbk(files["order_lines"]):
        if not row["订单日期"].startswith(year):
            continue
        own, profit = found[managers[row["地区"]]], Decimal(row["利润"])
        own["sales"] += Decimal(row["销售额"])
        if row["订单 ID"] in back:
            own["sales_back"] += Decimal(row["销售额"])
            continue
        own["profit_kept"] += profit
        part = max(Decimal(0), profit) * Decimal("0.03")
        own["by_lines"] += part.quantize(CENT, ROUND_HALF_UP)
    for own in found.values():
        own["commission"] = marginal(max(Decimal(0), own["profit_kept"])).quantize(
            CENT, ROUND_HALF_UP
        )
    return found


@pytest.mark.parametrize("year", YEARS)
def test_each_manager_gets_what_the_lines_say(from_csv, gbk_files, year):
    wanted = expected(gbk_files, year)

    got = {
        row["manager"]: row
        for row in from_csv.calculate("regional-profit", year).rows("manager_year")
    }

    assert len(got) == len(wanted) == 6
    for manager, figures in wanted.items():
        row = got[key_for("people", manager)]
        assert {name: row[name] for name in figures} == figures


def test_the_workbook_gives_the_same_result_to_the_digit(from_csv, from_workbook):
    first = from_csv.calculate("regional-profit", "2017")
    second = from_workbook.calculate("regional-profit", "2017")

    assert first.manifest.result_digest == second.manifest.result_digest


def test_all_returned_orders_are_found(from_csv, gbk_files):
    ids = {row["订单 ID"] for row in read_gbk(gbk_files["order_lines"])}

    assert {row["订单 ID"] for row in read_gbk(gbk_files["goods_back"])} <= ids
    assert from_csv.calculate("regional-profit", "2016").rows("manager_year")[0]["sales_back"] > 0
