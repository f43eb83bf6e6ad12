"""Who asks, and whether the permission table lets them: asked anew at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone

from attain.apps.accounts import errors
from attain.apps.accounts.actors import Via, actor_of, anonymous
from attain.apps.accounts.models import User
from attain.apps.accounts.permissions import Row, row_for, table
from attain.apps.accounts.refusals import answer
from attain.apps.accounts.requests import Request
from attain.apps.accounts.tokens import open_token
from attain.core.errors import AttainError, problem

Answer = Callable[[Request], HttpResponseBase]


class ActorMiddleware:
    """Sets `request.actor`. Read from the database each time: rights end at the next request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        at = timezone.now()
        request_id = getattr(request, "request_id", "") or uuid4().hex
        user: User | AnonymousUser | None = request.user
        via: Via = "session"
        reads_only = False
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and request.path.startswith("/api/"):
            # A token stands for itself: a session beside it adds nothing.
            token, via = open_token(text.strip(), at), "token"
            user, reads_only = (token.user, not token.may_write) if token else (None, True)
        if isinstance(user, User) and user.is_active:
            request.actor = actor_of(
                user, at, via=via, request_id=request_id, reads_only=reads_only
            )
        else:
            request.actor = anonymous(at, request_id=request_id)
        return self.get_response(request)


class PermissionMiddleware:
    """Opens an address only to whom its row in the permission table lets in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        row = row_for(name, request.method or "GET")
        if row is None:
            return self._unlisted(request, name)
        if row.admits(request.actor):
            if row.writes and request.actor.reads_only:
                return answer(request, AttainError(problem(errors.TOKEN_READS_ONLY)))
            return None
        return self._refuse(request, row)

    def _unlisted(self, request: Request, name: str) -> HttpResponseBase:
        methods = table().get(name)
        if methods:
            return HttpResponseNotAllowed(sorted(methods))
        if settings.DEBUG or settings.TESTING:
            raise ImproperlyConfigured(
                f"{name or request.path} has no row in the permission table, so nobody may call it"
            )
        raise Http404

    def _refuse(self, request: Request, row: Row) -> HttpResponseBase:
        if not request.actor.is_anonymous:
            if row.hidden:
                raise Http404
            return answer(request, AttainError(problem(errors.NOT_ALLOWED)))
        if request.path.startswith("/api/"):
            return answer(request, AttainError(problem(errors.SIGN_IN_NEEDED)))
        return to_login(request)


def to_login(request: Request) -> HttpResponse:
    """Send somebody to log in, and back afterwards to the page they wanted."""
    wanted = request.get_full_path()
    is_fragment = request.headers.get("HX-Request") == "true"
    if is_fragment:
        wanted = request.headers.get("HX-Current-URL", "/")
    address = f"{resolve_url(settings.LOGIN_URL)}?next={quote(wanted)}"
    if is_fragment:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponse(status=302, headers={"Location": address})
