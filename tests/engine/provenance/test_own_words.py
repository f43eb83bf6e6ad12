"""Explanations use what authors wrote: no name that an expansion made stands in them."""

from __future__ import annotations

import pytest

from attain.engine.examples.explaining import Asked, explain_expected
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

HEAD = """
plan: words
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}
measures:
  sold: {sum: amount, from: orders}
"""
EXAMPLE = """
examples:
  - name: one
    period: 2026-01
    given:
      orders:
        - {id: a, on_day: 2026-01-05, seller: li, amount: 700}
        - {id: b, on_day: 2026-01-06, seller: li, amount: 600}
        - {id: c, on_day: 2026-01-06, seller: wu, amount: 100}
    expect:
"""


def lines(body: str, expect: str, column: str, language: str = "en") -> list[str]:
    model = load_plan(f"{HEAD}{body}{EXAMPLE}      {expect}\n")
    asked = Asked(0, 0, column, 0)
    found = explain_expected(model, resolve(expand(model)), asked, language=language)
    assert found is not None
    return [line.strip() for line in found.lines()]


def test_what_a_deal_added_is_shown_with_the_formula_and_its_numbers() -> None:
    body = """
tables: {slabs: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns:
  line: {each: orders, along: in_time, is: "increase(marginal(slabs, total(amount)) + 1.00)"}
"""

    found = lines(body, "line: [{id: b, is: 21}]", "line")

    assert found[2] == "increase of (slabs[total of amount] slice by slice + 1.00)"
    # 1 300: 1 000 × 2 % + 300 × 5 % + 1 = 36, of which the first deal brought 14 + 1
    assert "1,000.00 × 2% + 300.00 × 5% + 1.00 = 36.00" in found
    assert not any("__" in line for line in found)


def test_a_gate_that_was_passed_is_not_called_by_the_reason_for_failing_it() -> None:
    body = """
incentives:
  pay:
    steps: [{base: "sold * 10%"}, {gate: "sold >= 1000", else: 0, label: {zh-Hans: 不足一千, en: Below 1000}}]
"""  # noqa: E501

    found = lines(body, "pay: [{seller: li, is: 130}]", "pay")

    assert "pay: after the gate (Below 1000) = 130.00" in found
    assert "Below 1000 = 130.00" not in found


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "grade: gets A = yes and 1 ≤ 1 = yes"), ("zh-Hans", "grade·获得A")],
)
def test_a_grade_without_a_label_is_told_in_words(language: str, said: str) -> None:
    body = """
grades:
  grade: {of: sold, bands: [{is: A}, {otherwise: B}], quotas: {A: 50%, B: 50%}}
"""

    found = lines(body, "grade: [{seller: li, is: A}]", "grade", language)

    assert any(said in line for line in found)
    assert not any("_" in line for line in found)


def test_a_key_in_no_row_of_a_table_is_shown_beside_the_keys() -> None:
    body = """
tables: {factors: {keys: {A: 2, B: 1}}}
formulas: {factor: "value(factors, if(sold > 0, 'C', 'A'))"}
"""

    found = lines(body, "factor: [{seller: li, is: no data}]", "factor")

    assert "none of them, and no otherwise  ← C" in found


def test_a_place_is_shown_with_the_rows_own_values() -> None:
    body = """
groups: {all_sellers: {of: [seller, month]}}
columns: {place: {within: all_sellers, is: "rank(sold)"}}
"""

    found = lines(body, "place: [{seller: li, is: 1}]", "place")

    assert "of this row: sold 1,300.00" in found
