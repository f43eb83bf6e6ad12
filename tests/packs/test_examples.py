"""The examples of every plan hold, calculated in both ways."""

from __future__ import annotations

import re

import pytest
from opening import READMES, Opened

from attain.engine.api import duckdb_runner
from attain.engine.examples import Runner, run_examples
from attain.engine.plans.models.examples import VALUE, Row
from attain.engine.plans.models.plan import PlanModel
from attain.engine.reference import run_plan

ENGINES: dict[str, Runner] = {"reference": run_plan, "duckdb": duckdb_runner}
_RESULT = re.compile(r"^(\w+) = ([\d.]+)$", re.MULTILINE)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_examples_hold(plan_of_pack: tuple[Opened, PlanModel], engine: str) -> None:
    opened, plan = plan_of_pack
    resolved = opened.resolved(plan)

    results = run_examples(plan, resolved, schemas=opened.schemas, runner=ENGINES[engine])

    assert len(results) > 1
    assert [str(one) for one in results if one.failures or one.problems] == []
    assert all(one.checked for one in results)


@pytest.mark.parametrize("readme", READMES)
def test_the_number_worked_through_is_in_an_example(pack: Opened, readme: str) -> None:
    worked = [text for language, text in pack.fences(readme) if language == "text"]

    found = _RESULT.findall("\n".join(worked))

    assert found, "no line such as: score = 93"
    for column, number in found:
        assert number in {row.get(VALUE) for row in _expected(pack, column)}, f"{column} = {number}"


def _expected(pack: Opened, column: str) -> list[Row]:
    """Every row that some example of the pack expects of a column."""
    return [
        row
        for plan in pack.plans.values()
        for example in plan.examples
        for expect in (example.expect, *(run.expect for run in example.runs))
        for row in expect.get(column, ())
    ]
