"""Drop files, see how far their import is, and find earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.requests import Request
from attain.apps.data import lifecycle, services
from attain.apps.data.batches import job_of
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.mapping import open_datasets
from attain.apps.data.pages.words import Told, name_of, told
from attain.apps.data.selectors import may_work, schemas
from attain.apps.data.views import loading, mapping
from attain.apps.data.views.checking import check_view
from attain.apps.data.views.common import batch_or_404
from attain.apps.jobs.selectors import progress as progress_of
from attain.core.errors import AttainError
from attain.core.schemas import DatasetSchema
from attain.ui.tables import Column, OrmTable, table_response

MOST_FILES: Final = 40


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Drop one or several files."""
    refused: list[tuple[str, Told | None]] = []
    dataset = request.POST.get("dataset", request.GET.get("dataset", ""))
    if request.method == "POST":
        files = request.FILES.getlist("files")[:MOST_FILES]
        started: list[ImportBatch] = []
        for file in files:
            try:
                started += services.start_imports(
                    [file], actor=request.actor, at=request.actor.at, dataset=dataset
                )
            except AttainError as error:
                refused += [(file.name or "", told(one)) for one in error.problems]
        if started and not refused:
            only = len(started) == 1
            return redirect("data:batch", started[0].pk) if only else redirect("data:batches")
        if not files:
            refused = [("", None)]
    known = open_datasets()
    context = {
        "datasets": [("", _("Find out by name and columns"))]
        + [(name, name_of(one)) for name, one in known.items()],
        "dataset": dataset if dataset in known else "",
        "refused": refused,
        "has_datasets": bool(known),
    }
    return render(request, "data/upload.html", context, status=422 if refused else 200)


@require_GET
def batch(request: Request, pk: int) -> HttpResponseBase:
    """An import at the step it stands at."""
    found = batch_or_404(pk, request.actor)
    if found.state in (lifecycle.UPLOADED, lifecycle.MAPPED) or _is_loading(found):
        return _waiting(request, found)
    if found.state == lifecycle.READ:
        if may_work(request.actor):
            return mapping.columns_view(request, found)
        return loading.ended_view(request, found)
    if found.state == lifecycle.CHECKED:
        return check_view(request, found)
    return loading.ended_view(request, found)


def _is_loading(batch: ImportBatch) -> bool:
    job = job_of(batch)
    is_open = batch.state in (lifecycle.CHECKED, lifecycle.SUBMITTED)
    return is_open and job is not None and job.kind == "data.commit" and job.is_live


def _waiting(request: Request, batch: ImportBatch) -> HttpResponse:
    return render(request, "data/waiting.html", _waiting_context(request, batch))


def _waiting_context(request: Request, batch: ImportBatch) -> dict[str, object]:
    job = job_of(batch)
    shown = progress_of(job, request.actor) if job else None
    return {
        "batch": batch,
        "progress": shown,
        "problems": [told(one) for one in shown.problems] if shown else [],
        "is_live": bool(shown and shown.is_live),
    }


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far an import is; sends the page on when there is something to see."""
    found = batch_or_404(pk, request.actor)
    waits = found.state in (lifecycle.UPLOADED, lifecycle.MAPPED) or _is_loading(found)
    job = job_of(found)
    if waits and job is not None and job.is_live:
        return render(request, "data/_progress.html", _waiting_context(request, found))
    answer = HttpResponse()
    answer["HX-Redirect"] = HttpResponseRedirect(f"/data/imports/{pk}").url
    return answer


# --- the list ---

STATES: Final = tuple((one.name, one.label, one.tone.value) for one in lifecycle.CYCLE.states)


def _states() -> list[tuple[str, str, str]]:
    language = language_of_reader()
    return [(name, labels.get(language), tone) for name, labels, tone in STATES]


@require_GET
def batches(request: Request) -> HttpResponseBase:
    """All imports, the newest first."""
    known = schemas()

    def dataset(row: ImportBatch) -> str:
        return name_of(known[row.dataset]) if row.dataset in known else row.dataset

    table = OrmTable(
        name="imports",
        label=gettext_lazy("Imports"),
        all_columns=(
            Column("id", gettext_lazy("Batch"), "number", sortable=True),
            Column(
                "file_name",
                gettext_lazy("File"),
                "link",
                searchable=True,
                primary=True,
                url=lambda row: f"/data/imports/{row.pk}",
                subtitle=lambda row: row.sheet,
            ),
            Column("dataset", gettext_lazy("Dataset"), "choice", choices=_named(known)),
            Column("state", gettext_lazy("State"), "status", choices=_states()),
            _figure("rows", pgettext_lazy("count", "Rows")),
            _figure("accepted", gettext_lazy("Loaded")),
            _figure("rejected", gettext_lazy("Rejected")),
            Column("started_by__name", gettext_lazy("By"), "text", source="started_by__name"),
            Column("started_at", gettext_lazy("On"), "datetime"),
        ),
        queryset=lambda actor: ImportBatch.objects.select_related("started_by"),
        default_sort=("-started_at", "-id"),
    )
    return table_response(
        request, table, "data/batches.html", {"may_work": may_work(request.actor)}
    )


def _named(known: Mapping[str, DatasetSchema]) -> list[tuple[str, str]]:
    return [(name, name_of(one)) for name, one in known.items()]


def _figure(name: str, label: object) -> Column:
    def value(row: ImportBatch) -> int | None:
        found = row.figures.get(name)
        if name == "accepted" and row.state not in (lifecycle.COMMITTED, lifecycle.UNDONE):
            return None
        return found if isinstance(found, int) else None

    return Column(
        name, label, "number", value=value, sortable=False, filterable=False,
        missing=lambda row: "",
    )  # fmt: skip
