"""One run: how far it is, what it read, what came of it; stopping it, waiving, preparing."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.people import focus
from attain.apps.people.selectors import EVERYONE
from attain.apps.runs import services
from attain.apps.runs.folders import told_problems
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.pages.facts import (
    missing_people,
    noticed_in,
    run_facts,
    told_people,
)
from attain.apps.runs.pages.results import results_table
from attain.apps.runs.selectors import visible_runs
from attain.apps.runs.services.publishing import obstacle
from attain.apps.runs.services.starting import MAY_START
from attain.core.errors import AttainError, Problem
from attain.core.periods import parse_period
from attain.ui import formats
from attain.ui.tables import table_response

GONE = (Publication.REFUSED, Publication.WITHDRAWN)
"""Publications that stand in nobody's way any more."""


def run_or_404(number: int, actor: Actor) -> Run:
    """
    :raises Http404: not there, or not for this actor.
    """
    found = visible_runs(actor).select_related("plan_version__plan", "asked_by", "same_as")
    run = found.filter(pk=number).first()
    if run is None:
        raise Http404
    return run


@require_GET
def run(request: Request, run: int) -> HttpResponseBase:
    """A run with its stages while it calculates, with its results when it is done."""
    found = run_or_404(run, request.actor)
    context = _context(request, found)
    if found.state != Run.DONE:
        return render(request, "runs/run.html", context)
    during = _during(found)
    unit = focus.unit_of(request, request.actor, during) if during else ""
    if during:
        context["pickers"] = focus.pickers(request, units_on=during, unit=unit)
    try:
        table = results_table(found, focus.members(unit, during) if unit and during else EVERYONE)
        context["noticed"] = noticed_in(found, request.actor)
    except AttainError as lost:
        context["problems"] = list(lost.problems)
        return render(request, "runs/run.html", context)
    return table_response(
        request, table, "runs/run.html", context, empty=_("The plan has nobody in this period.")
    )


def _during(run: Run) -> tuple[date, date] | None:
    """The days of a run; None where the company no longer declares their calendar."""
    try:
        period = parse_period(run.period, company().calendars)
    except AttainError:
        return None
    return period.from_, period.until


def _context(request: Request, run: Run) -> dict[str, object]:
    actor = request.actor
    may_publish = actor.has(Role.finance) and run.kind == Run.LIVE and run.state == Run.DONE
    against = obstacle(run) if may_publish else None
    return {
        "run": run,
        "facts": run_facts(run, actor),
        "problems": told_problems(run.problems),
        "may_stop": run.state in Run.WAITING and actor.has(*MAY_START[run.kind]),
        "may_publish": may_publish,
        "against": _said(against) if against else "",
        "missing": told_people(missing_people(run, actor) if run.state == Run.DONE else []),
        "statements": _statements(run) if may(actor, "statements:period") else "",
        "may_waive": actor.has(Role.finance),
        "publication": run.publications.exclude(state__in=GONE).order_by("-id").first()
        if may(actor, "runs:publication")
        else None,
    }


def _statements(run: Run) -> str:
    """Where the results of a run are read by person: the month in which its period ends."""
    during = _during(run)
    if during is None:
        return ""
    last_day = during[1] - timedelta(days=1)
    month = reverse("statements:period", args=[last_day.strftime("%Y-%m")])
    return f"{month}?shown=estimates"


def _said(problem: Problem) -> str:
    from attain.core.errors import render as rendered

    return rendered(problem, formats.language()).message


@require_GET
def state(request: Request, run: int) -> HttpResponse:
    """How far it is: asked again and again until the run has ended, then the page is drawn anew."""
    found = run_or_404(run, request.actor)
    answer = render(
        request, "runs/_stages.html", {"run": found, "facts": run_facts(found, request.actor)}
    )
    if found.state not in Run.WAITING:
        answer["HX-Refresh"] = "true"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def cancel(request: Request, run: int) -> HttpResponseRedirect:
    """Stop it."""
    found = run_or_404(run, request.actor)
    services.cancel(found, actor=request.actor, at=request.actor.at)
    return redirect("runs:run", found.pk)


@require_POST
def again(request: Request, run: int) -> HttpResponseRedirect:
    """The same plan, period and kind with the data there is now."""
    found = run_or_404(run, request.actor)
    version = found.plan_version if found.kind != Run.LIVE else None
    fresh = services.start(
        found.plan_code,
        found.period,
        found.kind,
        actor=request.actor,
        at=request.actor.at,
        version=version,
    )
    return redirect("runs:run", fresh.pk)


@require_POST
def prepare(request: Request, run: int) -> HttpResponseRedirect:
    """Begin a publication with these numbers."""
    found = run_or_404(run, request.actor)
    publication = services.prepare(found, actor=request.actor, at=request.actor.at)
    return redirect("runs:publication", publication.pk)


@require_POST
def waive(request: Request, run: int) -> HttpResponseRedirect:
    """Decide that what somebody lacks does not matter; the next run reads it."""
    found = run_or_404(run, request.actor)
    given = request.POST
    lacking = {
        (one["subject"], one["period"], lack["component"])
        for one in missing_people(found, request.actor)
        for lack in one["lacks"]
    }
    components = given.getlist("component")[:50]
    period = given.get("period", found.period)
    asked = {(given.get("subject", ""), period, component) for component in components}
    if not asked or not asked <= lacking:
        # Only what this run found missing can be waived from its page.
        raise Http404
    for component in components:
        services.waive(
            plan_code=found.plan_code,
            subject=given.get("subject", ""),
            component=component,
            period=period,
            reason=given.get("reason", ""),
            actor=request.actor,
            at=request.actor.at,
        )
    messages.success(request, _("Waived. Run again so that the results know of it."))
    return HttpResponseRedirect(f"{reverse('runs:run', args=[found.pk])}#missing")
