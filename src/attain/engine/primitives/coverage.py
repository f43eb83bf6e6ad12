"""Coverage: for which days data is known to be complete, so that no row means zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.frames import Frame
from attain.engine.primitives.model import Gather
from attain.engine.primitives.rows import period_column
from attain.engine.primitives.windows import Span
from attain.expressions.sql import Printed, print_node
from attain.expressions.typed import Node, Reference

OUTSIDE = "no_data.outside_coverage"

Interval = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Cover:
    """The covered days per dataset, merged; a dataset that is not named is always covered."""

    intervals: Mapping[str, tuple[Interval, ...] | None] = field(default_factory=dict)
    provisional: bool = False

    def of(self, dataset: str) -> tuple[Interval, ...] | None:
        return self.intervals.get(dataset)

    def holds(self, dataset: str, from_: dt.date | None, until: dt.date | None) -> bool:
        """The days lie in one covered stretch; an open end reaches as far as the data does."""
        intervals = self.of(dataset)
        if intervals is None:
            return True
        if not intervals:
            return False
        start = intervals[0][0] if from_ is None else from_
        end = intervals[-1][1] if until is None else until
        return start >= end or any(low <= start and end <= high for low, high in intervals)

    def clip(self, datasets: Sequence[str]) -> tuple[Span, ...] | None:
        """What a provisional run may look at: the days that all the datasets cover."""
        if not self.provisional:
            return None
        common: list[Span] | None = None
        for dataset in datasets:
            intervals = self.of(dataset)
            if intervals is not None:
                spans = [Span("", low, high) for low, high in intervals]
                common = spans if common is None else _common(common, spans)
        return None if common is None else tuple(common)


def _common(a: Sequence[Span], b: Sequence[Span]) -> list[Span]:
    pairs = ((x, y) for x in a for y in b)
    cut = (
        Span(
            "",
            max(x.from_ or dt.date.min, y.from_ or dt.date.min),
            min(x.until or dt.date.max, y.until or dt.date.max),
        )
        for x, y in pairs
    )
    return [span for span in cut if not span.is_empty]


Outside = bool | exp.Expr
"""Whether a window is not covered: known before the run, or a condition on the row."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Why a window itself makes a gather no data: a bound is missing, or data does not cover it."""

    bounds: tuple[exp.Expr, ...]
    outside: Outside


def uncovered(
    gather: Gather,
    own: Frame,
    spans: tuple[Span, ...] | None,
    cover: Cover,
    lost: Sequence[Span] = (),
) -> Uncovered:
    """The test of a gather's window against coverage, printed on the gathering row."""
    window = gather.window
    if window is None:
        return Uncovered((), False)
    if spans is not None:
        return Uncovered(_without_days(own, lost), _outside_spans(gather, own, spans, cover))
    from_, until = (_bound(node, own) for node in (window.from_, window.until))
    whys = tuple(b.why for b in (from_, until) if b is not None and b.why is not None)
    tests = [_outside_row(cover.of(name), from_, until) for name in gather.covered_by]
    if cover.provisional:
        return Uncovered(whys, _unseen_row(cover.clip(gather.covered_by), from_, until))
    outside = sql.either(*(test for test in tests if not isinstance(test, bool)))
    if any(test is True for test in tests):
        return Uncovered(whys, True)
    return Uncovered(whys, outside if outside is not None else False)


def _without_days(own: Frame, lost: Sequence[Span]) -> tuple[exp.Expr, ...]:
    """Why windows of some periods have no days."""
    if not lost:
        return ()
    label = period_column(own.relation)
    assert label is not None
    told = {span.label: sql.text(span.why or "") for span in lost}
    own_label = sql.column(label)
    return (
        sql.cases(*((sql.equals(own_label, sql.text(name)), why) for name, why in told.items())),
    )


def _outside_spans(gather: Gather, own: Frame, spans: Sequence[Span], cover: Cover) -> Outside:
    clip = cover.clip(gather.covered_by)
    bad = [span for span in spans if not _is_covered(gather, span, cover, clip)]
    if not bad:
        return False
    if len(bad) == len(spans):
        return True
    label = period_column(own.relation)
    assert label is not None
    return exp.In(this=sql.column(label), expressions=[sql.text(span.label) for span in bad])


def _is_covered(gather: Gather, span: Span, cover: Cover, clip: Sequence[Span] | None) -> bool:
    """All of the window is covered; a provisional run asks for some day of it."""
    if not cover.provisional:
        return all(cover.holds(name, span.from_, span.until) for name in gather.covered_by)
    return clip is None or span.is_empty or bool(_common([span], clip))


def is_covered(gather: Gather, span: Span, cover: Cover) -> bool:
    """Whether the data that a gather asks for covers some days, known before the run."""
    return _is_covered(gather, span, cover, cover.clip(gather.covered_by))


def _unseen_row(
    clip: Sequence[Span] | None, from_: Printed | None, until: Printed | None
) -> Outside:
    """A provisional run knows nothing at all about a window without a covered day."""
    if clip is None:
        return False
    start = sql.operand(from_.value) if from_ is not None else None
    end = sql.operand(until.value) if until is not None else None
    empty = exp.GTE(this=start, expression=end) if start is not None and end is not None else None
    seen = [
        sql.both(
            exp.LT(this=start.copy(), expression=sql.day(span.until))
            if start and span.until
            else None,
            exp.LT(this=sql.day(span.from_), expression=end.copy()) if end and span.from_ else None,
        )
        or sql.true()
        for span in clip
    ]
    condition = sql.either(empty, *seen)
    return True if condition is None else exp.Not(this=exp.Paren(this=condition))


def _bound(node: Node | None, own: Frame) -> Printed | None:
    if node is None:
        return None

    def read(reference: Reference) -> Printed:
        return own.printed(reference.column)

    return print_node(node, read, own.dialect)


def _outside_row(
    intervals: tuple[Interval, ...] | None, from_: Printed | None, until: Printed | None
) -> Outside:
    if intervals is None:
        return False
    if not intervals:
        return True
    start = sql.operand(from_.value) if from_ is not None else sql.day(intervals[0][0])
    end = sql.operand(until.value) if until is not None else sql.day(intervals[-1][1])
    inside = [
        sql.both(
            exp.LTE(this=sql.day(low), expression=start.copy()),
            exp.LTE(this=end.copy(), expression=sql.day(high)),
        )
        for low, high in intervals
    ]
    empty = exp.GTE(this=start.copy(), expression=end.copy())
    condition = sql.either(empty, *inside)
    assert condition is not None
    return exp.Not(this=exp.Paren(this=condition))
