"""Headers of every answer, and limits of every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from attain.apps.accounts import errors
from attain.apps.accounts.refusals import answer
from attain.core.errors import AttainError, problem

ADDRESS_LENGTH_MAX: Final = 8000
PERMISSIONS_POLICY: Final = ", ".join(
    f"{name}=()"
    for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class LimitsMiddleware:
    """Refuses what no page of ours sends, before anything is read; sets the further headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = _refusal(request)
        if code:
            response: HttpResponseBase = answer(request, AttainError(problem(code)))
        else:
            response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        # Pages show people's pay: nothing is kept by a browser or on the way. Static files are
        # answered before they come here.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


def _refusal(request: HttpRequest) -> str | None:
    # Databases keep no NUL; no browser sends one.
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return errors.REQUEST_MALFORMED
    if len(request.get_full_path()) > ADDRESS_LENGTH_MAX:
        return errors.REQUEST_MALFORMED
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        return errors.REQUEST_MALFORMED
    return errors.BODY_TOO_LARGE if int(length) > settings.BODY_BYTES_MAX else None
