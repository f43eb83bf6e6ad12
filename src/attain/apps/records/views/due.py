"""What is due, and what was not handed in, across all kinds of records."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.company import company
from attain.apps.accounts.requests import Request
from attain.apps.people.selectors import name_of
from attain.apps.records import selectors
from attain.apps.records.columns import days_late
from attain.apps.records.kinds import book
from attain.apps.records.kinds import name_of as type_of
from attain.apps.records.tabs import concerned
from attain.core.errors import AttainError
from attain.core.periods import Period, parse_period
from attain.kinds.records import Kind
from attain.ui import formats
from attain.ui.tables import Column, RowsTable, table_response


@require_GET
def due(request: Request) -> HttpResponseBase:
    """Records of the reader whose deadline or cadence comes up, the oldest first."""
    rows = _due_rows(request.actor)
    table = RowsTable(
        "records-due", _("Due records"), _due_columns(rows), lambda actor: rows, ("on",)
    )
    late = sum(row["is_late"] for row in rows)
    context = {"late": late, "total": len(rows)}
    return table_response(
        request, table, "records/due.html", context, empty=_("Nothing of yours is due.")
    )


def _due_rows(actor: Actor) -> list[dict[str, Any]]:
    found = selectors.due_list(actor)
    names = name_of({one.record.owner for one in found if one.record.owner})
    kinds = book().kinds
    rows = []
    for one in found:
        kind = type_of(one.record)
        owner = names.get(one.record.owner)
        rows.append(
            {
                "number": one.record.number,
                "title": one.record.title or one.record.number,
                "kind": kind,
                "kind_label": kinds[kind].label.get(formats.language()),
                "what": one.label.get(formats.language()),
                "on": one.on,
                "is_late": one.overdue,
                "late": days_late(one.on, actor.today) if one.overdue else "",
                "owner": owner.get(formats.language()) if owner else "",
                "url": reverse("records:record", args=[kind, one.record.number]),
            }
        )
    return rows


def _due_columns(rows: list[dict[str, Any]]) -> list[Column]:
    kinds = {row["kind"]: row["kind_label"] for row in rows}

    def url(row: dict[str, Any]) -> str:
        return str(row["url"])

    return [
        Column("title", pgettext_lazy("record", "Title"), "link", url=url, drawer=True,
               primary=True, searchable=True,
               subtitle=lambda row: row["number"] if row["title"] != row["number"] else ""),
        Column("kind", pgettext_lazy("record", "Kind"), "choice", choices=list(kinds.items())),
        Column("what", pgettext_lazy("record", "What is due")),
        Column("owner", pgettext_lazy("record", "Owner"), "person"),
        Column("on", pgettext_lazy("record", "Due"), "date", subtitle=lambda row: row["late"],
               key_figure=True),
    ]  # fmt: skip


@require_GET
def missing(request: Request) -> HttpResponse:
    """Who has not handed in what was expected for a period, kind by kind."""
    actor = request.actor
    kinds = book().kinds
    asking = [kinds[one.name] for one in concerned(actor) if kinds[one.name].type.expected]
    chosen = _chosen(asking, request.GET.get("kind"))
    period = _period(request.GET.get("period"))
    context: dict[str, Any] = {
        "kinds": [
            {
                "label": one.type.plural_label.get(formats.language()),
                "url": f"{reverse('records:missing')}?kind={one.name}",
                "current": one is chosen,
            }
            for one in asking
        ],
        "kind": chosen,
        "lists": _missing(actor, chosen, period) if chosen else [],
    }
    return render(request, "records/missing.html", context)


def _chosen(asking: list[Kind], name: str | None) -> Kind | None:
    if name is None:
        return asking[0] if asking else None
    for kind in asking:
        if kind.name == name:
            return kind
    raise Http404


def _period(text: str | None) -> Period | None:
    if not text:
        return None
    try:
        return parse_period(text, company().calendars)
    except AttainError:
        raise Http404 from None


def _missing(actor: Actor, kind: Kind, period: Period | None) -> list[dict[str, Any]]:
    """The missing ones of a kind, each expectation and period with its people."""
    found = selectors.missing_list(actor, kind.name, period)
    names = name_of({one.person for one in found})
    lists: dict[tuple[str, str], dict[str, Any]] = {}
    for one in found:
        entry = lists.setdefault(
            (one.expected, str(one.period)),
            {
                "label": one.label.get(formats.language()),
                "period": formats.period_name(one.period),
                "due": one.due_on,
                "is_late": one.is_late,
                "people": [],
            },
        )
        name = names.get(one.person)
        entry["people"].append(name.get(formats.language()) if name else one.person)
    return list(lists.values())
