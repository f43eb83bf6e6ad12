"""The desk in words and figures of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.insights.desks import SHOWN, Desk, Figure, Own, Work, sums
from attain.apps.insights.standings import Board, Standing
from attain.apps.insights.trends import Trend, periods_of, together, trends
from attain.apps.records.kinds import name_of as type_of
from attain.apps.statements.showing import amounts, short_month
from attain.core.reasons import sentence
from attain.ui import formats


@dataclass(frozen=True, slots=True)
class Stand:
    """One figure of where the reader stands."""

    label: str
    ratio: Decimal | None
    reason: str
    detail: str
    note: str
    is_estimate: bool


def figures_of(desk: Desk, teams: Iterable[Board]) -> dict[str, Any]:
    """The strip of figures at the top of the desk: the reader's own, else those of the people."""
    stands = [_stand(one) for one in desk.own]
    if not stands:
        stands = [one for one in map(team_stand, teams) if one is not None]
    pay = None
    if desk.pay:
        url = reverse("statements:mine")
        pay = Figure(_("Posted this month"), " ".join(amounts(desk.pay)), url)
    return {"stands": stands, "pay": pay}


def team_stand(board: Board) -> Stand | None:
    """How far everybody on a board is together; None where that means nothing."""
    total = sums(board)
    if total is None or not total[1]:
        return None
    reached, wanted = total
    return Stand(
        label=f"{formats.period_name(board.source.period)} {board.label.get(formats.language())}",
        ratio=reached / wanted,
        reason="",
        detail=f"{figure(board, reached)} / {figure(board, wanted)}",
        note=_("%(reached)s of %(size)s reached")
        % {"reached": formats.count(board.reached), "size": formats.count(len(board.measures))},
        is_estimate=board.source.is_estimate,
    )


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record whose day comes up or has passed."""

    title: str
    note: str
    url: str
    on: date
    is_late: bool


def due_of(desk: Desk) -> list[DueRecord]:
    """The first of the records that are due."""
    return [
        DueRecord(
            title=one.record.title or one.record.number,
            note=one.label.get(formats.language()),
            url=reverse("records:record", args=[type_of(one.record), one.record.number]),
            on=one.on,
            is_late=one.overdue,
        )
        for one in desk.due[:SHOWN]
    ]


def _stand(own: Own) -> Stand:
    board, one = own.board, own.standing
    ratio = one.ratio
    period = formats.period_name(board.source.period)
    return Stand(
        label=f"{period} {board.label.get(formats.language())}",
        ratio=ratio,
        reason=sentence(one.reason, formats.language()) if one.reason else "",
        detail=_detail(board, one),
        note=_place(board, one),
        is_estimate=board.source.is_estimate,
    )


def _detail(board: Board, one: Standing) -> str:
    if one.actual is None or one.target is None:
        return ""
    return f"{figure(board, one.actual)} / {figure(board, one.target)}"


def figure(board: Board, value: Decimal) -> str:
    """A measured value in the board's unit, short enough for overviews."""
    unit = board.measured.told(value)
    if unit == "money":
        return formats.money_short(value, "CNY")
    return formats.ratio(value, 2) if unit == "ratio" else formats.number(value)


def _place(board: Board, one: Standing) -> str:
    if one.place is None or not board.tells_places:
        return ""
    return _("Place %(place)s of %(size)s") % {"place": one.place, "size": board.size}


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a team on the desk."""

    name: Any
    person: str
    ratio: Decimal | None
    reason: str
    actual: str
    target: str
    trend: list[str | None]


def people_of(board: Board) -> list[Row]:
    """Those who have not reached their target, the furthest behind first: whom to look after."""
    shown = [one for one in board.first(SHOWN) if one.ratio is None or one.ratio < 1]
    known = trends(board, [one.person for one in shown])
    return [
        Row(
            name=one.name,
            person=one.person,
            ratio=one.ratio,
            reason=sentence(one.reason, formats.language()) if one.reason else "",
            actual="" if one.actual is None else figure(board, one.actual),
            target="" if one.target is None else figure(board, one.target),
            trend=[None if value is None else str(value) for value in known[one.person]],
        )
        for one in shown
    ]


def charts_of(desk: Desk, teams: Iterable[Board]) -> list[dict[str, Any]]:
    """The lines of the desk: the reader's own, else that of the people together."""
    if desk.own:
        found = [_own_chart(one) for one in desk.own if _is_monthly(one.board)]
    else:
        found = [_team_chart(one) for one in teams if one.adds_up and _is_monthly(one)]
    return [one for one in found if one is not None]


def _is_monthly(board: Board) -> bool:
    return board.source.period.kind == "month"


def _own_chart(own: Own) -> dict[str, Any] | None:
    """The reader's own attainment over the periods as a line, with the target at 100 %."""
    trend = trends(own.board, [own.standing.person])[own.standing.person]
    return _chart(own.board, trend)


def _team_chart(board: Board) -> dict[str, Any] | None:
    """The same of everybody on the board together."""
    everybody = dict.fromkeys((one.person for one in board.measures), "all")
    return _chart(board, together(board, everybody)["all"])


def _chart(board: Board, trend: Trend) -> dict[str, Any] | None:
    if sum(value is not None for value in trend) < 2:
        return None  # A line needs two points; the figure alone stands in the strip above.
    values = [None if value is None else str(value) for value in trend]
    return {
        "title": board.label.get(formats.language()),
        "data": {
            "categories": [short_month(month) for month in periods_of(board)],
            "series": [
                {"name": _("Attainment"), "values": values, "role": "subject"},
                {
                    "name": pgettext("chart", "Target"),
                    "values": ["1"] * len(values),
                    "role": "context",
                },
            ],
        },
    }


def person_url(board: Board, person: str) -> str:
    """Where the statement of somebody on the board stands."""
    month = f"{board.source.period.last_day:%Y-%m}"
    return reverse("statements:detail", kwargs={"period": month, "person": person})


def work_of(found: Iterable[Work]) -> list[Figure]:
    """What is under way, in words."""
    return [Figure(_words(one), formats.count(one.count), one.url) for one in found]


def _words(one: Work) -> str:
    said = {
        ("plans", "draft"): _("Plan versions in draft"),
        ("plans", "submitted"): _("Plan versions in approval"),
        ("plans", "approved"): _("Plan versions approved, not in force"),
        ("runs", "queued"): _("Runs waiting"),
        ("runs", "calculating"): _("Runs calculating"),
        ("runs", "failed"): _("Runs that failed"),
        ("publications", "staging"): _("Publications being prepared"),
        ("publications", "ready"): _("Publications to submit"),
        ("publications", "submitted"): _("Publications to publish"),
        ("imports", "uploaded"): _("Imports to map"),
        ("imports", "mapped"): _("Imports to check"),
        ("imports", "checked"): _("Imports to load"),
    }
    return said[one.kind, one.state]
