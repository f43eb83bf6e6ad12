"""Orders of somebody who had left count for nobody: the run says which, and how much that is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Call

PLAN = """plan: shops
label: {zh-Hans: 门店, en: Shops}
period: month
currency: CNY
subjects: {shop: units}
sources:
  tickets: {key: ticket, date: sold_on, links: {shop: shop}}
measures:
  takings: {sum: amount, from: tickets, link: {shop: shop}, label: {zh-Hans: 营业额, en: Takings}}
"""
TICKETS = """dataset: tickets
key: [ticket]
date: sold_on
columns:
  ticket: {type: text, required: true}
  sold_on: {type: date, required: true}
  shop: {type: units, required: true}
  amount: {type: money, currency: CNY, required: true}
"""
UNITS = "unit,name,effective_from,effective_until\nnorth,North,2025-01-01,2026-01-16\n"
SOLD = """ticket,sold_on,shop,amount
t1,2026-01-10,north,100.00
t2,2026-01-20,north,70.00
t3,2026-02-05,north,1300.00
t4,2026-02-06,north,40.50
"""


@pytest.fixture
def shops(call: Call, workspace: Path) -> Path:
    (workspace / "plans/shops.yaml").write_text(PLAN, encoding="utf-8")
    (workspace / "datasets/tickets.yaml").write_text(TICKETS, encoding="utf-8")
    (workspace / "shops.csv").write_text(UNITS, encoding="utf-8")
    (workspace / "tickets.csv").write_text(SOLD, encoding="utf-8")
    assert call("import", "shops.csv", "--dataset", "units", "--yes").code == 0
    assert call("import", "tickets.csv", "--dataset", "tickets", "--yes").code == 0
    return workspace


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "“Takings” is without 2 rows of tickets (1,340.50 in all): whoever they name is in "
            "force on no day of 2026-02. t3 (tickets.csv line 4), t4 (tickets.csv line 5)",
        ),
        (
            "zh",
            "“营业额”没有计入tickets的 2 行（合计 1,340.50）：它们的归属对象在2026-02没有一天在册",
        ),
    ],
)
def test_a_run_says_what_counts_for_nobody(call: Call, shops: Path, lang: str, told: str) -> None:
    found = call("run", "shops", "--period", "2026-02", lang=lang)

    assert found.code == 0
    assert "".join(told.split()) in "".join(found.err.split())


def test_whoever_left_within_the_month_has_its_row(call: Call, shops: Path) -> None:
    found = call("run", "shops", "--period", "2026-01", "--json")

    assert json.loads(found.out)["runs"][0]["warnings"] == []
    assert "170.00" in call("run", "shops", "--period", "2026-01").out
