"""When a finer row happens, and in which windows it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.frames import Frame
from attain.engine.primitives.model import Gather
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL, period_column, values
from attain.engine.primitives.windows import Span

WINDOW: Final = "__window"
"""The label of the window a row was found to lie in; the row may well have a label of its own."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A finer row counts on its date; without one it lies in no bounded window."""

    date: exp.Expr

    def inside(
        self, from_: exp.Expr | None, until: exp.Expr | None, *, open_ends: bool
    ) -> exp.Expr | None:
        """The condition for lying in `[from, until)`; None when nothing bounds it."""
        return sql.falls_in(self.date.copy(), from_, until, open_ends=open_ends)


@dataclass(frozen=True, slots=True)
class Lasting:
    """A finer row is a whole period: all of it must lie in the window."""

    from_: exp.Expr
    until: exp.Expr

    def inside(
        self, from_: exp.Expr | None, until: exp.Expr | None, *, open_ends: bool
    ) -> exp.Expr | None:
        """The condition for lying in `[from, until)`; None when nothing bounds it."""
        from_ = sql.operand(from_) if from_ is not None else None
        until = sql.operand(until) if until is not None else None
        low = exp.LTE(this=from_, expression=self.from_.copy()) if from_ is not None else None
        high = exp.LTE(this=self.until.copy(), expression=until) if until is not None else None
        if open_ends and from_ is not None and until is not None:
            return sql.both(
                sql.either(sql.is_missing(from_.copy()), low),
                sql.either(sql.is_missing(until.copy()), high),
            )
        return sql.both(low, high)


Moment = Dated | Lasting


def moment_of(gather: Gather, finer: Frame) -> Moment | None:
    """When a finer row happens: on its date, or in its whole period; None if it has neither."""
    if gather.date is None and period_column(finer.relation) is not None:
        return Lasting(sql.column(PERIOD_FROM), sql.column(PERIOD_UNTIL))
    date = gather.date or finer.relation.date
    return Dated(sql.column(date)) if date is not None else None


def inside(moment: Moment, span: Span) -> exp.Expr | None:
    """The condition for lying in a window that is known."""
    from_ = sql.day(span.from_) if span.from_ is not None else None
    until = sql.day(span.until) if span.until is not None else None
    return moment.inside(from_, until, open_ends=False)


def clipped(moment: Moment | None, clip: Sequence[Span] | None) -> exp.Expr | None:
    """A provisional run looks at covered days only."""
    if clip is None or moment is None:
        return None
    return sql.either(*(inside(moment, span) for span in clip)) if clip else sql.false()


def by_date(moment: Dated, spans: Sequence[Span]) -> exp.Expr:
    """The period a row counts in, by its date alone, where windows do not overlap.

    Where they follow each other, a row that lies in none before them and ends in time lies in
    this one; that it lies in any is another condition of the pass.
    """
    if all(one.until is not None and one.until == after.from_ for one, after in pairwise(spans)):
        spans = [replace(span, from_=None) for span in spans]
    branches = [(inside(moment, span) or sql.true(), sql.text(span.label)) for span in spans]
    return sql.cases(*branches)


def in_each_window(finer: Frame, moment: Moment, spans: Sequence[Span], label: str) -> exp.Subquery:
    """A row once for every window it lies in: year to date counts January in each month.

    The window's label stands in the column `WINDOW`.
    """
    window = "w"
    lines = [
        [sql.text(span.label), sql.literal(span.from_, "DATE"), sql.literal(span.until, "DATE")]
        for span in spans
    ]
    names, storages = [label, PERIOD_FROM, PERIOD_UNTIL], ["VARCHAR", "DATE", "DATE"]
    bounds = (sql.column(PERIOD_FROM, window), sql.column(PERIOD_UNTIL, window))
    open_ends = any(None in (span.from_, span.until) for span in spans)
    on = moment.inside(*bounds, open_ends=open_ends)
    join = exp.Join(this=values(lines, names, storages, window), on=on)
    columns = [*finer.all_columns(), sql.named(sql.column(label, window), WINDOW)]
    inner = exp.select(*columns).from_(finer.table()).join(join)
    return exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.quoted(sql.OWN)))
