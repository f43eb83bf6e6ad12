"""Examples: run at a click, with what was expected and what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.plans import errors, examinations
from attain.apps.plans.booklet.writing import names_of
from attain.apps.plans.checking import Found, explain_expected
from attain.apps.plans.children import in_child
from attain.apps.plans.reading import read_text
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import plan_page, told, version_or_404
from attain.core.errors import AttainError, Problem
from attain.core.schemas import DatasetSchema
from attain.engine.plans.api import CheckedPlan

WHY_SECONDS = 20


@require_http_methods(["GET", "POST"])
def examples(request: Request, code: str, number: int) -> HttpResponse:
    """Every example of a version; POST runs them again."""
    version = version_or_404(request, code, number)
    refused: tuple[Problem, ...] = ()
    around = surroundings()
    if request.method == "POST":
        try:
            examinations.run(version.text, around, request.actor.at, anew=True)
            return redirect("plans:examples", code, number)
        except AttainError as error:
            refused = error.problems
    found = examinations.findings(version.text, around)
    read = read_text(version.text, around)
    written = read.plan.examples if isinstance(read, CheckedPlan) else ()
    names = _names(read, around.schemas)
    context = plan_page(
        request,
        version,
        "examples",
        findings=found,
        refused=refused,
        examples=[_example(one, found, names) for one in enumerate(written)],
    )
    return render(request, "plans/examples.html", context, status=422 if refused else 200)


def _names(read: Found, schemas: Mapping[str, DatasetSchema]) -> dict[str, str]:
    """What the names in examples are called."""
    if not isinstance(read, CheckedPlan):
        return {}
    return names_of(read.plan, schemas, language_of_reader())


def _example(
    numbered: tuple[int, Any], found: examinations.Findings | None, names: Mapping[str, str]
) -> dict[str, Any]:
    number, written = numbered
    results = found.results if found else None
    result = results[number] if results and number < len(results) else None
    language = language_of_reader()
    return {
        "number": number,
        "name": written.name,
        "period": written.period or ", ".join(str(run.period) for run in written.runs),
        "given": [(names.get(name, name), _rows(rows)) for name, rows in written.given.items()],
        "expect": list(_expected(written, names)),
        "state": "waiting" if result is None else "passed" if result["passed"] else "failed",
        "failures": [
            {
                **one,
                "column": names.get(one["column"], one["column"]),
                "explanation": one["explanation"].get(language, ()),
            }
            for one in (result["failures"] if result else ())
        ],
        "problems": told(Problem.from_data(one) for one in (result["problems"] if result else ())),
    }


def _expected(written: Any, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each expectation with its place, so that its number can be asked why."""
    runs = written.runs or (written,)
    for at, run in enumerate(runs):
        for column, rows in run.expect.items():
            for place, row in enumerate(rows):
                yield {
                    "run": at,
                    "period": str(getattr(run, "period", "") or ""),
                    "column": column,
                    "label": names.get(column, column),
                    "row": place,
                    "of": ", ".join(f"{key}: {value}" for key, value in row.items() if key != "is"),
                    "is": row.get("is", ""),
                    "can_explain": "is" in row,
                }


def _rows(rows: Any) -> dict[str, Any]:
    heads = list(dict.fromkeys(key for row in rows for key in row))
    return {"heads": heads, "rows": [[row.get(head) or "" for head in heads] for row in rows]}


@require_GET
def why(request: Request, code: str, number: int) -> HttpResponse:
    """Why a number of an example is what the rules make it."""
    version = version_or_404(request, code, number)
    try:
        place = {name: int(request.GET[name]) for name in ("example", "run", "row")}
        column = request.GET["column"]
    except (KeyError, ValueError):
        raise Http404 from None
    told_why = in_child(
        explain_expected,
        version.text,
        surroundings(),
        place,
        column,
        language_of_reader(),
        seconds=WHY_SECONDS,
        too_slow=errors.EXAMPLES_TOO_SLOW,
    )
    if told_why is None:
        raise Http404
    context = {"why": told_why, "line": _("Example %(name)s") % {"name": told_why["example"]}}
    is_panel = request.headers.get("HX-Request") == "true"
    if not is_panel:
        context |= plan_page(request, version, "examples")
    return render(request, "plans/_why.html" if is_panel else "plans/why.html", context)
