"""Why a row of a scorecard does not count stands beside its nothing."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: cards
period: month
subjects: {seller: people}
sources:
  facts: {key: [seller], date: on_day, columns: {seller: people, on_day: date, calls: points, visits: points}}
measures: {calls: {latest: calls, from: facts}, visits: {latest: visits, from: facts}}
scorecard:
  card:
    rows:
      - {row: first, score: calls, weight: 60%}
      - {row: second, score: visits, weight: 40%}
    missing: leave_out
examples:
  - name: one is not filled in
    period: 2026-01
    given: {facts: [{seller: li, on_day: 2026-01-31, calls: 90}]}
    expect: {card: [{seller: li, is: 90}]}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "second: points that count = 0 (as not filled in)"),
        ("zh-Hans", "second·计入得分 = 0（因为没有填写）"),
    ],
)
def test_a_row_that_does_not_count_says_why(language: str, line: str) -> None:
    assert line in lines_of(PLAN, "card", language)
