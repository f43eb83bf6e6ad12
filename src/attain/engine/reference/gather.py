"""Gather: finer rows into one coarser row, filtered, in a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attain.engine.primitives.model import Aggregate, Column, Gather, Relation, Window
from attain.engine.reference import earlier
from attain.engine.reference.coverage import Days, is_covered, seen_days
from attain.engine.reference.logic import both
from attain.engine.reference.rows.sources import carried
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import (
    Row,
    comparable,
    is_no_data,
    key_order,
    narrowed,
    number,
    worst,
)
from attain.expressions.evaluate import Absent, Result
from attain.expressions.typed import Node, Operate, Reference, references

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

THIS: Final = "this"
OUTSIDE_COVERAGE = Absent("no_data.outside_coverage")
NO_ROWS = Absent("no_data.no_rows")


@dataclass(frozen=True, slots=True)
class Contribution:
    """A finer row that was asked: whether it counts, and with which value."""

    row: Row
    counts: Result
    value: Result


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """Sum, count and the like over finer rows (language.md 1, 5–7, 12, 27, 28).

    - A finer row belongs to the gathering row whose key its `match` values equal; a missing
      value belongs to nobody.
    - It is inside the window if its date is; of a relation of periods, if its whole period is.
      A row without a date is inside no bounded window.
    - The window must be covered by every dataset behind it: an uncovered day is no data, not 0.
    - A row counts if its filter is true. A filter or value that is no data makes the result no
      data, unless the plan skips missing values; not applicable leaves the row out.
    - Sum and count of nothing are 0; every other aggregate of nothing is no data.
    - The result is exact, and narrowed half up to what its column stores (34).
    """
    assert isinstance(column.made, Gather)
    made = column.made
    near = Near(run, made)
    return [_gathered(run, relation, column, row, near.of(relation, row)) for row in rows]


class Near:
    """The finer rows that may count for a gathering row.

    Where the filter asks that something equals what the gathering row has, as in
    `account = this.account`, rows with another value are left aside before they are asked: each
    gathering row would ask all of them.
    """

    def __init__(self, run: Calculation, made: Gather) -> None:
        self.run, self.made = run, made
        self.all = rows_by_owner(run, made)
        # Rows of earlier periods have what was written of them, which need not be what is asked.
        self.asked = None if made.earlier else _equal_to_this(made.where)
        self._sorted: dict[tuple[Result, ...], dict[Result, list[Row]]] = {}

    def of(self, relation: Relation, row: Row) -> Mapping[tuple[Result, ...], list[Row]]:
        """The rows by their owner, of the gathering row's owner those that may count for it."""
        if self.asked is None:
            return self.all
        owner = tuple(self.run.value(relation, row, name) for name, _ in self.made.match)
        wanted = self.run.value(relation, row, self.asked[1].column)
        if isinstance(wanted, Absent):
            return self.all
        by_value = self._by_value(owner)
        # What lacks a value may be equal: then nobody knows, and that is to be said.
        unsure = [
            one for value, some in by_value.items() if isinstance(value, Absent) for one in some
        ]
        return {owner: [*by_value.get(wanted, ()), *unsure]}

    def _by_value(self, owner: tuple[Result, ...]) -> dict[Result, list[Row]]:
        if owner not in self._sorted:
            assert self.asked is not None
            finer = self.run.plan.relations[self.made.relation]
            found = self._sorted[owner] = {}
            for one in self.all.get(owner, ()):
                value = self.run.evaluate(self.asked[0], Seat(finer, one))
                found.setdefault(value, []).append(one)
        return self._sorted[owner]


def _equal_to_this(where: Node | None) -> tuple[Node, Reference] | None:
    """What of a finer row must equal which column of the gathering row, if anything must."""
    if not isinstance(where, Operate):
        return None
    if where.operator == "and":
        found = (_equal_to_this(one) for one in where.operands)
        return next((one for one in found if one is not None), None)
    if where.operator != "=":
        return None
    first, second = where.operands
    for finer, own in ((first, second), (second, first)):
        if not isinstance(own, Reference) or own.row != THIS:
            continue
        if not any(one.row == THIS for one in references(finer)):
            return finer, own
    return None


def rows_by_owner(run: Calculation, made: Gather) -> Mapping[tuple[Result, ...], list[Row]]:
    """The finer rows by the key they belong to, each list in the order of their own keys."""
    finer = run.plan.relations[made.relation]
    near: dict[tuple[Result, ...], list[Row]] = {}
    for row in earlier.with_rows_before(run, finer) if made.earlier else run.rows(finer.name):
        owner = tuple(run.evaluate(node, Seat(finer, row)) for _, node in made.match)
        if not any(isinstance(part, Absent) for part in owner):
            near.setdefault(owner, []).append(row)
    return near


def _gathered(
    run: Calculation,
    relation: Relation,
    column: Column,
    row: Row,
    near: Mapping[tuple[Result, ...], list[Row]],
) -> Result:
    made = column.made
    assert isinstance(made, Gather)
    days = window_days(run, relation, row, made.window)
    if isinstance(days, Absent):
        return days
    if not is_covered(run.inputs, made.covered_by, days):
        return OUTSIDE_COVERAGE
    if made.earlier:
        earlier.require(run, made.relation, days)
    return aggregate(run, column, made, contributions(run, relation, row, made, near))


