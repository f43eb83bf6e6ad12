"""What a record type declares about time: cadences, reminders, records that are expected."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from pydantic import AliasChoices, Field, model_validator

from attain.core.labels import Labels
from attain.kinds.records.days import Day, Span
from attain.kinds.records.declared import Part


class EverySpec(Part):
    """How often, while a condition holds."""

    when: str | None = None
    """A condition; none is always."""
    is_: Span = Field(validation_alias=AliasChoices("is", "is_"), serialization_alias="is")
    """The length of time between two."""


class AheadSpec(Part):
    """Who is told so long before a day."""

    to: tuple[str, ...] = Field(min_length=1)
    """Who is told, in the words for who."""
    before: Span
    """How long before the last day."""


class LateSpec(Part):
    """Who is told so long after a day."""

    to: tuple[str, ...] = Field(min_length=1)
    """Who is told, in the words for who."""
    after: Span
    """How long after the last day."""


class CadenceSpec(Part):
    """Something that has to be done again and again, such as a contact every seven days."""

    label: Labels = Labels()
    """What is due, as it is called on pages."""
    last: tuple[str, ...] = ()
    """Where it was done: `<type>.<field>`, records of that type that refer here by that field,
    by their business date."""
    every: tuple[EverySpec, ...] = Field(min_length=1)
    """How often; the first whose condition holds. Where none holds there is no cadence."""
    since: str = "entered"
    """The day it is counted from while it was never done: entered, created_on or a date field."""
    remind: AheadSpec | None = None
    """Who is told before the last day."""
    escalate: LateSpec | None = None
    """Who is told after the last day, where it was not done."""

    @model_validator(mode="before")
    @classmethod
    def _one_every(cls, given: Any) -> Any:
        """`every: 7 days` is one length for all states."""
        if isinstance(given, dict) and isinstance(given.get("every"), str):
            return {**given, "every": ({"is": given["every"]},)}
        return given


class ReminderSpec(Part):
    """A day on which somebody is told of a date."""

    on: str
    """The date field."""
    before: tuple[Span, ...] = Field(min_length=1)
    """How long before; `0 days` is the day itself."""
    to: tuple[str, ...] = Field(min_length=1)
    """Who is told, in the words for who."""
    when: str | None = None
    """Only while this condition holds."""
    say: Labels = Labels()
    """The sentence; `{field}` in it is a value of the record."""
    yearly: bool = False
    """True if the date comes again every year, such as a birthday."""
    countdown: bool = False
    """True if pages show the days that are left."""


class Each(StrEnum):
    """The period for which one is expected."""

    day = "day"
    """Each working day."""
    week = "week"
    """Each week, Monday to Sunday."""
    month = "month"


class ExpectedSpec(Part):
    """Who has to hand one in for each period."""

    label: Labels = Labels()
    """What is expected, as it is called on pages."""
    each: Each
    """`day` (working days), `week` (from Monday) or `month`. A record counts for the period its
    business date lies in."""
    from_: tuple[str, ...] = Field(
        min_length=1, validation_alias=AliasChoices("from", "from_"), serialization_alias="from"
    )
    """Who: roles or positions."""
    within: str | None = None
    """The code of a unit: only those below it."""
    due: Day
    """The last day, counted from period_start or period_end."""
    remind: tuple[str, ...] = ()
    """Who is told when one is missing the day after."""
    since: dt.date | None = None
    """The first day for which one is expected."""
