"""What stands behind a target is told by its name; whether all its months are there is not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from telling import lines_of

from attain.core.keys import key_for
from attain.core.periods import parse_period
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.provenance import Cell, Evidence, explain, render
from attain.engine.reference import Calculation, Inputs

LI = key_for("people", "li")

PLAN = """
plan: of-targets
period: quarter
subjects: {seller: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
  welcomes: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}
measures:
  sales: {sum: amount, from: orders, label: {zh-Hans: 签单额, en: Sales}}
  newcomers: {count: rows, from: welcomes, label: {zh-Hans: 新客户, en: New customers}}
formulas:
  completion: {is: "sales / target(sales)", label: {zh-Hans: 完成率, en: Completion}}
  welcomed: {is: "newcomers / target(newcomers)", label: {zh-Hans: 新客户完成率, en: Welcomed}}
examples:
  - name: one
    period: 2026-Q3
    given:
      orders: [{id: a, on_day: 2026-07-08, seller: li, amount: 600}]
      welcomes: [{id: w, on_day: 2026-07-08, seller: li}]
      targets:
        - {indicator: sales, subject: li, period: 2026-07, value: 100}
        - {indicator: sales, subject: li, period: 2026-08, value: 200}
        - {indicator: sales, subject: li, period: 2026-09, value: 200}
        - {indicator: newcomers, subject: li, period: 2026-Q3, value: 4}
    expect:
      completion: [{seller: li, is: 120%}]
      welcomed: [{seller: li, is: 25%}]
"""  # noqa: E501


@pytest.mark.parametrize(("language", "said"), [("en", "Target"), ("zh-Hans", "目标")])
def test_the_days_that_the_months_of_a_target_cover_are_no_evidence(
    language: str, said: str
) -> None:
    found = "\n".join(lines_of(PLAN, "completion", language))

    assert "600.00 ÷ 500.00 = 120%" in found
    assert said in found
    assert "28" not in found


def test_a_target_of_four_is_four_and_no_percentage() -> None:
    found = lines_of(PLAN, "welcomed")

    assert "Welcomed = 1 ÷ 4 = 25%" in found
    assert not any("400%" in line for line in found)


def test_the_months_a_target_is_made_of_go_by_its_name() -> None:
    plan = resolve(expand(load_plan(PLAN)))
    months = [(7, 100), (8, 200), (9, 200)]
    rows = [
        {"indicator": "sales", "subject": LI, "dimension": None, "value": Decimal(value),
         "period_from": dt.date(2026, month, 1), "period_until": dt.date(2026, month + 1, 1)}
        for month, value in months
    ]  # fmt: skip
    people = [{"person": LI, "effective_from": None, "effective_until": None}]
    inputs = Inputs(parse_period("2026-Q3"), {"people": people, "targets": rows})
    evidence = Evidence(Calculation(plan, inputs).run())

    asked = Cell("seller_quarter", (LI, "2026-Q3"), "target__sales")
    lines = render(explain(evidence, asked), "en")

    behind = [line.strip() for line in lines if "Rows: 3" in line]
    assert behind == ["Target of Sales · Rows: 3, together ¥500.00"]
    assert not any("day after" in line for line in lines if "Rows" in line)


OF_TEAM = """
plan: teams
period: month
subjects: {seller: people, team: units}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, team: units, amount: money}
  goals: {from: targets, date: period, links: {seller: {to: people, column: subject}}}
columns:
  sold: {label: {zh-Hans: 销售额, en: Sales}, each: [seller, month], sum: amount, from: orders}
  of_year: {each: [seller, month], sum: value, from: goals, in: year to date}
  team_sold: {label: {zh-Hans: 团队销售额, en: Team sales}, each: [team, month], sum: amount, from: orders}
  part: {each: orders, is: "if(target(team_sold) = 0, 0, amount / target(team_sold))"}
examples:
  - name: a team without a target
    period: 2026-01
    given:
      targets: [{seller: li, indicator: sold, month: 2026-01, value: 100}]
      orders: [{id: a, on_day: 2026-01-10, seller: li, team: north, amount: 80}]
    expect: {part: {id: a, is: no data}, of_year: {seller: li, is: 100}}
"""  # noqa: E501


def test_a_missing_target_says_whose_it_is() -> None:
    assert "Target of Team sales · north" in lines_of(OF_TEAM, "part")
    assert "团队销售额目标 · north" in lines_of(OF_TEAM, "part", "zh-Hans")


def test_rows_of_targets_go_by_the_label_of_what_they_are_of() -> None:
    assert "2026-01-01 li · Sales · 2026-01: 100" in lines_of(OF_TEAM, "of_year")
    assert "2026-01-01 li · 销售额 · 2026-01: 100" in lines_of(OF_TEAM, "of_year", "zh-Hans")


OF_MONTHS = """
plan: quarter-by-month
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money}
measures:
  sales: {sum: amount, from: orders, label: {zh-Hans: 销售额, en: Sales}}
  so_far: {sum: amount, from: orders, in: quarter to date}
formulas:
  back: "if(so_far >= target(sales, quarter), 500.00, 0)"
examples:
  - name: three months
    period: 2026-03
    given:
      targets:
        - {subject: li, indicator: sales, period: 2026-01, value: 100}
        - {subject: li, indicator: sales, period: 2026-02, value: 200}
        - {subject: li, indicator: sales, period: 2026-03, value: 200}
      orders: [{id: 1, on_day: 2026-03-01, seller: li, amount: 500}]
    expect: {back: {seller: li, is: 500}}
"""


def test_a_quarter_that_is_the_sum_of_its_months_lists_them() -> None:
    english = lines_of(OF_MONTHS, "back")

    assert "Target of Sales (quarter) = 500.00" in english
    assert "Target of Sales (quarter) · Rows: 3, together ¥500.00" in english
    assert "li · Sales · 2026-02: 200.00" in english
    assert "销售额季度目标 · 来源数据：3行，合计¥500.00" in lines_of(OF_MONTHS, "back", "zh-Hans")
