"""Dimensions: a column of a source under a name of the plan's own."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError, render
from attain.engine.examples import test_plan as tried
from attain.engine.reference import run_plan

PLAN = """plan: p
period: month
subjects: {seller: people}
sources:
  calls:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, kind: text, calls: count}
dimensions: {DIMENSION}
columns:
  made: {each: [seller, month, NAME], sum: calls, from: calls}
  good: {count: "made >= 30", from: [seller, month, NAME]}
examples:
  - name: thirty and twenty-nine
    period: 2026-03
    given:
      calls:
        - {id: 1, on_day: 2026-03-02, seller: li, kind: a, calls: 30}
        - {id: 2, on_day: 2026-03-03, seller: li, kind: b, calls: 20}
        - {id: 3, on_day: 2026-03-03, seller: li, kind: c, calls: 9}
    expect:
      good: {seller: li, is: 1}
"""


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("day", "{day: {from: calls, column: on_day}}"),
        ("calls", "{calls: {from: calls, column: kind}}"),
    ],
)
def test_the_rows_it_is_taken_from_hold_it_in_the_column_it_names(
    name: str, dimension: str
) -> None:
    """A list of several names means the dimension where a source is called so, too."""
    plan = PLAN.replace("{DIMENSION}", dimension).replace("NAME", name)

    (found,) = tried(plan, runner=run_plan)

    assert found.checked
    assert not found.failures


def test_who_asks_for_days_is_told_of_dimensions() -> None:
    plan = PLAN.replace("dimensions: {DIMENSION}\n", "").replace("NAME", "day")

    with pytest.raises(AttainError) as raised:
        tried(plan, runner=run_plan)

    assert "dimensions: {日:" in render(raised.value.problems[0]).message
