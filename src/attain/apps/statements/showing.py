"""A statement as its page shows it: words, figures and the address of every why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from attain.apps.statements.models import PostedLine
from attain.apps.statements.selectors import Posted
from attain.apps.statements.statement import Asked, Item, Reached, Scored, Statement
from attain.core.periods import Period
from attain.core.values import from_minor
from attain.ui import formats


def why_url(asked: Asked | None) -> str:
    """The address of the panel that says why a number is what it is; "" without one."""
    if asked is None:
        return ""
    question = {"component": asked.component, "subject": asked.subject, "period": asked.period}
    return f"{reverse('runs:why', kwargs={'run': asked.run})}?{urlencode(question)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the page."""

    label: str
    note: str
    value: str
    why: str
    reason: str
    state: str
    """Of `<c-explained>`: estimate, corrected or nothing."""
    is_missing: bool = False
    ratio: Decimal | None = None
    more: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of the page in the order in which people read them."""

    totals: list[str]
    estimates: list[str]
    items: list[Shown]
    adjustments: list[Shown]
    pay_dates: list[tuple[str, str]]
    reached: list[Shown]
    scores: list[Shown]
    has_weights: bool


def page_of(statement: Statement) -> Page:
    """The page of a statement, in the language that is active."""
    return Page(
        totals=amounts(statement.totals),
        estimates=amounts(statement.estimates),
        items=[_item(item) for item in statement.items] if statement.shows_pay else [],
        adjustments=[_item(item) for item in statement.adjustments],
        pay_dates=[
            (formats.day(on), " ".join(amounts(statement.pay_dates[on])))
            for on in sorted(statement.pay_dates)
        ],
        reached=[_reached(one) for one in statement.reached],
        scores=[_scored(one) for one in statement.scores],
        has_weights=any(one.weight is not None for one in statement.scores),
    )


def amounts(totals: dict[str, int]) -> list[str]:
    """Sums in money, each currency by itself; several are told apart by their codes."""
    several = len(totals) > 1
    return [
        formats.money(from_minor(minor, currency), currency, coded=several)
        for currency, minor in sorted(totals.items())
    ]


def _said(labels: Any) -> str:
    return str(labels.get(formats.language()) or "")


def _item(item: Item) -> Shown:
    has_value = item.amount is not None
    reason = _said(item.reason)
    return Shown(
        label=_said(item.label),
        note=_note(item),
        value=formats.money(item.amount if has_value else 0, item.currency),
        why=why_url(item.asked),
        reason=reason,
        state="estimate" if item.is_estimate else "",
        is_missing=not has_value and item.status == "no_data",
    )


def _note(item: Item) -> str:
    words = [_said(item.plan)]
    if item.kind == PostedLine.WITHDRAWAL:
        words.append(_("Withdrawn: %(period)s") % {"period": formats.period_name(item.earned)})
    elif item.kind:
        words.append(_("Corrects %(period)s") % {"period": formats.period_name(item.earned)})
    if item.source_clause:
        words.append(item.source_clause)
    return " · ".join(word for word in words if word)


def _reached(one: Reached) -> Shown:
    return Shown(
        label=_said(one.label),
        note="",
        value="" if one.ratio is None else formats.ratio(one.ratio),
        why=why_url(one.asked),
        reason=_said(one.reason),
        state="estimate" if one.is_estimate else "",
        is_missing=one.ratio is None,
        ratio=one.ratio,
        more=(_figure(one.target, one.unit), _figure(one.actual, one.unit)),
    )


def _scored(one: Scored) -> Shown:
    value = one.grade or ("" if one.points is None else formats.points(one.points))
    return Shown(
        label=_said(one.label),
        note="",
        value=value,
        why=why_url(one.asked),
        reason=_said(one.reason),
        state="estimate" if one.is_estimate else "",
        is_missing=not value,
        more=(
            "" if one.weight is None else formats.ratio(one.weight, 0),
            "" if one.score is None else formats.points(one.score),
        ),
        is_total=one.is_total,
    )


def _figure(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "money":
        return formats.number(value, 2)
    return formats.ratio(value, 2) if unit == "ratio" else formats.number(value)


def short_month(month: Period) -> str:
    """A month under a chart, where its neighbours say the year: 9月, Sep."""
    return formats.month_short(month.from_.month)


def trend_chart(posted: Iterable[Posted], until: Period) -> dict[str, Any] | None:
    """What was posted month by month as data of a bar chart; None where there is too little."""
    rows = list(posted)
    if len({one.month for one in rows}) < 2 or len({one.currency for one in rows}) > 1:
        return None
    return {
        "categories": [short_month(one.month) for one in rows],
        "series": [
            {
                "name": _("Posted"),
                "values": [str(from_minor(one.amount_minor, one.currency)) for one in rows],
                "role": "subject",
            }
        ],
        "current": next((at for at, one in enumerate(rows) if one.month == until), None),
        "currency": rows[0].currency,
    }
