"""What forms know of their plan: who is measured, if they say nothing else."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.plans.api import expand, load_plan

FORMS = {
    "grade": "grades: {grade: {of: points, bands: [{from: 90, is: A}, {otherwise: B}]}}",
    "score": "scorecard: {score: {rows: [{row: one, weight: 100, score: '80'}]}}",
    "fee": "incentives: {fee: {steps: [{base: '100.00'}]}}",
    "late": "counters: {late: {events: [{from: visits}]}}",
    "team": "paths: {line: {over: team}}\ncolumns: {team: 'below(line, sum, team)'}",
}


@pytest.mark.parametrize("name", FORMS)
def test_without_a_subject_a_form_asks_who_is_measured(name: str) -> None:
    with pytest.raises(AttainError) as refused:
        expand(load_plan(f"plan: p\n{FORMS[name]}\n"))

    [found] = refused.value.problems
    assert (found.code, found.values["name"]) == ("PLAN_NO_SUBJECT", name)
    assert found.where is not None
    assert found.where.line is not None
