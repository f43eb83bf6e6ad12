"""The page of what waits for the reader."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.flow.selectors import Waiting, todos

SOON = timedelta(days=7)


@require_GET
def list_todos(request: Request) -> HttpResponse:
    """Everything that waits: overdue, due within a week, and the rest."""
    found = todos(request.actor)
    week = request.actor.today + SOON
    overdue = [each for each in found if each.is_overdue]
    soon = [each for each in found if each not in overdue and each.due_on and each.due_on <= week]
    later = [each for each in found if each not in overdue and each not in soon]
    context = {
        "overdue": _shown(overdue),
        "soon": _shown(soon),
        "later": _shown(later),
        "count": len(found),
    }
    return render(request, "flow/todos.html", context)


def _shown(found: list[Waiting]) -> list[tuple[Waiting, str, str]]:
    """Each with its action and kind in the reader's language."""
    language = get_language() or ""
    return [(each, each.label.get(language), each.kind_label.get(language)) for each in found]
