"""Datasets: what there is, its versions and rows, and what is doubtful."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.data import providers
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.lifecycle import OPEN, SUBMITTED
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.comparing import compare_versions
from attain.apps.data.pages.datasets import (
    DatasetRow,
    coverage_words,
    dataset_rows,
    month_strip,
    totals_words,
    version_lines,
)
from attain.apps.data.pages.quality import quality_reports
from attain.apps.data.pages.rows import StoredRows
from attain.apps.data.pages.templates import template_workbook
from attain.apps.data.pages.words import name_of
from attain.apps.data.selectors import is_open, may_read_personal, may_work, must_be_open, schemas
from attain.apps.data.views.checking import XLSX
from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.ui import formats
from attain.ui.tables import Column, RowsTable, table_response

_ORIGINS = (
    ("file", gettext_lazy("Files")),
    ("provider", gettext_lazy("Kept in this system")),
    ("none", gettext_lazy("No rows yet")),
)
_COLUMNS = (
    Column(
        "label",
        gettext_lazy("Dataset"),
        "link",
        url=lambda row: reverse("data:dataset", args=[row.name]),
        subtitle=lambda row: row.name,
        searchable=True,
        primary=True,
    ),
    Column(
        "rows",
        pgettext_lazy("count", "Rows"),
        "number",
        missing=lambda row: _("No rows yet"),
    ),
    Column(
        "covered_until",
        gettext_lazy("Complete until"),
        "date",
        missing=lambda row: _("Always") if row.is_always_covered else "",
    ),
    Column("changed_at", gettext_lazy("Last change"), "datetime", missing=lambda row: ""),
    Column("changed_by", gettext_lazy("By"), "text"),
    Column("origin", gettext_lazy("Where from"), "choice", choices=_ORIGINS),
)


@require_GET
def home(request: Request) -> HttpResponseBase:
    """Every dataset: until when it is complete, and who changed it last.

    What comes from files stands apart from what the product keeps itself: whoever imports looks
    for the few of the first kind among the many of the second.
    """
    kept = request.GET.get("kept") == "here"
    found = dataset_rows()
    shown = [row for row in found if (row.origin == "provider") is kept]
    context = {
        "may_work": may_work(request.actor),
        "kinds": _kinds(found, kept=kept),
        "open": ImportBatch.objects.filter(
            state__in=(*OPEN, SUBMITTED), started_by=request.actor.user_id
        ).order_by("-started_at")[:5],
    }
    table = RowsTable("datasets", gettext_lazy("Datasets"), _COLUMNS, lambda _actor: shown)
    return table_response(request, table, "data/home.html", context, keep=("kept",))


def _kinds(found: list[DatasetRow], *, kept: bool) -> list[dict[str, object]]:
    """Both kinds of datasets with how many there are, as a choice."""
    here = sum(row.origin == "provider" for row in found)
    address = reverse("data:home")
    return [
        {
            "label": f"{_('Files')} {formats.count(len(found) - here)}",
            "url": address,
            "current": not kept,
        },
        {
            "label": f"{_('Kept in this system')} {formats.count(here)}",
            "url": f"{address}?kept=here",
            "current": kept,
        },
    ]


@require_GET
def dataset(request: Request, name: str) -> HttpResponse:
    """One dataset: coverage, versions, columns."""
    declared = _schema(name)
    head = DatabaseCatalog().head(name)
    keeper = providers.provider(name)
    context = {
        **_context(declared),
        "head": head,
        "years": month_strip(head) if head and declared.date else (),
        "covers": coverage_words(head) if head else [],
        "totals": _totals(request, declared, head),
        "may_read_rows": is_open(request.actor, name),
        "versions": version_lines(name),
        "columns": list(declared),
        "keeper": keeper.owner if keeper else "",
        "may_work": may_work(request.actor) and keeper is None and name != "aliases",
        "may_read_personal": may_read_personal(request.actor),
    }
    return render(request, "data/dataset.html", context)


def _totals(
    request: Request, declared: DatasetSchema, version: DatasetVersion | None
) -> list[tuple[str, str]]:
    """The sums of a version, for whoever may read what adds up to them."""
    if version is None or not is_open(request.actor, declared.dataset):
        return []
    return list(totals_words(declared, version))


@require_GET
def rows(request: Request, name: str) -> HttpResponseBase:
    """The rows of a dataset, or of one of its versions."""
    must_be_open(request.actor, name)
    declared = _schema(name)
    version = _version(name, request.GET.get("version", ""))
    table = StoredRows(declared, version, f"rows-{name}")
    context = {**_context(declared), "version": version}
    return table_response(request, table, "data/rows.html", context, keep=("version",))


@require_GET
def version(request: Request, name: str, version: str) -> HttpResponse:
    """One version: where it came from, what it holds."""
    declared = _schema(name)
    found = _version(name, version)
    context = {
        **_context(declared),
        "version": found,
        "receipt": sorted(found.receipt.items()),
        "covers": coverage_words(found),
        "totals": _totals(request, declared, found),
        "may_read_rows": is_open(request.actor, name),
        "batch": ImportBatch.objects.filter(dataset=name, committed_version=version).first(),
    }
    return render(request, "data/version.html", context)


@require_GET
def compare(request: Request, name: str) -> HttpResponse:
    """What changed from one version to another; from its parent to the current one at first."""
    must_be_open(request.actor, name)
    declared = _schema(name)
    lines = version_lines(name)
    after = _version(name, request.GET.get("to", ""))
    before = request.GET.get("from", after.parent or "")
    context = {
        **_context(declared),
        "lines": lines,
        "before": before,
        "after": after.hash,
        "found": compare_versions(declared, _version(name, before), after, request.actor)
        if before
        else None,
    }
    return render(request, "data/compare.html", context)


@require_GET
def template(request: Request, name: str) -> HttpResponse:
    """A workbook to fill in."""
    declared = _schema(name)
    answer = HttpResponse(template_workbook(declared), content_type=XLSX)
    file = quote(f"{name_of(declared)}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return answer


@require_GET
def quality(request: Request) -> HttpResponse:
    """What is doubtful in what is stored."""
    reports = quality_reports()
    context = {
        "reports": [one for one in reports if one.doubts],
        "sound": [one for one in reports if not one.doubts],
    }
    return render(request, "data/quality.html", context)


def _context(declared: DatasetSchema) -> dict[str, object]:
    return {"schema": declared, "name": name_of(declared)}


def _schema(name: str) -> DatasetSchema:
    found = schemas().get(name)
    if found is None:
        raise Http404
    return found


def _version(name: str, hash: str) -> DatasetVersion:
    """The version of a hash; the current one where none is given."""
    catalog = DatabaseCatalog()
    found = catalog.version(name, hash) if hash else catalog.head(name)
    if found is None:
        raise Http404
    return found
