"""A refusal becomes an answer: a page, a fragment, or JSON, each with the kind's status."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language

from attain.core.errors import AttainError, Problem, kind_of, render


class RefusalMiddleware:
    """Answers an AttainError that a view raised."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only what was refused on purpose; a fault of ours stays one."""
        if isinstance(error, AttainError):
            return answer(request, error)
        return None


def answer(request: HttpRequest, error: AttainError) -> HttpResponse:
    """A refusal in the form that was asked for."""
    status = kind_of(error.code).http
    if request.path.startswith("/api/"):
        return JsonResponse(
            as_json(error), status=status, json_dumps_params={"ensure_ascii": False}
        )
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "errors/fragment.html" if is_fragment else "errors/refusal.html"
    language = "en" if (get_language() or "").startswith("en") else "zh-Hans"
    context = {"problems": [render(one, language) for one in error.problems], "status": status}
    return HttpResponse(render_to_string(template, context, request), status=status)


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
