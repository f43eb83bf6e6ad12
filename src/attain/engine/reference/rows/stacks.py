"""Rows of several relations one under the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Relation, StackPart, StackRows
from attain.engine.reference.logic import both
from attain.engine.reference.rows.sources import carried, keyed, mark
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """Each part's rows for which its condition holds, with the values the part gives (4)."""
    made = relation.rows
    assert isinstance(made, StackRows)
    for part in made.parts:
        yield from _stacked(run, relation, made, part)


def _stacked(
    run: Calculation, relation: Relation, made: StackRows, part: StackPart
) -> Iterator[Row]:
    below = run.plan.relations[part.relation]
    for row in run.rows(part.relation):
        seat = Seat(below, row)
        asked = True if part.where is None else run.evaluate(part.where, seat)
        given = (run.evaluate(node, seat) for node in part.values)
        values: dict[str, Result] = dict(zip(made.columns, given, strict=True))
        stacked = keyed(relation, values | {"part": part.name})
        stacked.made_of = ((below.name, row),)
        if mark(stacked, both(carried(row), asked)):
            yield stacked
