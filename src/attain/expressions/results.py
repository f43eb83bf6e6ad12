"""What an expression comes to: a value, or the reason why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from attain.core.errors import AttainError, codes, problem


@dataclass(frozen=True, slots=True)
class Absent:
    """A missing value with its reason code, `no_data.…` or `not_applicable.…`."""

    reason: str


Result = Fraction | str | dt.date | bool | Absent
"""Every number is an exact fraction; a key is text."""


def reasons_of(values: Iterable[Result]) -> list[str | None]:
    """Why each value is missing, None for those that are not."""
    return [value.reason if isinstance(value, Absent) else None for value in values]


def exact(value: Result | Decimal | int) -> Result:
    """A stored value as the evaluation sees it: numbers become fractions."""
    if isinstance(value, bool):
        return value
    return Fraction(value) if isinstance(value, Decimal | int) else value


def number_of(value: Result | None) -> Fraction:
    """A value that the checker has proved to be a number."""
    assert isinstance(value, Fraction)
    return value


def moved(day: dt.date, days: Fraction) -> dt.date:
    """A date some whole days later.

    :raises AttainError: DATE_OUT_OF_RANGE outside the years 1 to 9999.
    """
    try:
        return day + dt.timedelta(days=int(days))
    except OverflowError:
        raise beyond(day) from None


def beyond(day: dt.date) -> AttainError:
    """The refusal to leave the calendar, starting from a date."""
    return AttainError(
        problem(codes.DATE_OUT_OF_RANGE, value=day, earliest=dt.date.min, latest=dt.date.max)
    )
