"""The golden cases, and what running one of them comes to."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from attain.engine.examples import ExampleResult, Runner, test_plan

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.rglob("*.yaml"), key=lambda case: case.stem)


def _is_rule(case: Path) -> bool:
    """True for the cases of the language's own rules and forms; the others were published."""
    return case.parent == FOLDER


def on_spark(share: int) -> list[Path]:
    """Every case of a rule, and of the published ones each whose name falls to its share."""
    return [case for case in CASES if _is_rule(case) or crc32(case.stem.encode()) % share == 0]


def results(case: Path, runner: Runner) -> list[ExampleResult]:
    return test_plan(case.read_text(encoding="utf-8"), file=case.name, runner=runner)


def told(found: list[ExampleResult]) -> str:
    """What failed, for whoever reads the report."""
    lines = [str(failure) for one in found for failure in one.failures]
    return "\n".join([*lines, *(str(problem) for one in found for problem in one.problems)])
