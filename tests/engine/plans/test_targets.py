"""`target(x)` (language.md 13)."""

from __future__ import annotations

from collections.abc import Callable

from attain.engine.primitives.model import Formula, Gather, ResolvedPlan

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]

HEAD = """
plan: p
period: quarter
subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: on_day
    columns:
      order_id: code
      on_day: {type: date, required: true}
      seller: {type: people, required: true}
      amount: {type: money, required: true}
measures: {sales: {sum: amount, from: orders}}
"""


def test_it_is_the_row_of_subject_and_period_or_the_sum_of_its_months(
    resolved: Resolve, written: Written
) -> None:
    plan = resolved(HEAD + "formulas: {gap: 'target(sales) - sales'}")

    member = plan.relations["seller_quarter"]
    made = member.columns["target__sales"].made
    assert isinstance(made, Formula)
    assert written(made.node) == (
        "if_missing(target(sales)::value, "
        "if((target__sales__month_days = (period_until - period_from)), "
        "target__sales__month_sum, no_data.target))"
    )
    lookup = member.lookups["target(sales)"]
    assert [(name, written(node)) for name, node in lookup.equal] == [
        ("subject", "seller"),
        ("indicator", "'sales'"),
        ("period_from", "period_from"),
        ("period_until", "period_until"),
    ]
    assert lookup.absent == "no_data.target"
    assert "targets" in plan.datasets


def test_it_has_the_unit_of_its_indicator(resolved: Resolve) -> None:
    plan = resolved(HEAD + "formulas: {gap: 'target(sales) - sales'}")

    type_ = plan.relations["seller_quarter"].columns["target__sales"].type
    assert (type_.unit.value, type_.currency) == ("money", "CNY")


def test_what_is_made_of_its_own_target_is_no_circle(resolved: Resolve) -> None:
    """A deal retires at most half of the quota of what is retired; so may a count of visits."""
    plan = resolved(
        HEAD
        + """
columns:
  most: {each: orders, is: "target(retired) * 50%"}
  retires: {each: orders, is: "min(amount, most)"}
  retired: {sum: retires, from: orders}
  is_open: {each: orders, is: "target(visits) > 2"}
  visits: {count: is_open, from: orders}
"""
    )

    columns = plan.relations["orders"].columns
    found = [columns[f"target__{name}"].type.unit.value for name in ("retired", "visits")]
    assert found == ["money", "count"]


def test_a_fact_reads_the_target_of_its_period(resolved: Resolve, written: Written) -> None:
    """Of the period around its day, not of the row of that period: a run may have none."""
    plan = resolved(HEAD + "columns: {part: {each: orders, is: 'amount / target(sales)'}}")

    orders = plan.relations["orders"]
    made = orders.columns["part"].made
    assert isinstance(made, Formula)
    assert written(made.node) == "narrow18((amount / target__sales))"
    equal = {name: written(node) for name, node in orders.lookups["target(sales)"].equal}
    begins = orders.columns[equal["period_from"]].made
    assert isinstance(begins, Formula)
    assert written(begins.node) == "quarter_start(on_day)"
    assert equal["subject"] == "seller"


def test_its_sum_covers_only_rows_inside_the_period(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "formulas: {gap: 'target(sales) - sales'}")

    made = plan.relations["seller_quarter"].columns["target__sales__month_sum"].made
    assert isinstance(made, Gather)
    assert "(period_until <= this::period_until)" in written(made.where)
    assert made.covered_by == ()
