"""All that a calculation reads: a period, dataset rows, what they cover, and earlier results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from attain.core.periods import (
    GREGORIAN,
    Calendar,
    ChinaWorkingDays,
    Period,
    TableWorkingDays,
    WorkingDays,
)
from attain.engine.primitives.model.results import days_of_results, plan_of_results

StoredRow = Mapping[str, object]
"""A row as it stands in a dataset version or a result: column name to value, None for empty."""

Interval = tuple[dt.date, dt.date]
"""Days from the first until before the second."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The results of one run named in the request: a plan, its period, its relations' rows."""

    plan: str
    period: Period
    relations: Mapping[str, Sequence[StoredRow]]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one run of a plan reads, and nothing else.

    `coverage` says per dataset for which days an absent row means zero; `earlier` are the
    results named in the request, of this plan's own earlier periods and of other plans.
    A dataset not in `coverage` has no business date and is always covered;
    `everything_covered` takes every dataset as covered for all time (examples of a plan);
    a `provisional` run looks at covered days only, instead of calling the rest no data.
    """

    period: Period
    datasets: Mapping[str, Sequence[StoredRow]] = field(default_factory=dict)
    coverage: Mapping[str, Sequence[Interval]] = field(default_factory=dict)
    earlier: Sequence[EarlierRun] = ()
    calendar: Calendar = GREGORIAN
    public_days: WorkingDays = field(default_factory=ChinaWorkingDays)
    everything_covered: bool = False
    provisional: bool = False

    def runs_of(self, plan: str) -> tuple[EarlierRun, ...]:
        """The named runs of a plan, the earliest period first."""
        own = (run for run in self.earlier if run.plan == plan)
        return tuple(sorted(own, key=lambda run: (run.period.until, run.period.from_)))

    def covered(self, dataset: str) -> tuple[Interval, ...] | None:
        """The covered days, touching intervals merged; None for a dataset without business date.

        Such a dataset (a price list, say) is whole as it stands: nothing of it can be absent.
        """
        days = self.coverage.get(dataset)
        if days is None and (plan := plan_of_results(dataset)) is not None:
            days = days_of_results(dataset, (one.period for one in self.runs_of(plan)))
        if self.everything_covered or days is None:
            return None
        merged: list[Interval] = []
        for start, until in sorted(days):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], until))
            else:
                merged.append((start, until))
        return tuple(merged)

    @property
    def working_days(self) -> WorkingDays:
        """Working days of the run: rows of `days` first, then the public calendar."""
        stated = {
            row["date"]: row["is_working"]
            for row in self.datasets.get("days", ())
            if row.get("calendar") in (None, self.calendar.name)
        }
        return TableWorkingDays(stated, self.public_days)  # type: ignore[arg-type]
