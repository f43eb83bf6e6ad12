"""Prior: state carried along the periods of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attain.core.periods import Period
from attain.engine.primitives.model import Column, Prior, Relation
from attain.engine.reference import earlier
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Key, Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

NO_PREVIOUS = Absent("no_data.previous")


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """The column's value `back` periods earlier for the same key (language.md 18–20).

    It comes from the results named in the request. Where the subject had no row in that
    period, the plan was not yet in force, or the state begins again, the start value stands in.
    """
    return [_value(run, relation, column, row) for row in rows]


def _value(run: Calculation, relation: Relation, column: Column, row: Row) -> Result:
    made = column.made
    assert isinstance(made, Prior)
    found = row_before(run, relation, row, made)
    if found is not None:
        return found.values[made.column]
    if made.start is None:
        return NO_PREVIOUS
    return run.evaluate(made.start, Seat(relation, row))


def begins_again(run: Calculation, relation: Relation, row: Row, made: Prior) -> bool:
    """Whether a state that restarts has no period to look back to, as a year's in January."""
    own = own_period(run, relation, row)
    kind = made.restart
    return kind is not None and run.inputs.calendar.begins_within(own, made.back, kind)


def row_before(run: Calculation, relation: Relation, row: Row, made: Prior) -> Row | None:
    """The same key's row of an earlier period; None where the state begins (again).

    :raises AttainError: RESULT_MISSING if that period's results are not named.
    """
    if begins_again(run, relation, row, made):
        return None
    period = earlier.period_before(run, own_period(run, relation, row), made.back)
    past = earlier.require_period(run, period)
    if period is None or past is None:
        return None
    wanted = _key_at(relation, row, period)
    rows = earlier.rows_of(past, relation, relation.name)
    return next((found for found in rows if found.key == wanted), None)


def own_period(run: Calculation, relation: Relation, row: Row) -> Period:
    """The period a row stands for: that of its key, or the run's."""
    for part, value in zip(relation.key, row.key, strict=True):
        if part.kind.startswith("period:"):
            return run.inputs.calendar.parse(str(value))
    return run.inputs.period


def _key_at(relation: Relation, row: Row, period: Period) -> Key:
    return tuple(
        period.label if part.kind.startswith("period:") else value
        for part, value in zip(relation.key, row.key, strict=True)
    )
