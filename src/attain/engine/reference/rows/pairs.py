"""Every pair of a left row and a right row that belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
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
    lefts = [Seat(run.plan.relations[made.left], row) for row in run.side(made.left)]
    rights = [Seat(run.plan.relations[made.right], row) for row in run.side(made.right)]
    beside: dict[Key | None, list[Seat]] = {}
    for right in rights if lefts else ():
        beside.setdefault(_equal(run, right, [name for _, name in made.equal]), []).append(right)
    for left, right in _together(run, made, lefts, beside):
        if made.at is not None and not _is_in_force(run, made.at, left, right):
            continue
        asked: Result = True
        if made.where is not None:
            asked = run.evaluate(made.where, Seat(left.relation, left.row, {"right": right}))
        pair = Row(_key(run, relation, left, right))
        pair.made_of = ((made.left, left.row), (made.right, right.row))
        pair.values.update(zip((part.name for part in relation.key), pair.key, strict=True))
        if mark(pair, both(carried(left.row), carried(right.row), asked)):
            yield pair


def _together(
    run: Calculation,
    made: PairRows,
    lefts: Sequence[Seat],
    beside: Mapping[Key | None, Sequence[Seat]],
) -> Iterator[tuple[Seat, Seat]]:
    """Left and right rows whose columns are equal."""
    for left in lefts:
        values = _equal(run, left, [name for name, _ in made.equal])
        if values is not None:
            yield from ((left, right) for right in beside.get(values, ()))


def _equal(run: Calculation, seat: Seat, names: Sequence[str]) -> Key | None:
    """The values by which rows belong together; None where one is missing."""
    values = tuple(run.value(seat.relation, seat.row, name) for name in names)
    return None if any(isinstance(one, Absent) for one in values) else values


def _is_in_force(run: Calculation, at: str, left: Seat, right: Seat) -> bool:
    day = run.value(left.relation, left.row, at)
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
