"""Formula: a value from the same row and what it reads by key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Column, Formula, Relation
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """Each row's own expression (language.md 1, 34).

    The expression is exact throughout; it ends in the narrowing or rounding of its column,
    and the column *is* that value wherever it is read or compared (32).
    """
    assert isinstance(column.made, Formula)
    node = column.made.node
    return [run.evaluate(node, Seat(relation, row)) for row in rows]
