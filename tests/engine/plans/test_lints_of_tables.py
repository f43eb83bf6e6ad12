"""Lints of tables and of what is compared: bands nobody reaches, edges of two rows, periods."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem

Problems = Callable[[str], tuple[Problem, ...]]


@pytest.mark.parametrize(("second", "is_told"), [("visits", False), ("min(visits, 12)", True)])
def test_a_band_that_another_reading_reaches_is_reached(
    second: str, is_told: bool, problems: Problems
) -> None:
    """A draw reads the grid up to 100 %, the year's end all of it."""
    found = problems(
        f"""
plan: p
period: month
subjects: {{seller: people}}
sources: {{calls: {{key: [id], date: on_day, columns: {{id: code, on_day: date, seller: people}}}}}}
measures: {{visits: {{count: rows, from: calls}}}}
tables: {{points: {{bands: [{{from: 0, is: 5}}, {{from: 20, is: 10}}]}}}}
formulas: {{drawn: "value(points, min(visits, 15))", earned: "value(points, {second})"}}
"""
    )

    assert ("LINT_BAND_UNREACHABLE" in [one.code for one in found]) is is_told


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("quarter in ('Q3', '2026-Q4')", ["Q3"]),
        ("quarter = '2026Q4'", ["2026Q4"]),
        ("quarter = '2026-Q4'", []),
        ("right(quarter, 2) = 'Q4'", []),
    ],
)
def test_a_period_is_compared_as_it_is_written(
    condition: str, told: list[str], problems: Problems
) -> None:
    """What no period is called is never equal, and the sum is silently nothing."""
    found = problems(
        f"""
plan: p
period: year
subjects: {{seller: people}}
sources: {{results: {{key: [quarter], date: quarter, columns: {{quarter: period, sold: money}}}}}}
columns: {{late: {{each: [year], sum: sold, from: results, where: "{condition}"}}}}
"""
    )

    assert [one.values["label"] for one in found if one.code == "LINT_PERIOD_NEVER"] == told


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("team: A, visits: {from: 0, to: 20}", "team: A, visits: {from: 20}", True),
        ("team: A, visits: {from: 0, to: 20}", "team: B, visits: {from: 20}", False),
        ("team: A, visits: {until: 20}", "team: A, visits: {from: 20, to: 20}", False),
    ],
)
def test_an_edge_of_two_rows_is_told(
    one: str, other: str, is_told: bool, problems: Problems
) -> None:
    """Other teams meet nowhere, and a row of a single number has both its edges to itself."""
    found = problems(
        f"""
plan: p
period: month
subjects: {{seller: people}}
sources: {{calls: {{key: [id], date: on_day, columns: {{id: code, on_day: date, seller: people}}}}}}
measures: {{visits: {{count: rows, from: calls}}}}
tables:
  points:
    by: {{team: keys, visits: bands}}
    rows: [{{{one}, is: 5}}, {{{other}, is: 10}}]
    otherwise: 0
formulas: {{score: "value(points, 'A', visits)"}}
"""
    )

    assert ("LINT_EDGE_OF_TWO_ROWS" in [one.code for one in found]) is is_told
