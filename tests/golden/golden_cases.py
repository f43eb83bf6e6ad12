"""The golden cases, and what running one of them comes to."""

from __future__ import annotations

from pathlib import Path

from attain.engine.examples import ExampleResult, Runner, test_plan

CASES = sorted(Path(__file__).parent.rglob("*.yaml"), key=lambda case: case.stem)


def results(case: Path, runner: Runner) -> list[ExampleResult]:
    return test_plan(case.read_text(encoding="utf-8"), file=case.name, runner=runner)


def told(found: list[ExampleResult]) -> str:
    """What failed, for whoever reads the report."""
    lines = [str(failure) for one in found for failure in one.failures]
    return "\n".join([*lines, *(str(problem) for one in found for problem in one.problems)])
