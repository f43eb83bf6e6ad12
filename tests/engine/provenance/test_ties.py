"""A place says who else is equal, and what came to decide: it is what people ask first."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: places
period: month
subjects: {seller: people}
sources:
  cards: {key: [seller], date: on_day, columns: {seller: people, on_day: date, score: {type: points, required: true}, visits: {type: count, required: true}, late: {type: count, required: true}}}
groups: {everybody: {of: cards}}
columns:
  place: {each: cards, within: everybody, is: "rank(score)"}
  settled: {each: cards, within: everybody, is: "rank(score, visits)"}
  bonus: {each: cards, is: "if(late = 0, 200, 0)", unit: money}
currency: CNY
examples:
  - name: two are equal
    period: 2026-01
    given:
      cards:
        - {seller: li, on_day: 2026-01-31, score: 90, visits: 8, late: 0}
        - {seller: wu, on_day: 2026-01-31, score: 90, visits: 5, late: 2}
        - {seller: zhou, on_day: 2026-01-31, score: 70, visits: 5, late: 0}
    expect:
      place: [{seller: wu, is: 1}, {seller: zhou, is: 3}]
      settled: [{seller: wu, is: 2}]
      bonus: [{seller: wu, is: 0}]
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "language", "line"),
    [
        ("place", "en", "tied with 1 more"),
        ("place", "zh-Hans", "另有1个与之并列"),
        ("settled", "en", "equal by score: 1 more; visits decides"),
        ("settled", "zh-Hans", "score相同的另有1个，再比visits"),
        # a condition that compares with zero decides as any other does
        ("bonus", "en", "bonus = 0.00 (late (2) = 0 → no)"),
    ],
)
def test_what_decided_among_equals_is_told(column: str, language: str, line: str) -> None:
    assert line in lines_of(PLAN, column, language)


def test_whoever_is_equal_to_nobody_is_told_nothing_of_ties() -> None:
    text = PLAN.replace("{seller: wu, is: 1}, ", "")

    found = lines_of(text, "place")

    assert "3rd of 3" in found
    assert not [line for line in found if "tied" in line or "equal by" in line]
