"""The records of a kind as a list: tabs, filters kept by a name, charts, and several at once."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.records import charting
from attain.apps.records.kinds import row_named
from attain.apps.records.models import SavedFilter
from attain.apps.records.tables import RecordTable
from attain.apps.records.tabs import concerned
from attain.apps.records.views import boards, calendars, errors
from attain.apps.records.views.framing import KEPT, SHARERS, frame, kind_or_404, look_of, within_of
from attain.core.errors import AttainError, problem
from attain.kinds.records import Kind
from attain.ui import formats
from attain.ui.tables import parse_query, table_response
from attain.ui.tables.response import export_response

NAME_MAX: Final = 60
FILTERS_MAX: Final = 50
"""Filters one person keeps of one kind."""
ADDRESS_MAX: Final = 2000


@require_GET
def home(request: Request) -> HttpResponse:
    """The first kind of records the reader has to do with; a first step where there is none."""
    found = concerned(request.actor)
    if found:
        return redirect("records:list", found[0].name)
    return render(
        request, "records/none.html", {"may_declare": may(request.actor, "records:types")}
    )


@require_GET
def kind_list(request: Request, kind: str) -> HttpResponseBase:
    """The records of a kind that the reader may see, in the look they chose."""
    found = kind_or_404(request, kind)
    within = within_of(request)
    table = RecordTable(found, request.actor, within=within)
    if request.GET.get("export"):
        return export_response(request, table, request.GET["export"], keep=KEPT)
    look = look_of(request)
    query = parse_query(request.GET, table.columns(request.actor), KEPT)
    context = frame(request, found, query, within)
    if look == "board":
        return boards.board(request, table, query, context)
    if look == "calendar":
        return calendars.calendar(request, table, query, context)
    context["actions"] = bulk_actions(found, formats.language())
    context["has_charts"] = bool(found.type.views.charts)
    return table_response(
        request, table, "records/list.html", context, keep=KEPT, empty=_first_step(context)
    )


def bulk_actions(kind: Kind, language: str) -> list[tuple[str, str]]:
    """What can be done to several at once; who may do it is asked record by record."""
    return [
        (action.name, action.label.get(language))
        for action in kind.cycle.actions
        if not action.verdict and any(who.words != frozenset({"clock"}) for who in action.by)
    ]


def _first_step(context: dict[str, Any]) -> str:
    if context["may_create"]:
        return _("Begin with a new one, or import a workbook.")
    return _("What concerns you appears here.")


@require_GET
def charts(request: Request, kind: str) -> HttpResponse:
    """The charts the declaration asks for, over the rows the question finds."""
    found = kind_or_404(request, kind)
    table = RecordTable(found, request.actor, within=within_of(request))
    query = parse_query(request.GET, table.columns(request.actor), KEPT)
    drawn = charting.charts(found, table.matching(query), request.actor)
    return render(request, "records/_charts.html", {"charts": drawn})


@require_POST
def save_filter(request: Request, kind: str) -> HttpResponse:
    """Keep the question of a list by a name; the same name again replaces it.

    :raises AttainError: the question is not allowed, RECORD_FILTER_NAME, RECORD_FILTERS_MANY.
    """
    found = kind_or_404(request, kind)
    name = " ".join(request.POST.get("name", "").split())
    if not name or len(name) > NAME_MAX:
        raise AttainError(problem(errors.RECORD_FILTER_NAME, limit=NAME_MAX))
    table = RecordTable(found, request.actor)
    given = QueryDict(request.POST.get("question", "").removeprefix("?"))
    query = parse_query(given, table.columns(request.actor), KEPT)
    address = query.address(page=1)
    if len(address) > ADDRESS_MAX:
        raise AttainError(
            problem(errors.RECORD_FILTER_LONG, length=len(address), limit=ADDRESS_MAX)
        )
    own = SavedFilter.objects.filter(user=request.user, type=row_named(kind))
    if own.exclude(name=name).count() >= FILTERS_MAX:
        raise AttainError(problem(errors.RECORD_FILTERS_MANY, limit=FILTERS_MAX))
    shared = request.POST.get("shared") == "true" and request.actor.has(*SHARERS)
    own.update_or_create(
        name=name,
        defaults={"query": address, "shared": shared},
        create_defaults={
            "user": request.user,
            "type": row_named(kind),
            "query": address,
            "shared": shared,
        },
    )
    messages.success(request, _("Filter “%(name)s” is kept.") % {"name": name})
    return redirect(reverse("records:list", args=[kind]) + address)


@require_POST
def delete_filter(request: Request, kind: str, pk: int) -> HttpResponse:
    """Forget one of one's own filters."""
    kind_or_404(request, kind)
    gone, _each = SavedFilter.objects.filter(pk=pk, type__name=kind, user=request.user).delete()
    if not gone:
        raise Http404
    return redirect("records:list", kind)
