"""What was found in a text, kept: the same text among the same surroundings is examined once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from attain.apps.plans import errors
from attain.apps.plans.checking import Surroundings, examine, faults, hash_of
from attain.apps.plans.children import in_child
from attain.apps.plans.models import Examination
from attain.core.errors import Problem, Severity

CHECK_SECONDS: Final = 10
EXAMPLE_SECONDS: Final = 60


@dataclass(frozen=True)
class Findings:
    """All that was found in one text: what is wrong, and which examples hold."""

    problems: tuple[Problem, ...]
    results: tuple[dict[str, Any], ...] | None
    """What came of each example; None while they were not run, or the text is not sound."""

    @cached_property
    def errors(self) -> int:
        """What must be mended."""
        return len(faults(self.problems))

    @cached_property
    def warnings(self) -> int:
        """What somebody should look at."""
        return sum(one.severity is Severity.warning for one in self.problems)

    @property
    def passed(self) -> int:
        """Examples that hold."""
        return sum(one["passed"] for one in self.results or ())

    @property
    def failed(self) -> int:
        """Examples that do not."""
        return len(self.results or ()) - self.passed


def findings(text: str, around: Surroundings) -> Findings | None:
    """What is known of a text; None if it was not examined among these surroundings."""
    row = Examination.objects.filter(
        text_hash=hash_of(text), surroundings=around.digest(text)
    ).first()
    return None if row is None else _findings(row.problems, row.results)


def check(text: str, around: Surroundings) -> Findings:
    """What is wrong with a text that is being written. Nothing is kept.

    :raises AttainError: CHECK_TOO_SLOW, PLAN_CHILD_FAILED.
    """
    known = findings(text, around)
    if known is not None:
        return known
    found = in_child(
        examine,
        text,
        around,
        False,
        seconds=CHECK_SECONDS,
        too_slow=errors.CHECK_TOO_SLOW,
    )
    return _findings(found["problems"], found["results"])


def is_complete(found: Findings | None) -> bool:
    """Whether a text was examined as far as it can be: its examples ran, or it is not sound."""
    return found is not None and bool(found.results is not None or found.errors)


def run(text: str, around: Surroundings, at: datetime, *, anew: bool = False) -> Findings:
    """Check a text and run its examples, in a child process, and keep what was found.

    :raises AttainError: EXAMPLES_TOO_SLOW, PLAN_CHILD_FAILED.
    """
    known = None if anew else findings(text, around)
    if known is not None and is_complete(known):
        return known
    found = in_child(
        examine,
        text,
        around,
        True,
        seconds=EXAMPLE_SECONDS,
        too_slow=errors.EXAMPLES_TOO_SLOW,
    )
    Examination.objects.update_or_create(
        text_hash=hash_of(text),
        surroundings=around.digest(text),
        defaults={**found, "examined_at": at},
    )
    return _findings(found["problems"], found["results"])


def gate_values(found: Findings | None) -> dict[str, Any]:
    """What the gates of the life cycle speak of."""
    if found is None:
        return {"errors": None, "examples_unrun": 1, "examples_absent": 0, "examples_failed": 0}
    has_run = found.results is not None
    return {
        "errors": found.errors,
        "examples_unrun": int(not has_run and not found.errors),
        "examples_absent": int(has_run and not found.results),
        "examples_failed": found.failed,
    }


def _findings(problems: list[Any], results: list[Any] | None) -> Findings:
    return Findings(
        tuple(Problem.from_data(one) for one in problems),
        None if results is None else tuple(results),
    )
