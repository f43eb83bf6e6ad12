"""Order: a row looks at the rows before it, in a total order inside its partition.

No data sticks: once something is not known, everything cumulated after it is not known
either, for the first reason. Not applicable rows contribute nothing. A row whose place in
the order is not known stands outside: it has that reason, and the others do not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, Printer, extended, project
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Column, Ordered, OrderFunction, Ordering
from attain.expressions.sql import Printed

NO_PREVIOUS = "no_data.previous"
NO_ROWS = "no_data.no_rows"
OUT_OF_ORDER = "__outside"
"""Helper: why a row has no place in the order."""

_INCLUDING = {
    OrderFunction.TOTAL,
    OrderFunction.COUNT_SO_FAR,
    OrderFunction.HIGHEST_SO_FAR,
}


@dataclass(frozen=True, slots=True)
class Place:
    """An ordering printed: partitions, sort keys, and why a row may stand outside."""

    partition: tuple[exp.Expr, ...]
    by: tuple[exp.Ordered, ...]
    outside: exp.Expr | None

    def over(self, function: exp.Expr, frame: exp.WindowSpec | None = None) -> exp.Window:
        parts = [one.copy() for one in self.partition]
        if self.outside is not None:
            parts.append(sql.is_missing(self.outside.copy()))
        return sql.over(function, parts, [one.copy() for one in self.by], frame)


def place_of(frame: Frame, ordering: Ordering) -> Place:
    partition = tuple(frame.value(name) for name in ordering.partition)
    by = tuple(sql.ordered(frame.value(name), descending=down) for name, down in ordering.by)
    names = [*ordering.partition, *(name for name, _ in ordering.by)]
    return Place(partition, by, sql.worst(*(frame.why(name) for name in names)))


def select_ordered(frame: Frame, columns: Sequence[Column]) -> Made:
    """The rows of a frame with columns that look at the rows before."""
    printer = Printer(Reader(frame))
    lets: list[tuple[str, exp.Expr]] = []
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for number, column in enumerate(columns):
        made = column.made
        assert isinstance(made, Ordered)
        window = _Window(frame, made, f"__{number}", printer)
        value, why = window.printed()
        lets += window.lets
        storage = sql.storage_of(column)
        projections += project(column.name, storage, value, why)
        cells[column.name] = Cell(storage, why is not None)
    return Made(extended(frame, projections, [*printer.lets, *lets]), cells)


class _Window:
    """One order function, with the helpers that must be computed beneath it."""

    def __init__(self, frame: Frame, made: Ordered, prefix: str, printer: Printer) -> None:
        self.made, self.prefix, self.printer = made, prefix, printer
        self.place = place_of(frame, made.ordering)
        self.value = frame.value(made.column) if made.column is not None else None
        self.why = frame.why(made.column) if made.column is not None else None
        self.lets: list[tuple[str, exp.Expr]] = []

    def printed(self) -> tuple[exp.Expr, exp.Expr | None]:
        """The value, and why it is missing."""
        match self.made.function:
            case OrderFunction.POSITION:
                found = Printed(self.place.over(exp.RowNumber()), None)
            case OrderFunction.PREVIOUS:
                start = self.made.start
                found = self._previous(self.printer(start) if start is not None else None)
            case OrderFunction.INCREASE:
                found = self._increase()
            case _:
                found = self._cumulated()
        outside = self.place.outside
        if outside is None:
            return found.value, found.why
        away = (sql.is_there(outside.copy()), outside.copy())
        value = sql.cases((sql.is_missing(outside.copy()), found.value))
        return value, sql.cases(away, otherwise=found.why)

    def _helper(self, name: str, expression: exp.Expr) -> exp.Column:
        """Compute something beneath, once, and read it by name."""
        self.lets.append((self.prefix + name, expression))
        return sql.column(self.prefix + name)

    def _before(self, expression: exp.Expr) -> exp.Window:
        return self.place.over(exp.Lag(this=expression))

    def _is_first(self) -> exp.Expr:
        place = self._helper("place", self.place.over(exp.RowNumber()))
        return sql.equals(place, sql.whole(1))

    def _previous(self, start: Printed | None) -> Printed:
        """The value of the row before, missing or not; on the first row the start."""
        assert self.value is not None
        first = self._is_first()
        before = self._helper("before", self._before(self.value))
        first_why = start.why if start is not None else sql.text(NO_PREVIOUS)
        whys = [(first.copy(), first_why)] if first_why is not None else []
        later = None
        if self.why is not None:
            later = self._helper("why", self._before(self.why))
        if first_why is None and later is not None:
            whys = [(first.copy(), sql.null("VARCHAR"))]
        why = sql.cases(*whys, otherwise=later) if whys or later is not None else None
        value = start.value if start is not None else None
        if value is None:
            return Printed(before, why)
        return Printed(sql.cases((first, value), otherwise=before), why)

    def _increase(self) -> Printed:
        """The value less that of the row before, which is 0 before the first."""
        assert self.value is not None
        before = self._previous(Printed(sql.whole(0), None))
        value = exp.Sub(this=self.value.copy(), expression=before.value)
        return Printed(value, sql.worst(self.why, before.why))

    def _cumulated(self) -> Printed:
        including = self.made.function in _INCLUDING
        frame = sql.rows_so_far if including else sql.rows_before
        raw = self.place.over(self._function(), frame())
        stuck = None
        if self.why is not None:
            unknown = sql.cases((sql.is_no_data(self.why.copy()), self.why.copy()))
            first = exp.IgnoreNulls(this=exp.FirstValue(this=unknown))
            stuck = self._helper("stuck", self.place.over(first, frame()))
        if self.made.function in (OrderFunction.TOTAL, OrderFunction.BEFORE):
            raw_value: exp.Expr = sql.first_there(raw, sql.whole(0))
            return self._unless(stuck, Printed(raw_value, None))
        if self.made.function is OrderFunction.COUNT_SO_FAR:
            return self._unless(stuck, Printed(raw, None))
        found = self._helper("found", raw)
        return self._unless(stuck, self._or_start(found))

    def _or_start(self, found: exp.Column) -> Printed:
        """Highest and lowest of nothing: the start, or no data."""
        none = sql.is_missing(found)
        if self.made.start is None:
            return Printed(found.copy(), sql.cases((none, sql.text(NO_ROWS))))
        start = self.printer(self.made.start)
        why = sql.cases((none.copy(), start.why)) if start.why is not None else None
        return Printed(sql.cases((none, start.value), otherwise=found.copy()), why)

    def _unless(self, stuck: exp.Column | None, found: Printed) -> Printed:
        if stuck is None:
            return found
        value = sql.cases((sql.is_missing(stuck), found.value))
        why = sql.cases((sql.is_there(stuck.copy()), stuck.copy()), otherwise=found.why)
        return Printed(value, why)

    def _function(self) -> exp.Expr:
        value = self.value.copy() if self.value is not None else None
        match self.made.function:
            case OrderFunction.COUNT_SO_FAR:
                if value is None:
                    return exp.Count(this=exp.Star())
                return exp.CountIf(this=value)
            case OrderFunction.TOTAL | OrderFunction.BEFORE:
                return exp.Sum(this=value)
            case OrderFunction.LOWEST_BEFORE:
                return exp.Min(this=value)
        return exp.Max(this=value)
