"""The examples of record types, run and told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from attain.cli.language import say
from attain.cli.output import console, heading, print_problems, problem_data, remark, shown_path
from attain.cli.records import ReadType
from attain.core.errors import Severity
from attain.kinds.records.examples import Outcome, run_all


def outcomes_of(read: ReadType) -> list[Outcome]:
    """What became of each example of a sound type."""
    return run_all(read.kind) if read.kind is not None and read.is_sound else []


def show_type(read: ReadType, outcomes: Sequence[Outcome]) -> None:
    """A type with its examples, and what came out otherwise."""
    heading(f"{read.name}  {shown_path(read.path)}")
    if not read.is_sound:
        print_problems([one for one in read.problems if one.severity is Severity.error])
        return
    if not outcomes:
        remark(say("  没有例子；写在 examples: 里", "  no examples; they belong into examples:"))
    for outcome in outcomes:
        _show(outcome)


def _show(outcome: Outcome) -> None:
    mark = ("✓", "green") if outcome.passed else ("✗", "bold red")
    console.print(Text.assemble("  ", mark, f" {outcome.name}"))
    for failure in outcome.failures:
        said = say(
            "应为 {expected}，得到 {got}",
            "expected {expected}, got {got}",
            expected=failure.expected,
            got=failure.got,
        )
        console.print(Text(f"      {failure.what}"))
        console.print(Text(f"      {said}", style="red"))
    print_problems(outcome.problems)


def type_data(read: ReadType, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """A type with its examples, for programs."""
    return {
        "record": read.name,
        "file": shown_path(read.path),
        "sound": read.is_sound,
        "problems": [problem_data(one) for one in read.problems],
        "examples": [_outcome_data(one) for one in outcomes],
    }


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.name,
        "passed": outcome.passed,
        "failures": [
            {"what": one.what, "expected": one.expected, "got": one.got} for one in outcome.failures
        ],
        "problems": [problem_data(one) for one in outcome.problems],
    }
