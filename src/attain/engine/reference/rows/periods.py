"""Periods of a run, and rows that stand for a period alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attain.core.periods import Period
from attain.engine.primitives.model import PeriodRows, Relation
from attain.engine.reference.rows.sources import keyed
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """One row per period of the kind."""
    made = relation.rows
    assert isinstance(made, PeriodRows)
    for period in periods_of(run, made.period):
        yield keyed(relation, period_values(relation, period))


def periods_of(run: Calculation, kind: str | None) -> Sequence[Period]:
    """The periods of a kind for which a run has rows (language.md 8).

    All that lie inside the run's period, a week of two months in the later; of a coarser kind
    the one that ends with it, if one does. Without a kind, the run's own.
    """
    own = run.inputs.period
    if kind is None or kind == own.kind:
        return [own]
    calendar = run.inputs.calendar
    inside = [
        one
        for one in calendar.periods(kind, own.from_, own.until)
        if own.covers(one) or (kind == "week" and one.last_day <= own.last_day)
    ]
    if inside:
        return inside
    last = calendar.period_at(kind, own.last_day)
    return [last] if last.until == own.until else []


def period_values(relation: Relation, period: Period) -> dict[str, Result]:
    """The key part and the bounds by which a row names its period."""
    names = [part.name for part in relation.key if part.kind.startswith("period:")]
    labels: dict[str, Result] = dict.fromkeys(names, period.label)
    return labels | {"period_from": period.from_, "period_until": period.until}
