"""What the API of records takes and gives. Numbers are texts, so that none is rounded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from attain.apps.accounts.api import In

Value = str | bool | None | list[str] | list[dict[str, str | bool | None]]
"""A value of a field: text, also for numbers and days; true or false; ids; rows of a table."""


class TypeOut(Schema):
    """A type of records."""

    name: str
    version: int
    label: dict[str, str]
    plural: dict[str, str]
    group: dict[str, str]
    may_create: bool


class FieldOut(Schema):
    """A field of a type; confidential ones are not listed."""

    name: str
    label: dict[str, str]
    type: str
    required: bool
    computed: bool
    currency: str | None
    of: list[str]
    choices: dict[str, dict[str, str]]
    fields: list[FieldOut] = []


class StateOut(Schema):
    """A state of a type."""

    name: str
    label: dict[str, str]
    locked: bool
    final: bool


class ActionOut(Schema):
    """An action of a type."""

    name: str
    label: dict[str, str]
    from_states: list[str]
    to: str
    needs: list[str]
    asks: list[str]


class TypeDetailOut(TypeOut):
    """A type with what it holds and how it lives."""

    fields: list[FieldOut]
    states: list[StateOut]
    actions: list[ActionOut]


class RecordOut(Schema):
    """A record; people, units and other records are keys."""

    type: str
    number: str
    key: str
    version: int
    title: str
    state: str
    owner: str
    subject: str
    author: str
    unit: str
    business_date: date
    created_on: date
    due_on: date | None
    url: str
    values: dict[str, Any]


class PossibleOut(Schema):
    """An action of the state at hand, and whether the caller may take it."""

    action: str
    allowed: bool
    reasons: list[str]


class RecordDetailOut(RecordOut):
    """A record with what can be done with it now."""

    actions: list[PossibleOut]


class RecordsOut(Schema):
    """One page of records, with the number of all and the sums over all."""

    total: int
    sums: dict[str, str | None]
    items: list[RecordOut]


class CommentOut(Schema):
    """Something said about a record."""

    id: int
    at: datetime
    by: str
    text: str
    mentions: list[str]


class CreateIn(In):
    """A new record: its values by field."""

    values: dict[str, Value]


class ChangeIn(In):
    """New values of some fields; what is not named stays."""

    values: dict[str, Value] = Field(min_length=1)


class ActIn(In):
    """An action, with its reason and the fields it asks for."""

    action: str
    reason: str = Field(default="", max_length=2000)
    values: dict[str, Value] = {}


class CommentIn(In):
    """A comment; `mentions` are the keys of the people it calls."""

    text: str = Field(max_length=5000)
    mentions: list[str] = Field(default=[], max_length=20)
