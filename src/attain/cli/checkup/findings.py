"""What a checkup finds: one line each, and whether it is well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from attain.cli.language import language
from attain.core.errors import AttainError, Problem, render


class Health(StrEnum):
    """How a thing is."""

    well = "well"
    unwise = "unwise"
    broken = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    detail: str
    health: Health = Health.well
    problems: tuple[Problem, ...] = ()


def found(name: str, detail: object, health: Health = Health.well) -> Finding:
    """A finding with its detail as text."""
    return Finding(name, str(detail), health)


def looked(name: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a look; what it raises is a finding, too."""
    try:
        return list(look())
    except AttainError as error:
        first = render(error.problems[0], language())
        return [Finding(name, first.message, Health.broken, error.problems)]
