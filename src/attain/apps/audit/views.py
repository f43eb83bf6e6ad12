"""The trail, for those who look after it."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from attain.apps.audit import selectors, tables, words
from attain.apps.audit.models import AuditEntry
from attain.ui.tables import table_response


class Asked(HttpRequest):
    """A request with whoever asks; actors are known one floor up."""

    actor: selectors.Reader


def list_entries(request: Asked) -> HttpResponseBase:
    """Everything that was done, the newest first; to filter, search and export."""
    context = {"thing": _thing_of(request)}
    return table_response(request, tables.entries(), "audit/list.html", context)


def _thing_of(request: HttpRequest) -> str:
    """What the list is about, where it is about one thing: its kind and name."""
    kind, key = request.GET.get("object_type.eq", ""), request.GET.get("object_id.eq", "")
    if not kind or not key:
        return ""
    named = AuditEntry.objects.filter(object_type=kind, object_id=key).order_by("-pk")
    label = named.values_list("object_label", flat=True).first() or key
    return f"{words.thing(kind, tables.language())} · {label}"


def show_entry(request: Asked, entry: int) -> HttpResponse:
    """One entry with what stood there before and after."""
    reader = request.actor
    found = get_object_or_404(selectors.entries(reader), pk=entry)
    shows = selectors.shows_contents(reader, found)
    context = {
        "entry": found,
        "action": tables.action_in_words(found),
        "thing": words.thing(found.object_type, tables.language()),
        "via": dict(tables.VIA).get(found.via, found.via),
        "giver": _name_of(found.on_behalf_of),
        "seal": getattr(found, "seal", None),
        "shows": shows,
        "differences": selectors.differences(found, tables.language()) if shows else [],
    }
    return render(request, "audit/entry.html", context)


def _name_of(user: int | None) -> str:
    found = get_user_model().objects.filter(pk=user).first() if user else None
    return str(found or "")
