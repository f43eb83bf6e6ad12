"""Requests that another site lets a browser send: refused before anything is written."""

from __future__ import annotations

from ninja.utils import check_csrf

from attain.apps.accounts import errors
from attain.apps.accounts.requests import Request
from attain.core.errors import AttainError, problem


def refuse_forged(request: Request) -> None:
    """Refuse a request that a session stands behind, and no token of a page of ours.

    :raises AttainError: CSRF_FAILED.
    """
    actor = request.actor
    if actor.via == "session" and not actor.is_anonymous and check_csrf(request) is not None:
        raise AttainError(problem(errors.CSRF_FAILED))
