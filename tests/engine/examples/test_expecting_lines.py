"""What an example is told of money lines that came out otherwise."""

from __future__ import annotations

from attain.engine.examples import test_plan

PLAN = """
plan: paid-in-parts
period: month
subjects: {seller: people}
sources: {orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: money}}}
measures: {sales: {sum: amount, from: orders}}
incentives:
  bonus: {steps: [{base: sales * 10%}], pay: [{part: now, share: 70%, on: period end}, {part: later, share: 30%, on: end of month + 1}]}
examples:
  - name: one deal
    period: 2026-01
    given: {orders: [{id: 1, on_day: 2026-01-05, seller: li, amount: 100.00}]}
    expect: {lines: [{participant: li, amount_minor: 800, pay_on: 2026-01-31}]}
"""  # noqa: E501


def test_the_nearest_line_comes_first_and_says_people_by_their_codes() -> None:
    """70 % of 10.00 on the last of January is 7.00; the other 3.00 come a month later."""
    [found] = test_plan(PLAN)

    [failure] = found.failures
    nearest, second = failure.got.split("; ")
    assert nearest == "participant: li, amount_minor: 700, pay_on: 2026-01-31"
    assert second == "participant: li, amount_minor: 300, pay_on: 2026-02-28"
