"""Why is it this number: a panel beside any page, and a page of its own."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.runs import errors
from attain.apps.runs.asking import must_be_readable
from attain.apps.runs.facing import concerns
from attain.apps.runs.models import Run
from attain.apps.runs.reading import cells_of, explain_cell, opened
from attain.apps.runs.why import DEPTH, panel
from attain.core.errors import AttainError
from attain.engine.provenance import Cell
from attain.ui import formats


@require_GET
def why(request: Request, run: int) -> HttpResponse:
    """One number, by `component`, `subject` and `period`, or by the cell of a deeper level.

    `?rows=all` shows every row behind it. A number that is not there and one that is not for
    the reader are answered alike.
    """
    found = Run.objects.filter(pk=run, state=Run.DONE).first()
    if found is None:
        raise Http404
    try:
        cell = _asked(request, found)
        told = explain_cell(found, cell, request.actor, formats.language(), DEPTH)
    except AttainError as refusal:
        if refusal.code == errors.NUMBER_UNKNOWN:
            raise Http404 from refusal
        raise
    is_all = request.GET.get("rows") == "all"
    query = request.GET.copy()
    query["rows"] = "all"
    context = {
        "panel": panel(told, every_row=is_all),
        "run": found,
        "all_rows": f"{request.path}?{query.urlencode()}",
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "runs/_why.html" if is_fragment else "runs/why.html"
    answer = render(request, template, context)
    answer["Cache-Control"] = "no-store"
    answer["Vary"] = "HX-Request"
    return answer


def _asked(request: Request, run: Run) -> Cell:
    """
    :raises AttainError: NUMBER_UNKNOWN.
    :raises Http404: a question that names no number.
    """
    asked = request.GET
    if asked.get("relation"):
        cell = _cell(run, asked["relation"], asked.get("key", ""), asked.get("column", ""))
        if not concerns(request.actor, opened(run), cell):
            raise Http404
        return cell
    subject = asked.get("subject", "")
    must_be_readable(run, request.actor, subject)
    return cells_of(run, asked.get("component", ""), subject, asked.get("period", ""))[0]


def _cell(run: Run, relation: str, key: str, column: str) -> Cell:
    """
    :raises Http404: the run has no such cell.
    """
    try:
        parts = [str(part) for part in json.loads(key)]
    except (ValueError, TypeError) as error:
        raise Http404 from error
    one = opened(run)
    known = one.plan.relations.get(relation)
    if known is None or column not in known.columns:
        raise Http404
    with one.lock:
        for row in one.evidence.near_key(known, parts):
            if [str(part) for part in row.key] == parts:
                return Cell(relation, row.key, column)
    raise Http404
