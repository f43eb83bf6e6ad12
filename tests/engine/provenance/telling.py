"""What readers are told of a number that an example of a plan expects."""

from __future__ import annotations

from attain.core.periods import ONLY_GREGORIAN
from attain.engine.examples.explaining import Asked, explain_expected
from attain.engine.forms.contexts import expand
from attain.engine.plans.given_calendars import with_given
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve


def lines_of(plan: str, asked: Asked | str, language: str = "en") -> list[str]:
    """The lines of the explanation; of a column's name, those of its first expectation."""
    return told(plan, asked, language)[0]


def told(plan: str, asked: Asked | str, language: str = "en") -> list[list[str]]:
    """The same, and of what it was made of each explanation of its own."""
    model = load_plan(plan)
    which = Asked(0, 0, asked, 0) if isinstance(asked, str) else asked
    calendars = with_given(model, ONLY_GREGORIAN)
    resolved = resolve(expand(model), calendars=calendars)
    found = explain_expected(model, resolved, which, language=language, calendars=calendars)
    return [[line.strip() for line in one.lines()] for one in found]
