"""Calendars that an example brings along."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.examples import test_plan as examples_of

PLAN = """
plan: cycles
period: cycle
calendar: pay
subjects: {seller: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
columns: {sales: {sum: amount, from: orders}}
examples:
  - name: two weeks
    period: "pay:C1"
    given:
      calendars:
        - {calendar: pay, kind: cycle, label: C1, from: 2026-01-05, until: 2026-01-19}
        - {calendar: pay, kind: cycle, label: C2, from: 2026-01-19, until: 2026-02-02}
      orders: [{id: 1, on_day: 2026-01-18, seller: li, amount: 80.00}, {id: 2, on_day: 2026-01-19, seller: li, amount: 9.00}]
    expect: {sales: {seller: li, is: 80}}
"""  # noqa: E501


def test_a_day_that_lacks_is_called_by_its_row_and_column() -> None:
    """Two weeks have no name of their own, so strangers guess the columns: ends for until."""
    (result,) = examples_of(PLAN)
    assert result.passed, result

    with pytest.raises(AttainError) as refused:
        examples_of(PLAN.replace("until: 2026-02-02", "ends: 2026-02-01"))

    [one] = refused.value.problems
    assert one.where is not None
    assert (one.code, one.where.sheet, one.where.row, one.where.header) == (
        "DATE_MISSING",
        "calendars",
        2,
        "until",
    )
