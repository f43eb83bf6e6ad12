"""Match: the one fitting row of another relation, at a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Lookup, Relation
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row, is_no_data, worst
from attain.expressions.evaluate import Absent, Result
from attain.expressions.typed import Node, Operate, Reference

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

AMBIGUOUS = Absent("no_data.ambiguous_match")


def find(run: Calculation, relation: Relation, row: Row, lookup: Lookup) -> Row | Absent:
    """The target row that fits this row, or why none does (language.md 10, 25).

    All tests must hold; of several rows that fit, `take` decides, and where it does not,
    the answer is no data: nothing is picked by chance. A test that cannot be made because
    this row lacks a value gives that value's reason.
    """
    seat = Seat(relation, row)
    asked = [(column, run.evaluate(node, seat)) for column, node in lookup.equal]
    at = run.evaluate(lookup.at, seat) if lookup.at is not None else None
    lacking = worst([*(value for _, value in asked), *([] if at is None else [at])])
    if lacking is not None:
        return lacking
    target = run.plan.relations[lookup.relation]
    near = [
        candidate
        for candidate in run.candidates(lookup.relation, [*asked, *_stated(run, lookup, seat)])
        if all(run.value(target, candidate, column) == value for column, value in asked)
        and (at is None or in_force(run, target, candidate, at))
    ]
    return _chosen(run, target, near, lookup, seat)


def _stated(run: Calculation, lookup: Lookup, seat: Seat) -> Iterator[tuple[str, Result]]:
    """What the condition asks to be equal to this row's values, of columns that are never empty.

    Rows without those values cannot fit, whatever else is asked.
    """
    for one in conjuncts(lookup.where):
        if not isinstance(one, Operate) or one.operator != "=":
            continue
        sides = [side for side in one.operands if isinstance(side, Reference)]
        own = [side for side in sides if not side.row and not side.type.may_be_missing]
        this = [side for side in sides if side.row == "this"]
        if own and this:
            yield own[0].column, run.value(seat.relation, seat.row, this[0].column)


def conjuncts(where: Node | None) -> Iterator[Node]:
    """The conditions that must all hold."""
    if isinstance(where, Operate) and where.operator == "and":
        for one in where.operands:
            yield from conjuncts(one)
    elif where is not None:
        yield where


def _chosen(
    run: Calculation, target: Relation, near: list[Row], lookup: Lookup, seat: Seat
) -> Row | Absent:
    fitting = near
    if lookup.where is not None:
        answers = [
            run.evaluate(lookup.where, Seat(target, candidate, {"this": seat}))
            for candidate in near
        ]
        unknown = next((answer for answer in answers if is_no_data(answer)), None)
        if isinstance(unknown, Absent):
            return unknown
        fitting = [row for row, answer in zip(near, answers, strict=True) if answer is True]
    if not fitting:
        return Absent(lookup.absent)
    return _taken(run, target, fitting, lookup)


def _taken(run: Calculation, target: Relation, fitting: list[Row], lookup: Lookup) -> Row | Absent:
    """Of several that fit: the best by each `take` column in turn; missing values are last."""
    left = fitting
    for column, descending in lookup.take:
        values = [run.value(target, row, column) for row in left]
        present = [value for value in values if not isinstance(value, Absent)]
        if present:
            best = (max if descending else min)(present)
            left = [row for row, value in zip(left, values, strict=True) if value == best]
    return left[0] if len(left) == 1 else AMBIGUOUS


def in_force(run: Calculation, target: Relation, row: Row, at: Result) -> bool:
    """Whether a dated row holds on a day: from its first day, until before its last bound.

    Rows of a period hold in that period; a blank bound is open; rows without any bound
    always hold.
    """
    names = interval_columns(target)
    if names is None:
        return True
    assert isinstance(at, date)
    start, until = (run.value(target, row, name) for name in names)
    return (not isinstance(start, date) or start <= at) and (
        not isinstance(until, date) or at < until
    )


def interval_columns(relation: Relation) -> tuple[str, str] | None:
    """The two columns that bound the days for which a row of the relation holds."""
    for start, until in (("effective_from", "effective_until"), ("period_from", "period_until")):
        if start in relation.columns and until in relation.columns:
            return start, until
    return None
