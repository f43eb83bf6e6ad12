"""The trail, for those who look after it."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from attain.apps.audit import selectors, tables
from attain.ui.tables import table_response


class Asked(HttpRequest):
    """A request with whoever asks; actors are known one floor up."""

    actor: selectors.Reader


def list_entries(request: Asked) -> HttpResponseBase:
    """Everything that was done, the newest first; to filter, search and export."""
    return table_response(request, tables.ENTRIES, "audit/list.html")


def show_entry(request: Asked, entry: int) -> HttpResponse:
    """One entry with what stood there before and after."""
    reader = request.actor
    found = get_object_or_404(selectors.entries(reader), pk=entry)
    shows = selectors.shows_contents(reader, found)
    context = {
        "entry": found,
        "action": tables.action_in_words(found),
        "via": dict(tables.VIA).get(found.via, found.via),
        "giver": _name_of(found.on_behalf_of),
        "seal": getattr(found, "seal", None),
        "shows": shows,
        "differences": selectors.differences(found) if shows else [],
    }
    return render(request, "audit/entry.html", context)


def _name_of(user: int | None) -> str:
    found = get_user_model().objects.filter(pk=user).first() if user else None
    return str(found or "")
