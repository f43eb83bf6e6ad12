"""Windows whose bounds depend on the period alone: known before any row is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from attain.core.periods import Period
from attain.core.reasons import worst
from attain.engine.primitives.model import Window
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL
from attain.expressions.evaluate import Absent, Result, evaluate
from attain.expressions.typed import Node, Reference, references


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first until before the second, for the rows of one period; None is open.

    `why` is the reason where a bound is no day that the calendar has.
    """

    label: str
    from_: dt.date | None
    until: dt.date | None
    why: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.from_ is not None and self.until is not None and self.from_ >= self.until


def fixed_spans(window: Window | None, periods: Sequence[Period]) -> tuple[Span, ...] | None:
    """The window of each period's rows, or None when a bound hangs on the row itself.

    Without periods the relation has one window for all of its rows, if any.
    """
    if window is None:
        return ()
    if not periods:
        return None if _names(window) else (_span(window, None),)
    if not _names(window) <= {PERIOD_FROM, PERIOD_UNTIL}:
        return None
    return tuple(_span(window, period) for period in periods)


def _names(window: Window) -> set[str]:
    nodes = [node for node in (window.from_, window.until) if node is not None]
    return {
        reference.column if reference.row in ("", "this") else f"{reference.row}.{reference.column}"
        for node in nodes
        for reference in references(node)
    }


def _span(window: Window, period: Period | None) -> Span:
    label = period.label if period is not None else ""
    bounds = [_bound(node, period) for node in (window.from_, window.until)]
    why = worst(bound.reason if isinstance(bound, Absent) else None for bound in bounds)
    start, until = (bound if isinstance(bound, dt.date) else None for bound in bounds)
    return Span(label, start, until, why)


def _bound(node: Node | None, period: Period | None) -> dt.date | Absent | None:
    if node is None:
        return None

    def read(reference: Reference) -> Result:
        assert period is not None
        return period.from_ if reference.column == PERIOD_FROM else period.until

    found = evaluate(node, read)
    assert isinstance(found, dt.date | Absent)
    return found


def disjoint(spans: Sequence[Span]) -> bool:
    """True when no day lies in two of the windows."""
    in_order = sorted(spans, key=lambda one: one.from_ or dt.date.min)
    pairs = pairwise(in_order)
    return all((a.until or dt.date.max) <= (b.from_ or dt.date.min) for a, b in pairs)


def outer(spans: Sequence[Span]) -> Span:
    """The stretch that holds all windows: what must be read at all."""
    starts = [span.from_ for span in spans]
    ends = [span.until for span in spans]
    from_ = None if None in starts else min((d for d in starts if d is not None), default=None)
    until = None if None in ends else max((d for d in ends if d is not None), default=None)
    return Span("", from_, until)
