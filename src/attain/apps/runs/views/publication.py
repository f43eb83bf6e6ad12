"""One publication: what it means in people and money, who does the next step, what happened."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.flow import selectors as flow
from attain.apps.flow.services import take
from attain.apps.jobs.models import Job
from attain.apps.people import selectors as people
from attain.apps.runs.cycle import CYCLE, undone_input
from attain.apps.runs.models import Intervention, Publication
from attain.apps.runs.pages.facts import actor_sees_pay
from attain.apps.runs.pages.overview import period_name
from attain.apps.runs.reading import opened
from attain.apps.runs.views.compare import earlier_of
from attain.apps.runs.wording import component_label, reason_text
from attain.core.errors import AttainError, Problem
from attain.core.errors import render as rendered
from attain.ui import formats


def publication_or_404(pk: int, actor: Actor) -> Publication:
    """
    :raises Http404: not there, or not for this actor.
    """
    found = Publication.objects.select_related(
        "run__plan_version__plan", "run__asked_by", "prepared_by", "published_by"
    ).filter(pk=pk)
    publication = found.first()
    if publication is None or not actor.has(Role.finance, Role.auditor, Role.hr):
        raise Http404
    return publication


@require_GET
def publication(request: Request, pk: int) -> HttpResponse:
    """The page."""
    found = publication_or_404(pk, request.actor)
    return render(request, "runs/publication.html", _context(found, request.actor))


@require_GET
def loading(request: Request, pk: int) -> HttpResponse:
    """How far staging is; the page is drawn anew when it has ended."""
    found = publication_or_404(pk, request.actor)
    answer = render(request, "runs/_loading.html", _loading(found))
    if found.state != Publication.STAGING or not _job_lives(found):
        answer["HX-Refresh"] = "true"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def step(request: Request, pk: int) -> HttpResponseRedirect:
    """Take the next step, from the version that was looked at."""
    found = publication_or_404(pk, request.actor)
    given = request.POST
    version = given.get("version", "")
    take(
        found,
        given.get("action", ""),
        actor=request.actor,
        at=request.actor.at,
        version=int(version) if version.isdigit() else None,
        reason=given.get("reason", ""),
    )
    return redirect("runs:publication", found.pk)


def _loading(found: Publication) -> dict[str, object]:
    figures = found.run.figures
    total = figures.get("outcomes", 0) + figures.get("lines", 0)
    return {"publication": found, "total": max(total, found.loaded), "problems": _problems(found)}


def _job(found: Publication) -> Job | None:
    return Job.objects.filter(kind="runs.stage", key=str(found.pk)).order_by("-id").first()


def _job_lives(found: Publication) -> bool:
    job = _job(found)
    return job is not None and job.is_live


def _problems(found: Publication) -> list[Problem]:
    """Why staging failed, if it did."""
    job = _job(found) if found.state == Publication.STAGING else None
    if job is None or job.state != Job.State.failed:
        return []
    return [Problem.from_data(one) for one in job.problems]


def _context(found: Publication, actor: Actor) -> dict[str, object]:
    language = formats.language()
    state = CYCLE.state(found.state)
    sees_pay = actor_sees_pay(actor)
    possible = [one for one in flow.actions(found, actor) if one.concerns]
    return {
        **_loading(found),
        "run": found.run,
        "state": state.label.get(language),
        "tone": str(state.tone),
        "plan": found.run.plan_version.plan.label.get(language),
        "period": period_name(found.period),
        "sees_pay": sees_pay,
        "totals": _amounts(found.figures.get("totals", {})) if sees_pay else [],
        "before": _amounts(found.figures.get("before", {})) if sees_pay else [],
        "difference": _amounts(found.figures.get("difference", {}), signed=True)
        if sees_pay
        else [],
        # The main one stands last, as on every page.
        "buttons": sorted((_button(one) for one in possible), key=lambda one: one["is_main"]),
        "withheld": _withheld(found, actor),
        "waivers": _waivers(found),
        "history": flow.history(found),
        "earlier": earlier_of(found.run),
        "job_lives": _job_lives(found),
        "undone": _undone(found),
    }


def _undone(found: Publication) -> str:
    """Which import was taken back that its numbers rest on, as long as it may be published."""
    undone = undone_input(found.run) if found.state in Publication.OPEN else None
    return str(rendered(undone, formats.language()).message) if undone is not None else ""


def _amounts(totals: dict[str, int], *, signed: bool = False) -> list[str]:
    return [
        formats.money(formats.minor_amount(amount, currency), currency, signed=signed)
        for currency, amount in totals.items()
    ]


def _button(one: flow.Possible) -> dict[str, Any]:
    language = formats.language()
    reasons = [str(rendered(each, language).message) for each in one.reasons]
    return {
        "action": one.action,
        "label": one.label.get(language),
        "allowed": one.allowed,
        "reason": " ".join(reasons),
        "needs_reason": one.needs_reason,
        "is_main": one.action in ("submit", "publish"),
    }


def _withheld(found: Publication, actor: Actor) -> list[dict[str, object]]:
    """Who is not published with it, and what they lack."""
    rows = list(found.withheld.all()[:500])
    if not rows:
        return []
    try:
        one = opened(found.run)
    except AttainError:
        return []
    during = (one.stored.period.from_, one.stored.period.until)
    scope = people.scope(actor, "results", during)
    names = people.name_of(row.subject for row in rows)
    language = formats.language()
    return [
        {
            "name": names[row.subject].get(language) if row.subject in names else row.subject,
            "lacks": [
                component_label(one.plan, what["component"]).get(language)
                + pgettext("heading", ": ")
                + reason_text(one.plan, what["reason"]).get(language)
                for what in row.reasons[:3]
            ],
        }
        for row in rows
        if scope.everyone or scope.sees(row.subject)
    ]


def _waivers(found: Publication) -> int:
    """Decisions that its numbers contain, told before anybody publishes them."""
    return Intervention.objects.filter(
        plan_code=found.plan_code, period=found.period, revoked_at=None
    ).count()
