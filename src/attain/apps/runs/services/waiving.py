"""Decisions about calculated values: somebody with the right says that data may be missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.errors import NOT_ALLOWED
from attain.apps.accounts.roles import Role
from attain.apps.audit import services as audit
from attain.apps.runs import errors
from attain.apps.runs.models import Intervention
from attain.core.errors import AttainError, problem


def waive(
    *,
    plan_code: str,
    subject: str,
    component: str,
    period: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Intervention:
    """Decide that a component of somebody does not apply in a period. The next run reads it.

    The same decision again is the same decision.

    :raises AttainError: NOT_ALLOWED, WAIVER_NEEDS_PERSON, WAIVER_OF_ONESELF, REASON_MISSING.
    """
    if not actor.has(Role.finance):
        raise AttainError(problem(NOT_ALLOWED))
    if not actor.person:
        raise AttainError(problem(errors.WAIVER_NEEDS_PERSON))
    if actor.person == subject:
        raise AttainError(problem(errors.WAIVER_OF_ONESELF))
    if not reason.strip():
        raise AttainError(problem(errors.WAIVER_NEEDS_REASON))
    names = {
        "plan_code": plan_code, "subject": subject, "component": component, "period": period,
    }  # fmt: skip
    try:
        with transaction.atomic():
            made = Intervention.objects.create(
                **names,
                reason=reason.strip(),
                by=actor.person,
                decided_by_id=actor.user_id,
                decided_at=at,
            )
            _keep(made, "runs.waive", actor, at, reason)
    except IntegrityError:
        return Intervention.objects.get(**names, revoked_at=None)
    return made


@transaction.atomic
def revoke_waiver(decision: Intervention, *, actor: Actor, at: datetime) -> Intervention:
    """Take a decision back. The next run does without it; what was published stays.

    :raises AttainError: NOT_ALLOWED.
    """
    if not actor.has(Role.finance):
        raise AttainError(problem(NOT_ALLOWED))
    if Intervention.objects.filter(pk=decision.pk, revoked_at=None).update(revoked_at=at):
        _keep(decision, "runs.revoke_waiver", actor, at, "")
    decision.refresh_from_db()
    return decision


def _keep(one: Intervention, action: str, actor: Actor, at: datetime, reason: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object=("intervention", one.pk, str(one)),
        after={"reason": reason.strip()} if reason else None,
        at=at,
    )


def rows() -> Iterator[Mapping[str, object]]:
    """The rows of the dataset `interventions`: every decision in force."""
    for one in Intervention.objects.filter(revoked_at=None):
        yield {
            "id": f"WV-{one.pk}",
            "kind": one.kind,
            "subject": one.subject,
            "component": one.component,
            "period": one.period,
            "reason": one.reason,
            "by": one.by,
        }
