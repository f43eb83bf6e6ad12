"""What a record is besides its fields: where it stands, whose it is, what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from attain.core.periods.working_days import WeekdayWorkingDays, WorkingDays


@dataclass(frozen=True, slots=True)
class Balance:
    """Where an allowance stands, in units of its currency."""

    limit: Decimal
    reserved: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        return self.limit - self.reserved - self.spent


@dataclass(frozen=True, slots=True)
class Frame:
    """All that expressions may ask of a record besides its fields.

    `related` holds, for each field that refers to a record, the scope of that record
    (`Kind.scope`); `allowances` where the record's own stand.
    """

    today: date
    state: str = ""
    number: str = ""
    created_on: date | None = None
    business_date: date | None = None
    entered: date | None = None
    record: str = ""
    author: str = ""
    actor: str = ""
    """Who acts now, if somebody does."""
    owner: str = ""
    subject: str = ""
    unit: str = ""
    related: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    allowances: Mapping[str, Balance] = field(default_factory=dict)
    working_days: WorkingDays = field(default_factory=WeekdayWorkingDays)

    def own(self) -> dict[str, object]:
        """What every record has, under the names of expressions; empty is missing."""
        found = {
            "today": self.today,
            "state": self.state,
            "number": self.number,
            "created_on": self.created_on,
            "business_date": self.business_date,
            "entered": self.entered,
            "record": self.record,
            "author": self.author,
            "actor": self.actor,
            "owner": self.owner,
            "subject": self.subject,
            "unit": self.unit,
        }
        return {name: None if value == "" else value for name, value in found.items()}

    def known(self) -> dict[str, object]:
        """What every record has, and what the records it refers to hold, by dotted names: what
        defaults are worked out from."""
        dotted = {
            f"{field}.{name}": value
            for field, scope in self.related.items()
            for name, value in scope.items()
        }
        return {**self.own(), **dotted}
