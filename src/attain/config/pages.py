"""Answers to what went wrong: the same calm page for every status, in both languages."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from attain.apps.accounts import errors
from attain.apps.accounts.refusals import answer, language_of_reader
from attain.core.errors import AttainError, Problem, problem, render

_log = logging.getLogger("attain.faults")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where a form or text was too large."""
    too_large = isinstance(exception, RequestDataTooBig)
    code = errors.BODY_TOO_LARGE if too_large else errors.REQUEST_MALFORMED
    if isinstance(exception, SuspiciousOperation) and not hasattr(request, "actor"):
        # A forged host name: nothing of the page may be built on it.
        return plain(request, code, 400)
    return answer(request, AttainError(problem(code)))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return answer(request, AttainError(problem(errors.NOT_ALLOWED)))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of ours, or cookies are off."""
    return answer(request, AttainError(problem(errors.CSRF_FAILED)))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same whether it is not there or not theirs."""
    return answer(request, AttainError(problem(errors.NOT_FOUND)))


def fault(request: HttpRequest) -> HttpResponse:
    """500: a number that finds the log line, and nothing else."""
    return plain(request, errors.SERVER_FAULT, 500, error_id=getattr(request, "request_id", "-"))


def plain(request: HttpRequest, code: str, status: int, **values: str) -> HttpResponse:
    """A page that asks neither the database nor the session, because those may be the fault."""
    said = Problem(code, values)
    if request.path.startswith("/api/"):
        response = answer(request, AttainError(said))
        response.status_code = status
        return response
    shown = render(said, language_of_reader())
    return HttpResponse(render_to_string("errors/plain.html", {"problem": shown}), status=status)
