"""The records of a kind as a board: a column for each state, with its count, sum and cadence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.flow import selectors as flow
from attain.apps.records import selectors
from attain.apps.records.charting import figure, short
from attain.apps.records.columns import days_late, is_late
from attain.apps.records.models import Record
from attain.apps.records.tables import RecordTable
from attain.apps.records.views.framing import kind_or_404
from attain.kinds.records import Kind
from attain.kinds.records.days import Length
from attain.kinds.records.fields import FieldSpec
from attain.ui import formats
from attain.ui.tables import Column, Page, Query
from attain.ui.tables.response import is_fragment
from attain.ui.tables.view import in_words, make_view

LINES_MAX: Final = 4
"""Lines of a card below its title."""
_APART: Final = frozenset({"number", "title", "state", "owner", "due"})
"""What a card shows in a place of its own."""


@dataclass(frozen=True, slots=True)
class Card:
    """A record on the board."""

    number: str
    title: str
    url: str
    menu: str
    owner: str
    due: str = ""
    late: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A state with the records that stand in it."""

    name: str
    label: str
    tone: str
    count: int
    sum: str
    rhythm: tuple[str, ...]
    """What has to be done again and again in it: 每7天跟进一次."""
    cards: tuple[Card, ...] = field(default=())
    more: str = ""
    """The list of all of them, where the board does not show all."""


def board(
    request: Request, table: RecordTable, query: Query, context: dict[str, Any]
) -> HttpResponse:
    """The board over the rows the question finds; each column shows its first ones."""
    found = table.matching(query)
    columns = selectors.board(request.actor, table.kind, rows=found)
    table.learn([record for column in columns for record in column.records])
    lanes = [_lane(table, query, column) for column in columns]
    total = sum(lane.count for lane in lanes)
    spec = _summed(table.kind)
    context |= {
        "lanes": lanes,
        "total": total,
        "sum": figure(sum(one.sum or 0 for one in columns), spec) if spec else "",
        "sum_label": spec.label.get(formats.language()) if spec else "",
        "page": make_view(
            name=table.name,
            label=table.label,
            page=Page((), total, {}, query),
            columns=table.columns(request.actor),
            chosen=None,
            path=request.path,
        ),
    }
    fragment = is_fragment(request, context["page"].id)
    return render(request, "records/_board.html" if fragment else "records/board.html", context)


def _summed(kind: Kind) -> FieldSpec | None:
    view = kind.type.views.board
    spec = kind.fields.get(view.sum) if view and view.sum else None
    return None if spec is None or spec.confidential else spec


def _lane(table: RecordTable, query: Query, column: Any) -> Lane:
    kind, language = table.kind, formats.language()
    state = kind.cycle.state(column.state)
    spec = _summed(kind)
    return Lane(
        name=state.name,
        label=state.label.get(language),
        tone=str(state.tone),
        count=column.count,
        sum=short(column.sum or 0, spec) if spec and column.count else "",
        rhythm=tuple(rhythms(kind, state.name, language)),
        cards=tuple(_card(table, record) for record in column.records),
        more=_all_of(table, query, state.name) if column.count > len(column.records) else "",
    )


def _all_of(table: RecordTable, query: Query, state: str) -> str:
    others = tuple(one for one in query.filters if one.column.name != "state")
    address = query.address(filters=others, kept=(), page=1)
    join = "&" if len(address) > 1 else ""
    return reverse("records:list", args=[table.kind.name]) + f"{address}{join}state.eq={state}"


def rhythms(kind: Kind, state: str, language: str) -> Iterator[str]:
    """The cadences of a state in words, where the state alone decides them."""
    for name, every in kind.rhythms.items():
        label = kind.type.cadences[name].label.get(language) or name
        for condition, length in every:
            holds = True if condition is None else condition({"state": state})
            if holds is None:
                break
            if holds:
                yield _rhythm(label, length)
                break


def _rhythm(label: str, length: Length) -> str:
    words = {
        "day": ngettext("%(label)s every day", "%(label)s every %(n)s days", length.n),
        "week": ngettext("%(label)s every week", "%(label)s every %(n)s weeks", length.n),
        "month": ngettext("%(label)s every month", "%(label)s every %(n)s months", length.n),
        "working day": ngettext(
            "%(label)s every working day", "%(label)s every %(n)s working days", length.n
        ),
    }[length.unit]
    return words % {"label": label, "n": length.n}


def _card(table: RecordTable, record: Record) -> Card:
    kind, actor = table.kind, table.actor
    known = {column.name: column for column in table.columns(actor)}
    due = None if record.is_final else record.due_on
    late = days_late(due, actor.today) if is_late(record, actor.today) else ""
    return Card(
        number=record.number,
        title=record.title or record.number,
        url=reverse("records:record", args=[kind.name, record.number]),
        menu=reverse("records:card", args=[kind.name, record.number]),
        owner=str(known["owner"].read(record) or ""),
        due="" if late or due is None else formats.day(due, short=True),
        late=late,
        lines=tuple(_lines(kind, known, record))[:LINES_MAX],
    )


def _lines(kind: Kind, known: dict[str, Column], record: Record) -> Iterator[str]:
    view = kind.type.views.board
    named = view.card if view and view.card else kind.type.views.list.columns
    for name in named:
        column = known.get(name)
        if column is None or name in _APART:
            continue
        value = column.read(record)
        if value is not None and value != "" and str(value) != record.title:
            yield in_words(column, value, record)


@require_GET
def card(request: Request, kind: str, number: str) -> HttpResponse:
    """What can be done with one record of the board: the menu of its card."""
    found = kind_or_404(request, kind)
    record = selectors.get(request.actor, kind, number)
    offered = [
        {
            "label": one.label.get(formats.language()),
            "url": reverse("records:act", args=[kind, number, one.action]),
            "allowed": one.allowed,
        }
        for one in flow.actions(record, request.actor)
        if one.concerns
    ]
    context = {
        "actions": offered,
        "url": reverse("records:record", args=[kind, number]),
        "one": found.label.get(formats.language()),
        "nothing": pgettext("menu of a record", "Nothing for you to do"),
    }
    return render(request, "records/_card_menu.html", context)
