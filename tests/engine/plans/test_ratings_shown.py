"""What raters gave becomes a result of its own only where its author says so (D31)."""

from __future__ import annotations

import pytest

from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

PLAN = """
plan: rated
period: year
subjects: {manager: people}
columns:
  peers: {mean: score, from: ratings, link: {manager: subject}, in: all%s}
  answers: {count: rows, from: ratings, link: {manager: subject}, in: all}
  total: "peers * 60%% + 40"
"""


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("", {"answers", "total"}),
        (", show: true", {"peers", "answers", "total"}),
        (", show: false", {"answers", "total"}),
    ],
)
def test_the_mean_of_ratings_is_a_result_only_if_it_says_so(said: str, shown: set[str]) -> None:
    plan = resolve(expand(load_plan(PLAN % said)))

    assert {one.name for one in plan.components} == shown
    # It is calculated whether shown or not.
    assert "peers" in plan.relations["manager_year"].columns
