"""Prior: state carried along the periods of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from attain.core.periods import Period
from attain.engine.primitives.model import Column, Prior, Relation
from attain.engine.reference import earlier
from attain.engine.reference.inputs import EarlierRun
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

    It comes from the results named in the request. One period back is the subject's latest
    earlier period with a row. Where there is none, the plan was not yet in force, or the state
    begins again, the start value stands in.
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
    own = own_period(run, relation, row)
    period = earlier.period_before(run, own, made.back)
    past = earlier.require_period(run, period)
    if period is None or past is None:
        return None
    found = _row_of(past, relation, row, period)
    if made.back > 1 or earlier.period_kind(relation) is None:
        return found
    since = _since_restart(run, made, own)
    return found or _latest(run, relation, row, own, since)


def _row_of(past: EarlierRun, relation: Relation, row: Row, period: Period) -> Row | None:
    wanted = _key_at(relation, row, period)
    rows = earlier.rows_of(past, relation, relation.name)
    return next((found for found in rows if found.key == wanted), None)


def _since_restart(run: Calculation, made: Prior, own: Period) -> date | None:
    """The first day of the span in which a state goes on; each period in it must be named."""
    if made.restart is None:
        return None
    calendar, back = run.inputs.calendar, made.back + 1
    while not calendar.begins_within(own, back, made.restart):
        earlier.require_period(run, calendar.before(own, back))
        back += 1
    return calendar.period_at(made.restart, own.last_day).from_


def _latest(
    run: Calculation, relation: Relation, row: Row, own: Period, since: date | None
) -> Row | None:
    """The same key's row of the latest period before: its subject was away in between."""
    for past in reversed(run.inputs.runs_of(run.plan.plan)):
        if past.period.until > own.from_:
            continue
        theirs = [
            (own_period(run, relation, found), found)
            for found in earlier.rows_of(past, relation, relation.name)
            if _but_period(relation, found) == _but_period(relation, row)
        ]
        within = [
            (period.until, found)
            for period, found in theirs
            if period.until <= own.from_ and (since is None or period.until > since)
        ]
        if within:
            return max(within, key=lambda one: one[0])[1]
    return None


def _but_period(relation: Relation, row: Row) -> Key:
    return tuple(
        value
        for part, value in zip(relation.key, row.key, strict=True)
        if not part.kind.startswith("period:")
    )


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
