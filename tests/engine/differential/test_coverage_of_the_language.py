"""Random plans make everything the plan language has: what no trial makes, nobody compares.

The list of what there is comes from the models, the registers of calls and the primitives. A
new function, option or kind of table makes this test fail until the trials write it, too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pytest
from trials.around import read
from trials.comparing import resolved
from trials.inventory import language, made
from trials.plans import make_trial

SEEDS = range(300)
EXCUSED = {
    "*.label": "words for readers; no number depends on them",
    "*.source": "words for readers; no number depends on them",
    "head.label": "words for readers; no number depends on them",
    "head.source": "words for readers; no number depends on them",
    "head.feedback": "a promise to people, in days; nothing is calculated from it",
    "head.version": "names the document; nothing is calculated from it",
    "head.language": "there is one version of the language",
    "components.kind=*": "told by what a plan comes to, as ComponentKind.*",
    "checks.form": "written by forms where explanations start from; none writes it on a check",
    "components.form": "written by forms where explanations start from; none writes it here",
    "lines.form": "written by forms where explanations start from; none writes it on a line",
    "examples": "run by tests/golden and tests/engine/examples",
    "examples.*": "run by tests/golden and tests/engine/examples",
}
"""What no random plan needs to make, and why."""


@dataclass
class Tried:
    """What the seeded plans make, after what is refused has been dropped."""

    counted: Counter[str]
    refused: int = 0
    """Plans of which something had to be dropped."""


@pytest.fixture(scope="module")
def tried() -> Tried:
    found = Tried(Counter())
    for seed in SEEDS:
        trial, plan, problems = resolved(make_trial(seed))
        assert plan is not None
        found.refused += bool(problems)
        found.counted.update(made(*read(trial.text()), plan))
    return found


def excuse(one: str) -> str | None:
    return next((why for pattern, why in EXCUSED.items() if fnmatchcase(one, pattern)), None)


def test_everything_of_the_language_is_in_some_plan(tried: Tried) -> None:
    never = sorted(one for one in language() if not tried.counted[one] and excuse(one) is None)

    assert not never, f"no random plan makes {never}: let tests/engine/differential/trials do it"


def test_nothing_is_excused_that_is_not_in_the_language() -> None:
    known = language()

    idle = [pattern for pattern in EXCUSED if not any(fnmatchcase(one, pattern) for one in known)]

    assert not idle


def test_plans_are_mostly_taken_as_they_are_written(tried: Tried) -> None:
    """What is refused and dropped is not tried: at most one plan in ten loses an entry."""
    assert tried.refused <= len(SEEDS) // 10
