"""Sessions end after half an hour without a request, and after twelve hours in any case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

SEEN_EVERY: Final = 60
"""Seconds between two notes of a session in use: reading pages is not a stream of writes."""


class SessionAgeMiddleware:
    """Logs out whoever has been away too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and _is_over(request.session, timezone.now()):
            logout(request)
        return self.get_response(request)


def _is_over(session: SessionBase, at: datetime) -> bool:
    now = int(at.timestamp())
    started, seen = session.get("started_at"), session.get("seen_at")
    if started is None or seen is None:
        session["started_at"] = session["seen_at"] = now
        return False
    if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
        return True
    if now - seen >= SEEN_EVERY:
        session["seen_at"] = now
    return False
