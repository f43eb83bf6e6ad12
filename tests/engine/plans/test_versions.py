"""Constants that change over time (language.md 10)."""

from __future__ import annotations

from collections.abc import Callable

from attain.core.periods import Calendars, parse_period
from attain.engine.plans.api import version_changes
from attain.engine.primitives.model import Formula, ResolvedPlan

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]

TEXT = """
plan: p
period: month
subjects: {seller: people}
sources:
  invoices:
    key: [invoice]
    date: invoiced_on
    columns:
      invoice: code
      invoiced_on: {type: date, required: true}
      signed_on: {type: date, required: true}
      seller: {type: people, required: true}
      amount: {type: money, required: true}
parameters:
  rate: {versions: [{is: 3%%}, {from: 2026-03-15, is: 4%%}]}
measures: {sales: {sum: amount, from: invoices}}
columns:
  line: {each: invoices, is: "amount * rate"}
  vintage: {each: invoices, is: "amount * rate", at: signed_on}
formulas:
  pay: {is: "sales * rate"%s}
"""


def _node(plan: ResolvedPlan, relation: str, name: str, written: Written) -> str:
    made = plan.relations[relation].columns[name].made
    assert isinstance(made, Formula)
    return written(made.node)


def test_a_fact_reads_the_version_of_its_date_or_of_a_vintage(
    resolved: Resolve, written: Written
) -> None:
    plan = resolved(TEXT % "")

    versions = "[None..2026-03-15: 0.03; 2026-03-15..None: 0.04]"
    assert _node(plan, "invoices", "line", written) == f"(amount * rate@invoiced_on{versions})"
    assert _node(plan, "invoices", "vintage", written) == f"(amount * rate@signed_on{versions})"


def test_a_change_inside_a_period_is_refused_for_that_period(resolved: Resolve) -> None:
    plan = resolved(TEXT % "")

    [found] = version_changes(plan, parse_period("2026-03"), Calendars())
    assert found.code == "PLAN_VERSION_CHANGE"
    assert (found.values["name"], str(found.values["day"]), found.values["column"]) == (
        "rate",
        "2026-03-15",
        "pay",
    )
    assert version_changes(plan, parse_period("2026-04"), Calendars()) == ()


def test_saying_which_version_is_meant_settles_it(resolved: Resolve, written: Written) -> None:
    plan = resolved(TEXT % ", at: period end")

    assert version_changes(plan, parse_period("2026-03"), Calendars()) == ()
    assert "rate@(period_until - 1)" in _node(plan, "seller_month", "pay", written)


def test_a_participants_own_value_comes_before_everybodys(
    resolved: Resolve, written: Written
) -> None:
    text = TEXT.replace(
        "  rate: {versions: [{is: 3%%}, {from: 2026-03-15, is: 4%%}]}",
        "  rate: {per: [seller, seller.unit], is: 3%%}",
    )

    node = _node(resolved(text % ""), "seller_month", "pay", written)

    assert node == (
        "narrow6((sales * if_missing(rate(seller)::value,"
        " if_missing(rate(seller.unit)::value, 0.03))))"
    )
