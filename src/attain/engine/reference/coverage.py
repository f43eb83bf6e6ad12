"""Coverage: for which days an absent row means zero, and for which it means no data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attain.engine.reference.inputs import Inputs, Interval


@dataclass(frozen=True, slots=True)
class Days:
    """Half-open days; None is unbounded."""

    start: date | None
    until: date | None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (
            self.until is None or day < self.until
        )

    def cover(self, start: date, until: date) -> bool:
        """Whether a whole period lies inside."""
        return (self.start is None or self.start <= start) and (
            self.until is None or until <= self.until
        )

    @property
    def is_empty(self) -> bool:
        return self.start is not None and self.until is not None and self.until <= self.start


def is_covered(inputs: Inputs, datasets: Sequence[str], days: Days | None) -> bool:
    """Whether no row means zero on all these days, in each of the datasets (language.md 28).

    An open start means from the dataset's first covered day, an open end until its last.
    No window and an empty window ask nothing. A provisional run asks for a covered day only.
    """
    if days is None or days.is_empty:
        return True
    if inputs.provisional:
        return bool(seen_days(inputs, datasets, days))
    return all(_holds(inputs.covered(dataset), days) for dataset in datasets)


def _holds(covered: Sequence[Interval] | None, days: Days) -> bool:
    if covered is None:
        return True
    if not covered:
        return False
    start = days.start if days.start is not None else covered[0][0]
    until = days.until if days.until is not None else covered[-1][1]
    return any(first <= start < until <= end for first, end in covered)


def seen_days(inputs: Inputs, datasets: Sequence[str], days: Days) -> list[Days]:
    """The days of a window that the run looks at: all, or in a provisional run the covered ones."""
    seen = [days]
    if not inputs.provisional:
        return seen
    for dataset in datasets:
        covered = inputs.covered(dataset)
        if covered is not None:
            clipped = [_clipped(one, *interval) for one in seen for interval in covered]
            seen = [part for part in clipped if not part.is_empty]
    return seen


def _clipped(days: Days, start: date, until: date) -> Days:
    return Days(
        start if days.start is None else max(days.start, start),
        until if days.until is None else min(days.until, until),
    )
