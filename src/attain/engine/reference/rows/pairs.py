"""Every pair of a left row and a right row that belong together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from attain.engine.primitives.model import PairRows, Relation
from attain.engine.reference.logic import both
from attain.engine.reference.match import in_force
from attain.engine.reference.rows.sources import carried, keyed, mark, stored_columns
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import IN, Row
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
        pair = keyed(relation, _values(run, relation, left, right))
        pair.made_of = ((made.left, left.row), (made.right, right.row))
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


def _values(run: Calculation, relation: Relation, left: Seat, right: Seat) -> dict[str, Result]:
    """The pair's stored columns: the left row's by name, the right row's behind its prefix."""
    values: dict[str, Result] = {}
    for name in {*stored_columns(relation), *(part.name for part in relation.key)} - {IN}:
        seat = right if name.startswith(RIGHT) else left
        values[name] = run.value(seat.relation, seat.row, name.removeprefix(RIGHT))
    return values
