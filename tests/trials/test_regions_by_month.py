"""The Chinese superstore by the month, in Chinese names throughout: four years, every manager.

The plan grows against the month and the year before, gates by the discount, rates by category and
margin, and a contest; all of it is worked out from the csv with Decimal and Fraction alone.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from trial_company import Company
from trial_numbers import places, rounded, same

from attain.core.keys import key_for

MONTHS = [f"{year}-{month:02d}" for year in range(2014, 2018) for month in range(1, 13)]
SOME = ("2014-01", "2014-12", "2015-01", "2016-06", "2017-11")
PRIZES = {1: 2000, 2: 1200, 3: 600}


@pytest.fixture(scope="module")
def files(trial_data, unpacked) -> dict[str, Path]:
    data = trial_data("superstore_cn")
    return {
        "people": data / "managers_gbk.csv",
        "returns": data / "returns_gbk.csv",
        "orders": unpacked(data / "orders_gbk.csv.gz"),
    }


@pytest.fixture(scope="module")
def company(company_of, files) -> Company:
    made = company_of("chaoshi")
    for dataset, file in files.items():
        made.bring_in(file, dataset)
    return made


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="gb18030", newline="") as text:
        return list(csv.DictReader(text))


def growth(now: Decimal, before: Decimal | None) -> Fraction | None:
    return (Fraction(now) - Fraction(before)) / Fraction(before) if before else None


def rate(category: str, margin: Fraction) -> Fraction:
    if margin < 0:
        return Fraction(0)
    if category == "技术":
        return Fraction(12, 1000) if margin < Fraction(1, 5) else Fraction(2, 100)
    return Fraction(1, 100) if margin < Fraction(3, 10) else Fraction(15, 1000)


class Books:
    """The lines, added up by manager and month."""

    def __init__(self, files: dict[str, Path]) -> None:
        self.managers = {row["地区"]: row["地区经理"] for row in read(files["people"])}
        back = {row["订单 ID"] for row in read(files["returns"])}
        self.net: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.back: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.earned: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.of: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        self.customers: dict[tuple[str, str], set[str]] = defaultdict(set)
        lines = read(files["orders"])
        self.categories = {row["类别"] for row in lines}
        for row in lines:
            year, month, _ = row["订单日期"].split("/")
            here = self.managers[row["地区"]], f"{year}-{int(month):02d}"
            sales, profit = Decimal(row["销售额"]), Decimal(row["利润"])
            if row["订单 ID"] in back:
                self.back[here] += sales
                continue
            self.net[here] += sales
            self.of[(*here, row["类别"])] += sales
            self.customers[here].add(row["客户 ID"])
            if Decimal(row["折扣"]) < Decimal("0.4"):
                margin = Fraction(profit) / Fraction(sales)
                self.earned[here] += rounded(Fraction(sales) * rate(row["类别"], margin))

    def month(self, manager: str, month: str) -> dict[str, Any]:
        """What is expected of one manager, all but the place."""
        at, here = MONTHS.index(month), (manager, month)
        net = self.net[here]
        last = self.net[manager, MONTHS[at - 1]] if at else None
        year = self.net[manager, MONTHS[at - 12]] if at >= 12 else None
        by_year = growth(net, year)
        factor = "1" if by_year is None else "0.8" if by_year < 0 else "1"
        if by_year is not None and by_year > Fraction(3, 10):
            factor = "1.15"
        shares = [
            Fraction(self.of[(*here, one)]) / Fraction(net) if net else Fraction(0)
            for one in self.categories
        ]
        return {
            "销售额": net,
            "退货额": self.back[here],
            "逐行提成": self.earned[here],
            "客户数": len(self.customers[here]),
            "年初至今": sum(
                (self.net[manager, one] for one in MONTHS[at // 12 * 12 : at + 1]), Decimal()
            ),
            "环比": growth(net, last),
            "同比": by_year,
            "均衡": min(shares),
            "提成": rounded(Fraction(self.earned[here]) * Fraction(factor)),
        }


@pytest.fixture(scope="module")
def books(files) -> Books:
    return Books(files)


@pytest.mark.parametrize("month", SOME)
def test_each_manager_gets_what_the_lines_say(company, books, month):
    wanted = {one: books.month(one, month) for one in books.managers.values()}
    order = places({one: own["销售额"] for one, own in wanted.items()})
    for one, own in wanted.items():
        own["名次"] = order[one]
        is_let_in = (own["环比"] or 0) >= Fraction(-1, 5)
        balanced = Fraction(11, 10) if own["均衡"] >= Fraction(1, 5) else Fraction(1)
        own["奖金"] = rounded(PRIZES.get(order[one], 0) * balanced) if is_let_in else None

    got = {row["经理"]: row for row in company.calculate("region-month", month).rows("经理_month")}

    assert len(got) == len(wanted)
    wrong = [
        (one, name, got[key_for("people", one)][name], value)
        for one, own in wanted.items()
        for name, value in own.items()
        if not same(got[key_for("people", one)][name], value)
    ]
    assert wrong == []
