"""Reading plans: text to a checked plan, once per text and surroundings."""

from __future__ import annotations

from typing import Final

from attain.apps.plans import errors
from attain.apps.plans.checking import (
    Found,
    ReadFailure,
    Surroundings,
    faults,
    hash_of,
    read,
)
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.surroundings import surroundings
from attain.core.errors import AttainError, problem
from attain.core.kept import Kept
from attain.engine.plans.api import CheckedPlan
from attain.engine.primitives.model import ResolvedPlan

_read: Final = Kept[tuple[str, str], Found](64)


def read_plan(version: PlanVersion, around: Surroundings | None = None) -> CheckedPlan:
    """The plan of a version, with everything there is to say about it.

    The text is compared with its fingerprint first: nobody is paid by a text that nobody
    approved.

    :raises AttainError: PLAN_TEXT_DAMAGED; what keeps the text from being read at all.
    """
    verify(version)
    found = read_text(version.text, around or surroundings())
    if isinstance(found, ReadFailure):
        raise AttainError(found.problems)
    return found


def sound_plan(version: PlanVersion, around: Surroundings | None = None) -> ResolvedPlan:
    """The resolved plan of a version, ready to be calculated.

    :raises AttainError: PLAN_TEXT_DAMAGED; every error in it.
    """
    checked = read_plan(version, around)
    wrong = faults(checked.problems)
    if checked.resolved is None or wrong:
        raise AttainError(wrong or checked.problems)
    return checked.resolved


def read_text(text: str, around: Surroundings) -> Found:
    """A text among its surroundings; the same text among the same ones is read once."""
    key = (hash_of(text), around.digest(text))
    return _read.of(key, lambda: read(text, around))


def verify(version: PlanVersion) -> None:
    """
    :raises AttainError: PLAN_TEXT_DAMAGED if the text is not the one that was saved or signed.
    """
    signed = version.signed_hash or version.text_hash
    if hash_of(version.text) != version.text_hash or signed != version.text_hash:
        label, number = version.plan.label, version.number
        raise AttainError(problem(errors.PLAN_TEXT_DAMAGED, plan=label, number=number))
