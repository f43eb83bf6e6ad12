"""Versions: all of them, and two side by side in words and as text."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.plans import selectors
from attain.apps.plans.comparing import Change, meaning
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import plan_or_404, plan_page, state_label
from attain.apps.plans.views.reading import booklet_of


@require_GET
def versions(request: Request, code: str) -> HttpResponse:
    """All versions of a plan, and what changed between two of them."""
    plan = plan_or_404(request, code)
    visible = list(selectors.visible_versions(request.actor, plan).order_by("-number"))
    for one in visible:
        one.plan = plan
    after = _asked(request, "to", visible) or visible[0]
    before = _asked(request, "from", visible) or _before(after, visible)
    context = plan_page(
        request,
        after,
        "versions",
        rows=[(one, *state_label(one, request)) for one in visible],
        before=before,
        after=after,
        changes=_changes(before, after) if before else None,
    )
    return render(request, "plans/versions.html", context)


def _asked(request: Request, name: str, visible: list[PlanVersion]) -> PlanVersion | None:
    wanted = request.GET.get(name, "")
    return next((one for one in visible if str(one.number) == wanted), None)


def _before(after: PlanVersion, visible: list[PlanVersion]) -> PlanVersion | None:
    """What a version is compared with unless somebody says: what is in force, else the last."""
    earlier = [one for one in visible if one.number < after.number]
    holding = [one for one in earlier if one.state in selectors.HOLDING]
    return next(iter(holding or earlier), None)


def _changes(before: PlanVersion, after: PlanVersion) -> list[Change] | None:
    """What differs in words; None if one of the texts is no plan."""
    around = surroundings()
    old, new = booklet_of(before, around), booklet_of(after, around)
    return None if old is None or new is None else meaning(old, new)
