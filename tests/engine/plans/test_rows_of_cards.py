"""Rows of scorecards are called `row(sales).score`; the card is named only where it must be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import AttainError, Problem, Severity
from attain.engine.forms.contexts import expand
from attain.engine.plans.api import load_plan
from attain.engine.plans.card_rows import column_named

HEAD = """
plan: cards
period: month
subjects: {seller: people}
scorecard:
  first: {rows: [{row: sales, weight: 60, score: 80}, {row: care, weight: 40, score: 50}]}
  second: {rows: [{row: sales, weight: 100, score: 70}]}
"""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("row(care).score", "first_row_care_score"),
        ("row(first, sales).weight", "first_row_sales_weight"),
        ("row(second, sales)", "second_row_sales_points"),
        ("row(sales).score", "row_sales_score"),
        ("row(score, sales).score", "row_sales_score"),
        ("first", "first"),
    ],
)
def test_a_row_that_only_one_card_has_needs_no_card(said: str, meant: str) -> None:
    made = ["first_row_sales_score", "first_row_care_score", "second_row_sales_score"]

    assert column_named(said, made) == meant


def test_a_formula_reads_the_row_of_the_one_card_that_has_it(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    found = problems(f'{HEAD}formulas: {{a: "row(care).score + 1", b: "row(sales).score + 1"}}')

    (unknown,) = [one for one in found if one.severity is Severity.error]
    assert (unknown.code, unknown.values["name"]) == ("PLAN_CARD_ROW", "row(sales).score")
    assert unknown.values["known"][:2] == ["row(first, sales).score", "row(second, sales).score"]


def test_decisions_find_the_row_and_say_where_none_is() -> None:
    said = "interventions: {row(care).score: [waive], row(sales).score: [waive]}"

    with pytest.raises(AttainError) as caught:
        expand(load_plan(HEAD + said))

    (unknown,) = caught.value.problems
    assert (unknown.code, unknown.where.line) == ("DECISION_UNKNOWN", 8)
    assert unknown.values["name"] == "row(sales).score"
    assert "first_row_sales_score" in unknown.values["known"]
