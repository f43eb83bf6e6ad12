"""Choosing what to look at: the month and the unit of the top bar."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from attain.apps.accounts.requests import Request
from attain.apps.people import focus
from attain.core.errors import AttainError
from attain.core.periods import Period, parse_period

YEARS = (1990, 2100)


@require_POST
def choose_month(request: Request) -> HttpResponse:
    """Look at a month from now on; "" follows the newest with results again."""
    text = request.POST.get("month", "")
    if text and _month(text) is None:
        raise Http404
    focus.choose(request, "month", text)
    target = request.POST.get("next", "/")
    if text:
        return redirect(_own(request, target.replace(focus.MONTH, text)))
    return redirect(_own(request, request.POST.get("newest", "") or target))


@require_POST
def choose_unit(request: Request) -> HttpResponse:
    """Look at a unit from now on; "" is everybody one sees. Which are offered, each page asks."""
    focus.choose(request, "unit", request.POST.get("unit", "")[:64])
    return redirect(_own(request, request.POST.get("next", "/")))


@require_GET
def months(request: Request) -> HttpResponse:
    """The months of a year, for the menu."""
    text = request.GET.get("year", str(request.actor.today.year))
    if not text.isascii() or not text.isdigit() or not YEARS[0] <= int(text) <= YEARS[1]:
        raise Http404
    shown = _month(request.GET.get("month", ""))
    context = {"year": focus.year_of(int(text)), "shown": shown.label if shown else ""}
    return render(request, "ui/_months.html", context)


def _month(text: str) -> Period | None:
    try:
        found = parse_period(text)
    except AttainError:
        return None
    return found if found.kind == "month" and found.label == text else None


def _own(request: Request, target: str) -> str:
    """Only addresses of our own: a form must not lead readers elsewhere."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    is_open = focus.MONTH in target
    return target if safe and target.startswith("/") and not is_open else "/"
