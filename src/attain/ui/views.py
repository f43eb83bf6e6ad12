"""Search, and what readers choose for themselves."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from attain.ui import preferences
from attain.ui.context import THEME_COOKIE, THEMES
from attain.ui.search import find
from attain.ui.showcase import gallery, gallery_part

__all__ = ["columns", "gallery", "gallery_part", "language", "search", "theme"]

_YEAR = 365 * 24 * 3600
_MOST_COLUMNS = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the reader may find by a text: a page, or the palette's list."""
    text = request.GET.get("q", "")
    in_palette = request.headers.get("HX-Target") == "palette-hits"
    found = find(getattr(request, "actor", None), text, limit=6 if in_palette else 50)
    template = "ui/_hits.html" if in_palette else "ui/search.html"
    return render(request, template, {"found": found, "text": text})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read on in the other language, at the same place."""
    answer = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _remember(request, answer, settings.LANGUAGE_COOKIE_NAME, chosen)
    return answer


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the system; from a module without leaving the page."""
    answer = _back(request) if "next" in request.POST else HttpResponse(status=204)
    chosen = request.POST.get("theme", "")
    _remember(request, answer, THEME_COOKIE, chosen if chosen in THEMES else "")
    return answer


@require_POST
def columns(request: HttpRequest, table: str) -> HttpResponse:
    """Keep which columns of a list the reader wants to see; none chosen shows those of old.

    Names are only kept here: which of them exist for the reader is decided when it is shown.
    """
    chosen = [name[:64] for name in request.POST.getlist("column")][:_MOST_COLUMNS]
    preferences.write(request, f"columns:{table}", chosen or None)
    target = _safe_next(request)
    if request.headers.get("HX-Request") != "true":
        return redirect(target)
    where = {"path": target, "target": f"#table-{table}", "swap": "outerHTML"}
    return HttpResponse(status=204, headers={"HX-Location": json.dumps(where)})


def _remember(request: HttpRequest, answer: HttpResponse, name: str, value: str) -> None:
    if not value:
        answer.delete_cookie(name, samesite="Lax")
        return
    answer.set_cookie(
        name, value, max_age=_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_safe_next(request))


def _safe_next(request: HttpRequest) -> str:
    """Only addresses of our own: a form must not lead readers elsewhere."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/"
