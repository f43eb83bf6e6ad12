"""A declaration put to the test: what is wrong with it, its examples, what installing would do."""

from __future__ import annotations

from dataclasses import dataclass

from attain.apps.records import services
from attain.apps.records.kinds import book
from attain.core.errors import Problem, Severity
from attain.core.labels import Labels
from attain.kinds.records import RecordType, lint, load_record_type
from attain.kinds.records import examine as examine_types
from attain.kinds.records import examples as running
from attain.kinds.records.examples import Failure


@dataclass(frozen=True, slots=True)
class Tried:
    """One example with what came of it."""

    name: str
    passed: bool
    failures: tuple[Failure, ...] = ()
    """What was expected and what it was instead."""
    problems: tuple[Problem, ...] = ()
    """Why it could not be run, or why its action was refused."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known about a text before it is installed."""

    name: str = ""
    problems: tuple[Problem, ...] = ()
    tried: tuple[Tried, ...] = ()
    is_new: bool = False
    steps: tuple[Labels, ...] = ()
    """What installing changes."""
    obstacles: tuple[Labels, ...] = ()
    """Why it cannot be installed."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing must be mended."""
        return not any(one.severity is Severity.error for one in self.problems)

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.tried)

    @property
    def fails(self) -> int:
        return len(self.tried) - self.passed


def examine(text: str, file: str) -> Examined:
    """Check a text among the installed types. Nothing is written.

    :raises AttainError: what is given is no declaration at all; each fault has its place.
    """
    name = f"{file or 'record'}.yaml"
    declared = load_record_type(text, name)
    found, problems = examine_types({**book().types, declared.record: declared}.values())
    own = tuple(one for one in problems if _is_of(one, declared))
    kind = found.kinds.get(declared.record)
    if kind is None or own:
        return Examined(declared.record, own)
    plan = services.plan_change({name: text})[declared.record]
    return Examined(
        name=declared.record,
        problems=tuple(one for one in lint(found) if _is_of(one, declared)),
        tried=tuple(
            Tried(one.name, one.passed, one.failures, one.problems) for one in running.run_all(kind)
        ),
        is_new=plan.is_new,
        steps=plan.steps,
        obstacles=plan.obstacles,
    )


def _is_of(one: Problem, declared: RecordType) -> bool:
    """Whether a problem lies in this text: types stand in files of their own names."""
    where, own = one.where, declared.where()
    return where is None or own is None or where.file == own.file
