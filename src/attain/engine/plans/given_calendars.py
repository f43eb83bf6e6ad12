"""Calendars that the examples of a plan bring themselves, as rows of the dataset `calendars`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from attain.core.dates import parse_date
from attain.core.errors import AttainError, Where
from attain.core.periods import CalendarRow, Calendars, table_calendars
from attain.engine.plans.models.examples import Row
from attain.engine.plans.models.plan import PlanModel

CALENDARS: Final = "calendars"


def with_given(model: PlanModel, calendars: Calendars) -> Calendars:
    """The calendars that are known, with those the plan's examples give.

    Periods of the examples are those of the plan's calendar, if it is among them.

    :raises AttainError: gaps and overlaps of a calendar, a day that is none, at their place.
    """
    try:
        given = table_calendars(dict.fromkeys(_rows(model)))
    except AttainError as error:
        raise error.at(_place(model)) from None
    if not given:
        return calendars
    own = {**{name: calendars[name] for name in calendars}, **given}
    default = model.calendar if model.calendar in own else calendars.default.name
    return Calendars(own.values(), default)


def _place(model: PlanModel) -> Where:
    """Where the first example gives its calendar."""
    number = next(at for at, one in enumerate(model.examples) if CALENDARS in one.given)
    return model.where(("examples", number, "given", CALENDARS))


def _rows(model: PlanModel) -> Iterator[CalendarRow]:
    for example in model.examples:
        for number, row in enumerate(example.given.get(CALENDARS, ()), start=1):
            yield CalendarRow(
                calendar=row.get("calendar") or "",
                kind=row.get("kind") or "",
                label=row.get("label") or "",
                from_=_day(model, row, number, "from"),
                until=_day(model, row, number, "until"),
                parent=row.get("parent"),
            )


def _day(model: PlanModel, row: Row, number: int, column: str) -> dt.date:
    """A day of a row of the calendar.

    :raises AttainError: a cell that is no day, called by its row and column.
    """
    try:
        return parse_date(row.get(column) or "")
    except AttainError as error:
        place = replace(_place(model), sheet=CALENDARS, row=number, header=column)
        raise error.at(place) from None
