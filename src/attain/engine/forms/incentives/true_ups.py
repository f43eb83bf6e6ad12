"""What a true-up pays: what was earned to date, less what was earned by the period before."""

from __future__ import annotations

from attain.engine.forms.incentives.paydates import period_start

NEVER = "never"


def to_date_of(amount: str, to_date: str, restart: str) -> str:
    """What was earned to date; in a period without eligibility it stays what it was.

    Nothing is taken back then, so what was paid before is not paid again afterwards.
    """
    return f"if(is_applicable({amount}), {amount}, {_before(to_date, restart)})"


def increase_of(amount: str, to_date: str, restart: str) -> str:
    """The increase of an amount to date; the first period of a span pays all of it."""
    increase = f"{to_date} - {_before(to_date, restart)}"
    if restart != NEVER:
        begins = f"period_start = {period_start(restart, 'period_start')}"
        increase = f"if({begins}, {to_date}, {increase})"
    # What was earned to date is asked first: readers are told it where nothing is paid, too.
    asked = f"is_applicable({to_date}) and is_applicable({amount})"
    return f"if({asked}, {increase}, {amount})"


def _before(to_date: str, restart: str) -> str:
    again = "" if restart == NEVER else f", 1, {restart}"
    before = f"previous({to_date}, 0{again})"
    return f"if(is_applicable({before}), {before}, 0)"
