"""What a true-up pays: what was earned to date, less what was earned by the period before."""

from __future__ import annotations

from attain.engine.forms.incentives.paydates import period_start

NEVER = "never"


def increase_of(to_date: str, restart: str) -> str:
    """The increase of an amount to date; the first period of a span pays all of it."""
    again = "" if restart == NEVER else f", 1, {restart}"
    before = f"previous({to_date}, 0{again})"
    increase = f"{to_date} - if(is_applicable({before}), {before}, 0)"
    if restart == NEVER:
        return increase
    return f"if(period_start = {period_start(restart, 'period_start')}, {to_date}, {increase})"
