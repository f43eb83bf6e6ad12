"""Pages of statements: whose, which month, why, and the closing of months."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.accounts.roles import Role
from attain.apps.flow import selectors as flow
from attain.apps.flow.services import take
from attain.apps.people import focus
from attain.apps.people.selectors import EVERYONE
from attain.apps.statements import documents
from attain.apps.statements.cycle import CLOSE
from attain.apps.statements.models import PostingPeriod
from attain.apps.statements.selectors import (
    latest_month,
    month_named,
    trend,
)
from attain.apps.statements.showing import page_of, trend_chart
from attain.apps.statements.sources import sources
from attain.apps.statements.statement import Statement, statement_of
from attain.apps.statements.tables import estimates_table, people_table, periods_table
from attain.core.periods import Period
from attain.ui.formats import period_name
from attain.ui.tables import table_response

SHOWN: Final = "shown"
ESTIMATES: Final = "estimates"
"""What a list of statements shows, where a month has both kinds."""

OVERVIEW_ROLES: Final = (Role.manager, Role.finance, Role.auditor)


@require_GET
def mine(request: Request) -> HttpResponseBase:
    """The month chosen, else the newest: one's own, or the list for who looks after others."""
    month = month_named(focus.chosen(request, "month")) or latest_month(request.actor)
    if request.actor.has(*OVERVIEW_ROLES):
        return redirect("statements:period", period=month.label)
    return _to_own(request, month)


def _to_own(request: Request, month: Period) -> HttpResponseBase:
    person = request.actor.person
    if not person:
        return render(request, "statements/nobody.html", {"month": month})
    return redirect("statements:detail", period=month.label, person=person)


@require_GET
def period(request: Request, period: str) -> HttpResponseBase:
    """Everybody's statements of a month, as far as the reader may see them."""
    month = _month(period)
    if not request.actor.has(*OVERVIEW_ROLES):
        return _to_own(request, month)
    found = sources(month, request.actor)
    is_estimate = _shows_estimates(request, found)
    during = (month.from_, month.until)
    unit = focus.unit_of(request, request.actor, during)
    within = focus.members(unit, during) if unit else EVERYONE
    table = (
        estimates_table(month, request.actor, within)
        if is_estimate
        else people_table(month, within)
    )
    context = {
        "pickers": focus.pickers(
            request,
            month=month,
            to_month=_open(reverse("statements:period", kwargs={"period": month.label}), month),
            newest=reverse("statements:mine"),
            units_on=during,
            unit=unit,
        ),
        "month": month,
        "sources": found,
        "posting_period": PostingPeriod.objects.filter(code=month.label).first(),
        "is_estimate": is_estimate and bool(found),
        "looks": _looks(request, found),
        "own_url": _own_url(request, month),
        "may_close": may(request.actor, "statements:close", "POST"),
    }
    empty = _("%(month)s has no results yet.") % {"month": period_name(month)}
    if unit and found:
        empty = _("Nobody of this unit has results in this month. Choose another scope above.")
    return table_response(
        request, table, "statements/period.html", context, keep=(SHOWN,), empty=empty
    )


def _shows_estimates(request: Request, found: list[Any]) -> bool:
    """Where nothing is published, or where somebody asks for the estimates beside what is."""
    if not any(source.publication is not None for source in found):
        return True
    wanted = request.GET.get(SHOWN) == ESTIMATES
    return wanted and any(source.is_estimate for source in found)


def _looks(request: Request, found: list[Any]) -> list[dict[str, Any]]:
    """The choice between published and estimated, in a month that has both."""
    if len({source.is_estimate for source in found}) < 2:
        return []
    is_estimate = _shows_estimates(request, found)
    return [
        {"label": pgettext("list", "Published"), "url": request.path, "current": not is_estimate},
        {
            "label": _("Estimates"),
            "url": f"{request.path}?{SHOWN}={ESTIMATES}",
            "current": is_estimate,
        },
    ]


def _own_url(request: Request, month: Period) -> str:
    if not request.actor.person:
        return ""
    kwargs = {"period": month.label, "person": request.actor.person}
    return reverse("statements:detail", kwargs=kwargs)


def _open(address: str, month: Period) -> str:
    """An address of a month, with a place for another."""
    return address.replace(f"/{month.label}", f"/{focus.MONTH}", 1)


def _month(text: str) -> Period:
    found = month_named(text)
    if found is None:
        raise Http404
    return found


@require_GET
def detail(request: Request, period: str, person: str) -> HttpResponse:
    """One person's statement. Not there and not yours look alike."""
    month = _month(period)
    statement = _statement(request, person, month)
    context = {
        "statement": statement,
        "page": page_of(statement),
        "pickers": focus.pickers(
            request,
            month=month,
            to_month=_open(request.path, month),
            newest=reverse("statements:mine"),
        ),
        "month": month,
        "chart": trend_chart(trend(request.actor, person, month), month),
        "is_own": person == request.actor.person,
        "shows_list": request.actor.has(*OVERVIEW_ROLES),
    }
    return render(request, "statements/detail.html", context)


def _statement(request: Request, person: str, month: Period) -> Statement:
    statement = statement_of(request.actor, person, month)
    if statement is None or statement.name is None:
        raise Http404
    return statement


@require_GET
def pdf(request: Request, period: str, person: str) -> HttpResponse:
    """The same statement as a document to print and keep, in the reader's language."""
    statement = _statement(request, person, _month(period))
    if not statement.shows_pay:
        raise Http404
    answer = HttpResponse(
        documents.statement_pdf(statement, at=request.actor.at), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="statement-{statement.number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


# --- months ---


@require_GET
def periods(request: Request) -> HttpResponseBase:
    """The posting periods with what was posted into each."""
    return table_response(request, periods_table(), "statements/periods.html")


@require_GET
def close_dialog(request: Request, period: str) -> HttpResponse:
    """What closing a month means, in people and money, before the button is pressed."""
    found = get_object_or_404(periods_table().queryset(request.actor), code=period)
    possible = next(
        (one for one in flow.actions(found, request.actor) if one.action == CLOSE), None
    )
    context = {"posting_period": found, "possible": possible, "month": _month(period)}
    return render(request, "statements/close.html", context)


@require_POST
def close(request: Request, period: str) -> HttpResponse:
    """Close a month for good."""
    found = get_object_or_404(PostingPeriod, code=period)
    version = request.POST.get("version", "")
    take(
        found,
        CLOSE,
        actor=request.actor,
        at=request.actor.at,
        version=int(version) if version.isascii() and version.isdigit() else None,
    )
    messages.success(request, _("%(month)s is closed.") % {"month": period_name(_month(period))})
    return redirect("statements:period", period=period)
