"""A plan that was just begun: what it would pay, and what to do next."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.plans import examinations
from attain.apps.plans.checking import ReadFailure, Surroundings
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.reading import read_text
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import plan_page, version_or_404
from attain.apps.plans.views.reading import booklet_of


@require_GET
def ready(request: Request, code: str, number: int) -> HttpResponse:
    """The plan in words, its examples, and the provisional run as the next step."""
    version = version_or_404(request, code, number)
    around = surroundings()
    context = plan_page(
        request,
        version,
        "",
        booklet=booklet_of(version, around),
        findings=examinations.findings(version.text, around),
        run_url=run_url(version, around),
        members=version.plan.members.count(),
    )
    return render(request, "plans/ready.html", context)


def run_url(version: PlanVersion, around: Surroundings) -> str:
    """Where a provisional run of a version is started, for the newest period that has data."""
    try:
        address = reverse("runs:new")
    except NoReverseMatch:
        return ""
    asked = {"plan": version.plan.code, "version": version.number, "kind": "provisional"}
    period = _newest_period(version, around)
    return f"{address}?{urlencode({**asked, **({'period': period} if period else {})})}"


def _newest_period(version: PlanVersion, around: Surroundings) -> str:
    """The period of the newest rows of what the plan reads; "" where there are none."""
    found = read_text(version.text, around)
    if isinstance(found, ReadFailure) or found.resolved is None:
        return ""
    plan, catalog = found.resolved, DatabaseCatalog()
    heads = (catalog.head(name) for name in plan.datasets)
    months = [part.month for head in heads if head for part in head.parts if part.month]
    if not months:
        return ""
    year, month = max(months).split("-")
    calendar = around.calendars[plan.calendar]
    return str(calendar.period_at(plan.period, date(int(year), int(month), 1)))
