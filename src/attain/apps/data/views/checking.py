"""Correct a checked file, say what it covers, and take the rejected rows away."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from attain import lake
from attain.apps.accounts.requests import Request
from attain.apps.data import errors, newcomers, services
from attain.apps.data.batches import checked_of, job_of
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.checking import check_page, dataset_title, good_rows
from attain.apps.data.pages.words import Told, language, told_data
from attain.apps.data.selectors import may_work
from attain.apps.data.services.starting import COMMIT_JOB
from attain.apps.data.services.storing import needs_approval
from attain.apps.data.views.common import batch_or_404, seen_version
from attain.apps.jobs.models import Job
from attain.core.errors import AttainError, problem
from attain.lake.current import ALIASES, PEOPLE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def check_view(request: Request, batch: ImportBatch) -> HttpResponse:
    """The rows that need somebody, the reconciliation, and the way in."""
    checked = _checked(batch)
    page = check_page(checked)
    show = request.GET.get("show", "problems" if checked.rows.rejected else "good")
    context = {
        "batch": batch,
        "page": page,
        "title": dataset_title(checked.schema),
        "show": show,
        "good": good_rows(checked) if show == "good" else [],
        "step": 3,
        "may_work": may_work(request.actor),
        "needs_approval": needs_approval(),
        "months": _months(checked),
        "has_date": checked.schema.date is not None,
        "corrections": len(batch.said.get("corrections", {})),
        "left_out": len(batch.said.get("left_out", ())),
        "failed": _failed_load(batch),
        "newcomers": newcomers.unknown(checked) if newcomers.may_join(request.actor) else [],
    }
    return render(request, "data/check.html", context)


def _failed_load(batch: ImportBatch) -> list[Told]:
    """Why the last attempt to load it came to nothing, such as other data that came meanwhile."""
    job = job_of(batch)
    has_failed = job is not None and (job.kind, job.state) == (COMMIT_JOB, Job.State.failed)
    return told_data(job.problems) if job is not None and has_failed else []


def _months(checked: lake.Checked) -> tuple[str, str]:
    """The first and the last month that are covered, for the fields that change them."""
    spans = [*checked.covers, *checked.spoiled]
    if not spans:
        return "", ""
    last = max(until for _, until in spans)
    before = date.fromordinal(last.toordinal() - 1)
    return f"{min(start for start, _ in spans):%Y-%m}", f"{before:%Y-%m}"


@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Put texts in place of cells, or leave rows out, and check again."""
    batch = batch_or_404(pk, request.actor)
    sent = request.POST
    if sent.get("reset"):
        return _again(request, batch, {"corrections": {}, "left_out": []})
    if sent.get("newcomers"):
        newcomers.let_join(_checked(batch), actor=request.actor, at=request.actor.at)
        services.freeze((PEOPLE, ALIASES), actor=request.actor, at=request.actor.at)
        return _again(request, batch, {})
    page = check_page(_checked(batch))
    corrections = dict(batch.said.get("corrections", {}))
    accepted = sent.get("accept", "")
    if accepted == "all":
        corrections |= page.suggestions
    elif accepted in page.suggestions:
        corrections[accepted] = page.suggestions[accepted]
    known = {fault.place for row in page.rejected for fault in row.faults if fault.place}
    for place in known:
        typed = sent.get(f"fix-{place}", "").strip()
        if typed:
            corrections[place] = typed[:1000]
    left_out = set(batch.said.get("left_out", ()))
    if sent.get("leave", "").isdecimal():
        left_out.add(int(sent["leave"]))
    return _again(request, batch, {"corrections": corrections, "left_out": sorted(left_out)})


@require_POST
def cover(request: Request, pk: int) -> HttpResponse:
    """Say for which months the file is complete, and check again.

    :raises AttainError: MONTHS_WRONG.
    """
    batch = batch_or_404(pk, request.actor)
    start, last = (_month(request.POST.get(name, "")) for name in ("from", "to"))
    if start is None or last is None or last < start:
        raise AttainError(problem(errors.MONTHS_WRONG))
    until = (last.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
    return _again(request, batch, {"covers": [[start.isoformat(), until.isoformat()]]})


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Import a file once more that was imported before."""
    return _again(request, batch_or_404(pk, request.actor), {"again": True})


def _again(request: Request, batch: ImportBatch, said: dict[str, Any]) -> HttpResponse:
    services.check_again(
        batch,
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
        said=said,
    )
    return redirect("data:batch", batch.pk)


@require_GET
def rejected(request: Request, pk: int) -> HttpResponse:
    """The rejected rows as a workbook to correct and import again."""
    batch = batch_or_404(pk, request.actor)
    checked = checked_of(batch)
    if checked is None or not checked.rows.rejected:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "rejected.xlsx"
        lake.write_rejected(checked, target, language())
        content = target.read_bytes()
    answer = HttpResponse(content, content_type=XLSX)
    stem = Path(batch.file_name).stem
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stem)}-rejected.xlsx"
    return answer


def _checked(batch: ImportBatch) -> lake.Checked:
    """
    :raises AttainError: IMPORT_NOT_WAITING once it was cleared away.
    """
    found = checked_of(batch)
    if found is None:
        raise AttainError(problem(errors.IMPORT_NOT_WAITING))
    return found
