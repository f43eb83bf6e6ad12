"""The aggregates of a gather: which rows count, what is added up, what comes out.

A row counts when its filter holds and its value is there; not applicable rows are left out.
A row about which there is no data spoils the whole result, and the reason of the row with
the lowest key is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from attain.core.units import COUNT, MAX_DIGITS, Type
from attain.engine.primitives import sql
from attain.engine.primitives.coverage import OUTSIDE, Uncovered
from attain.engine.primitives.formula import Printer
from attain.engine.primitives.frames import UNCERTAIN, Frame
from attain.engine.primitives.model import Aggregate, Column, Gather
from attain.expressions.sql import Printed, print_node, storage
from attain.expressions.typed import Narrow, Operate, Reference

NO_ROWS = "no_data.no_rows"
REASON = "__reason"
UNSURE = "__unsure"
"""Whether any row of a pass may lack data: only then anybody asks for reasons."""
SUM = "__sum"
COUNTED = "__count"

ZERO_OF_NONE = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.DISTINCT})
"""Aggregates that are 0 when no row counts; `any` is false, the others have no data then."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one gather takes of a finer row: the filter, the value, and the reason of no data.

    `reason` does not ask the filter unless the filter itself is in doubt.
    """

    where: exp.Expr | None
    value: exp.Expr | None
    reason: exp.Expr | None
    doubtful: bool
    certain: exp.Expr | None = None

    def without_filter(self) -> Taken:
        """The same where the filter has been applied before."""
        return replace(self, where=None)

    @property
    def spoils(self) -> exp.Expr | None:
        """The reason of a row that is not out by its filter."""
        if self.reason is None or self.where is None:
            return self.reason
        out = (sql.is_false(self.where.copy()), sql.null("VARCHAR"))
        return sql.cases(out, otherwise=self.reason.copy())

    @property
    def counted(self) -> exp.Expr | None:
        """The condition for a row to count at all, apart from its value being there."""
        return sql.both(
            self.where.copy() if self.where is not None else None,
            self.certain.copy() if self.certain is not None else None,
        )


def taken(gather: Gather, finer: Frame, printer: Printer) -> Taken:
    where = printer(gather.where) if gather.where is not None else None
    value = printer(gather.value) if gather.value is not None else None
    unsure = sql.column(UNCERTAIN) if finer.uncertain else None
    doubtful = unsure is not None or (where is not None and where.why is not None)
    return Taken(
        where=where.value if where is not None else None,
        value=value.value if value is not None else None,
        reason=None if gather.skip_missing else _reason(where, value, unsure),
        doubtful=doubtful,
        certain=sql.is_missing(unsure) if unsure is not None else None,
    )


def _reason(
    where: Printed | None, value: Printed | None, unsure: exp.Expr | None
) -> exp.Expr | None:
    """Why there is no data about a row: its membership, its filter, then its value.

    To which the filter does not apply is out, whatever else is unknown about it.
    """
    branches: list[tuple[exp.Expr, exp.Expr]] = []
    asked = where.why if where is not None else None
    if unsure is not None:
        if asked is not None:
            branches.append((sql.no(sql.is_no_data(asked.copy())), sql.null("VARCHAR")))
        branches.append((sql.is_there(unsure.copy()), unsure.copy()))
    if asked is not None:
        branches.append((sql.is_no_data(asked.copy()), asked.copy()))
        branches.append((sql.is_there(asked.copy()), sql.null("VARCHAR")))
    if value is not None and value.why is not None:
        branches.append((sql.is_no_data(value.why.copy()), value.why.copy()))
    return sql.cases(*branches) if branches else None


Part = tuple[str, exp.Expr, str]
"""A column of the grouped step: its name, what is computed, and its SQL type."""


def aggregated(column: Column, gather: Gather, finer: Frame, row: Taken) -> Iterator[Part]:
    """The columns that the grouped step holds for one gather."""
    name, kind = column.name, gather.aggregate
    kept = sql.storage_of(column)
    if kind is Aggregate.MEAN:
        assert row.value is not None
        exact = f"DECIMAL({MAX_DIGITS},{scale_added(gather, finer)})"
        yield name + SUM, sql.cast(_filtered(exp.Sum(this=row.value), row), exact), exact
        count = _filtered(exp.Count(this=row.value.copy()), row)
        yield name + COUNTED, sql.cast(count, "BIGINT"), "BIGINT"
    else:
        computed = sql.cast(_aggregate(kind, gather, finer, row), kept)
        yield name, computed, kept


def scale_added(gather: Gather, finer: Frame) -> int:
    """Decimals in which the values of a gather are added up: those they are stored in."""
    node = gather.value
    assert node is not None
    own = node.column if isinstance(node, Reference) and not node.row else None
    return sql.scale_of(finer.cells[own].storage if own is not None else storage(node.type))


def _aggregate(kind: Aggregate, gather: Gather, finer: Frame, row: Taken) -> exp.Expr:
    value = row.value
    if kind is Aggregate.COUNT:
        if value is None:
            return _filtered(exp.Count(this=exp.Star()), row)
        return _filtered(exp.Count(this=exp.Star()), replace(row, where=sql.both(row.where, value)))
    assert value is not None
    match kind:
        case Aggregate.DISTINCT:
            return _filtered(exp.Count(this=exp.Distinct(expressions=[value])), row)
        case Aggregate.FIRST | Aggregate.LATEST:
            arg = exp.ArgMin if kind is Aggregate.FIRST else exp.ArgMax
            there = replace(row, where=sql.both(row.where, sql.is_there(value.copy())))
            return _filtered(arg(this=value, expression=_moment_and_key(gather, finer)), there)
        case Aggregate.ANY:
            return _filtered(exp.LogicalOr(this=value), row)
        case Aggregate.ALL:
            return _filtered(exp.LogicalAnd(this=value), row)
    made = {Aggregate.SUM: exp.Sum, Aggregate.MIN: exp.Min, Aggregate.MAX: exp.Max}[kind]
    return _filtered(made(this=value), row)


def _filtered(function: exp.Expr, row: Taken) -> exp.Expr:
    condition = row.counted
    if condition is None:
        return function
    return exp.Filter(this=function, expression=exp.Where(this=condition))


def _moment_and_key(gather: Gather, finer: Frame) -> exp.Expr:
    """The order of first and latest: by date, then by key.

    What has no date is neither, as long as anything has one. A bounded window has no such rows.
    """
    date = gather.date or finer.relation.date
    if date is None:
        return sortable(finer.key())
    day, window = sql.column(date), gather.window
    is_bounded = window is not None and (window.from_ is not None or window.until is not None)
    if is_bounded or not finer.cells[date].may_be_missing:
        return sortable([day, *finer.key()])
    is_first = gather.aggregate is Aggregate.FIRST
    behind = sql.is_missing(day.copy()) if is_first else sql.is_there(day.copy())
    return sortable([behind, day, *finer.key()])


def sortable(parts: Sequence[exp.Expr]) -> exp.Expr:
    """Several values as one that compares like them, the first counting most."""
    return parts[0] if len(parts) == 1 else sql.function("row", *parts)


Branch = tuple[exp.Expr, exp.Expr]


@dataclass(frozen=True, slots=True)
class Summing:
    """A gather's sums hung on the coarser row, by the aliases of sums and of reasons."""

    column: Column
    gather: Gather
    sums: str
    reasons: str | None
    scale: int = 0
    """Decimals of the sum a mean is made of."""
    dialect: str = "duckdb"

    def result(self, window: Uncovered) -> tuple[exp.Expr, exp.Expr | None]:
        """The gathered value on the coarser row, and why it is missing.

        Reasons count in this order: a bound of the window, coverage, the rows, no rows at all.
        """
        if window.outside is True:
            why: exp.Expr = sql.cases(*_bounds(window), otherwise=sql.text(OUTSIDE))
            return sql.null(sql.storage_of(self.column)), why
        spoiled = self._spoiled(window)
        value, nothing = self._value()
        if nothing is None and not spoiled:
            return value, None
        branches = spoiled + ([(nothing, sql.text(NO_ROWS))] if nothing is not None else [])
        if spoiled:
            fine = sql.both(*(sql.no(condition.copy()) for condition, _ in spoiled))
            assert fine is not None
            value = sql.cases((fine, value))
        return value, sql.cases(*branches)

    def _spoiled(self, window: Uncovered) -> list[Branch]:
        """What makes the result no data, whatever the rows add up to."""
        branches = _bounds(window)
        if isinstance(window.outside, exp.Expr):
            branches.append((window.outside.copy(), sql.text(OUTSIDE)))
        if self.reasons is not None:
            reason = sql.column(self.column.name + REASON, self.reasons)
            branches.append((sql.is_there(reason), reason.copy()))
        return branches

    def _value(self) -> tuple[exp.Expr, exp.Expr | None]:
        """What the rows add up to, and the condition for there being none."""
        if self.gather.aggregate is Aggregate.MEAN:
            total = sql.column(self.column.name + SUM, self.sums)
            return self._mean(), sql.is_missing(total)
        raw = sql.column(self.column.name, self.sums)
        if self.gather.aggregate in ZERO_OF_NONE:
            return sql.first_there(raw, sql.whole(0)), None
        if self.gather.aggregate is Aggregate.ANY:
            return sql.first_there(raw, sql.false()), None
        return raw, sql.is_missing(raw.copy())

    def _mean(self) -> exp.Expr:
        assert self.gather.value is not None
        total = sql.column(self.column.name + SUM, self.sums)
        count = sql.column(self.column.name + COUNTED, self.sums)
        kind = replace(self.gather.value.type, scale=self.scale)
        return exact_mean(total, count, kind, self.column.type, self.dialect)


def _bounds(window: Uncovered) -> list[Branch]:
    return [(sql.is_there(why.copy()), why.copy()) for why in window.bounds]


def exact_mean(
    total: exp.Expr, count: exp.Expr, kind: Type, wanted: Type, dialect: str
) -> exp.Expr:
    """Exact sum by exact count, narrowed once like every column; `kind` is the sum's type."""
    there = replace(kind, may_be_missing=False)
    quotient = Operate(
        "/", (Reference(SUM, there), Reference(COUNTED, COUNT)), replace(there, scale=None)
    )

    def read(reference: Reference) -> Printed:
        return Printed((total if reference.column == SUM else count).copy(), None)

    narrowed = Narrow(quotient, wanted.stored_scale or 0, wanted)
    return print_node(narrowed, read, dialect).value
