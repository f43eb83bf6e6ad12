"""Where a dataset is complete: whole months unless somebody says otherwise.

Inside coverage no row means zero, outside it means no data. So a month with rejected rows is
never covered, and neither is any month of the file when a rejected row cannot be dated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attain.core.manifests import Coverage

Interval = tuple[date, date]
"""Half-open: the second day is the first that no longer belongs."""


def month_of(day: date) -> Interval:
    """The calendar month a day lies in.

    >>> month_of(date(2026, 12, 31))
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1))
    """
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def whole_months(first: date, last: date) -> Interval:
    """From the month of the first day to the end of the month of the last."""
    return month_of(first)[0], month_of(last)[1]


def united(spans: Iterable[Interval]) -> list[Interval]:
    """The same days in as few spans as possible, in order.

    >>> days = [date(2026, month, 1) for month in range(1, 6)]
    >>> united([(days[2], days[3]), (days[0], days[1]), (days[1], days[2])]) == [(days[0], days[3])]
    True
    """
    joined: list[Interval] = []
    for start, until in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], until)
        else:
            joined.append((start, until))
    return joined


def without(spans: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """The days of the first spans that are in none of the second.

    >>> year = (date(2026, 1, 1), date(2027, 1, 1))
    >>> without([year], [month_of(date(2026, 3, 9))])[0]
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 1))
    """
    left = united(spans)
    for start, until in united(taken):
        left = [
            piece
            for span in left
            for piece in ((span[0], min(span[1], start)), (max(span[0], until), span[1]))
            if piece[0] < piece[1]
        ]
    return left


def merged(
    before: Sequence[Coverage], added: Iterable[Interval], removed: Iterable[Interval]
) -> tuple[Coverage, ...]:
    """The coverage of a new version: what was covered, what the file adds, less what it spoils."""
    spans = [(one.from_ or date.min, one.until or date.max) for one in before if not one.scope]
    whole = without(united([*spans, *added]), removed)
    scoped = [one for one in before if one.scope]
    return (*(_coverage(*span) for span in whole), *scoped)


def _coverage(start: date, until: date) -> Coverage:
    return Coverage(
        from_=None if start == date.min else start,
        until=None if until == date.max else until,
    )
