"""Questions about plans: which version holds, who takes part, and who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.people import selectors as people
from attain.apps.plans.models import Membership, Plan, PlanVersion
from attain.core.periods import Period

HOLDING = ("in_force", "retired")
"""States of a version that holds, or held, from its first day until its last."""


def version_on(code: str, day: date) -> PlanVersion | None:
    """The version of a plan that holds on a day."""
    return (
        PlanVersion.objects.select_related("plan")
        .filter(_open_after(day), plan__code=code, state__in=HOLDING, effective_from__lte=day)
        .order_by("-effective_from")
        .first()
    )


def version_for(code: str, period: Period) -> PlanVersion | None:
    """The version by which a period is calculated: the one that holds on its first day.

    A version begins with a period (PLAN_FROM_INSIDE), so it holds for the whole of it.
    """
    return version_on(code, period.from_)


def newest(code: str) -> PlanVersion | None:
    """The newest version of a plan, whatever its state: what a trial is calculated by."""
    versions = PlanVersion.objects.select_related("plan").filter(plan__code=code)
    return versions.order_by("-number").first()


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """The plans somebody may know of.

    Whoever writes, approves or audits plans sees all; others those in force that they, or
    people of theirs, are on.
    """
    plans = Plan.objects.all()
    scope = people.scope(actor, "plans", actor.today)
    if scope.everyone:
        return plans
    open_to = open_to_all(actor.today)
    mine = Q(members__in=members_on(actor.today).filter(subject__in=scope.keys))
    in_force = Q(versions__in=in_force_on(actor.today))
    return plans.filter(in_force, mine | Q(pk__in=open_to)).distinct()


def visible_versions(actor: Actor, plan: Plan) -> QuerySet[PlanVersion]:
    """The versions of a plan somebody may read: all of them, or only what is in force."""
    if people.scope(actor, "plans", actor.today).everyone:
        return plan.versions.all()
    return plan.versions.filter(pk__in=in_force_on(actor.today))


def in_force_on(day: date) -> QuerySet[PlanVersion]:
    """All versions that hold on a day."""
    return PlanVersion.objects.filter(_open_after(day), state__in=HOLDING, effective_from__lte=day)


def members_on(day: date) -> QuerySet[Membership]:
    """All memberships that count on a day."""
    return Membership.objects.filter(_open_after(day), effective_from__lte=day)


def members_during(code: str, from_: date, until: date) -> QuerySet[Membership]:
    """Who is on a plan on at least one day of a stretch."""
    return Membership.objects.filter(_open_after(from_), plan__code=code, effective_from__lt=until)


def open_to_all(day: date) -> Iterable[int]:
    """Plans that name nobody: everyone whom the plan's own subjects mean is on them."""
    named = members_on(day).values("plan")
    return list(Plan.objects.exclude(pk__in=named).values_list("pk", flat=True))


def participants(day: date) -> dict[int, int]:
    """How many are on each plan on a day, by the plan's id; plans that name nobody are absent."""
    rows = members_on(day).values("plan").annotate(count=Count("subject", distinct=True))
    return {row["plan"]: row["count"] for row in rows}


def _open_after(day: date) -> Q:
    return Q(effective_until__isnull=True) | Q(effective_until__gt=day)


def sees_all(actor: Actor) -> bool:
    """Whether somebody reads every version of every plan: who writes, approves or audits them."""
    return people.scope(actor, "plans", actor.today).everyone
