"""Posting periods: the months money is posted in, and which month an earned period belongs to."""

from __future__ import annotations

from datetime import date

from attain.apps.accounts.company import company
from attain.apps.statements.models import PostingPeriod
from attain.core.periods import GREGORIAN, Period, parse_period


def month_of(day: date) -> Period:
    """The month a day lies in; posting knows no other calendar."""
    return GREGORIAN.period_at("month", day)


def earned_period(text: str) -> Period:
    """An earned period as it is written in a line.

    :raises AttainError: as `parse_period`.
    """
    return parse_period(text, company().calendars)


def open_for(earned: Period) -> PostingPeriod:
    """The open posting period for money earned in a period.

    That is the month the earned period ends in; if it is closed, the first open one after it.
    Call inside the transaction that posts: closing and posting exclude each other there.
    """
    month = month_of(earned.last_day)
    while True:
        found = _kept(month)
        if found.state == PostingPeriod.OPEN:
            return found
        month = month_of(month.until)


def _kept(month: Period) -> PostingPeriod:
    """The posting period of a month, opened when it is first needed."""
    found, _ = PostingPeriod.objects.get_or_create(
        code=month.label,
        defaults={
            "from_date": month.from_,
            "until_date": month.until,
            "state": PostingPeriod.OPEN,
        },
    )
    return found
