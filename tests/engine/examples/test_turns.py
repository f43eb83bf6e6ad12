"""An example of a plan that carries something over begins where the plan does."""

from __future__ import annotations

import pytest

from attain.engine.examples.running import test_plan as run_text

PLAN = """
plan: carried
{effective}period: month
currency: CNY
subjects: {{seller: people}}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {{id: code, on_day: date, seller: people, amount: {{type: money, required: true}}}}
columns:
  sold: {{each: [seller, month], sum: amount, from: orders}}
  so_far: {{each: [seller, month], sum: sold, from: [seller, month], in: year to date}}
  running: previous(running, 0) + sold
examples:
  - name: March
    given:
      orders:
        - {{id: a, on_day: 2025-12-31, seller: li, amount: 1.00}}
        - {{id: b, on_day: 2026-01-05, seller: li, amount: 20.00}}
        - {{id: c, on_day: 2026-03-05, seller: li, amount: 300.00}}
    {asked}
"""
MARCH = """period: 2026-03
    expect: {{so_far: {{seller: li, is: {year}}}, running: {{seller: li, is: {all}}}}}"""


@pytest.mark.parametrize(
    ("effective", "year", "everything"),
    [
        # without a first day from the first order on: 1 + 20 + 300; of the year 20 + 300
        ("", 320, 321),
        # from the first day on: 20 + 300
        ("effective: {from: 2026-01-01}\n", 320, 320),
        # February and March
        ("effective: {from: 2026-02-01}\n", 300, 300),
    ],
)
def test_the_periods_before_the_only_run_are_calculated(
    effective: str, year: int, everything: int
) -> None:
    asked = MARCH.format(year=year, all=everything)

    [found] = run_text(PLAN.format(effective=effective, asked=asked))

    assert (found.failures, found.problems, found.checked) == ((), (), 2)


def test_what_is_refused_stands_by_itself() -> None:
    text = PLAN.format(
        effective="effective: {from: 2026-01-01}\n",
        asked="period: 2026-03\n    refused: RESULT_MISSING",
    )

    [found] = run_text(text)

    assert found.problems == ()


def test_runs_that_are_named_are_not_calculated_twice() -> None:
    asked = """runs:
      - {period: 2026-01, expect: {running: {seller: li, is: 21}}}
      - {period: 2026-03, expect: {running: {seller: li, is: 321}}}"""

    [found] = run_text(PLAN.format(effective="", asked=asked))

    assert (found.failures, found.problems, found.checked) == ((), (), 2)


def test_periods_between_runs_are_calculated_where_nothing_says_when_it_begins() -> None:
    """Values are given and no facts: 5 in January, and 5 in each month after it."""
    asked = """runs:
      - {period: 2026-01, expect: {running: {seller: li, is: 5}}}
      - {period: 2026-03, expect: {running: {seller: li, is: 15}}}"""
    text = PLAN.format(effective="", asked=asked)
    given = "given:\n      sold: {seller: li, is: 5}\n"

    [found] = run_text(text[: text.index("given:")] + given + text[text.index("    runs:") :])

    assert (found.failures, found.problems, found.checked) == ((), (), 2)
