"""Ratios are told as their author writes them: a factor of 3.5, and a rate of 350%."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: factors
period: month
currency: CNY
subjects: {seller: people}
sources:
  facts: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}, weight: {type: ratio, required: true}, share: {type: ratio, required: true}}}
parameters:
  goal: {is: 2000, unit: money}
  cut: {is: 0.8}
  own: {is: 1.5, per: [seller], unit: ratio}
  own_rate: {is: 5%, per: [seller]}
tables:
  written: {bands: [{from: 0%, until: 90%, is: 0.8}, {from: 90%, is: 1}, {otherwise: 3.5}]}
  percent: {bands: [{from: 0%, until: 90%, is: 80%}, {from: 90%, is: 350%}]}
measures: {sold: {sum: amount, from: facts}, weights: {sum: weight, from: facts}, most: {max: share, from: facts}}
columns:
  weighed: {each: facts, is: amount * weight}
formulas:
  reached: "min(sold / goal, 1.5)"
  factor: "if(sold > goal, 1, 3.5)"
  cut_down: "factor * cut"
  of_table: "value(written, reached)"
  of_rates: "value(percent, reached)"
  faster: "reached * 1.2"
  of_forty: "40 * reached"
  its_own: own
  by_rate: "sold * own_rate"
incentives:
  pay: {steps: [{base: "sold * 5%"}, {multiply: 3.5}, {multiply: of_rates}]}
examples:
  - name: one
    period: 2026-01
    given:
      parameters: [{name: own_rate, subject: li, value: 6%}]
      facts:
        - {id: a, on_day: 2026-01-01, seller: li, amount: 1500, weight: 3.5, share: 0.4}
        - {id: b, on_day: 2026-01-02, seller: li, amount: 300, weight: 0.5, share: 0.6}
    expect: {reached: 90%, factor: 3.5, cut_down: 2.8, of_table: 1, of_rates: 350%, faster: 108%, of_forty: 36, its_own: 1.5, by_rate: 108, weights: 4, most: 60%, weighed: [{id: a, is: 5250}], pay: 1102.5}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "line"),
    [
        # a bare number stands as one wherever nothing beside it is a percentage
        ("factor", "if(sold > goal, 1, 3.5)"),
        ("factor", "Why 3.5? factor · January 2026 · li"),
        ("cut_down", "cut_down = 3.5 × 0.8 = 2.8"),
        ("of_table", "90% and above: 1  ← 90%"),
        ("of_table", "otherwise: 3.5"),
        ("its_own", "its_own = 1.5"),
        ("pay", "pay: after the factor (1) = 90.00 × 3.5 = 315.00"),
        # what is written with a percent sign, or worked out, is a percentage
        ("of_rates", "90% and above: 350%  ← 90%"),
        ("pay", "pay: after the factor (2) = 315.00 × 350% = 1,102.50"),
        ("reached", "reached = min(1,800.00 ÷ 2,000.00, 150%) = 90%"),
        ("faster", "faster = 90% × 1.2 = 108%"),
        ("by_rate", "by_rate = 1,800.00 × 6% = 108.00"),
        # what is multiplied by many counts them
        ("of_forty", "of_forty = 40 × 90% = 36"),
        # of what stands in the data the rows of the plan decide; shares are percentages
        ("weighed", "weighed = 1,500.00 × 3.5 = 5,250.00"),
        ("weights", "2026-01-02 b: 0.5"),
        ("most", "Rows: 2, largest 60%"),
    ],
)
def test_a_ratio_is_told_as_it_was_written(column: str, line: str) -> None:
    assert line in lines_of(PLAN, column)


def test_a_formula_of_many_steps_is_told_in_time() -> None:
    deep = "reached" + " * 1.5 + 0.1".join([""] * 60)
    text = PLAN.replace("  its_own: own", f'  deep: "{deep}"\n  its_own: own')

    lines = lines_of(text.replace("its_own: 1.5", "deep: 0, its_own: 1.5"), "deep")

    assert any(line.startswith("deep = 90% × 1.5 + 0.1") for line in lines)
