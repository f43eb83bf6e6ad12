"""Reading plans: text to a checked plan, once per text and surroundings."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from attain.apps.plans import errors
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.surroundings import Surroundings, hash_of, surroundings
from attain.core.errors import AttainError, Problem, Severity, problem
from attain.engine.plans.api import CheckedPlan, check_plan, load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan

TEXT_LIMIT: Final = 400_000
"""Characters of a plan's text; the longest plan of the gallery has a tenth of it."""
KEPT: Final = 64

_read: OrderedDict[tuple[str, str], CheckedPlan | ReadFailure] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A text that is no plan, with all that is wrong with it."""

    problems: tuple[Problem, ...]


def read_plan(version: PlanVersion, around: Surroundings | None = None) -> CheckedPlan:
    """The plan of a version, with everything there is to say about it.

    An approved text is compared with its fingerprint first: nobody is paid by a text that
    nobody approved.

    :raises AttainError: PLAN_TEXT_DAMAGED; what keeps the text from being read at all.
    """
    _verify(version)
    found = read_text(version.text, around or surroundings())
    if isinstance(found, ReadFailure):
        raise AttainError(found.problems)
    return found


def sound_plan(version: PlanVersion, around: Surroundings | None = None) -> ResolvedPlan:
    """The resolved plan of a version, ready to be calculated.

    :raises AttainError: PLAN_TEXT_DAMAGED; every error in it.
    """
    checked = read_plan(version, around)
    faults = [one for one in checked.problems if one.severity is Severity.error]
    if checked.resolved is None or faults:
        raise AttainError(faults or checked.problems)
    return checked.resolved


def read_text(text: str, around: Surroundings) -> CheckedPlan | ReadFailure:
    """A text among its surroundings; the same text among the same ones is read once."""
    key = (hash_of(text), around.digest)
    with _lock:
        if key in _read:
            _read.move_to_end(key)
            return _read[key]
    found = _examined(text, around, frozenset())
    with _lock:
        _read[key] = found
        while len(_read) > KEPT:
            _read.popitem(last=False)
    return found


def problems_of(found: CheckedPlan | ReadFailure) -> tuple[Problem, ...]:
    """All there is to say about a text, in reading order."""
    return tuple(sorted(found.problems, key=_line))


def _line(one: Problem) -> tuple[int, int]:
    where = one.where
    return ((where.line or 0), (where.position or 0)) if where else (0, 0)


def _examined(
    text: str, around: Surroundings, reading: frozenset[str]
) -> CheckedPlan | ReadFailure:
    if len(text) > TEXT_LIMIT:
        long = problem(errors.PLAN_TEXT_TOO_LONG, size=len(text), limit=TEXT_LIMIT)
        return ReadFailure((long,))
    try:
        model = load_plan(text)
        results = _results(model, around, reading | {model.plan})
    except AttainError as error:
        return ReadFailure(error.problems)
    used = {name: around.documents[name] for name in model.uses if name in around.documents}
    return check_plan(model, around.schemas, around.calendars, used, results)


def _results(
    model: PlanModel, around: Surroundings, reading: frozenset[str]
) -> dict[str, ResolvedPlan]:
    """The plans whose results this one reads, as far as they are here and sound."""
    wanted = {source.plan for source in model.sources.values() if source.plan} - reading
    found = {}
    for code in sorted(wanted & set(around.texts)):
        other = _examined(around.texts[code], around, reading)
        if isinstance(other, CheckedPlan) and other.resolved is not None:
            found[code] = other.resolved
    return found


def _verify(version: PlanVersion) -> None:
    signed = version.signed_hash or version.text_hash
    if hash_of(version.text) != version.text_hash or signed != version.text_hash:
        raise AttainError(
            problem(errors.PLAN_TEXT_DAMAGED, plan=version.plan.label.get(), number=version.number)
        )
