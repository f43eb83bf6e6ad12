"""What the API of people takes and gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from attain.apps.accounts.api import In


class PersonOut(Schema):
    """A person as of a day."""

    key: str
    code: str
    name: str
    name_en: str
    status: str
    hired_on: date | None
    left_on: date | None
    attributes: dict[str, Any]
    effective_from: date
    effective_until: date | None
    version: int


class PeopleOut(Schema):
    """One page of people."""

    total: int
    items: list[PersonOut]


class PlaceOut(Schema):
    """Where somebody sits; units, positions and people by code."""

    person: str
    unit: str | None
    position: str | None
    manager: str | None
    share: str
    effective_from: date
    effective_until: date | None


class UnitOut(Schema):
    """A unit as of a day."""

    key: str
    code: str
    name: str
    name_en: str
    kind: str
    responsibility: str
    parent: str | None
    head: str | None
    effective_from: date
    effective_until: date | None
    version: int


class ChangeOut(Schema):
    """What was done, and the version of the person afterwards."""

    change: int
    version: int


class Dated(In):
    """Something that is so from a day on, for a reason."""

    on: str
    reason: str = Field(default="", max_length=1000)


class PlaceIn(Dated):
    """Where somebody sits, by codes."""

    until: str | None = None
    unit: str | None = None
    position: str | None = None
    manager: str | None = None
    share: str = "1"


class HireIn(PlaceIn):
    """Somebody who joins."""

    code: str
    name: str
    name_en: str = ""
    status: str = "active"
    attributes: dict[str, str | bool | None] = {}


class ChangeIn(Dated):
    """What is different about somebody; what is not given stays."""

    until: str | None = None
    name: str | None = None
    name_en: str | None = None
    status: str | None = None
    attributes: dict[str, str | bool | None] | None = None


class LeaveIn(Dated):
    """Somebody who leaves, and who takes over."""

    successor: str | None = None
