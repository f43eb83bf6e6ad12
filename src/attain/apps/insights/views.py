"""The desk, and attainment as a list."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.insights.desks import LOOKS_AFTER, average, desk_of, work_in_hand
from attain.apps.insights.glance import heat_map, ranking, ways
from attain.apps.insights.showing import charts_of, due_of, figures_of, people_of, work_of
from attain.apps.insights.standings import Board, boards, narrowed
from attain.apps.insights.tables import board_table
from attain.apps.people import focus
from attain.apps.plans.models import Plan
from attain.apps.statements.selectors import latest_month, month_named
from attain.core.periods import Period
from attain.ui.tables import table_response

TEAMS: Final = 2
"""Of so many boards the desk shows how the people on them stand."""


@require_GET
def desk(request: Request) -> HttpResponse:
    """Where I stand, what is due, what changed."""
    month = _month(request) or latest_month(request.actor)
    unit = focus.unit_of(request, request.actor, (month.from_, month.until))
    found = desk_of(request.actor, month, unit)
    context = {
        "pickers": _pickers(request, month, unit),
        "desk": found,
        "month": found.month,
        "figures": figures_of(found, found.team[:TEAMS]),
        "due": due_of(found),
        "team": [_team(board) for board in found.team[:TEAMS]],
        "may_begin": may(request.actor, "data:import", "POST"),
        "opens": may(request.actor, "statements:detail"),
        "work": work_of(work_in_hand(request.actor)),
        "charts": charts_of(found, found.team[:TEAMS]),
    }
    return render(request, "insights/desk.html", context)


def _team(board: Board) -> dict[str, Any]:
    return {
        "board": board,
        "people": people_of(board),
        "behind": len(board.measures) - board.reached,
        "average": average(board),
        "month": f"{board.source.period.last_day:%Y-%m}",
    }


def _month(request: Request) -> Period | None:
    """The month of the address, else the one chosen; another word leads nowhere."""
    text = request.GET.get("month")
    if text is None:
        return month_named(focus.chosen(request, "month"))
    found = month_named(text)
    if found is None:
        raise Http404
    return found


def _pickers(request: Request, month: Period, unit: str) -> focus.Pickers:
    """The month of what is shown, and a unit for those who look after people."""
    during = (month.from_, month.until)
    sees_others = request.actor.has(*LOOKS_AFTER)
    return focus.pickers(request, month=month, units_on=during if sees_others else None, unit=unit)


@require_GET
def attainment(request: Request) -> HttpResponseBase:
    """Everybody's attainment in one plan and month, as far as the reader may see it."""
    month = _month(request) or latest_month(request.actor)
    unit = focus.unit_of(request, request.actor, (month.from_, month.until))
    found = boards(request.actor, month)
    if unit:
        found = narrowed(found, unit)
    board = _chosen(found, request.GET.get("board"))
    context: dict[str, Any] = {
        "pickers": _pickers(request, month, unit),
        "month": month,
        "boards": found,
        "board": board,
    }
    if board is None:
        return render(request, "insights/attainment.html", context)
    opens = may(request.actor, "statements:detail")
    by = _way(board, request.GET.get("by"))
    context |= {
        "average": average(board),
        "heat": heat_map(board, by, opens=opens),
        "ways": ways(board),
        "ranking": ranking(board, opens=opens),
    }
    return table_response(
        request,
        board_table(board, request.actor),
        "insights/attainment.html",
        context,
        keep=("month", "board", "by"),
        empty=_("Nobody has a target here yet."),
    )


def _chosen(found: list[Board], name: str | None) -> Board | None:
    """The board an address names; the first, where the month or the unit chosen has it not.

    :raises Http404: there is no plan of that name.
    """
    for board in found:
        if board.name == name:
            return board
    if name is not None and not Plan.objects.filter(code=name.partition(".")[0]).exists():
        raise Http404
    return found[0] if found else None


def _way(board: Board, name: str | None) -> str:
    possible = ways(board)
    if name is None:
        return possible[0]
    if name not in possible:
        raise Http404
    return name
