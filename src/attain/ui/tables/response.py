"""One address answers a list as a page, as the fragment HTMX asks for, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from attain.core.errors import AttainError, problem
from attain.ui import errors, preferences, signals
from attain.ui.tables.exports import MOST_ROWS, csv_pieces, workbook
from attain.ui.tables.query import parse_query
from attain.ui.tables.sources import Table
from attain.ui.tables.view import TableView, make_view, shown_columns

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def table_response(
    request: HttpRequest,
    table: Table,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    keep: Sequence[str] = (),
    empty: Any = "",
) -> HttpResponseBase:
    """Answer a list: the page `template` with the list as `page`, a fragment, or a file.

    The same filters, order and rights hold for all three. `keep` names parameters of the
    address that belong to the page around the list; `empty` says the first step to take when
    there is nothing yet.

    :raises AttainError: the question is not allowed (see `parse_query`), or EXPORT_TOO_LARGE.
    """
    wanted = request.GET.get("export")
    if wanted:
        return export_response(request, table, wanted, keep=keep)
    page = table_page(request, table, keep=keep, empty=empty)
    if is_fragment(request, page.id):
        answer = render(request, "ui/_table.html", {**(context or {}), "page": page})
    else:
        answer = render(request, template, {**(context or {}), "page": page})
    patch_vary_headers(answer, ("HX-Request", "HX-Target"))
    return answer


def table_page(
    request: HttpRequest, table: Table, *, keep: Sequence[str] = (), empty: Any = ""
) -> TableView:
    """The list as `<c-table :page="…">` draws it, for pages that show more than one thing.

    :raises AttainError: the question is not allowed.
    """
    actor = getattr(request, "actor", None)
    columns = table.columns(actor)
    query = parse_query(request.GET, columns, keep)
    return make_view(
        name=table.name,
        label=table.label,
        page=table.page(actor, query),
        columns=columns,
        chosen=preferences.read(request, f"columns:{table.name}"),
        path=request.path,
        empty=empty,
        key=getattr(table, "key", None),
    )


def is_fragment(request: HttpRequest, element_id: str) -> bool:
    """Whether HTMX asks for one element of a page only."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Target") == element_id
        and headers.get("HX-History-Restore-Request") != "true"
    )


def export_response(
    request: HttpRequest, table: Table, kind: str, *, keep: Sequence[str] = ()
) -> HttpResponseBase:
    """The list as a file: all pages, the columns that are shown, the filters in force.

    :raises AttainError: EXPORT_FORMAT_UNKNOWN, EXPORT_TOO_LARGE, or as `parse_query`.
    """
    if kind not in _TYPES:
        raise AttainError(problem(errors.EXPORT_FORMAT_UNKNOWN, value=kind))
    actor = getattr(request, "actor", None)
    columns = table.columns(actor)
    query = parse_query(request.GET, columns, keep)
    total, rows = table.every(actor, query)
    if total > MOST_ROWS:
        raise AttainError(problem(errors.EXPORT_TOO_LARGE, rows=total, limit=MOST_ROWS))
    chosen = preferences.read(request, f"columns:{table.name}")
    shown = shown_columns(columns, chosen)
    signals.exported.send(
        table.name, request=request, table=table.name, rows=total, address=query.address()
    )
    answer: HttpResponseBase
    if kind == "csv":
        answer = StreamingHttpResponse(csv_pieces(shown, rows), content_type=_TYPES[kind])
    else:
        answer = HttpResponse(workbook(str(table.label), shown, rows), content_type=_TYPES[kind])
    name = quote(f"{table.label}.{kind}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer
