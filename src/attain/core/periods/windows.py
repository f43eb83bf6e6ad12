"""Windows of rules: year to date, last three months, to the 12th, twelve months from July."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from attain.core.errors import AttainError, codes, problem
from attain.core.periods.calendar import Calendar
from attain.core.periods.models import Period

_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, n: int) -> date:
    """The same day n months later, or the last day of a shorter month (31 January + 1)."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of_month(day: date, number: int, months: int = 0) -> date:
    """Day `number` of the month that comes `months` after the day's, clamped in short months.

    "The 10th of M+2" for anything in March is `day_of_month(day, 10, 2)`: 10 May.

    :raises AttainError: WINDOW_FORMAT for a number that is not 1 to 31.
    """
    if not 1 <= number <= 31:
        raise AttainError(problem(codes.WINDOW_FORMAT, value=f"day {number}", limit="1–31"))
    first = add_months(day.replace(day=1), months)
    return first.replace(day=min(number, month_end(first).day))


def to_date(calendar: Calendar, period: Period, kind: str) -> Period:
    """From the start of the `kind` around the period until the period's end.

    :raises AttainError: PERIOD_NOT_NESTED if the period crosses two of that kind.
    """
    return Period(period.calendar, calendar.parent(period, kind).from_, period.until)


def year_to_date(calendar: Calendar, period: Period) -> Period:
    """From the start of the calendar's year until the period's end."""
    return to_date(calendar, period, "year")


def year_start(calendar: Calendar, day: date) -> date:
    """The first day of the calendar's year that holds the day."""
    return calendar.period_at("year", day).from_


def last(calendar: Calendar, period: Period, n: int, kind: str | None = None) -> Period:
    """The last n periods, this one included, up to the period's end.

    With a kind, n periods of that kind up to the period's end: the last 12 months of a
    quarter are the months that end with it.

    :raises AttainError: WINDOW_FORMAT for n below 1, or if no period of that kind ends there.
    """
    ending = period
    if kind is not None and kind != period.kind:
        ending = calendar.period_at(kind, period.last_day)
    if n < 1 or ending.until != period.until:
        raise AttainError(
            problem(codes.WINDOW_FORMAT, value=f"last {n} {kind or period.kind}", limit=str(period))
        )
    return Period(period.calendar, calendar.previous(ending, n - 1).from_, period.until)


def season(period: Period, months: int, start_month: int) -> Period:
    """The season around a period: `months` months from the 1st of `start_month`.

    Of twelve months from July, March 2026 lies in July 2025 until July 2026. A season
    shorter than a year comes once a year.

    :raises AttainError: PERIOD_NOT_NESTED if the period does not lie in one season.
    """
    if not 1 <= months <= 12 or not 1 <= start_month <= 12:
        value = f"{months} months from {start_month}"
        raise AttainError(problem(codes.WINDOW_FORMAT, value=value, limit="1–12"))
    started = period.from_.month >= start_month
    start = date(period.from_.year - (0 if started else 1), start_month, 1)
    found = Period(period.calendar, start, add_months(start, months))
    if not found.covers(period):
        kind = f"{months} months from {start_month}"
        raise AttainError(problem(codes.PERIOD_NOT_NESTED, period=str(period), kind=kind))
    return found


def to_day(period: Period, number: int) -> Period:
    """From the start of a month to its day `number`, that day included, clamped in short months.

    :raises AttainError: WINDOW_FORMAT if the period begins and ends in different months.
    """
    end = day_of_month(period.from_, number)
    if month_end(period.from_) < period.last_day or end < period.from_:
        raise AttainError(problem(codes.WINDOW_FORMAT, value=f"to day {number}", limit=str(period)))
    return Period(period.calendar, period.from_, min(end + timedelta(days=1), period.until))


def life_to_date(period: Period) -> Period:
    """Everything until the period's end."""
    return Period(period.calendar, date.min, period.until)


def moved(period: Period, n: int, kind: str) -> Period:
    """A period with free bounds moved by weeks or calendar months; a month's end stays one."""
    if kind == "week":
        step = timedelta(weeks=n)
        return Period(period.calendar, period.from_ + step, period.until + step)
    if kind not in _MONTHS:
        raise AttainError(problem(codes.WINDOW_FORMAT, value=f"{n:+} {kind}", limit=str(period)))
    months = n * _MONTHS[kind]
    start, end = add_months(period.from_, months), add_months(period.until, months)
    return Period(period.calendar, start, end)
