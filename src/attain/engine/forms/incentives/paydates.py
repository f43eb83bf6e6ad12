"""Pay dates as people write them, as expressions.

`day 10 of month + 2` is the tenth of the second month after the month in which the period ends
(S54.10), and the last day of a shorter month (language.md 43). Working days only if said. On a
row with a date of its own `period_end` is the last day of the plan's period around that date.
"""

from __future__ import annotations

import re
from typing import Final

_LATER: Final = r"(month|quarter|year)(?: ?\+ ?(\d{1,2}))?"
_DAY: Final = re.compile(rf"day (\d{{1,2}}) of {_LATER}")
_END: Final = re.compile(rf"end of {_LATER}")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CALL: Final = re.compile(r"[\w.]+(\(.*\))?( [-+] .*)?", re.DOTALL)


_CHINESE: Final = re.compile(
    r"(次次|次|下个?|当|本)?(月|季度?|年)(?:(\d{1,2})[日号]|末|底|最后一[天日])"
)
_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def period_start(period: str, day: str) -> str:
    """The first day of the period of a kind around a day.

    >>> period_start("year", "signed_on"), period_start("half_year", "signed_on")
    ('year_start(signed_on)', "start_of('half_year', signed_on)")
    """
    if period in ("month", "half_year"):
        return f"start_of('{period}', {day})"
    return f"{period}_start({day})"


def pay_date(text: str, day: str = "period_end") -> str | None:
    """The expression for a written pay date, counted from `day`; None if it cannot be read.

    >>> pay_date("day 10 of month", "signed_on")
    'min(month_start(signed_on) + 9, month_end(month_start(signed_on)))'
    >>> pay_date("end of month")
    'month_end(period_end)'
    >>> pay_date("day 10 of quarter + 1", "signed_on")
    'add_months(quarter_start(signed_on), 3) + 9'
    """
    words = " ".join(text.split())
    if meant(words):
        return None
    if words == "period end":
        return day
    if found := _DAY.fullmatch(words):
        return _day_of(int(found[1]), *_start(found[2], day, found[3]))
    if found := _END.fullmatch(words):
        kind, start = _start(found[1], day, found[2])
        return f"{kind}_end({start if found[2] else day})"
    if _DATE.fullmatch(words) or _CALL.fullmatch(words):
        return words
    return None


def meant(text: str) -> str | None:
    """How a pay date is written that is said in Chinese; None for any other text.

    >>> meant("次月10日"), meant("次次月15号"), meant("下季度末"), meant("月末"), meant("月末(x)")
    ('day 10 of month + 1', 'day 15 of month + 2', 'end of quarter + 1', 'end of month', None)
    """
    found = _CHINESE.fullmatch("".join(text.split()))
    if found is None:
        return None
    later = {"次次": " + 2", "次": " + 1", "下": " + 1", "下个": " + 1"}.get(found[1] or "", "")
    kind = {"月": "month", "季": "quarter", "年": "year"}[found[2][0]]
    return f"day {found[3]} of {kind}{later}" if found[3] else f"end of {kind}{later}"


def _start(kind: str, day: str, later: str | None) -> tuple[str, str]:
    """A kind of period, and the first day of the one that comes so much later."""
    start = f"{kind}_start({day})"
    return kind, f"add_months({start}, {int(later) * _MONTHS[kind]})" if later else start


def _day_of(number: int, kind: str, start: str) -> str | None:
    if not 1 <= number <= 31:
        return None
    day = f"{start} + {number - 1}"
    return f"min({day}, month_end({start}))" if kind == "month" else day
