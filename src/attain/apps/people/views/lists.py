"""Lists of people, positions, hierarchies and changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.people import services, tables
from attain.apps.people.models import Change
from attain.apps.people.telling import consequences
from attain.apps.people.views.days import day_of, parts
from attain.core.errors import AttainError
from attain.ui.tables import table_response


@require_safe
def list_people(request: Request) -> HttpResponseBase:
    """Everybody the reader may see, as of a day."""
    day = day_of(request)
    return table_response(
        request,
        tables.people_table(day),
        "people/list.html",
        {
            **parts(request, "people"),
            "day": day,
            "may_hire": may(request.actor, "people:hire", "POST"),
            "may_export": may(request.actor, "people:export"),
        },
        keep=("on",),
        empty=_("Import people and units from a workbook, or hire the first person."),
    )


@require_safe
def list_positions(request: Request) -> HttpResponseBase:
    """All seats, as of a day."""
    day = day_of(request)
    return table_response(
        request,
        tables.positions_table(day),
        "people/positions.html",
        {
            **parts(request, "positions"),
            "day": day,
            "may_write": may(request.actor, "people:position-new", "POST"),
        },
        keep=("on",),
        empty=_("Positions outlive their holders. Create the first one."),
    )


@require_safe
def list_edges(request: Request) -> HttpResponseBase:
    """Further hierarchies, as of a day."""
    day = day_of(request)
    return table_response(
        request,
        tables.edges_table(day),
        "people/edges.html",
        {
            **parts(request, "edges"),
            "day": day,
            "may_write": may(request.actor, "people:edge-new", "POST"),
        },
        keep=("on",),
        empty=_("Hierarchies beside the units: who sponsors whom, who trains whom."),
    )


@require_safe
def list_changes(request: Request) -> HttpResponseBase:
    """All that was ever changed in the organisation."""
    return table_response(
        request,
        tables.changes_table(),
        "people/changes.html",
        parts(request, "changes"),
        empty=_("Nothing has been changed yet."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: Request, pk: int) -> HttpResponse:
    """One change: what it did, and undoing it."""
    change = Change.objects.filter(pk=pk).first()
    if change is None:
        raise Http404
    problems: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            services.undo(
                change=change,
                actor=request.actor,
                at=request.actor.at,
                reason=request.POST.get("reason", "")[:1000],
            )
            messages.success(request, _("The change is undone."))
            return redirect("people:changes")
        except AttainError as error:
            problems = error.problems
    context = {
        "change": change,
        "kind": dict(tables.CHANGE_KINDS).get(change.kind, change.kind),
        "told": consequences(change),
        "undone": Change.objects.filter(undoes=change).first(),
        "may_undo": change.kind != "undo" and may(request.actor, "people:change-page", "POST"),
        "problems": problems,
    }
    return render(request, "people/change.html", context, status=409 if problems else 200)
