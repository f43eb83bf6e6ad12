"""A record as a page or beside its list, and the steps that are taken there."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from attain.apps.accounts.requests import Request
from attain.apps.flow import selectors as flow
from attain.apps.flow.selectors import Possible
from attain.apps.records import selectors, services
from attain.apps.records.deeds import Deed, deed
from attain.apps.records.forms import said
from attain.apps.records.kinds import name_of
from attain.apps.records.models import Record
from attain.apps.records.page import RecordPage
from attain.apps.records.showing import address
from attain.core.errors import AttainError, kind_of
from attain.kinds.errors import REASON_MISSING

DRAWER = "drawer-body"


@require_GET
def record(request: Request, kind: str, number: str) -> HttpResponse:
    """A record: a page, or the drawer where one is asked for."""
    found = selectors.get(request.actor, kind, number)
    return answer(request, RecordPage(found, request.actor, "past" in request.GET))


def answer(
    request: Request, page: RecordPage, status: int = 200, changed: bool = False
) -> HttpResponse:
    """The page or the drawer of a record, as the request asks for it."""
    in_drawer = is_in_drawer(request)
    template = "records/drawer.html" if in_drawer else "records/record.html"
    context = {"page": page, "in_drawer": in_drawer}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    if changed and in_drawer:
        response["HX-Trigger"] = json.dumps({"recordChanged": page.number})
    return response


def is_in_drawer(request: Request) -> bool:
    """Whether a fragment for the drawer is asked for."""
    return request.headers.get("HX-Target") == DRAWER


def done(request: Request, found: Record, words: str) -> HttpResponseBase:
    """After something was done: the drawer again, or back to the page."""
    if is_in_drawer(request):
        response = answer(request, RecordPage(found, request.actor), changed=True)
        response["HX-Trigger"] = json.dumps(
            {"recordChanged": found.number, "toast": {"text": words}}
        )
        return response
    messages.success(request, words)
    return redirect(address(found))


@require_http_methods(["GET", "POST"])
def act(request: Request, kind: str, number: str, action: str) -> HttpResponseBase:
    """An action: its dialog as a page of its own, and the step itself."""
    found = selectors.get(request.actor, kind, number)
    made = _deed(request, found, action)
    if request.method == "GET":
        return _dialog(request, found, made)
    if made is None:
        return _take(request, found, None, action)
    made.reason_text = request.POST.get("reason", "")
    made.form.read(request.POST, request.FILES)
    made.is_open = True
    if made.form.has_errors:
        return answer(request, _opened(request, found, made), 422)
    return _take(request, found, made, action)


def _deed(request: Request, found: Record, action: str) -> Deed | None:
    """The action with its dialog; None where it is not one of the state at hand."""
    possible = _possible(request, found, action)
    return deed(found, request.actor, possible) if possible else None


def _possible(request: Request, found: Record, action: str) -> Possible | None:
    return next((one for one in flow.actions(found, request.actor) if one.action == action), None)


def _dialog(request: Request, found: Record, made: Deed | None) -> HttpResponseBase:
    if made is None:
        return redirect(address(found))
    page = RecordPage(found, request.actor)
    if is_in_drawer(request):
        made.is_open = made.allowed
        page.opened = made
        return answer(request, page)
    context = {"page": page, "deed": made, "trail": page.trail}
    return render(request, "records/act.html", context)


def _take(request: Request, found: Record, made: Deed | None, action: str) -> HttpResponseBase:
    """
    :raises AttainError: what is refused to somebody who was never offered the action.
    """
    version = request.POST.get("version", "")
    try:
        taken = services.take(
            found,
            action,
            actor=request.actor,
            at=request.actor.at,
            version=int(version) if version.isdigit() else None,
            reason=request.POST.get("reason", ""),
            values=made.form.values if made else None,
        )
    except AttainError as error:
        if made is None or kind_of(error.code).http == 403:
            raise
        return _refused(request, found, made, error)
    words = f"{made.label if made else ''} {number_of(taken)}".strip()
    return done(request, taken, words)


def number_of(found: Record) -> str:
    """The number and title of a record in one line."""
    return f"{found.number} {found.title}" if found.title != found.number else found.number


def _refused(request: Request, found: Record, made: Deed, error: AttainError) -> HttpResponseBase:
    """The record as it is now, with the dialog open and everything that was written in it."""
    fresh = selectors.get(request.actor, name_of(found), found.number)
    again = _deed(request, fresh, made.action) or made
    again.form, again.reason_text, again.is_open = made.form, made.reason_text, True
    again.problems = [said(one) for one in error.problems if one.code != REASON_MISSING]
    for one in error.problems:
        if one.code == REASON_MISSING:
            again.reason_error = said(one)
    status = 422 if kind_of(error.code).http in (400, 422) else kind_of(error.code).http
    return answer(request, _opened(request, fresh, again), status)


def _opened(request: Request, found: Record, made: Deed) -> RecordPage:
    return RecordPage(found, request.actor, opened=made)


@require_GET
def of_key(request: Request, key: str) -> HttpResponseBase:
    """The record of a key, which rows of datasets name."""
    found = get_object_or_404(Record.objects.select_related("type"), key=key)
    mine = selectors.get(request.actor, found.type.name, found.number)
    return redirect(address(mine))


@require_GET
def counted(request: Request, kind: str, number: str) -> HttpResponse:
    """Why a record counts: every counter of the people it concerns, each with its source."""
    found = selectors.get(request.actor, kind, number)
    page = RecordPage(found, request.actor)
    if not page.counted:
        raise Http404
    is_panel = request.headers.get("HX-Target") == "why-body"
    template = "records/_counted_why.html" if is_panel else "records/counted.html"
    context: dict[str, Any] = {"page": page}
    return render(request, template, context)
