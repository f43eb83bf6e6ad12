"""The golden cases, and what running one of them comes to."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from attain.core.periods import ONLY_GREGORIAN
from attain.engine.examples import ExampleResult, Runner, run_examples
from attain.engine.forms.contexts import expand
from attain.engine.plans.given_calendars import with_given
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.rglob("*.yaml"), key=lambda case: case.stem)


def _is_rule(case: Path) -> bool:
    """True for the cases of the language's rules, which are numbered; forms are made of these."""
    return case.stem[0].isdecimal()


def on_spark(share: int) -> list[Path]:
    """Every case of a rule, and of the others each whose name falls to its share."""
    return [case for case in CASES if _is_rule(case) or crc32(case.stem.encode()) % share == 0]


def results(case: Path, *runners: Runner) -> list[list[ExampleResult]]:
    """What comes of the examples of a case by each runner; the plan is read once."""
    model = load_plan(case.read_text(encoding="utf-8"), case.name)
    calendars = with_given(model, ONLY_GREGORIAN)
    plan = resolve(expand(model), calendars=calendars)
    return [run_examples(model, plan, calendars=calendars, runner=runner) for runner in runners]


def told(found: list[ExampleResult]) -> str:
    """What failed, for whoever reads the report."""
    lines = [str(failure) for one in found for failure in one.failures]
    return "\n".join([*lines, *(str(problem) for one in found for problem in one.problems)])
