"""The text of a plan: the editor, the check as somebody types, saving, new versions."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attain.apps.accounts.requests import Request
from attain.apps.plans import examinations, services
from attain.apps.plans.checking import Surroundings
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import plan_or_404, plan_page, told, version_or_404
from attain.apps.plans.views.listing import text_given
from attain.core.errors import AttainError, Problem
from attain.engine.plans.models.plan import PlanModel

_AFTER_FROM: Final = ("from", "receipts", "fact")


@require_http_methods(["GET", "POST"])
def text(request: Request, code: str, number: int) -> HttpResponse:
    """Read the text, or save it; what was typed is never lost to a refusal."""
    version = version_or_404(request, code, number)
    if request.method == "POST":
        return _save(request, version)
    return _page(request, version, version.text, ())


def _save(request: Request, version: PlanVersion) -> HttpResponse:
    written = text_given(request)
    try:
        saved = services.save_text(
            version=version,
            text=written,
            expected=str(request.POST.get("expected", "")),
            actor=request.actor,
            at=request.actor.at,
        )
    except AttainError as error:
        version.refresh_from_db()
        return _page(request, version, written, error.problems, status=409)
    _examine(saved, request)
    messages.success(request, _("Saved. The examples were run again."))
    return redirect("plans:text", version.plan.code, version.number)


def _examine(version: PlanVersion, request: Request) -> None:
    """Check and try what was saved; a text that takes too long says so when it is submitted."""
    try:
        examinations.run(version.text, surroundings(), request.actor.at)
    except AttainError as error:
        messages.warning(request, " ".join(str(one["message"]) for one in told(error.problems)))


def _page(
    request: Request,
    version: PlanVersion,
    written: str,
    refused: tuple[Problem, ...],
    status: int = 200,
) -> HttpResponse:
    around = surroundings()
    found = examinations.findings(written, around)
    marks = told(found.problems) if found else []
    context = plan_page(
        request,
        version,
        "text",
        text=written,
        problems=marks,
        refused=refused,
        findings=found,
        theirs=version.text if refused and written != version.text else None,
        completions=completions(around),
    )
    return render(request, "plans/text.html", context, status=status)


@require_POST
def check(request: Request, code: str, number: int) -> HttpResponse:
    """What is wrong with a text that is being typed, each fault at its line."""
    version_or_404(request, code, number)
    return JsonResponse({"problems": checked(str(request.POST.get("text", "")))})


@require_POST
def check_new(request: Request) -> HttpResponse:
    """The same for a plan that does not exist yet."""
    return JsonResponse({"problems": checked(str(request.POST.get("text", "")))})


def checked(written: str) -> list[dict[str, Any]]:
    """The problems of a text in words; one that takes too long to check has that problem."""
    try:
        found = examinations.check(written.replace("\r\n", "\n"), surroundings())
    except AttainError as error:
        return told(error.problems)
    return told(found.problems)


@require_POST
def draft(request: Request, code: str) -> HttpResponse:
    """A new version: of the newest text, of an older version, or of an uploaded file."""
    plan = plan_or_404(request, code)
    given: str | None = None
    if "file" in request.FILES:
        given = text_given(request)
    elif request.POST.get("number", "").isdigit():
        given = version_or_404(request, code, int(request.POST["number"])).text
    version = services.create_draft(plan=plan, text=given, actor=request.actor, at=request.actor.at)
    _examine(version, request)
    return redirect("plans:text", code, version.number)


def completions(around: Surroundings) -> dict[str, list[Any]]:
    """Words that may stand in a plan: its keys, and the names of the company's data."""
    datasets = [
        {"label": name, "detail": schema.labels.get()} for name, schema in around.schemas.items()
    ]
    columns = {
        column.name: {"label": column.name, "detail": f"{schema.labels.get()} · {column.type}"}
        for schema in around.schemas.values()
        for column in schema
    }
    keys = [{"label": key, "type": "keyword"} for key in _keys()]
    expressions = [*columns.values()]
    return {
        "": [*keys, *datasets, *expressions],
        **dict.fromkeys(_AFTER_FROM, datasets),
        **dict.fromkeys(("is", "sum", "where", "base", "gate", "score"), expressions),
        "period": ["month", "quarter", "year"],
        "unit": ["money", "ratio", "count", "points", "days", "text", "date", "boolean"],
    }


@cache
def _keys() -> list[str]:
    """Every key of the plan language, from the models that are its only source."""
    schema = PlanModel.model_json_schema(by_alias=True)
    parts = [schema, *schema.get("$defs", {}).values()]
    found = {key for part in parts for key in part.get("properties", {})}
    return sorted(found)
