"""Every request has a number, which its log lines, its audit entries and its error page carry."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http.response import HttpResponseBase

from attain.apps.accounts.requests import Request

_log = structlog.get_logger("attain.requests")


class RequestMiddleware:
    """Outermost: numbers a request, and logs how it was answered and how long that took."""

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        # Never taken from outside: two lines of the log must not be made to look like one.
        request.request_id = uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        started = time.perf_counter_ns()
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        actor = getattr(request, "actor", None)
        _log.info(
            "answered",
            method=request.method,
            path=request.path[:200],
            status=response.status_code,
            microseconds=(time.perf_counter_ns() - started) // 1000,
            user=actor.user_id if actor else None,
        )
        return response
