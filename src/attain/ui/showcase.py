"""The gallery: every component in every state."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    return render(request, "ui/gallery.html", {})


@require_safe
def gallery_part(request: HttpRequest, part: str) -> HttpResponse:
    """What the components of the gallery load."""
    raise Http404
