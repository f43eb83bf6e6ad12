"""Words for kinds of periods, and what to say of one that a calendar does not have."""

from __future__ import annotations

from typing import Final

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.resolve.periods import Kinds
from attain.engine.plans.suggesting import nearest

IN_CHINESE: Final = {
    **dict.fromkeys(("周", "每周"), "week"),
    **dict.fromkeys(("月", "月份", "月度", "每月"), "month"),
    **dict.fromkeys(("季", "季度", "每季"), "quarter"),
    **dict.fromkeys(("半年", "半年度"), "half_year"),
    **dict.fromkeys(("年", "年度", "每年"), "year"),
}
_HOW_OFTEN: Final = {
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    **dict.fromkeys(("half", "semester", "semiannual"), "half_year"),
    **dict.fromkeys(("yearly", "annual", "annually"), "year"),
}
_DAYS: Final = frozenset({"day", "days", "daily", "date", "天", "日"})


def kind_named(word: str) -> str:
    """A kind of period by its name, or by what it is called in Chinese.

    >>> kind_named("季度")
    'quarter'
    """
    return IN_CHINESE.get(word, word)


def unknown_kind(kinds: Kinds, calendar: str, word: str) -> AttainError:
    """PLAN_PERIOD_KIND, with the kind that was probably meant first; of days PLAN_PERIOD_DAY."""
    meant = {**IN_CHINESE, **_HOW_OFTEN}.get(word.casefold(), word)
    known = nearest(meant, kinds.names)
    if meant in _DAYS:
        return AttainError(problem(errors.PLAN_PERIOD_DAY, calendar=calendar, kind=word))
    return AttainError(problem(errors.PLAN_PERIOD_KIND, calendar=calendar, kind=word, known=known))
