"""Rows of an example in the words of its plan, and what is said where nothing fits."""

from __future__ import annotations

import pytest

from attain.core.errors import Problem, render
from attain.engine.examples import ExampleResult, test_plan

PLAN = """
plan: tried
period: month
effective: {from: 2026-01-01}
subjects: {seller: people}
sources:
  orders: {key: [order_id], date: signed_on, columns: {order_id: code, signed_on: date, seller: people, amount: money}}
columns:
  sales: {each: [seller, month], sum: amount, from: orders}
  completion: "sales / target(sales)"
examples:
  - name: two sellers
    period: 2026-01
    given:
      orders: [{order_id: a, signed_on: 2026-01-10, seller: wu, amount: 80.00}]
%s
    expect: {completion: [{seller: wu, is: 80%%}]}
"""  # noqa: E501

TARGET = "      targets: [{seller: wu, indicator: sales, month: 2026-01, value: 100.00}]"


def tried(given: str) -> ExampleResult:
    (result,) = test_plan(PLAN % given)
    return result


@pytest.mark.parametrize(
    "given",
    [
        TARGET,
        "      targets: {subject: wu, indicator: sales, period: 2026-01, value: 100.00}",
        TARGET + "\n      people: [wu, li]",
        TARGET + "\n      people: [{seller: wu}, {person: li}]",
        TARGET.replace("month:", "月:"),
        "      目标: [{对象: wu, 指标: sales, 期间: 2026年1月, 目标值: 100.00}]",
        TARGET.replace("indicator", "Indicator") + "\n      人员: [{工号: wu}]",
    ],
)
def test_the_plans_words_stand_for_the_columns_of_the_products_tables(given: str) -> None:
    result = tried(given)

    assert result.passed, (result.failures, result.problems)


def problem_of(given: str) -> Problem:
    (problem,) = tried(given).problems
    return problem


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (
            "      targets: [{who: wu, value: 1}, {who: li, value: 2}]",
            "EXAMPLE_COLUMN",
            "targets has no column “who”.",
        ),
        (
            TARGET.replace("sales", "sale"),
            "EXAMPLE_NAME",
            "There are: sales,",
        ),
        ("      people: [{name: wu}, {name: li}]", "EXAMPLE_KEY", "does not say which row"),
        ("      folk: [wu]", "EXAMPLE_NAME", "neither a source nor a column"),
        ("      orders2: {amount: 10%}", "EXAMPLE_NAME", "There are: orders,"),
    ],
)
def test_what_fits_nothing_is_told_where_it_stands(given: str, code: str, told: str) -> None:
    found = problem_of(given)

    assert found.code == code
    assert told in str(render(found, "en"))
    assert found.where is not None
    assert found.where.line == 16


def test_a_percent_is_no_amount() -> None:
    (found,) = test_plan((PLAN % TARGET).replace("amount: 80.00", "amount: 80%"))[0].problems

    assert found.code == "PERCENT_NOT_ALLOWED"
    assert found.where is not None
    assert (found.where.line, found.where.row, found.where.header) == (15, 1, "amount")


def test_a_cell_is_told_where_its_row_stands_whatever_the_plan_calls_its_table() -> None:
    second = "      目标:\n      - {对象: wu, 指标: sales, 期间: 2026-01, 目标值: 100}"
    bad = '\n      - {对象: wu, 指标: sales, 期间: 2026-02, 目标值: "1,200"}'

    found = problem_of(second + bad)

    assert found.where is not None
    assert (found.where.line, found.where.row) == (18, 2)


def test_the_steps_of_an_incentive_are_not_offered_as_names() -> None:
    pay = "incentives:\n  bonus: {steps: [{base: sales}]}\nexamples:"
    (tried,) = test_plan(
        (PLAN % TARGET).replace("examples:", pay).replace("completion: [", "bonu: [")
    )
    (found,) = tried.problems

    assert found.values["nearest"][0] == "bonus"
    assert not [one for one in found.values["nearest"] if one.startswith("bonus_")]


@pytest.mark.parametrize("said", ["line: ice", "dimension: ice", "line: ice, dimension: ice"])
def test_a_target_of_a_line_is_said_by_the_plans_dimension(said: str) -> None:
    plan = (PLAN % TARGET).replace("amount: money}}", "amount: money, line: text}}")
    plan = plan.replace("each: [seller, month], sum", "each: [seller, month, line], sum")
    plan = plan.replace('completion: "', 'completion: {each: [seller, month, line], is: "')
    plan = plan.replace('target(sales)"', 'target(sales)"}').replace(
        "seller: wu, is", "line: ice, is"
    )
    plan = plan.replace(
        "columns:\n", "dimensions: {line: {from: orders, column: line}}\ncolumns:\n", 1
    )
    plan = plan.replace("amount: 80.00", "amount: 80.00, line: ice")
    (result,) = test_plan(plan.replace("targets: [{", f"targets: [{{{said}, "))

    if "," in said:
        assert [one.code for one in result.problems] == ["EXAMPLE_COLUMN"]
    else:
        assert result.passed, result


PAIRS = """
plan: pairs
period: month
subjects: {seller: people}
sources:
  sales: {key: [sale], date: on_day, columns: {sale: code, on_day: date, seller: people, amount: {type: money, required: true}}}
  steps: {key: [step], columns: {step: count, rate: {type: ratio, required: true}}, rows: [{step: 1, rate: 0.1}, {step: 2, rate: 0.2}]}
relations: {beside: {pair: [sales, steps]}, twice: {pair: [sales, sales]}}
columns:
  part: {each: beside, is: "amount * right.rate"}
  both: {each: twice, is: "amount + right.amount"}
examples:
  - name: by the key of the right row
    period: 2026-01
    given: {sales: [{sale: a, on_day: 2026-01-05, seller: li, amount: 100.00}]}
    expect: %s
"""  # noqa: E501


def test_the_right_row_of_a_pair_goes_by_its_own_key_where_no_other_is_so_called() -> None:
    (short,) = test_plan(PAIRS % "{part: [{step: 1, is: 10.00}, {sale: a, step: 2, is: 20.00}]}")
    (full,) = test_plan(PAIRS % "{both: {sale: a, right.sale: a, is: 200.00}}")

    assert short.passed
    assert full.passed
