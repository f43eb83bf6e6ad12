"""The pages of notices: what I was told, and of which kinds I want mails."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attain.apps.accounts.requests import Request
from attain.apps.notices import kinds, selectors, services

PER_PAGE = 30


@require_safe
def list_notices(request: Request) -> HttpResponse:
    """What the reader was told; `?unread=1` shows what they have not read yet."""
    only_unread = request.GET.get("unread") == "1"
    found = selectors.own(request.actor)
    if only_unread:
        found = found.filter(read_at=None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    language = get_language() or ""
    return render(
        request,
        "notices/list.html",
        {
            "said": [selectors.say(notice, language) for notice in page],
            "page": page,
            "only_unread": only_unread,
            "unread": selectors.unread_count(request.actor),
        },
    )


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    notice = selectors.own(request.actor).filter(pk=pk).first()
    if notice is None:
        raise Http404
    services.mark_read(actor=request.actor, at=request.actor.at, notice=pk)
    # Only into the product itself, whatever an app wrote there.
    is_ours = notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, None)
    return redirect(notice.url) if is_ours else redirect("notices:list")


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    services.mark_read(actor=request.actor, at=request.actor.at)
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """Choose of which kinds to get mails."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        for kind in kinds.every():
            services.choose_mail(actor=request.actor, kind=kind.name, by_mail=kind.name in wanted)
        messages.success(request, _("Your choice is kept."))
        return redirect("notices:preferences")
    choices = selectors.choices(request.actor, get_language() or "")
    context = {"choices": choices, "address": request.user.email}
    return render(request, "notices/preferences.html", context)
