"""Periods, the calendars that cut time into them, windows of rules, and working days.

All intervals are half-open in whole dates: the first day belongs to a period, its `until`
does not. A calendar is either calculated (months and quarters, an own fiscal year, 4-4-5)
or given as rows (half-months, ten-day periods, contest rounds).
"""

from __future__ import annotations

from attain.core.periods.calculated import GREGORIAN, FiscalYear, FourFourFive
from attain.core.periods.calendar import Calendar
from attain.core.periods.declared import (
    CalendarDeclaration,
    FiscalYearDeclaration,
    FourFourFiveDeclaration,
)
from attain.core.periods.labelling import period_labels
from attain.core.periods.models import FREE, Period, free_period
from attain.core.periods.registry import ONLY_GREGORIAN, Calendars, parse_period
from attain.core.periods.tables import CalendarRow, TableCalendar, table_calendars
from attain.core.periods.windows import (
    add_months,
    day_of_month,
    last,
    life_to_date,
    month_end,
    season,
    to_date,
    to_day,
    year_start,
    year_to_date,
)
from attain.core.periods.working_days import (
    ChinaWorkingDays,
    TableWorkingDays,
    WeekdayWorkingDays,
    WorkingDays,
    add_working_days,
    count_working_days,
    next_working_day,
)
from attain.core.periods.writing import period_as_written

__all__ = [
    "FREE",
    "GREGORIAN",
    "ONLY_GREGORIAN",
    "Calendar",
    "CalendarDeclaration",
    "CalendarRow",
    "Calendars",
    "ChinaWorkingDays",
    "FiscalYear",
    "FiscalYearDeclaration",
    "FourFourFive",
    "FourFourFiveDeclaration",
    "Period",
    "TableCalendar",
    "TableWorkingDays",
    "WeekdayWorkingDays",
    "WorkingDays",
    "add_months",
    "add_working_days",
    "count_working_days",
    "day_of_month",
    "free_period",
    "last",
    "life_to_date",
    "month_end",
    "next_working_day",
    "parse_period",
    "period_as_written",
    "period_labels",
    "season",
    "table_calendars",
    "to_date",
    "to_day",
    "year_start",
    "year_to_date",
]
