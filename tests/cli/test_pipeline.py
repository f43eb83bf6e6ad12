"""A sales pipeline as it is exported: what is still open has no date, and people have blanks.

Of three deals two are won, 700.00 and 600.00: 1,300.00, of which 1,000.00 at 2 % and 300.00 at
5 %: 14.00 for the first, 6.00 + 15.00 = 21.00 for the second.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Call

DEALS = """
dataset: deals
key: [deal]
columns:
  deal: {type: code}
  seller: {type: key, of: people, required: true}
  closed_on: {type: date}
  amount: {type: money, currency: CNY}
"""
PLAN = """
plan: pipeline
period: month
currency: CNY
subjects: {seller: people}
sources: {deals: {date: closed_on}}
tables: {slabs: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
orderings: {in_time: {of: deals, per: [seller, month], by: [closed_on, deal]}}
columns:
  line: {each: deals, along: in_time, is: "increase(marginal(slabs, total(amount)))", round: 0.01}
measures:
  sales: {sum: amount, from: deals}
  earned: {sum: line, from: deals}
"""
HEADER = "deal,seller,closed_on,amount\n"
FILE = """deal,seller,closed_on,amount
1,Mei Li,2026-01-10,700
2,Mei Li,2026-01-20,600
3,Mei Li,,
"""


@pytest.fixture
def pipeline(workspace: Path, call: Call) -> Path:
    (workspace / "datasets/deals.yaml").write_text(DEALS, encoding="utf-8")
    (workspace / "plans/pipeline.yaml").write_text(PLAN, encoding="utf-8")
    (workspace / "people.csv").write_text("person\nMei Li\n", encoding="utf-8")
    (workspace / "deals.csv").write_text(FILE, encoding="utf-8")
    assert call("import", "people.csv", "deals.csv", "--yes").code == 0
    return workspace


def test_rows_without_a_day_count_in_no_month_and_the_others_by_the_plans_date(
    call: Call, pipeline: Path
) -> None:
    said = call("run", "pipeline", "--period", "2026-01")

    assert said.code == 0
    assert "¥1,300.00" in said.out
    assert "¥35.00" in said.out
    assert "attain explain runs/pipeline/2026-01 --subject 'Mei Li'" in said.text

    # A month without a deal is 0 and not unknown: the file says nothing of months it covers.
    later = call("run", "pipeline", "--period", "2026-03")
    assert "no data" not in later.out
    assert "¥0.00" in later.out


def test_such_a_number_is_explained(call: Call, pipeline: Path) -> None:
    call("run", "pipeline", "--period", "2026-01")

    said = call("explain", "runs/pipeline/2026-01", "--subject", "Mei Li", "--component", "earned")

    assert said.code == 0
    assert "¥35.00" in said.out
    assert "21.00" in said.out


def test_only_rows_that_are_shown_are_explained_themselves(call: Call, pipeline: Path) -> None:
    deals = [f"{deal},Mei Li,2026-02-{deal},100\n" for deal in range(10, 18)]
    (pipeline / "more.csv").write_text("".join([HEADER, *deals]), encoding="utf-8")
    assert call("import", "more.csv", "--dataset", "deals", "--yes").code == 0
    call("run", "pipeline", "--period", "2026-02")

    said = call("explain", "runs/pipeline/2026-02", "-s", "Mei Li", "-c", "earned")

    assert "2 more" in said.out
    asked = [deal for deal in range(10, 18) if f"line · February 2026 · {deal}" in said.out]
    assert asked == [10, 11, 12, 13, 14, 15]


def test_an_order_by_months_of_rows_without_a_date_says_what_is_missing(
    call: Call, pipeline: Path
) -> None:
    path = pipeline / "plans/pipeline.yaml"
    without = PLAN.replace("sources: {deals: {date: closed_on}}\n", "").replace(
        "from: deals}", "from: deals, in: all}"
    )
    path.write_text(without, encoding="utf-8")

    said = call("check", "pipeline")

    assert said.code != 0
    assert "PLAN_DATE_NEEDED" in said.text
    assert "PLAN_UNKNOWN_NAME" not in said.text
