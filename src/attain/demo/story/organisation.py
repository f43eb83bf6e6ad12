"""Units, seats and people, as the story tells them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from attain.core.documents import Declared


class UnitVersion(Declared):
    """Where a unit hangs and who heads it, for a time."""

    start: date = Field(alias="from")
    until: date | None = None
    parent: str | None = None
    head: str | None = None


class ToldUnit(Declared):
    unit: str
    name: str
    en: str
    kind: Literal["company", "department", "region", "team"]
    responsibility: Literal["profit_centre", "cost_centre", "resource_line"]
    versions: list[UnitVersion]


class SeatVersion(Declared):
    start: date = Field(alias="from")
    until: date | None = None
    unit: str


class ToldSeat(Declared):
    """One seat, or a range of numbered seats of one title."""

    seat: str = ""
    range: tuple[str, int] | None = None
    title: str
    en: str
    versions: list[SeatVersion]

    @property
    def codes(self) -> list[str]:
        if self.range is None:
            return [self.seat]
        name, number = self.range
        return [f"{name}-{place}" for place in range(1, number + 1)]


class Units(Declared):
    units: list[ToldUnit]
    seats: list[ToldSeat]


class Holding(Declared):
    """A seat somebody holds for a time; without dates, as long as they are employed."""

    seat: str
    share: Decimal = Decimal(1)
    start: date | None = Field(default=None, alias="from")
    until: date | None = None


class StatusVersion(Declared):
    start: date = Field(alias="from")
    until: date | None = None
    status: str = Field(alias="is")


class ToldPerson(Declared):
    code: str
    name: str
    en: str
    role: str = "representative"
    department: str = "市场销售部"
    region: str = "华东大区"
    is_head: bool = False
    hired: date
    left: date | None = None
    seats: list[Holding]
    status: list[StatusVersion] = []


class People(Declared):
    people: list[ToldPerson]

    def of_role(self, role: str) -> list[ToldPerson]:
        return [person for person in self.people if person.role == role]
