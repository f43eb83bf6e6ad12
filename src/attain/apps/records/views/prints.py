"""A record on paper: A4, black on white, without anything confidential."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.records import selectors
from attain.apps.records.page import RecordPage
from attain.apps.records.past import steps_taken


@require_GET
def printed(request: Request, kind: str, number: str) -> HttpResponse:
    """The sheet of a record, to be printed or kept as PDF by the browser."""
    found = selectors.get(request.actor, kind, number)
    page = RecordPage(found, request.actor)
    context = {
        "page": page,
        "taken": steps_taken(found, request.actor),
        "at": request.actor.at,
        "reader": request.actor.name,
    }
    return render(request, "records/print.html", context)
