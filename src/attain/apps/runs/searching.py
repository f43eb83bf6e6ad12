"""Runs in the search, and how many of them wait for the reader."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role
from attain.apps.runs.models import Publication
from attain.apps.runs.pages.overview import period_name
from attain.apps.runs.selectors import visible_runs
from attain.apps.runs.words import kind_labels, state_labels
from attain.ui import formats
from attain.ui.search import Hit


def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Runs by number, plan or period, the newest first."""
    runs = visible_runs(actor).select_related("plan_version__plan")
    wanted = text.lstrip("#")
    fits = (
        Q(plan_code__icontains=text)
        | Q(period__icontains=text)
        | Q(plan_version__plan__label_zh__icontains=text)
        | Q(plan_version__plan__label_en__icontains=text)
    )
    if wanted.isdigit() and len(wanted) < 10:
        fits |= Q(pk=int(wanted))
    language = formats.language()
    return [
        Hit(
            title=f"#{run.pk} {run.plan_version.plan.label.get(language)}",
            subtitle=" · ".join(
                (
                    period_name(run.period),
                    kind_labels(run.kind).get(language),
                    state_labels(run.state).get(language),
                )
            ),
            url=reverse("runs:run", args=[run.pk]),
            kind="player-play",
        )
        for run in runs.filter(fits).order_by("-id")[:limit]
    ]


def waiting(actor: Actor) -> int:
    """Publications that this person can bring a step further."""
    if not actor.has_whole(Role.finance):
        return 0
    mine = Q(state=Publication.READY, prepared_by_id=actor.user_id)
    others = Q(state=Publication.SUBMITTED) & ~Q(prepared_by_id=actor.user_id)
    return Publication.objects.filter(mine | others).count()
