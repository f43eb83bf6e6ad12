"""Results of another plan as something that covers days, as datasets do.

A row of a period is absent because nothing happened only where that period's run is named; else
it is not known. Before the other plan began there was nothing (language.md 20 and 28).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attain.core.periods import Period

Days = tuple[dt.date, dt.date]
"""From the first until before the second."""

_SINCE = "@"
"""Stands in no dataset's name."""


def results_since(plan: str, since: dt.date) -> str:
    """What the results of a plan that holds since a day are called among what covers days.

    >>> results_since("titles", dt.date(2026, 1, 1))
    'titles@2026-01-01'
    """
    return f"{plan}{_SINCE}{since}"


def plan_of_results(name: str) -> str | None:
    """The plan whose results are meant; None for a dataset."""
    plan, mark, _ = name.partition(_SINCE)
    return plan if mark else None


def days_of_results(name: str, periods: Iterable[Period]) -> tuple[Days, ...]:
    """The days that the results of a plan cover if the runs of these periods are named."""
    before = (dt.date.min, _since(name))
    return (before, *((one.from_, one.until) for one in periods))


def since_it_began(name: str, covered: Iterable[Days]) -> tuple[Days, ...]:
    """The covered days without those before the plan began."""
    since = _since(name)
    return tuple((max(start, since), until) for start, until in covered if until > since)


def _since(name: str) -> dt.date:
    return dt.date.fromisoformat(name.partition(_SINCE)[2])
