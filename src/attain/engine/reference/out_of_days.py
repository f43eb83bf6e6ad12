"""Facts that are dated when whoever they name has no row: they count for nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attain.core.periods import Period
from attain.engine.primitives.model import Aggregate, ByWhomTheyName, Gather, MemberRows, Relation
from attain.engine.reference.coverage import Days, seen_days
from attain.engine.reference.gather import window_days
from attain.engine.reference.rows.members import would_be_measured
from attain.engine.reference.rows.periods import period_values, periods_of
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


@dataclass(frozen=True, slots=True)
class OutOfDays:
    """A fact that a column would have counted, if whoever it names had a row in the period."""

    relation: Relation
    row: Row
    subject: Result
    period: Period
    value: Result | None


def out_of_days(run: Calculation, one: ByWhomTheyName) -> Iterator[OutOfDays]:
    """Each fact, dated in a period, of somebody who is measured on other days alone."""
    relation = run.plan.relations[one.relation]
    made, members = relation.columns[one.column].made, relation.rows
    if not isinstance(made, Gather):
        # An example may state what a column holds.
        return
    assert isinstance(members, MemberRows)
    finer = run.plan.relations[made.relation]
    match = dict(made.match)[relation.key[0].name]
    date = made.date or finer.date
    assert date is not None
    for period in periods_of(run, members.period):
        rowless = would_be_measured(run, relation, members, period)
        seen = _seen(run, relation, made, period)
        for row in run.rows(finer.name):
            day, seat = run.value(finer, row, date), Seat(finer, row)
            if not isinstance(day, dt.date) or not any(day in some for some in seen):
                continue
            subject = run.evaluate(match, seat)
            if subject in rowless and _counts(run, made, seat):
                yield OutOfDays(finer, row, subject, period, _summed(run, made, seat))


def _seen(run: Calculation, relation: Relation, made: Gather, period: Period) -> list[Days]:
    """The days of a period that lie in its window, as far as the run looks at them."""
    days = Days(period.from_, period.until)
    if made.window is None:
        return [days]
    window = window_days(run, relation, Row((), period_values(relation, period)), made.window)
    if isinstance(window, Absent) or window is None:
        return []
    first = period.from_ if window.start is None else max(window.start, period.from_)
    return seen_days(run.inputs, made.covered_by, Days(first, period.until))


def _counts(run: Calculation, made: Gather, seat: Seat) -> bool:
    """Whether the filter holds, and what is counted, where that is a question."""
    tests = [made.where, made.value if made.aggregate is Aggregate.COUNT else None]
    return all(run.evaluate(one, seat) is True for one in tests if one is not None)


def _summed(run: Calculation, made: Gather, seat: Seat) -> Result | None:
    if made.value is None or made.aggregate is not Aggregate.SUM:
        return None
    value = run.evaluate(made.value, seat)
    return None if isinstance(value, Absent) else value
