"""Posting: published minus already posted, per line key, into an open posting period.

A first payment, a correction after new data, a withdrawal and a repeated click are all this one
rule: whatever happened before, afterwards the posted lines of a key add up to what is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit.services import record
from attain.apps.runs.selectors import payable_lines
from attain.apps.statements import errors
from attain.apps.statements.models import PostedLine, PostingPeriod
from attain.apps.statements.periods import earned_period, open_for
from attain.core.errors import AttainError, problem

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Amount:
    """What a line key stands for, with some amount of it in whole smallest units."""

    line_key: str
    participant: str
    component: str
    earned: str
    currency: str
    pay_on: date
    amount_minor: int


@transaction.atomic
def post_publication(publication: Any, *, actor: Actor, at: datetime) -> int:
    """Post what a published revision changes, and return how many lines moved.

    Repeating it moves nothing. Runs inside the transaction that publishes.

    :raises AttainError: POSTING_CURRENCY_UNKNOWN.
    """
    wanted = {line.line_key: line for line in _published(publication)}
    return _post(publication, wanted, actor=actor, at=at)


@transaction.atomic
def post_withdrawal(publication: Any, *, actor: Actor, at: datetime) -> int:
    """Take back all that was posted for the plan and period of a withdrawn revision."""
    return _post(publication, {}, actor=actor, at=at, is_withdrawal=True)


def _post(
    publication: Any,
    wanted: dict[str, Amount],
    *,
    actor: Actor,
    at: datetime,
    is_withdrawal: bool = False,
) -> int:
    posted = _posted(publication)
    moves = [
        PostedLine(
            posting_period=period,
            line_key=move.line_key,
            plan_code=publication.plan_code,
            participant=move.participant,
            component=move.component,
            earned=move.earned,
            amount_minor=move.amount_minor,
            currency=move.currency,
            pay_on=move.pay_on,
            kind=_kind(move.line_key in posted, is_withdrawal),
            publication=publication,
            posted_at=at,
            posted_by_id=actor.user_id,
        )
        for period, move in _placed(_differences(wanted, posted))
    ]
    PostedLine.objects.bulk_create(moves, batch_size=_BATCH)
    if moves:
        _note(publication, moves, actor=actor, at=at)
    return len(moves)


def _published(publication: Any) -> Iterator[Amount]:
    for line in payable_lines(publication).order_by("line_key").iterator():
        if not line.currency:
            raise AttainError(problem(errors.POSTING_CURRENCY_UNKNOWN, line=line.line_key))
        yield Amount(
            line.line_key, line.participant, line.component, line.earned, line.currency,
            line.pay_on, line.amount_minor,
        )  # fmt: skip


def _posted(publication: Any) -> dict[str, Amount]:
    """What all revisions of this plan and period have posted so far, key by key."""
    found: dict[str, Amount] = {}
    rows = PostedLine.objects.filter(
        publication__plan_code=publication.plan_code, publication__period=publication.period
    )
    for row in rows.iterator():
        before = found.get(row.line_key)
        found[row.line_key] = Amount(
            row.line_key, row.participant, row.component, row.earned, row.currency, row.pay_on,
            row.amount_minor + (before.amount_minor if before else 0),
        )  # fmt: skip
    return found


def _differences(wanted: dict[str, Amount], posted: dict[str, Amount]) -> Iterator[Amount]:
    for key in sorted({*wanted, *posted}):
        line = wanted.get(key) or posted[key]
        now = wanted[key].amount_minor if key in wanted else 0
        before = posted[key].amount_minor if key in posted else 0
        if now != before:
            yield replace(line, amount_minor=now - before)


def _placed(moves: Iterator[Amount]) -> Iterator[tuple[PostingPeriod, Amount]]:
    """Every movement with the open period it goes to, which cannot be closed meanwhile."""
    periods: dict[str, PostingPeriod] = {}
    for move in moves:
        if move.earned not in periods:
            periods[move.earned] = _held(move.earned)
        yield periods[move.earned], move


def _held(earned: str) -> PostingPeriod:
    while True:
        period = open_for(earned_period(earned))
        # Writing the row keeps whoever wants to close it waiting until this posting is committed.
        if PostingPeriod.objects.filter(pk=period.pk, state=PostingPeriod.OPEN).update(
            state=PostingPeriod.OPEN
        ):
            return period


def _kind(was_posted: bool, is_withdrawal: bool) -> str:
    if is_withdrawal:
        return PostedLine.WITHDRAWAL
    return PostedLine.CORRECTION if was_posted else PostedLine.FIRST


def _note(publication: Any, moves: list[PostedLine], *, actor: Actor, at: datetime) -> None:
    record(
        actor=actor,
        action="statements.post",
        object=("publication", str(publication.pk), str(publication)),
        after={
            "lines": len(moves),
            "people": len({move.participant for move in moves}),
            "posting_periods": sorted({move.posting_period.code for move in moves}),
        },
        at=at,
    )
