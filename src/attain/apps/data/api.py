"""Datasets and imports, for programs. Rights are those of the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, Schema
from ninja import Status as Answer
from ninja.files import UploadedFile
from pydantic import Field

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.api import In, idempotent
from attain.apps.accounts.refusals import as_json
from attain.apps.data import providers, services
from attain.apps.data.batches import checked_of, job_of
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import ImportBatch
from attain.apps.data.pages.rows import StoredRows
from attain.apps.data.selectors import is_open, must_be_open, schemas
from attain.apps.data.views.common import batch_or_404
from attain.core.errors import AttainError, Problem
from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.ui.tables.query import Query as ListQuery

router = Router(tags=["data"])

LIMIT_MAX = 200


class CoverageOut(Schema):
    """Days for which a dataset is complete; the second is the first that is not. None is open."""

    start: date | None
    until: date | None


class ColumnOut(Schema):
    """One column as declared."""

    name: str
    type: str
    label: dict[str, str]
    required: bool
    personal: bool
    of: list[str]
    currency: str | None


class DatasetOut(Schema):
    """A dataset and where it stands."""

    name: str
    label: dict[str, str]
    version: str | None
    rows: int
    coverage: list[CoverageOut]
    totals: dict[str, str]
    kept_by: str
    """The part of the product that keeps it, "" for one that files bring."""


class DatasetDetailOut(DatasetOut):
    """A dataset with its columns."""

    key: list[str]
    date: str | None
    columns: list[ColumnOut]


class VersionOut(Schema):
    """One version."""

    hash: str
    parent: str | None
    rows: int
    coverage: list[CoverageOut]
    totals: dict[str, str]
    receipt: dict[str, str]


class RowsOut(Schema):
    """One page of rows: exact numbers as texts, keys as the codes they stand for."""

    version: str
    total: int
    items: list[dict[str, Any]]


class ImportOut(Schema):
    """An import, and how far it is."""

    id: int
    state: str
    is_busy: bool
    """True while something is done with it: read, checked, loaded."""
    version: int
    file: str
    sheet: str
    dataset: str
    figures: dict[str, Any]
    problems: list[dict[str, Any]]
    committed_version: str
    started_at: datetime


class LoadIn(In):
    """The version of the import somebody saw, and what they chose."""

    version: int
    good_rows_only: bool = False
    reason: str = Field(default="", max_length=1000)


class SeenIn(In):
    """The version of the import somebody saw."""

    version: int


# --- datasets ---


@router.get("/datasets", response=list[DatasetOut], url_name="data-datasets")
def list_datasets(request: HttpRequest) -> list[dict[str, Any]]:
    """Every dataset."""
    catalog, actor = DatabaseCatalog(), _actor(request)
    return [_dataset(one, catalog.head(name), actor) for name, one in sorted(schemas().items())]


@router.get("/datasets/{name}", response=DatasetDetailOut, url_name="data-dataset")
def dataset(request: HttpRequest, name: str) -> dict[str, Any]:
    """One dataset with its columns."""
    one = _schema(name)
    return {
        **_dataset(one, DatabaseCatalog().head(name), _actor(request)),
        "key": list(one.key),
        "date": one.date,
        "columns": [
            {
                "name": column.name,
                "type": column.type.value,
                "label": column.labels.model_dump(),
                "required": column.required,
                "personal": column.personal,
                "of": list(column.kinds),
                "currency": column.currency,
            }
            for column in one
        ],
    }


@router.get("/datasets/{name}/versions", response=list[VersionOut], url_name="data-versions")
def versions(
    request: HttpRequest,
    name: str,
    limit: int = Query(default=50, ge=1, le=LIMIT_MAX),
    offset: int = Query(default=0, ge=0),
) -> list[dict[str, Any]]:
    """The versions of a dataset, the current one first."""
    _schema(name)
    found = DatabaseCatalog().history(name)[offset : offset + limit]
    shows_totals = is_open(_actor(request), name)
    return [_version(one, shows_totals=shows_totals) for one in found]


@router.get("/datasets/{name}/rows", response=RowsOut, url_name="data-rows")
def rows(
    request: HttpRequest,
    name: str,
    version: str = Query(default="", max_length=64),
    q: str = Query(default="", max_length=80),
    page: int = Query(default=1, ge=1, le=1_000_000),
    size: int = Query(default=50, ge=1, le=LIMIT_MAX),
) -> dict[str, Any]:
    """Rows of a version; personal columns only for whoever may read them."""
    must_be_open(_actor(request), name)
    one, catalog = _schema(name), DatabaseCatalog()
    found = catalog.version(name, version) if version else catalog.head(name)
    if found is None:
        raise Http404
    table = StoredRows(one, found, name)
    answer = table.page(_actor(request), ListQuery(search=q, page=page, size=size))
    items = [{key: _plain(value) for key, value in row.items()} for row in answer.rows]
    return {"version": found.hash, "total": answer.total, "items": items}


# --- imports ---


@router.post("/imports", response={202: ImportOut}, url_name="data-imports")
@idempotent
def start_import(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    dataset: Annotated[str, Form()] = "",
) -> Answer:
    """Hand over a file; it is read and, where its columns are clear, checked."""
    actor = _actor(request)
    if dataset:
        _schema(dataset)
    (batch,) = services.start_imports([file], actor=actor, at=actor.at, dataset=dataset)
    return Answer(202, _import(batch))


@router.get("/imports/{pk}", response=ImportOut, url_name="data-import")
def one_import(request: HttpRequest, pk: int) -> dict[str, Any]:
    """How far an import is, what was counted, and what is wrong with which row."""
    return _import(_batch(request, pk))


@router.post("/imports/{pk}/check", response={202: ImportOut}, url_name="data-import-check")
@idempotent
def check(request: HttpRequest, pk: int, given: SeenIn) -> Answer:
    """Check once more: the data have changed since, or what the file refers to is known now."""
    actor = _actor(request)
    batch = services.check_again(
        _batch(request, pk), actor=actor, at=actor.at, version=given.version
    )
    return Answer(202, _import(batch))


@router.post("/imports/{pk}/load", response={202: ImportOut}, url_name="data-import-load")
@idempotent
def load(request: HttpRequest, pk: int, given: LoadIn) -> Answer:
    """Load a checked import, or hand it over for approval."""
    actor = _actor(request)
    batch = services.ask_to_load(
        _batch(request, pk),
        actor=actor,
        at=actor.at,
        version=given.version,
        good_rows_only=given.good_rows_only,
        reason=given.reason,
    )
    return Answer(202, _import(batch))


@router.post("/imports/{pk}/undo", response=ImportOut, url_name="data-import-undo")
@idempotent
def undo(request: HttpRequest, pk: int, given: SeenIn) -> dict[str, Any]:
    """Take a loaded import back."""
    actor, batch = _actor(request), _batch(request, pk)
    services.undo_import(
        batch.dataset, actor=actor, at=actor.at, version=batch.committed_version or "-"
    )
    return _import(_batch(request, pk))


# --- saying it ---


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _schema(name: str) -> DatasetSchema:
    found = schemas().get(name)
    if found is None:
        raise Http404
    return found


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    if not 0 < pk < 2**63:
        raise Http404
    return batch_or_404(pk, _actor(request))


def _dataset(one: DatasetSchema, head: DatasetVersion | None, actor: Actor) -> dict[str, Any]:
    keeper = providers.provider(one.dataset)
    return {
        "name": one.dataset,
        "label": one.labels.model_dump(),
        "version": head.hash if head else None,
        "rows": head.rows if head else 0,
        "coverage": _coverage(head),
        "totals": dict(head.totals) if head and is_open(actor, one.dataset) else {},
        "kept_by": keeper.owner if keeper else "",
    }


def _version(one: DatasetVersion, *, shows_totals: bool) -> dict[str, Any]:
    return {
        "hash": one.hash,
        "parent": one.parent,
        "rows": one.rows,
        "coverage": _coverage(one),
        "totals": dict(one.totals) if shows_totals else {},
        "receipt": dict(one.receipt),
    }


def _coverage(one: DatasetVersion | None) -> list[dict[str, Any]]:
    found = one.coverage if one else ()
    return [{"start": each.from_, "until": each.until} for each in found if not each.scope]


def _import(batch: ImportBatch) -> dict[str, Any]:
    checked, job = checked_of(batch), job_of(batch)
    kept = [*batch.problems, *(job.problems if job else ())]
    found = [Problem.from_data(one) for one in kept]
    found += checked.problems[:LIMIT_MAX] if checked else ()
    return {
        "id": batch.pk,
        "state": batch.state,
        "is_busy": job is not None and job.is_live,
        "version": batch.version,
        "file": batch.file_name,
        "sheet": batch.sheet,
        "dataset": batch.dataset,
        "figures": batch.figures,
        "problems": as_json(AttainError(found))["problems"] if found else [],
        "committed_version": batch.committed_version,
        "started_at": batch.started_at,
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
