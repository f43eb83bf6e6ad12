"""Load an import, approve it, take it back, give it up; and what became of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST

from attain import lake
from attain.apps.accounts.requests import Request
from attain.apps.data import lifecycle, services
from attain.apps.data.batches import checked_of
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.datasets import coverage_words
from attain.apps.data.pages.undoing import undo_page
from attain.apps.data.pages.words import name_of, told, told_data
from attain.apps.data.selectors import may_work, schemas
from attain.apps.data.views.common import batch_or_404, seen_version
from attain.apps.flow.selectors import actions, history
from attain.apps.flow.services import take
from attain.core.errors import AttainError


@require_POST
def load(request: Request, pk: int) -> HttpResponse:
    """Load the rows, or hand them over for approval."""
    batch = batch_or_404(pk, request.actor)
    services.ask_to_load(
        batch,
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
        good_rows_only=bool(request.POST.get("good_rows_only")),
        reason=request.POST.get("reason", ""),
    )
    return redirect("data:batch", pk)


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve what somebody else imports."""
    services.ask_to_approve(
        batch_or_404(pk, request.actor),
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
    )
    return redirect("data:batch", pk)


@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """Return an import to whoever brought it, with the reason."""
    take(
        batch_or_404(pk, request.actor),
        "return",
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
        reason=request.POST.get("reason", "").strip(),
    )
    return redirect("data:batch", pk)


@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Give an import up."""
    services.abandon(
        batch_or_404(pk, request.actor),
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
    )
    return redirect("data:batches")


@require_http_methods(["GET", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    """What taking an import back would do; and doing it."""
    batch = batch_or_404(pk, request.actor)
    if request.method == "POST":
        services.undo_import(
            batch.dataset,
            actor=request.actor,
            at=request.actor.at,
            version=batch.committed_version or "-",
        )
        return redirect("data:batch", pk)
    context = {"batch": batch, "name": _name(batch), "problems": [], "page": None}
    try:
        context["page"] = undo_page(batch)
    except AttainError as error:
        context["problems"] = [told(one) for one in error.problems]
    return render(request, "data/undo.html", context)


def ended_view(request: Request, batch: ImportBatch) -> HttpResponse:
    """What became of an import, and what can be done with it now."""
    version = None
    if batch.committed_version:
        version = DatabaseCatalog().version(batch.dataset, batch.committed_version)
    checked = checked_of(batch)
    context = {
        "batch": batch,
        "name": _name(batch),
        "state": lifecycle.CYCLE.state(batch.state),
        "version": version,
        "covers": coverage_words(version) if version else [],
        "problems": told_data(batch.problems),
        "history": history(batch),
        "possible": {one.action: one for one in actions(batch, request.actor)},
        "has_rejected": checked is not None and bool(checked.rows.rejected),
        "may_work": may_work(request.actor),
        "start_url": _start_url(batch),
        "is_latest": _is_latest(batch),
        "step": 4,
    }
    return render(request, "data/ended.html", context)


def _is_latest(batch: ImportBatch) -> bool:
    if batch.state != lifecycle.COMMITTED:
        return False
    latest = lake.latest_import(DatabaseCatalog().history(batch.dataset))
    return latest is not None and latest.hash == batch.committed_version


def _name(batch: ImportBatch) -> str:
    known = schemas()
    return name_of(known[batch.dataset]) if batch.dataset in known else batch.dataset


def _start_url(batch: ImportBatch) -> str:
    """Where a plan can be made of it, if there is such a page."""
    try:
        return f"{reverse('plans:start')}?dataset={batch.dataset}"
    except NoReverseMatch:
        return ""
