"""Pay dates as people write them, as expressions.

`day 10 of month + 2` is the tenth of the second month after the month in which the period ends
(S54.10), and the last day of a shorter month (language.md 43). Working days only if said.
"""

from __future__ import annotations

import re
from typing import Final

_DAY: Final = re.compile(r"day (\d{1,2}) of month(?: ?\+ ?(\d{1,2}))?")
_END: Final = re.compile(r"end of month(?: ?\+ ?(\d{1,2}))?")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CALL: Final = re.compile(r"[\w.]+(\(.*\))?( [-+] .*)?", re.DOTALL)


_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def period_end(period: str, day: str) -> str:
    """The last day of the period that holds a row's own day, for rules that stand on rows.

    >>> period_end("quarter", "signed_on")
    'add_months(quarter_start(signed_on), 3) - 1'
    """
    if period not in _MONTHS:
        return day
    return f"add_months({period_start(period, day)}, {_MONTHS[period]}) - 1"


def period_start(period: str, day: str) -> str:
    """The first day of the period of a kind around a day.

    >>> period_start("year", "signed_on"), period_start("half_year", "signed_on")
    ('year_start(signed_on)', "start_of('half_year', signed_on)")
    """
    if period == "half_year":
        return f"start_of('half_year', {day})"
    return f"{period}_start({day})"


def pay_date(text: str, day: str = "period_end") -> str | None:
    """The expression for a written pay date, counted from `day`; None if it cannot be read.

    >>> pay_date("day 10 of month", "signed_on")
    'min(month_start(signed_on) + 9, month_end(month_start(signed_on)))'
    >>> pay_date("end of month")
    'month_end(period_end)'
    """
    words = " ".join(text.split())
    if words == "period end":
        return day
    if found := _DAY.fullmatch(words):
        return _day_of(int(found[1]), _month(day, found[2]))
    if found := _END.fullmatch(words):
        month = _month(day, found[1]) if found[1] else day
        return f"month_end({month})"
    if _DATE.fullmatch(words) or _CALL.fullmatch(words):
        return words
    return None


def _month(day: str, later: str | None) -> str:
    start = f"month_start({day})"
    return f"add_months({start}, {int(later)})" if later else start


def _day_of(number: int, month: str) -> str | None:
    if not 1 <= number <= 31:
        return None
    return f"min({month} + {number - 1}, month_end({month}))"
