"""Fold: columns that read their own earlier rows, computed row by row in an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Column, Fold, Relation
from attain.engine.reference import order
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

NO_PREVIOUS = Absent("no_data.previous")


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """State along the rows of an order: caps with room left, walks back (language.md 15, 18).

    The steps of a row are computed in their order; each may read the steps before it on the
    same row and all steps of the row before. On the first row the start values stand in.
    """
    made = column.made
    assert isinstance(made, Fold)
    results: dict[int, Result] = {}
    for row in rows:
        lacking = order.outside(run, relation, made.ordering, row)
        if lacking is not None:
            results[id(row)] = lacking
    for line in order.partitions(run, relation, made.ordering, rows):
        before: dict[str, Result] | None = None
        for row in line:
            before = steps(run, relation, made, row, before)
            results[id(row)] = before[made.column]
    return [results[id(row)] for row in rows]


def steps(
    run: Calculation,
    relation: Relation,
    made: Fold,
    row: Row,
    before: dict[str, Result] | None,
) -> dict[str, Result]:
    """Every step of the fold on one row, given those of the row before (None on the first)."""
    if before is None:
        before = started(run, relation, made, row)
    own: dict[str, Result] = {}
    for name, node in made.steps:
        own[name] = run.evaluate(node, Seat(relation, row, {"previous": before, "": own}))
    return own


def started(run: Calculation, relation: Relation, made: Fold, row: Row) -> dict[str, Result]:
    """What stands in for the row before the first: the start values, else no data."""
    given = {name: run.evaluate(node, Seat(relation, row)) for name, node in made.starts}
    return {name: given.get(name, NO_PREVIOUS) for name, _ in made.steps}
