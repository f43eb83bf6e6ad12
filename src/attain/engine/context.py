"""What is known about a run before any row is read: its period, what data covers, what is named.

Compiling needs this and nothing else from outside; paths of files belong to running.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from attain.core.periods import GREGORIAN, Calendar, ChinaWorkingDays, Period, WorkingDays
from attain.engine.primitives.model.results import days_of_results, plan_of_results

Interval = tuple[dt.date, dt.date]
"""Days from the first until before the second."""


@dataclass(frozen=True, slots=True)
class NamedResult:
    """A run named in the request: whose relations of that period may be read."""

    plan: str
    period: Period
    relations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RunContext:
    """The frame of one run.

    `coverage` says per dataset for which days an absent row means zero; a dataset that is not
    in it has no business date and is always covered. `datasets` are the versions named.
    With `provisional` windows are clipped to the days covered, instead of calling the rest
    no data; with `everything_covered` (examples of a plan) no row always means zero.
    """

    period: Period
    calendar: Calendar = GREGORIAN
    datasets: frozenset[str] = frozenset()
    coverage: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    results: tuple[NamedResult, ...] = ()
    working_days: WorkingDays = field(default_factory=ChinaWorkingDays)
    provisional: bool = False
    everything_covered: bool = False

    def periods(self, kind: str) -> tuple[Period, ...]:
        """The periods of a kind that have rows in this run.

        Those that lie inside the run's period, which may be a year of a plan by month, weeks by
        their last day; of a coarser kind the one that ends with it, because a month may not read
        its unfinished quarter.
        """
        if kind == self.period.kind:
            return (self.period,)
        inside = self.calendar.inside(kind, self.period)
        if inside:
            return inside
        near = self.calendar.periods(kind, self.period.from_, self.period.until)
        return tuple(one for one in near[-1:] if one.until == self.period.until)

    def covered(self, dataset: str) -> tuple[Interval, ...] | None:
        """The covered days of a dataset, touching intervals merged; None means always."""
        days = self.coverage.get(dataset)
        if days is None and (plan := plan_of_results(dataset)) is not None:
            days = days_of_results(dataset, (one.period for one in self.named(plan)))
        if self.everything_covered or days is None:
            return None
        merged: list[Interval] = []
        for start, until in sorted(days):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], until))
            else:
                merged.append((start, until))
        return tuple(merged)

    def named(self, plan: str) -> tuple[NamedResult, ...]:
        """The named runs of a plan, the earliest period first."""
        own = (one for one in self.results if one.plan == plan)
        return tuple(sorted(own, key=lambda one: (one.period.until, one.period.from_)))
