"""For which days a file is said to be complete: `--covers 2026-01..2026-03`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from attain.cli import errors
from attain.core.errors import AttainError, problem
from attain.core.manifests import Coverage
from attain.core.periods import Calendars, Period, parse_period, period_as_written
from attain.lake.coverage import Interval


def read_covers(texts: Iterable[str], calendars: Calendars) -> tuple[Interval, ...]:
    """The days that periods, and ranges from one period to another, say.

    :raises AttainError: COVERS_WRONG.
    """
    return tuple(_interval(text, calendars) for text in texts)


def _interval(text: str, calendars: Calendars) -> Interval:
    first, dots, last = text.partition("..")
    try:
        start = parse_period(period_as_written(first), calendars)
        end = parse_period(period_as_written(last), calendars) if dots else start
        return _days(start, end)
    except AttainError:
        raise AttainError(problem(errors.COVERS_WRONG, value=text)) from None


def _days(start: Period, end: Period) -> Interval:
    if end.until <= start.from_:
        raise AttainError(problem(errors.COVERS_WRONG, value=f"{start}..{end}"))
    return start.from_, end.until


def shown_coverage(coverage: Iterable[Coverage]) -> str:
    """Coverage in words, whole months short: `2026-01 – 2026-03`."""
    spans = [shown_interval((one.from_, one.until)) for one in coverage if not one.scope]
    return ", ".join(spans)


def shown_interval(interval: tuple[object, object]) -> str:
    """Days as months where they are whole months, else the first and the last day."""
    from datetime import date

    start, until = interval
    if not isinstance(start, date) or not isinstance(until, date):
        return f"{start or '…'} – {until or '…'}"
    last = until - timedelta(days=1)
    if start.day == 1 and until.day == 1:
        first_month, last_month = f"{start:%Y-%m}", f"{last:%Y-%m}"
        return first_month if first_month == last_month else f"{first_month} – {last_month}"
    return f"{start} – {last}"
