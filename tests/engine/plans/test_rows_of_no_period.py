"""Rows without a date that read what belongs to a period."""

from __future__ import annotations

from collections.abc import Callable

from attain.core.errors import Problem


def test_the_remedy_names_the_column_that_leads_there(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    (found,) = problems("""
plan: p
period: year
subjects: {student: people}
sources:
  marks: {key: [rater, ratee], columns: {rater: people, ratee: people, mark: {type: points, required: true}}}
columns:
  gave: {sum: mark, from: marks, in: all, link: {student: rater}}
  share: {each: marks, is: "mark / rater.gave"}
""")  # noqa: E501

    assert found.code == "PLAN_ROW_PERIOD"
    assert found.values["match"] == "student = this.rater"
