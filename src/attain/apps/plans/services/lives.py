"""From draft to in force: each verb examines what it must, then lets flow take the action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.flow.services import take
from attain.apps.plans import errors, examinations
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.publications import published_periods
from attain.apps.plans.reading import sound_plan, verify
from attain.apps.plans.selectors import HOLDING
from attain.apps.plans.surroundings import surroundings
from attain.core.errors import AttainError, problem
from attain.core.periods import Period
from attain.engine.primitives.model import ResolvedPlan


def submit(
    *,
    version: PlanVersion,
    seen: int,
    actor: Actor,
    at: datetime,
    effective_from: date | None = None,
    note: str = "",
) -> PlanVersion:
    """Ask for approval of a text that was examined and holds; it is signed as it stands.

    `seen` is the row version the actor saw, as for all verbs here.

    :raises AttainError: GATE_CLOSED for errors and failing examples; as `flow.take`.
    """
    _examine(version, at)
    values = {"effective_from": effective_from, "note": note}
    return _taken(version, "submit", seen, actor, at, values)


def take_back(*, version: PlanVersion, seen: int, actor: Actor, at: datetime) -> PlanVersion:
    """Make a submitted or approved version a draft again; its signature is void."""
    return _taken(version, "take_back", seen, actor, at)


def approve(
    *, version: PlanVersion, seen: int, reviewed: str, actor: Actor, at: datetime
) -> PlanVersion:
    """Approve the very text that was reviewed, named by its fingerprint.

    :raises AttainError: CHANGED_SINCE_REVIEW; SELF_APPROVAL for whoever wrote or submitted it.
    """
    return _taken(version, "approve", seen, actor, at, {"reviewed": reviewed})


def return_version(
    *, version: PlanVersion, seen: int, reason: str, actor: Actor, at: datetime
) -> PlanVersion:
    """Give a version back to its author, with the reason."""
    return take(version, "return", actor=actor, at=at, version=seen, reason=reason)  # type: ignore[return-value]


def put_in_force(
    *, version: PlanVersion, seen: int, effective_from: date | None, actor: Actor, at: datetime
) -> PlanVersion:
    """Let an approved version hold from a day; the one before ends there.

    :raises AttainError: PLAN_FROM_MISSING, PLAN_FROM_INSIDE, PLAN_VERSIONS_OVERLAP,
        PLAN_PERIOD_PUBLISHED; GATE_CLOSED if the text no longer holds among the datasets of today.
    """
    fresh = _examine(version, at)
    if fresh.signed_hash:
        _unchanged(fresh)
    return _taken(version, "put_in_force", seen, actor, at, {"effective_from": effective_from})


def retire(
    *,
    version: PlanVersion,
    seen: int,
    effective_until: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> PlanVersion:
    """Let a version in force end on a day, with none to follow it.

    :raises AttainError: PLAN_FROM_MISSING, PLAN_FROM_INSIDE, PLAN_PERIOD_PUBLISHED.
    """
    values = {"effective_until": effective_until}
    return take(  # type: ignore[return-value]
        version, "retire", actor=actor, at=at, version=seen, reason=reason, values=values
    )


def _examine(version: PlanVersion, at: datetime) -> PlanVersion:
    """Check the text as it is stored now, whatever the caller holds of it."""
    fresh = PlanVersion.objects.select_related("plan").get(pk=version.pk)
    examinations.run(fresh.text, surroundings(), at)
    return fresh


def _taken(
    version: PlanVersion,
    action: str,
    seen: int,
    actor: Actor,
    at: datetime,
    values: Mapping[str, Any] | None = None,
) -> PlanVersion:
    return take(version, action, actor=actor, at=at, version=seen, values=values)  # type: ignore[return-value]


# --- what the actions do, in the transaction of the change of state ---


def apply_submit(
    obj: PlanVersion, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """Sign the text as it stands, and keep who asked and from when."""
    verify(obj)
    plan = sound_plan(obj)
    if plan.plan != obj.plan.code:
        raise AttainError(problem(errors.PLAN_CODE_CHANGED, found=plan.plan, code=obj.plan.code))
    day = values.get("effective_from")
    if day is not None:
        begin_of_period(plan, day)
    obj.signed_hash, obj.submitter_id, obj.effective_from = obj.text_hash, actor.user_id, day
    obj.note = values.get("note") or obj.note
    obj.save(update_fields=["signed_hash", "submitter", "effective_from", "note"])


def apply_back(
    obj: PlanVersion, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """A text that may change again is signed by nobody."""
    obj.signed_hash, obj.submitter_id, obj.effective_from = "", None, None
    obj.save(update_fields=["signed_hash", "submitter", "effective_from"])


def apply_approve(
    obj: PlanVersion, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """The approval holds for the text that was reviewed, and for no other."""
    _unchanged(obj)
    if values.get("reviewed") != obj.text_hash:
        raise _changed(obj)


def apply_in_force(
    obj: PlanVersion, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """Fit the version into the line of versions, each ending where the next begins."""
    _unchanged(obj)
    day = values.get("effective_from")
    if day is None:
        raise AttainError(problem(errors.PLAN_FROM_MISSING))
    plan = sound_plan(obj)
    begin_of_period(plan, day)
    _not_published(obj, plan, day)
    others = obj.plan.versions.filter(state__in=HOLDING).exclude(pk=obj.pk)
    for other in others.filter(effective_from__gte=day):
        begins = other.effective_from
        raise AttainError(problem(errors.PLAN_VERSIONS_OVERLAP, other=other.number, day=begins))
    for other in others:
        if other.effective_until is None or other.effective_until > day:
            other.effective_until = day
            other.save(update_fields=["effective_until"])
    obj.effective_from, obj.effective_until = day, None
    obj.save(update_fields=["effective_from", "effective_until"])


def apply_retire(
    obj: PlanVersion, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """Close the line of versions on a day."""
    day = values.get("effective_until")
    if day is None:
        raise AttainError(problem(errors.PLAN_FROM_MISSING))
    plan = sound_plan(obj)
    begin_of_period(plan, day)
    _not_published(obj, plan, day)
    if obj.effective_from is not None and day < obj.effective_from:
        raise AttainError(
            problem(errors.MEMBER_DATES, from_date=obj.effective_from, until_date=day)
        )
    obj.effective_until = day
    obj.save(update_fields=["effective_until"])


def begin_of_period(plan: ResolvedPlan, day: date) -> Period:
    """The plan's period that begins on a day.

    :raises AttainError: PLAN_FROM_INSIDE.
    """
    calendar = surroundings().calendars[plan.calendar]
    period = calendar.period_at(plan.period, day)
    if period.from_ != day:
        raise AttainError(
            problem(
                errors.PLAN_FROM_INSIDE,
                day=day,
                period=str(period),
                start=period.from_,
                next=period.until,
            )
        )
    return period


def _not_published(obj: PlanVersion, plan: ResolvedPlan, day: date) -> None:
    """
    :raises AttainError: PLAN_PERIOD_PUBLISHED if results after a day were published already.
    """
    after = [one for one in published_periods(obj.plan.code) if one.until > day]
    if after:
        raise AttainError(
            problem(
                errors.PLAN_PERIOD_PUBLISHED,
                period=str(after[0]),
                number=obj.number,
                day=day,
                next=after[-1].until,
            )
        )


def _unchanged(obj: PlanVersion) -> None:
    """
    :raises AttainError: CHANGED_SINCE_REVIEW if the text is not the one that was signed.
    """
    try:
        verify(obj)
    except AttainError:
        raise _changed(obj) from None
    if not obj.signed_hash:
        raise _changed(obj)


def _changed(obj: PlanVersion) -> AttainError:
    return AttainError(problem(errors.CHANGED_SINCE_REVIEW, plan=obj.plan.label, number=obj.number))
