"""Indicator documents: measures that several plans mean the same by."""

from __future__ import annotations

from attain.engine.plans.api import check_plan, load_plan

INDICATORS = """
plan: indicators
version: 3
period: month
subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: on_day
    columns: {order_id: code, on_day: date, seller: people, amount: money}
measures:
  sales: {label: {zh-Hans: 销售额, en: Sales}, sum: amount, from: orders}
  orders_count: {count: rows, from: orders}
"""
PLAN = """
plan: p
period: month
uses: [indicators@3]
subjects: {seller: people}
formulas: {pay: {is: "sales * 5%", round: 0.01}}
"""


def test_what_is_used_comes_with_its_label_and_what_is_not_used_stays_away() -> None:
    checked = check_plan(
        load_plan(PLAN), documents={"indicators@3": load_plan(INDICATORS, "indicators.yaml")}
    )

    assert checked.resolved is not None
    assert {one.name for one in checked.resolved.components} == {"sales", "pay"}
    sales = checked.resolved.relations["seller_month"].columns["sales"]
    assert sales.labels is not None
    assert sales.labels.zh == "销售额"


def test_a_plans_own_entry_comes_before_the_documents() -> None:
    own = PLAN.replace(
        "formulas:", "measures: {sales: {sum: amount, from: orders, in: all}}\nformulas:"
    )
    checked = check_plan(load_plan(own), documents={"indicators@3": load_plan(INDICATORS)})

    assert checked.resolved is not None
    made = checked.resolved.relations["seller_month"].columns["sales"].made
    assert made.window is None  # type: ignore[union-attr]
