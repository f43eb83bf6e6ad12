"""Golden cases: one behaviour each, with numbers that were worked out by hand.

Every file is a plan with examples; the working stands in its first lines. Each is run by the
reference and by DuckDB.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from trials.duck import Duck

from attain.engine.examples import ExampleResult, Runner, test_plan
from attain.engine.reference import run_plan

CASES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.fixture(scope="module")
def duck() -> Duck:
    return Duck()


def results(case: Path, runner: Runner) -> list[ExampleResult]:
    return test_plan(case.read_text(encoding="utf-8"), file=case.name, runner=runner)


def told(found: list[ExampleResult]) -> str:
    """What failed, for whoever reads the report."""
    lines = [str(failure) for one in found for failure in one.failures]
    return "\n".join([*lines, *(str(problem) for one in found for problem in one.problems)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_reference_comes_to_the_authored_numbers(case: Path) -> None:
    found = results(case, run_plan)

    assert found, "a golden case has at least one example"
    assert all(one.checked for one in found)
    assert not told(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_duckdb_comes_to_the_authored_numbers(case: Path, duck: Duck) -> None:
    assert not told(results(case, duck.run))
