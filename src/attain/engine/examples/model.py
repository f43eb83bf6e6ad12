"""What came of an example: passed, or where it differed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attain.core.errors import Problem
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import Inputs

Relations = Mapping[str, Sequence[Mapping[str, Any]]]
"""What a backend gives back: relations as rows, `<name>__why` beside values that may be missing."""

Runner = Callable[[ResolvedPlan, Inputs], Relations]
"""Runs a plan: the reference, or any backend behind the same door."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that was not met.

    `key` says of which row; `explanation` are the first lines of why it is what it is. `rounded`
    is what to expect instead where nothing but decimals differs.
    """

    example: str
    period: str
    column: str
    key: str
    expected: str
    got: str
    explanation: tuple[str, ...] = ()
    rounded: str = ""

    def __str__(self) -> str:
        said = f"{self.example} · {self.period} · {self.column}[{self.key}]"
        lines = [f"{said}: expected {self.expected}, got {self.got}"]
        return "\n".join([*lines, *(f"  {line}" for line in self.explanation)])


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """An example with what failed in it; problems are errors that stopped it."""

    name: str
    checked: int
    failures: tuple[Failure, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.failures and not self.problems
