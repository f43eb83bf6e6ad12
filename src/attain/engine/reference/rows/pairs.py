"""Every pair of a left row and a right row that belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from attain.engine.primitives.model import PairRows, Relation
from attain.engine.reference.logic import both
from attain.engine.reference.match import in_force
from attain.engine.reference.rows.sources import carried, mark
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Key, Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

RIGHT = "right."


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """A row per left and right row whose columns are equal, in force on the left row's day.

    A missing value is equal to nothing. A condition without data keeps the pair, marked (27).
    """
    made = relation.rows
    assert isinstance(made, PairRows)
    lefts = [Seat(run.plan.relations[made.left], row) for row in run.rows(made.left)]
    rights = [Seat(run.plan.relations[made.right], row) for row in run.rows(made.right)]
    for left, right in product(lefts, rights):
        if not _belong(run, made, left, right):
            continue
        asked: Result = True
        if made.where is not None:
            asked = run.evaluate(made.where, Seat(left.relation, left.row, {"right": right}))
        pair = Row(_key(run, relation, left, right))
        pair.made_of = ((made.left, left.row), (made.right, right.row))
        pair.values.update(zip((part.name for part in relation.key), pair.key, strict=True))
        if mark(pair, both(carried(left.row), carried(right.row), asked)):
            yield pair


def _belong(run: Calculation, made: PairRows, left: Seat, right: Seat) -> bool:
    for own, other in made.equal:
        value = run.value(left.relation, left.row, own)
        if isinstance(value, Absent) or value != run.value(right.relation, right.row, other):
            return False
    if made.at is None:
        return True
    day = run.value(left.relation, left.row, made.at)
    return isinstance(day, date) and in_force(run, right.relation, right.row, day)


def _key(run: Calculation, relation: Relation, left: Seat, right: Seat) -> Key:
    """The left row's key followed by the right row's."""
    return tuple(fetched(run, part.name, left, right) for part in relation.key)


def fetched(run: Calculation, name: str, left: Seat, right: Seat) -> Result:
    """A stored column of a pair: the left row's by name, the right row's behind its prefix.

    It is fetched when it is read, so that a pair does not wait for columns made from it.
    """
    seat = right if name.startswith(RIGHT) else left
    return run.value(seat.relation, seat.row, name.removeprefix(RIGHT))


def fill(run: Calculation, relation: Relation, name: str, rows: Sequence[Row]) -> list[Result]:
    """A stored column of every pair."""
    found = []
    for row in rows:
        left, right = (Seat(run.plan.relations[of], part) for of, part in row.made_of)
        found.append(fetched(run, name, left, right))
    return found
