"""In which periods an example is calculated: those it names, and those that carry into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attain.core.periods import Calendars, Period
from attain.engine.plans.models.examples import ExampleRun
from attain.engine.plans.resolve.assembling import OWN_RESULTS
from attain.engine.primitives.model import ResolvedPlan, SourceRows

Datasets = Mapping[str, Sequence[Mapping[str, Any]]]


def carries(plan: ResolvedPlan) -> bool:
    """Whether a period of a plan stands on those before it."""
    return OWN_RESULTS in plan.results


def begins(plan: ResolvedPlan, datasets: Datasets) -> dt.date | None:
    """The day from which a plan carries over: its first; of one without, that of the first fact."""
    if plan.effective_from is not None:
        return plan.effective_from
    dated = (
        (relation.rows.dataset, relation.date)
        for relation in plan.relations.values()
        if isinstance(relation.rows, SourceRows) and relation.date is not None
    )
    days = (row.get(column) for dataset, column in dated for row in datasets.get(dataset, ()))
    return min((day for day in days if isinstance(day, dt.date)), default=None)


def turns(
    runs: Sequence[tuple[Period, ExampleRun]],
    plan: ResolvedPlan,
    calendars: Calendars,
    begins_on: dt.date | None,
) -> Iterator[tuple[Period, ExampleRun | None]]:
    """The runs in their periods; before each the periods that carry into it and no run names."""
    known = begins_on
    for period, run in runs:
        if known is not None and period.kind == plan.period:
            before = calendars.of(period).periods(plan.period, known, period.from_)
            yield from ((one, None) for one in before)
        known = period.until
        yield period, run
