"""The desk, and attainment as a list."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.insights.desks import average, desk_of, work_in_hand
from attain.apps.insights.showing import board_chart, due_of, figures_of, people_of, work_of
from attain.apps.insights.standings import Board, boards
from attain.apps.insights.tables import board_table
from attain.apps.statements.selectors import after, before, latest_month, month_named
from attain.core.periods import Period
from attain.ui.tables import table_response


@require_GET
def desk(request: Request) -> HttpResponse:
    """Where I stand, what is due, what changed."""
    month = _month(request)
    found = desk_of(request.actor, month)
    context = {
        "desk": found,
        "month": found.month,
        "before": before(found.month),
        "after": after(found.month),
        "figures": figures_of(found),
        "due": due_of(found),
        "team": [
            {
                "board": board,
                "people": people_of(board),
                "average": average(board),
                "month": f"{board.source.period.last_day:%Y-%m}",
            }
            for board in found.team[:2]
        ],
        "may_begin": may(request.actor, "data:import", "POST"),
        "opens": may(request.actor, "statements:detail"),
        "work": work_of(work_in_hand(request.actor)),
        "charts": [
            board_chart(one) for one in found.own if one.board.source.period.kind == "month"
        ],
    }
    return render(request, "insights/desk.html", context)


def _month(request: Request) -> Period | None:
    """The month the reader asked for; an address with another word leads nowhere."""
    text = request.GET.get("month")
    if text is None:
        return None
    found = month_named(text)
    if found is None:
        raise Http404
    return found


@require_GET
def attainment(request: Request) -> HttpResponseBase:
    """Everybody's attainment in one plan and month, as far as the reader may see it."""
    month = _month(request) or latest_month(request.actor)
    found = boards(request.actor, month)
    board = _chosen(found, request.GET.get("board"))
    context: dict[str, Any] = {
        "month": month,
        "before": before(month),
        "after": after(month),
        "boards": found,
        "board": board,
    }
    if board is None:
        return render(request, "insights/attainment.html", context)
    context["average"] = average(board)
    return table_response(
        request,
        board_table(board, request.actor),
        "insights/attainment.html",
        context,
        keep=("month", "board"),
        empty=_("Nobody has a target here yet."),
    )


def _chosen(found: list[Board], name: str | None) -> Board | None:
    if name is None:
        return found[0] if found else None
    for board in found:
        if board.name == name:
            return board
    raise Http404
