"""What a subject stays by is told once, where it is written."""

from __future__ import annotations

from collections.abc import Callable

from attain.core.errors import Problem, Severity

PLAN = """plan: p
period: month
subjects:
  seller: {from: people, while: is_opne}
sources:
  orders:
    key: [order_id]
    date: on_day
    columns: {order_id: code, on_day: date, seller: people, amount: money}
columns:
  sold: {sum: amount, from: orders}
  owed: "max(0, previous(owed, 0) - sold)"
  is_open: "owed > 0"
"""


def test_a_column_that_is_not_there_is_told_once(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    errors = [one for one in problems(PLAN) if one.severity is Severity.error]

    assert [(one.code, one.where and one.where.line) for one in errors] == [("PLAN_STAYS", 4)]
