"""Kinds of periods: which is finer, and where one begins around a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from attain.core.periods import Calendar, FiscalYear
from attain.core.units import COUNT, DATE, DAYS, Type
from attain.expressions.typed import Apply, Constant, Dated, Node, Operate

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2060
"""The years for which a calendar of rows is written out inside a plan's windows."""

_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_STARTS: Final = {"month": "month_start", "quarter": "quarter_start", "year": "year_start"}


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of one calendar, from the finest to the coarsest."""

    calendar: Calendar

    @property
    def names(self) -> tuple[str, ...]:
        return self.calendar.kinds

    def __contains__(self, kind: str) -> bool:
        return kind in self.names

    def is_coarser(self, kind: str, than: str) -> bool:
        """Whether periods of one kind hold periods of the other."""
        return self.names.index(kind) > self.names.index(than)

    def start(self, kind: str, day: Node) -> Node:
        """The first day of the period of that kind which holds the day."""
        months = _MONTHS.get(kind)
        if isinstance(self.calendar, FiscalYear) and months:
            return _start_of_months(self.calendar.start_month, kind, day)
        if isinstance(self.calendar, FiscalYear) and kind == "week":
            weekday = Apply("day_of_week", (day,), COUNT.missing(day.type.may_be_missing))
            back = Operate("-", (weekday, _whole(1)), DAYS.missing(day.type.may_be_missing))
            return Operate("-", (day, back), day.type)
        return self.mapped(kind, day, 0)

    def moved(self, kind: str, day: Node, by: int) -> Node:
        """The first day of the period `by` periods later than the one that begins on `day`."""
        months = _MONTHS.get(kind)
        if isinstance(self.calendar, FiscalYear) and months:
            return add_months(day, by * months)
        if isinstance(self.calendar, FiscalYear) and kind == "week":
            return add_days(day, 7 * by)
        return self.mapped(kind, day, by)

    def mapped(self, kind: str, day: Node, by: int) -> Node:
        """As `start` and `moved`, for calendars that are rows: their periods written out."""
        first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 1, 1)
        versions = []
        for period in self.calendar.periods(kind, first, last):
            other = self.calendar.next(period, by) if by else period
            versions.append((period.from_, period.until, Constant(other.from_, DATE)))
        return Dated(f"{kind}{by:+}", day, tuple(versions), DATE.missing())


def _start_of_months(first_month: int, kind: str, day: Node) -> Node:
    """The start of a month, quarter or year; fiscal years by moving to January and back."""
    if kind == "month" or (first_month == 1 and kind in _STARTS):
        return Apply(_STARTS[kind], (day,), day.type)
    shifted = add_months(month_start(day), 1 - first_month)
    if kind == "half_year":
        start = _half_year(shifted)
    else:
        start = Apply(_STARTS[kind], (shifted,), day.type)
    return add_months(start, first_month - 1)


def _half_year(day: Node) -> Node:
    year = Apply("year_start", (day,), day.type)
    month = Apply("month", (day,), COUNT.missing(day.type.may_be_missing))
    is_first = Operate("<=", (month, _whole(6)), Type_boolean(day))
    return Apply("if", (is_first, year, add_months(year, 6)), day.type)


def Type_boolean(day: Node) -> Type:  # noqa: N802
    from attain.core.units import BOOLEAN

    return BOOLEAN.missing(day.type.may_be_missing)


def month_start(day: Node) -> Node:
    return Apply("month_start", (day,), day.type)


def add_months(day: Node, months: int) -> Node:
    """A day some months later or earlier, clamped in short months."""
    if months == 0:
        return day
    return Apply("add_months", (day, _whole(months)), day.type)


def add_days(day: Node, days: int) -> Node:
    if days == 0:
        return day
    operator = "+" if days > 0 else "-"
    return Operate(operator, (day, Constant(_decimal(abs(days)), DAYS)), day.type)


def _whole(number: int) -> Constant:
    return Constant(_decimal(number), COUNT)


def _decimal(number: int):  # type: ignore[no-untyped-def]
    from decimal import Decimal

    return Decimal(number)
