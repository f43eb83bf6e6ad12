"""Say which column is which, or make a new dataset of a file."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attain.apps.accounts.requests import Request
from attain.apps.data import errors, services
from attain.apps.data.batches import detected_of
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.mapping import (
    mapping_page,
    open_datasets,
    sent_mapping,
    sent_writing,
)
from attain.apps.data.pages.proposing import ProposalPage, proposal_page, sent_text
from attain.apps.data.pages.words import told, told_data
from attain.apps.data.selectors import schema
from attain.apps.data.services.mapping import mapping_of
from attain.apps.data.views.common import batch_or_404, seen_version
from attain.core.errors import AttainError, problem
from attain.lake import ColumnMapping, Detected
from attain.lake.headers import Header
from attain.lake.inferring import Guess, Proposal


@require_http_methods(["GET", "POST"])
def columns(request: Request, pk: int) -> HttpResponse:
    """The columns of a file and those of a dataset."""
    batch = batch_or_404(pk, request.actor)
    if request.method == "GET":
        return columns_view(request, batch)
    declared = schema(request.POST.get("dataset", ""))
    mapping = sent_mapping(_detected(batch), request.POST, declared)
    services.map_columns(
        batch,
        mapping,
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
        written=sent_writing(request.POST, mapping, declared),
    )
    return redirect("data:batch", pk)


def columns_view(request: Request, batch: ImportBatch) -> HttpResponse:
    """Show the mapping, as remembered, as chosen on the page, or as the headers suggest."""
    detected = _detected(batch)
    asked = request.GET
    dataset = asked.get("dataset", batch.dataset)
    if dataset == "" and "dataset" not in asked and not batch.dataset:
        return _new_view(request, batch, is_guess=True)
    page = mapping_page(
        detected,
        dataset=dataset,
        sheet=asked.get("sheet", batch.sheet),
        header_row=int(asked["header"]) if asked.get("header", "").isdecimal() else None,
        kept=mapping_of(batch),
        written=batch.said.get("written") if dataset == batch.dataset else None,
    )
    context = {
        "batch": batch,
        "page": page,
        "step": 2,
        "problems": [*page.problems, *told_data(batch.problems)],
    }
    return render(request, "data/columns.html", context)


@require_http_methods(["GET", "POST"])
def new_dataset(request: Request, pk: int) -> HttpResponse:
    """Declare a dataset from what a file holds, and go on with it."""
    batch = batch_or_404(pk, request.actor)
    if request.method == "GET":
        return _new_view(request, batch)
    detected = _detected(batch)
    page = _proposal(request, batch, detected)
    try:
        declared = services.declare(
            sent_text(request.POST, page.proposal), actor=request.actor, at=request.actor.at
        )
    except AttainError as error:
        return _new_view(request, batch, refusal=error)
    mapping = _mapping(page.proposal, declared.dataset, page.table.sheet, page.header)
    kept = {name: at for name, at in mapping.columns.items() if name in declared.columns}
    ignored = sorted(set(mapping.columns.values()) - set(kept.values()))
    services.map_columns(
        batch,
        mapping.model_copy(update={"columns": kept, "ignored": tuple(ignored)}),
        actor=request.actor,
        at=request.actor.at,
        version=seen_version(request),
    )
    return redirect("data:batch", pk)


def _mapping(proposal: Proposal, dataset: str, sheet: str | None, header: Header) -> ColumnMapping:
    return ColumnMapping(
        dataset=dataset,
        sheet=sheet,
        header_row=header.row,
        headers=header.names,
        columns=proposal.columns,
        signature=header.signature,
    )


def _proposal(request: Request, batch: ImportBatch, detected: Detected) -> ProposalPage:
    asked = request.POST if request.method == "POST" else request.GET
    row = asked.get("header", "")
    return proposal_page(
        detected,
        sheet=asked.get("sheet", batch.sheet),
        header_row=int(row) if row.isdecimal() else None,
    )


def _new_view(
    request: Request,
    batch: ImportBatch,
    *,
    refusal: AttainError | None = None,
    is_guess: bool = False,
) -> HttpResponse:
    detected = _detected(batch)
    page = _proposal(request, batch, detected)
    chosen = request.POST if refusal else None
    context = {
        "batch": batch,
        "page": page,
        "detected": detected,
        "sent": chosen,
        "rows": [_row(one, page.proposal, chosen) for one in page.proposal.guesses],
        "problems": [told(one) for one in refusal.problems] if refusal else [],
        "is_guess": is_guess,
        "other": batch.said.get("guess") or next(iter(open_datasets()), ""),
        "step": 2,
    }
    return render(request, "data/new.html", context, status=422 if refusal else 200)


def _row(one: Guess, proposal: Proposal, sent: QueryDict | None) -> dict[str, object]:
    """One column of the proposal with what was sent, where something was."""
    at, schema_ = one.position, proposal.schema
    kind = f"key:{one.schema.of}" if one.schema.of else one.schema.type.value
    return {
        "position": at,
        "header": one.header,
        "name": one.schema.name,
        "samples": one.samples,
        "label": sent.get(f"label-{at}", "") if sent else one.schema.labels.get(),
        "type": sent.get(f"type-{at}", "") if sent else kind,
        "scale": one.schema.scale,
        "is_key": bool(sent.get(f"key-{at}")) if sent else one.schema.name in schema_.key,
        "is_date": (sent.get("date") if sent else schema_.date) == one.schema.name,
        "personal": bool(sent.get(f"personal-{at}")) if sent else False,
    }


def _detected(batch: ImportBatch) -> Detected:
    """What the file holds.

    :raises AttainError: IMPORT_NOT_WAITING once it was cleared away.
    """
    found = detected_of(batch)
    if found is None:
        raise AttainError(problem(errors.IMPORT_NOT_WAITING))
    return found
