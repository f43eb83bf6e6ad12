"""The parts of a desk: where I stand, what is due, what changed; role by role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Sum
from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.permissions import may
from attain.apps.accounts.roles import Role
from attain.apps.data.models import ImportBatch
from attain.apps.flow import selectors as flow
from attain.apps.insights.standings import Board, Standing, boards, narrowed
from attain.apps.notices import selectors as notices
from attain.apps.people.selectors import scope
from attain.apps.plans.models import PlanVersion
from attain.apps.records import selectors as records
from attain.apps.runs.models import Publication, Run
from attain.apps.statements.models import PostedLine
from attain.apps.statements.selectors import latest_month
from attain.core.periods import Period

SHOWN: Final = 8
"""Rows of a list on the desk; the whole list is one click away."""


LOOKS_AFTER: Final = (Role.manager, Role.hr, Role.finance, Role.plan_admin, Role.auditor)
"""Who has other people on their desk."""


@dataclass(frozen=True, slots=True)
class Own:
    """How far the reader is in one plan."""

    board: Board
    standing: Standing


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the work in hand, with the page it comes from."""

    label: str
    value: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Desk:
    """What somebody sees first."""

    month: Period
    own: list[Own] = field(default_factory=list)
    team: list[Board] = field(default_factory=list)
    todos: list[Any] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)
    due: list[records.Due] = field(default_factory=list)
    """Deadlines and cadences of the reader's records, the earliest first."""
    pay: dict[str, int] = field(default_factory=dict)
    """The reader's own posted pay of the month, by currency."""

    @property
    def is_estimate(self) -> bool:
        """Some of the figures are not published yet."""
        shown = [*(one.board for one in self.own), *self.team]
        return any(board.source.is_estimate for board in shown)


def desk_of(actor: Actor, month: Period | None = None, unit: str = "") -> Desk:
    """The desk of somebody for a month, the newest with results if none is named.

    A unit narrows the people they look after; where they stand themselves stays.
    """
    chosen = month or latest_month(actor)
    found = boards(actor, chosen)
    return Desk(
        month=chosen,
        own=list(_own(actor, found)),
        team=list(_team(actor, found, unit)),
        todos=list(flow.todos(actor)),
        changes=[notices.say(one, actor.language) for one in notices.own(actor)[:SHOWN]],
        due=records.due_list(actor) if may(actor, "records:due") else [],
        pay=_pay(actor, chosen),
    )


def _own(actor: Actor, found: list[Board]) -> Iterator[Own]:
    for board in found:
        standing = board.of(actor.person) if actor.person else None
        if standing is not None:
            yield Own(board, standing)


def _team(actor: Actor, found: list[Board], unit: str) -> Iterator[Board]:
    """Boards of others: for who looks after people, not for who sees only themselves."""
    if not actor.has(*LOOKS_AFTER):
        return
    for board in found if not unit else narrowed(found, unit):
        if any(one.person != actor.person for one in board.measures):
            yield board


def _pay(actor: Actor, month: Period) -> dict[str, int]:
    if not actor.person or not scope(actor, "pay", (month.from_, month.until)).sees(actor.person):
        return {}
    rows = (
        PostedLine.objects.filter(participant=actor.person, posting_period__code=month.label)
        .values("currency")
        .annotate(total=Sum("amount_minor"))
    )
    return {row["currency"]: row["total"] for row in rows}


@dataclass(frozen=True, slots=True)
class Work:
    """How many things of a kind stand in which state, as a link to their list."""

    kind: str
    state: str
    count: int
    url: str


def work_in_hand(actor: Actor) -> list[Work]:
    """What is under way in the areas the reader works in."""
    under_way = (
        ("plans", "plans:list", PlanVersion, ("draft", "submitted", "approved")),
        ("runs", "runs:home", Run, (*Run.WAITING, Run.FAILED)),
        ("publications", "runs:home", Publication, Publication.OPEN),
        ("imports", "data:batches", ImportBatch, ("uploaded", "mapped", "checked")),
    )
    found: list[Work] = []
    for kind, address, model, states in under_way:
        if may(actor, address):
            rows = model._default_manager.filter(state__in=states)
            counted = rows.values("state").annotate(count=Count("pk")).order_by("state")
            found += [Work(kind, row["state"], row["count"], reverse(address)) for row in counted]
    return found


def average(board: Board) -> Decimal | None:
    """The attainment of everybody shown together: actual over target, not the mean of ratios.

    None where it means nothing: rates of several people do not add up.
    """
    total = sums(board)
    return total[0] / total[1] if total is not None and total[1] else None


def sums(board: Board) -> tuple[Decimal, Decimal] | None:
    """What everybody shown has reached, and what was wanted of them."""
    return board.sums if board.adds_up else None