def contributions(
    run: Calculation,
    relation: Relation,
    row: Row,
    made: Gather,
    near: Mapping[tuple[Result, ...], list[Row]],
) -> list[Contribution]:
    """Every finer row that belongs to the gathering row and lies in its window, with its part."""
    days = window_days(run, relation, row, made.window)
    if isinstance(days, Absent):
        return []
    owner = tuple(run.value(relation, row, name) for name, _ in made.match)
    return [
        contribution(run, relation, row, made, finer)
        for finer in near.get(owner, ())
        if is_inside(run, made, finer, days)
    ]


def window_days(
    run: Calculation, relation: Relation, row: Row, window: Window | None
) -> Days | Absent | None:
    """The days of a window seen from the gathering row; None where there is no window."""
    if window is None:
        return None
    seat = Seat(relation, row)
    bounds = [
        run.evaluate(node, seat) if node is not None else None
        for node in (window.from_, window.until)
    ]
    lacking = worst(bound for bound in bounds if bound is not None)
    if lacking is not None:
        return lacking
    start, until = bounds
    assert start is None or isinstance(start, date)
    assert until is None or isinstance(until, date)
    return Days(start, until)


def is_inside(run: Calculation, made: Gather, finer: Row, days: Days | None) -> bool:
    """Whether a finer row lies in the window, as far as the run may see it."""
    if days is None or (days.start is None and days.until is None):
        return True
    relation = run.plan.relations[made.relation]
    if made.date is None and "period_from" in relation.columns:
        start = run.value(relation, finer, "period_from")
        until = run.value(relation, finer, "period_until")
        return isinstance(start, date) and isinstance(until, date) and days.cover(start, until)
    day = run.value(relation, finer, made.date) if made.date is not None else None
    return isinstance(day, date) and any(
        day in seen for seen in seen_days(run.inputs, made.covered_by, days)
    )


def contribution(
    run: Calculation, relation: Relation, row: Row, made: Gather, finer: Row
) -> Contribution:
    """What a finer row in the window brings: its filter's answer, and its value if it counts."""
    target = run.plan.relations[made.relation]
    seat = Seat(target, finer, {"this": Seat(relation, row)})
    asked = True if made.where is None else run.evaluate(made.where, seat)
    counts = both(carried(finer), asked)
    value: Result = True
    if made.value is not None and counts is not False:
        value = run.evaluate(made.value, seat)
    return Contribution(finer, counts, value)


def aggregate(
    run: Calculation, column: Column, made: Gather, asked: Sequence[Contribution]
) -> Result:
    """One value out of the contributions, given in the order of their keys."""
    counted: list[Contribution] = []
    for one in sorted(asked, key=lambda one: key_order(one.row)):
        lacking = worst((one.counts, one.value)) if one.counts is not False else None
        if lacking is None and one.counts is True:
            counted.append(one)
        elif lacking is not None and is_no_data(lacking) and not made.skip_missing:
            return lacking
    if made.aggregate in (Aggregate.FIRST, Aggregate.LATEST):
        # A row without a date is neither, as long as another has one.
        dated = [one for one in counted if _date(run, made, one.row) is not None]
        counted = sorted(dated or counted, key=lambda one: _when(run, made, one.row))
    result = _AGGREGATES[made.aggregate]([one.value for one in counted])
    return narrowed(column, result)


def _date(run: Calculation, made: Gather, row: Row) -> date | None:
    """The date by which a row is first or latest."""
    relation = run.plan.relations[made.relation]
    name = made.date or ("period_from" if "period_from" in relation.columns else None)
    day = run.value(relation, row, name) if name is not None else None
    return day if isinstance(day, date) else None


def _when(run: Calculation, made: Gather, row: Row) -> tuple[object, ...]:
    """By date, then key: the order of `first` and `latest`."""
    return (_date(run, made, row) or date.min, key_order(row))


def _sum(values: list[Result]) -> Result:
    return sum((number(value) for value in values), Fraction(0))


def _count(values: list[Result]) -> Result:
    return Fraction(sum(value is not False for value in values))


def _distinct(values: list[Result]) -> Result:
    return Fraction(len(set(values)))


def _mean(values: list[Result]) -> Result:
    if not values:
        return NO_ROWS
    return sum((number(value) for value in values), Fraction(0)) / len(values)


def _of_some(choose: Callable[[list[Result]], Result]) -> Callable[[list[Result]], Result]:
    return lambda values: choose(values) if values else NO_ROWS


_AGGREGATES: Mapping[Aggregate, Callable[[list[Result]], Result]] = {
    Aggregate.SUM: _sum,
    Aggregate.COUNT: _count,
    Aggregate.DISTINCT: _distinct,
    Aggregate.MEAN: _mean,
    Aggregate.MIN: _of_some(lambda values: min(values, key=comparable)),
    Aggregate.MAX: _of_some(lambda values: max(values, key=comparable)),
    Aggregate.FIRST: _of_some(lambda values: values[0]),
    Aggregate.LATEST: _of_some(lambda values: values[-1]),
    Aggregate.ANY: lambda values: True in values,
    Aggregate.ALL: _of_some(lambda values: False not in values),
}
