"""How a row of another relation was found, and why it was not another one."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from attain.engine.primitives.model import Lookup, Relation
from attain.engine.provenance import raters
from attain.engine.provenance.evidence import Evidence, facts_of
from attain.engine.provenance.model import Considered, Match
from attain.engine.reference.match import in_force, interval_columns
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.results import Absent, Result

CONSIDERED = 12
"""Rows shown beside the one that was found, at most."""


def match_of(evidence: Evidence, relation: Relation, row: Row, lookup: Lookup) -> Match:
    """A look-up on one row: what was asked, what was found, and the near misses."""
    run = evidence.calculation
    seat = Seat(relation, row)
    target = run.plan.relations[lookup.relation]
    asked = [(column, run.evaluate(node, seat)) for column, node in lookup.equal]
    at = run.evaluate(lookup.at, seat) if lookup.at is not None else None
    found = run.found(relation, row, lookup.name)
    if raters.of_raters(run.plan, lookup.relation):
        return Match(lookup.name, lookup.relation, raters.CONFIDENTIAL, None, (), ())
    return Match(
        name=lookup.name,
        relation=lookup.relation,
        found=found if isinstance(found, Absent) else found.key,
        at=at if isinstance(at, dt.date) else None,
        asked=tuple(asked),
        considered=tuple(_considered(evidence, seat, lookup, asked, at, found)),
        facts=() if isinstance(found, Absent) else facts_of(evidence, target, found),
    )


def _considered(
    evidence: Evidence,
    seat: Seat,
    lookup: Lookup,
    asked: list[tuple[str, Result]],
    at: Result | None,
    found: Row | Absent,
) -> list[Considered]:
    run = evidence.calculation
    target = run.plan.relations[lookup.relation]
    if not asked:
        return [] if isinstance(found, Absent) else [_told(evidence, target, found, None)]
    near = [
        candidate
        for candidate in run.candidates(lookup.relation, asked)
        if all(run.value(target, candidate, column) == value for column, value in asked)
    ]
    return [
        _told(evidence, target, one, _why_not(evidence, seat, lookup, target, one, at, found))
        for one in near[:CONSIDERED]
    ]


def _why_not(
    evidence: Evidence,
    seat: Seat,
    lookup: Lookup,
    target: Relation,
    one: Row,
    at: Result | None,
    found: Row | Absent,
) -> Literal["date", "condition", "take"] | None:
    run = evidence.calculation
    if one is found:
        return None
    if isinstance(at, dt.date) and not in_force(run, target, one, at):
        return "date"
    if lookup.where is not None:
        answer = run.evaluate(lookup.where, Seat(target, one, {"this": seat}))
        if answer is not True:
            return "condition"
    return "take"


def _told(
    evidence: Evidence,
    target: Relation,
    one: Row,
    why_not: Literal["date", "condition", "take"] | None,
) -> Considered:
    names = interval_columns(target)
    bounds: list[Result] = []
    if names is not None:
        bounds = [evidence.calculation.value(target, one, name) for name in names]
    start, until = (
        bound if isinstance(bound, dt.date) else None for bound in (bounds or [False, False])
    )
    return Considered(one.key, why_not, start, until)
