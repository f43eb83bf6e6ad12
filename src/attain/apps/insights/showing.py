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

from attain.apps.insights.desks import SHOWN, Desk, Figure, Own, Work
from attain.apps.insights.standings import MONTHS, Board, Standing
from attain.apps.records.kinds import name_of as type_of
from attain.apps.statements.selectors import before
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
    share: Decimal
    """How long the bar is, 0 to 100."""
    is_estimate: bool


def figures_of(desk: Desk) -> dict[str, Any]:
    """The strip of figures at the top of the desk."""
    pay = None
    if desk.pay:
        url = reverse("statements:mine")
        pay = Figure(_("Posted this month"), " ".join(amounts(desk.pay)), url)
    return {"stands": [_stand(one) for one in desk.own], "pay": pay}


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
        share=Decimal(0) if ratio is None else max(Decimal(0), min(Decimal(100), ratio * 100)),
        is_estimate=board.source.is_estimate,
    )


def _detail(board: Board, one: Standing) -> str:
    if one.actual is None or one.target is None:
        return ""
    return f"{_figure(board, one.actual)} / {_figure(board, one.target)}"


def _figure(board: Board, value: Decimal) -> str:
    unit = board.measured.unit
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
    """Those furthest behind first: whom to look after."""
    shown = board.first(SHOWN)
    trends = board.trends(one.person for one in shown)
    return [
        Row(
            name=one.name,
            person=one.person,
            ratio=one.ratio,
            reason=sentence(one.reason, formats.language()) if one.reason else "",
            actual="" if one.actual is None else _figure(board, one.actual),
            target="" if one.target is None else _figure(board, one.target),
            trend=[None if value is None else str(value) for value in trends[one.person]],
        )
        for one in shown
    ]


def board_chart(own: Own) -> dict[str, Any]:
    """The reader's own attainment over the months as a line, with the target at 100 %."""
    months = [own.board.source.period]
    while len(months) < MONTHS:
        months.insert(0, before(months[0]))
    trend = own.board.trends([own.standing.person])[own.standing.person]
    values = [None if value is None else str(value) for value in trend]
    return {
        "title": own.board.label.get(formats.language()),
        "data": {
            "categories": [short_month(month) for month in months],
            "series": [
                {"name": _("Attainment"), "values": values, "role": "subject"},
                {
                    "name": pgettext("chart", "Target"),
                    "values": ["1"] * len(months),
                    "role": "context",
                },
            ],
        },
    }


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
