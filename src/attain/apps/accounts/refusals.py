"""A refusal becomes an answer: a page, a fragment, or JSON, each with the kind's status."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language

from attain.apps.accounts import errors
from attain.core.errors import AttainError, Problem, kind_of, problem, render
from attain.core.labels import CHINESE, ENGLISH


class RefusalMiddleware:
    """Answers an AttainError that a view raised."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Django answers a wrong method with an empty page.
        if response.status_code == 405 and not getattr(response, "content", b"-"):
            return _not_allowed(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only what was refused on purpose; a fault of ours stays one."""
        if isinstance(error, AttainError):
            return answer(request, error)
        return None


def _not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    said = problem(errors.METHOD_NOT_ALLOWED, method=request.method or "", allowed=allowed)
    response = answer(request, AttainError(said))
    response["Allow"] = allowed
    return response


def answer(request: HttpRequest, error: AttainError) -> HttpResponse:
    """A refusal in the form that was asked for."""
    status = kind_of(error.code).http
    if request.path.startswith("/api/"):
        return JsonResponse(
            as_json(error), status=status, json_dumps_params={"ensure_ascii": False}
        )
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "errors/fragment.html" if is_fragment else "errors/refusal.html"
    said = [render(one, language_of_reader()) for one in error.problems]
    context = {"problems": said, "status": status, "code": error.code}
    return HttpResponse(render_to_string(template, context, request), status=status)


def language_of_reader() -> str:
    """The language the page is in, as sentences of errors call it."""
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def as_json(error: AttainError) -> dict[str, object]:
    """The first problem on top, all of them below."""
    said = [_problem(one) for one in error.problems]
    return {**said[0], "problems": said}


def _problem(one: Problem) -> dict[str, object]:
    chinese, english = render(one, "zh-Hans"), render(one, "en")
    data = one.as_data()
    return {
        "code": one.code,
        "message": {"zh": chinese.message, "en": english.message},
        "remedy": {"zh": chinese.remedy, "en": english.remedy},
        "where": data.get("where", {}),
        "values": data["values"],
    }
