"""Order: a row looks at those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Column, Ordered, OrderFunction, Ordering, Relation
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row, is_no_data, narrowed, number, worst
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

NO_PREVIOUS = Absent("no_data.previous")
NO_ROWS = Absent("no_data.no_rows")

Start = Callable[[], Result | None]


@dataclass(frozen=True, slots=True)
class Place:
    """A row in its order: the rows of its partition up to and including itself."""

    rows: Sequence[Row]
    index: int

    @property
    def row(self) -> Row:
        return self.rows[self.index]


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """Totals, previous values and the like over the rows before (language.md 14–17).

    - `total` includes the row, `before` does not; `previous` is the row before, or `start`;
      `increase(x)` is x − previous(x, 0): what this row added to a running value.
    - A value that is no data stays: this row and all later ones lack it, for the first one's
      reason. Not applicable adds nothing.
    - A row whose partition or order value is missing stands outside the order.
    """
    made = column.made
    assert isinstance(made, Ordered)
    results: dict[int, Result] = {}
    for row in rows:
        lacking = outside(run, relation, made.ordering, row)
        if lacking is not None:
            results[id(row)] = lacking
    for line in partitions(run, relation, made.ordering, rows):
        for index, row in enumerate(line):
            result = _value(run, relation, made, Place(line, index))
            results[id(row)] = narrowed(column, result)
    return [results[id(row)] for row in rows]


def outside(run: Calculation, relation: Relation, ordering: Ordering, row: Row) -> Absent | None:
    """Why a row has no place in the order, if it has none."""
    names = [*ordering.partition, *(name for name, _ in ordering.by)]
    return worst(run.value(relation, row, name) for name in names)


def partitions(
    run: Calculation, relation: Relation, ordering: Ordering, rows: Sequence[Row]
) -> Iterator[list[Row]]:
    """The rows partition by partition, each in order; rows outside the order are not there."""
    lines: dict[tuple[Result, ...], list[Row]] = {}
    for row in rows:
        if outside(run, relation, ordering, row) is None:
            place = tuple(run.value(relation, row, name) for name in ordering.partition)
            lines.setdefault(place, []).append(row)
    for line in lines.values():
        yield in_order(run, relation, ordering.by, line)


def in_order(
    run: Calculation, relation: Relation, by: Sequence[tuple[str, bool]], rows: Sequence[Row]
) -> list[Row]:
    """Rows sorted by columns, each ascending or descending; ties by key.

    Missing values come last, whatever the direction.
    """

    def compared(one: Row, two: Row) -> int:
        for name, descending in by:
            left, right = (run.value(relation, row, name) for row in (one, two))
            gone = (isinstance(left, Absent), isinstance(right, Absent))
            if any(gone) and not all(gone):
                return 1 if gone[0] else -1
            if not any(gone) and left != right:
                lower = left < right  # type: ignore[operator]
                return 1 if lower is descending else -1
        return 0

    # The rows come sorted by key, and the sort keeps that among equals.
    return sorted(rows, key=cmp_to_key(compared))


def _value(run: Calculation, relation: Relation, made: Ordered, place: Place) -> Result:
    values: Sequence[Result] = [True] * (place.index + 1)
    if made.column is not None:
        until = place.rows[: place.index + 1]
        values = [run.value(relation, row, made.column) for row in until]

    def start() -> Result | None:
        if made.start is None:
            return None
        return run.evaluate(made.start, Seat(relation, place.row))

    return _FUNCTIONS[made.function](values, start)


def previous(values: Sequence[Result], start: Start) -> Result:
    """The value of the row before, missing or not; on the first row the start value."""
    if len(values) > 1:
        return values[-2]
    first = start()
    return NO_PREVIOUS if first is None else first


def increase(values: Sequence[Result], _: Start) -> Result:
    """x − previous(x, 0)."""
    before = previous(values, lambda: Fraction(0))
    return worst((values[-1], before)) or number(values[-1]) - number(before)


def _present(values: Sequence[Result]) -> Absent | list[Result]:
    """What counts so far: without the not applicable, or the first reason of no data."""
    for value in values:
        if is_no_data(value) and isinstance(value, Absent):
            return value
    return [value for value in values if not isinstance(value, Absent)]


def _summed(values: Sequence[Result]) -> Result:
    present = _present(values)
    if isinstance(present, Absent):
        return present
    return sum((number(value) for value in present), Fraction(0))


def _counted(values: Sequence[Result], _: Start) -> Result:
    present = _present(values)
    if isinstance(present, Absent):
        return present
    return Fraction(sum(value is not False for value in present))


def _chosen(
    values: Sequence[Result], start: Start, choose: Callable[[Sequence[Result]], Result]
) -> Result:
    present = _present(values)
    if isinstance(present, Absent):
        return present
    if present:
        return choose(present)
    first = start()
    return NO_ROWS if first is None else first


def _highest(values: Sequence[Result]) -> Result:
    return max(values)  # type: ignore[type-var]


def _lowest(values: Sequence[Result]) -> Result:
    return min(values)  # type: ignore[type-var]


_FUNCTIONS: Mapping[OrderFunction, Callable[[Sequence[Result], Start], Result]] = {
    OrderFunction.TOTAL: lambda values, _: _summed(values),
    OrderFunction.BEFORE: lambda values, _: _summed(values[:-1]),
    OrderFunction.PREVIOUS: previous,
    OrderFunction.INCREASE: increase,
    OrderFunction.COUNT_SO_FAR: _counted,
    OrderFunction.HIGHEST_SO_FAR: lambda values, start: _chosen(values, start, _highest),
    OrderFunction.HIGHEST_BEFORE: lambda values, start: _chosen(values[:-1], start, _highest),
    OrderFunction.LOWEST_BEFORE: lambda values, start: _chosen(values[:-1], start, _lowest),
    OrderFunction.POSITION: lambda values, _: Fraction(len(values)),
}
