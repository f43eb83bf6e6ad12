"""The records of a kind in a calendar: business days, deadlines and reminders, month or week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.requests import Request
from attain.apps.records import narrowing, selectors
from attain.apps.records.columns import addresses, is_late, said
from attain.apps.records.kinds import working_days
from attain.apps.records.models import Record
from attain.apps.records.tables import RecordTable
from attain.core.dates import ISO_ONLY, parse_date
from attain.core.errors import AttainError
from attain.ui import formats
from attain.ui.tables import Page, Query
from attain.ui.tables.response import is_fragment
from attain.ui.tables.view import make_view

SPANS: Final = ("month", "week")
MOST: Final = 500
"""Deadlines of one look; nobody reads more in a month."""
SHOWN: Final = 4
"""Entries of one day in a month; the week shows all."""
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Dated:
    """A record with the days it lies on: its own date, a deadline, or a day that is reminded of."""

    record: Record
    on: date
    until: date | None = None
    what: str = "date"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on a day, and why it stands there."""

    title: str
    url: str
    what: str
    tone: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    day: date
    is_today: bool
    is_outside: bool
    """True for the days before and after the month."""
    is_working: bool
    entries: tuple[Entry, ...] = field(default=())
    more: int = 0
    week: str = ""
    """The address of its week."""


def calendar(
    request: Request, table: RecordTable, query: Query, context: dict[str, Any]
) -> HttpResponse:
    """The calendar over the rows the question finds."""
    span = request.GET.get("span", "month")
    if span not in SPANS:
        raise Http404
    today = request.actor.today
    day = _day(request.GET.get("on", ""), today)
    start, until = bounds(day, span)
    found = table.matching(query)
    entries = list(_dated(request, table, found, start, until))
    table.learn([one.record for one in entries])
    days = list(_days(table, query, entries, (start, until), day if span == "month" else None))
    context |= {
        "span": span,
        "weeks": [days[first : first + 7] for first in range(0, len(days), 7)],
        "days": [one for one in days if not one.is_outside and (one.entries or span == "week")],
        "weekdays": [formats.weekday_short(one.day) for one in days[:7]],
        "heading": _heading(start, until, day, span),
        "spans": _spans(query, day, span),
        "before": _address(query, _before(day, span), span),
        "after": _address(query, _after(day, span), span),
        "now": _address(query, today, span),
        "page": make_view(
            name=table.name,
            label=table.label,
            page=Page((), len(entries), {}, query),
            columns=table.columns(request.actor),
            chosen=None,
            path=request.path,
        ),
    }  # fmt: skip
    fragment = is_fragment(request, context["page"].id)
    template = "records/_calendar.html" if fragment else "records/calendar.html"
    return render(request, template, context)


def _day(text: str, today: date) -> date:
    if not text:
        return today
    try:
        return parse_date(text if len(text) > len("2026-10") else f"{text}-01", ISO_ONLY)
    except AttainError:
        raise Http404 from None


def bounds(day: date, span: str) -> tuple[date, date]:
    """The Mondays between which whole weeks show the month, or the week, of a day."""
    if span == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + _WEEK
    first = day.replace(day=1)
    last = _next_month(day) - timedelta(days=1)
    return (
        first - timedelta(days=first.weekday()),
        last - timedelta(days=last.weekday()) + _WEEK,
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _before(day: date, span: str) -> date:
    return (
        day - _WEEK if span == "week" else (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    )


def _after(day: date, span: str) -> date:
    return day + _WEEK if span == "week" else _next_month(day)


def _address(query: Query, day: date, span: str) -> str:
    kept = (("view", "calendar"), ("on", day.isoformat()))
    return query.address(kept=kept + ((("span", "week"),) if span == "week" else ()), page=1)


def _spans(query: Query, day: date, span: str) -> list[dict[str, Any]]:
    labels = {"month": pgettext("calendar", "Month"), "week": pgettext("calendar", "Week")}
    return [
        {"label": labels[one], "url": _address(query, day, one), "current": one == span}
        for one in SPANS
    ]


def _heading(start: date, until: date, day: date, span: str) -> str:
    if span == "month":
        return formats.period_name(f"{day:%Y-%m}")
    last = until - timedelta(days=1)
    return _("%(first)s to %(last)s") % {
        "first": formats.day(start),
        "last": formats.day(last, short=True),
    }


def _dated(
    request: Request, table: RecordTable, rows: QuerySet[Record], start: date, until: date
) -> Iterator[Dated]:
    """Dates first, then deadlines, then the days that somebody is reminded of."""
    kind, language = table.kind, formats.language()
    for one in selectors.calendar(request.actor, kind, start, until, rows=rows):
        yield Dated(one.record, one.on, one.until)
    due = rows.filter(is_final=False, due_on__gte=start, due_on__lt=until)
    for record in due.order_by("due_on", "pk")[:MOST]:
        if record.due_on:
            yield Dated(record, record.due_on, what="due", label=pgettext("record", "Due"))
    shown = kind.type.views.calendar.from_ if kind.type.views.calendar else kind.type.date
    for name in dict.fromkeys(one.on for one in kind.type.reminders.values()):
        spec = kind.fields.get(name)
        if spec is None or spec.confidential or name == shown:
            continue
        near = narrowing.narrow(rows, kind, name, "ge", [start])
        near = narrowing.narrow(near, kind, name, "lt", [until])
        for record in near.order_by("business_date", "pk")[:MOST]:
            day = said(spec, record)
            if isinstance(day, date):
                yield Dated(record, day, what="reminder", label=spec.label.get(language))


def _days(
    table: RecordTable,
    query: Query,
    entries: list[Dated],
    span: tuple[date, date],
    month: date | None,
) -> Iterator[Day]:
    by_day: dict[date, list[Dated]] = {}
    for one in entries:
        for day in _covered(one, *span):
            by_day.setdefault(day, []).append(one)
    work = working_days()
    day, until = span
    while day < until:
        found = by_day.get(day, [])
        shown = found[:SHOWN] if month else found
        yield Day(
            day=day,
            is_today=day == table.actor.today,
            is_outside=month is not None and day.month != month.month,
            is_working=work.is_working(day),
            entries=tuple(_entry(table, one) for one in shown),
            more=len(found) - len(shown),
            week=_address(query, day, "week"),
        )
        day += timedelta(days=1)


def _covered(entry: Dated, start: date, until: date) -> Iterator[date]:
    """The days an entry lies on: from its first to its last, within what is shown."""
    day = max(entry.on, start)
    last = min(entry.until or entry.on, until - timedelta(days=1))
    while day <= last:
        yield day
        day += timedelta(days=1)


def _entry(table: RecordTable, entry: Dated) -> Entry:
    record = entry.record
    late = entry.what == "due" and is_late(record, table.actor.today)
    owner = next(one for one in table.columns(table.actor) if one.name == "owner")
    return Entry(
        title=record.title or record.number,
        url=addresses(table.kind.name)(record),
        what=entry.label,
        tone="problem" if late else {"due": "accent", "reminder": "outline"}.get(entry.what, ""),
        who=str(owner.read(record) or ""),
    )
