"""Golden cases: one behaviour each, with numbers that were worked out by hand.

Every file is a plan with examples; the working stands in its first lines. Each is run by the
reference and by DuckDB; `test_golden_on_spark` has Spark's turn.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_cases import CASES, results, told
from trials.duck import Duck

from attain.engine.reference import run_plan


@pytest.fixture(scope="module")
def duck() -> Duck:
    return Duck()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_both_engines_come_to_the_authored_numbers(case: Path, duck: Duck) -> None:
    by_reference, by_duckdb = results(case, run_plan, duck.run)

    assert by_reference, "a golden case has at least one example"
    assert all(one.checked for one in by_reference)
    assert not told(by_reference)
    assert not told(by_duckdb)
