"""The booklet: what a plan says in words, for those it concerns."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.plans import selectors
from attain.apps.plans.booklet import Booklet, write_booklet
from attain.apps.plans.checking import ReadFailure, Surroundings
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.reading import read_text
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import plan_or_404, plan_page, version_or_404
from attain.ui.formats import day


@require_GET
def plan(request: Request, code: str) -> HttpResponse:
    """A plan by its code: the version in force, or the newest one for who may read it."""
    found = plan_or_404(request, code)
    visible = selectors.visible_versions(request.actor, found).order_by("-number")
    in_force = visible.filter(pk__in=selectors.in_force_on(request.actor.today)).first()
    shown = in_force or visible.first()
    assert shown is not None
    return redirect("plans:booklet", code, shown.number)


@require_GET
def booklet(request: Request, code: str, number: int) -> HttpResponse:
    """One version in words."""
    version = version_or_404(request, code, number)
    around = surroundings()
    written = booklet_of(version, around, members=_members_said(request, version))
    context = plan_page(request, version, "booklet", booklet=written)
    return render(request, "plans/booklet.html", context)


@require_GET
def download(request: Request, code: str, number: int) -> HttpResponse:
    """The text as a file."""
    version = version_or_404(request, code, number)
    answer = HttpResponse(version.text, content_type="application/yaml; charset=utf-8")
    name = f"{code}-v{number}.yaml"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def booklet_of(version: PlanVersion, around: Surroundings, **facts: str) -> Booklet | None:
    """The booklet of a version in the reader's language; None for a text that is no plan."""
    found = read_text(version.text, around)
    if isinstance(found, ReadFailure):
        return None
    words = set(re.findall(r"[^\W\d]\w*", version.text))
    # By the words of the text: a plan with mistakes reads the same as a sound one.
    schemas = {name: one for name, one in around.schemas.items() if name in words}
    note = version.note
    return write_booklet(found.plan, schemas, language_of_reader(), note=note, **facts)


def _members_said(request: Request, version: PlanVersion) -> str:
    """How many are on the plan; a participant is told since when they are."""
    own = selectors.members_on(request.actor.today).filter(
        plan=version.plan, subject=request.actor.person
    )
    mine = own.first() if request.actor.person else None
    if mine is not None:
        return _("You, since %(day)s") % {"day": day(mine.effective_from)}
    if not selectors.sees_all(request.actor):
        return ""
    count = selectors.participants(request.actor.today).get(version.plan_id)
    return _("%(count)s people") % {"count": count} if count else ""
