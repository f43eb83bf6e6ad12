"""Who is on a plan: added, ended, given another share. Every stretch has its dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.people.selectors import name_of
from attain.apps.plans import errors
from attain.apps.plans.models import Membership, Plan
from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import labels
from attain.core.numbers import parse_ratio

WHOLE: Final = Decimal(1)
_NEVER: Final = date.max
OPEN_END: Final = labels("长期", "further notice")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody on a plan from a day until another, with a share of their time."""

    subject: str
    effective_from: date
    effective_until: date | None = None
    share: Decimal = WHOLE


@transaction.atomic
def add_members(
    *, plan: Plan, stretches: Iterable[Stretch], actor: Actor, at: datetime, cause: str = ""
) -> list[Membership]:
    """Put people, units or positions on a plan; all of them, or none if one is refused.

    :raises AttainError: MEMBER_DATES, MEMBER_SHARE, MEMBER_OVERLAPS, each once per stretch.
    """
    added: list[Membership] = []
    problems: list[Problem] = []
    for one in stretches:
        found = list(_against(plan, one))
        problems += found
        if not found:
            added.append(_add(plan, one, actor, at))
    if problems:
        raise AttainError(problems)
    for member in added:
        _record(actor, "plans.member_add", member, at, after=_said(member), cause=cause)
    return added


@transaction.atomic
def end_member(
    *, membership: Membership, until: date, actor: Actor, at: datetime, cause: str = ""
) -> Membership:
    """Let somebody's part in a plan end: `until` is the first day without it.

    :raises AttainError: MEMBER_DATES if it would end before it began, MEMBER_OVERLAPS if a
        longer stretch would run into the next one.
    """
    before = _said(membership)
    one = Stretch(membership.subject, membership.effective_from, until, Decimal(membership.share))
    if found := list(_against(membership.plan, one, membership.pk)):
        raise AttainError(found)
    membership.effective_until = until
    membership.save(update_fields=["effective_until"])
    _record(actor, "plans.member_end", membership, at, before, _said(membership), cause)
    return membership


@transaction.atomic
def change_share(
    *, membership: Membership, share: Decimal, from_: date, actor: Actor, at: datetime
) -> Membership:
    """Another share from a day on: the stretch so far ends there, and a new one follows.

    :raises AttainError: MEMBER_DATES, MEMBER_SHARE.
    """
    until = membership.effective_until
    if from_ == membership.effective_from:
        return _change_whole(membership, share, actor, at)
    end_member(membership=membership, until=from_, actor=actor, at=at)
    following = Stretch(membership.subject, from_, until, share)
    return add_members(plan=membership.plan, stretches=[following], actor=actor, at=at)[0]


@transaction.atomic
def remove_member(*, membership: Membership, actor: Actor, at: datetime, cause: str = "") -> None:
    """Take back a stretch that was entered by mistake; the audit log keeps it."""
    _record(actor, "plans.member_remove", membership, at, before=_said(membership), cause=cause)
    membership.delete()


def share_of(text: str) -> Decimal:
    """A share as it is typed: `50%`, `0.5`, `100%`.

    :raises AttainError: MEMBER_SHARE.
    """
    try:
        share = parse_ratio(text).value
    except AttainError:
        raise AttainError(problem(errors.MEMBER_SHARE, share=text)) from None
    if not 0 < share <= WHOLE:
        raise AttainError(problem(errors.MEMBER_SHARE, share=text))
    return share


def format_share(share: Decimal) -> str:
    """A share as it is stored: 1, 0.5, 0.333."""
    return format(share.normalize(), "f")


def _change_whole(membership: Membership, share: Decimal, actor: Actor, at: datetime) -> Membership:
    before = _said(membership)
    membership.share = format_share(share)
    membership.save(update_fields=["share"])
    _record(actor, "plans.member_share", membership, at, before, _said(membership))
    return membership


def _add(plan: Plan, one: Stretch, actor: Actor, at: datetime) -> Membership:
    return Membership.objects.create(
        plan=plan,
        subject=one.subject,
        share=format_share(one.share),
        effective_from=one.effective_from,
        effective_until=one.effective_until,
        added_by_id=actor.user_id,
        added_at=at,
    )


def _against(plan: Plan, one: Stretch, apart: int | None = None) -> Iterable[Problem]:
    """What speaks against a stretch, the membership `apart` not counted."""
    if not 0 < one.share <= WHOLE:
        yield problem(errors.MEMBER_SHARE, share=format_share(one.share))
    until = one.effective_until
    if until is not None and until <= one.effective_from:
        yield problem(errors.MEMBER_DATES, from_date=one.effective_from, until_date=until)
        return
    for other in _overlapping(plan, one).exclude(pk=apart):
        yield problem(
            errors.MEMBER_OVERLAPS,
            subject=one.subject,
            from_date=other.effective_from,
            until_date=other.effective_until or OPEN_END,
        )


def _overlapping(plan: Plan, one: Stretch) -> Any:
    open_after = Q(effective_until__isnull=True) | Q(effective_until__gt=one.effective_from)
    return Membership.objects.filter(
        open_after,
        plan=plan,
        subject=one.subject,
        effective_from__lt=one.effective_until or _NEVER,
    )


def _said(one: Membership) -> dict[str, Any]:
    return {
        "share": one.share,
        "from": one.effective_from,
        "until": one.effective_until,
    }


def _record(
    actor: Actor,
    action: str,
    one: Membership,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    cause: str = "",
) -> None:
    audit.record(
        actor=actor,
        action=action,
        object=("plan_member", one.pk, _called(one)),
        at=at,
        before=before,
        after=after,
        cause=cause,
    )


def _called(one: Membership) -> str:
    """The plan and the participant, as people call them."""
    plan = one.plan.label_zh or one.plan.code
    name = name_of([one.subject]).get(one.subject)
    return f"{plan} · {name.zh} {name.code}" if name else plan
