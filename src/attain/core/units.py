"""Units of values, and how a value of each unit is stored.

A unit says what a number means; it is what stops an amount of money from being added to
a percentage. The storage of each unit is fixed here once, for every backend and file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

MONEY_SCALE: Final = 6
"""Decimals kept of an amount while it is worked with; payable amounts have the currency's own."""

FRACTION_SCALE: Final = 18
"""Decimals kept of a ratio, of score points, and of a fractional count or number of days."""

MONEY_DIGITS: Final = 24
WHOLE_DIGITS: Final = 18
"""Digits of a count: every number of so many fits into 64 bits."""

MAX_DIGITS: Final = 38
"""The widest decimal every backend can hold; a wider value is an AMOUNT_OVERFLOW."""


class Unit(StrEnum):
    """What a value is. A difference of two ratios (percentage points) is again a ratio."""

    money = "money"
    ratio = "ratio"
    count = "count"  # type: ignore[assignment]  # str has a method of that name
    points = "points"
    days = "days"
    text = "text"
    date = "date"
    boolean = "boolean"
    key = "key"

    @property
    def is_number(self) -> bool:
        return self in NUMBER_UNITS


NUMBER_UNITS: Final = frozenset({Unit.money, Unit.ratio, Unit.count, Unit.points, Unit.days})

_PLAIN_STORAGE: Final = {
    Unit.text: "VARCHAR",
    Unit.key: "VARCHAR",
    Unit.date: "DATE",
    Unit.boolean: "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Type:
    """The unit of a value with what belongs to it.

    `currency` is told for money, `kind` for a key (whose key it is, such as "people").
    `scale` is the number of decimals that was declared; a count or a number of days is a
    whole number when its scale is 0 (or undeclared), and a fraction otherwise.
    """

    unit: Unit
    currency: str | None = None
    scale: int | None = None
    may_be_missing: bool = False
    kind: str | None = None

    @property
    def is_number(self) -> bool:
        return self.unit.is_number

    @property
    def is_whole(self) -> bool:
        """True for counts and days without a fraction, which are stored as integers."""
        return self.unit in (Unit.count, Unit.days) and not self.scale

    @property
    def is_wide(self) -> bool:
        """True for money that is still being worked with and keeps more than six decimals."""
        return self.unit is Unit.money and (self.scale or 0) > MONEY_SCALE

    @property
    def stored_scale(self) -> int | None:
        """Decimals of the stored value: 6 for money, 18 or 0 for other numbers, else None."""
        if self.unit is Unit.money:
            return FRACTION_SCALE if self.is_wide else MONEY_SCALE
        if not self.is_number:
            return None
        return 0 if self.is_whole else FRACTION_SCALE

    @property
    def stored_digits(self) -> int | None:
        """Digits the stored value can have in all."""
        if self.unit is Unit.money:
            return MAX_DIGITS if self.is_wide else MONEY_DIGITS
        if not self.is_number:
            return None
        return WHOLE_DIGITS if self.is_whole else MAX_DIGITS

    @property
    def storage(self) -> str:
        """The column type in Parquet and SQL; never DOUBLE."""
        if self.unit is Unit.money and not self.is_wide:
            return f"DECIMAL({MONEY_DIGITS},{MONEY_SCALE})"
        if self.is_whole:
            return "BIGINT"
        if self.is_number:
            return f"DECIMAL({MAX_DIGITS},{FRACTION_SCALE})"
        return _PLAIN_STORAGE[self.unit]

    def missing(self, may_be_missing: bool = True) -> Type:
        """The same type for a value that may (or may not) be missing."""
        return replace(self, may_be_missing=may_be_missing)

    def __str__(self) -> str:
        named = self.currency or self.kind
        return f"{self.unit.value}({named})" if named else self.unit.value


TEXT: Final = Type(Unit.text)
DATE: Final = Type(Unit.date)
BOOLEAN: Final = Type(Unit.boolean)
RATIO: Final = Type(Unit.ratio)
POINTS: Final = Type(Unit.points)
COUNT: Final = Type(Unit.count, scale=0)
QUANTITY: Final = Type(Unit.count, scale=FRACTION_SCALE)
DAYS: Final = Type(Unit.days, scale=0)


def money(currency: str) -> Type:
    """The type of amounts in one currency."""
    return Type(Unit.money, currency=currency)


def key_of(kind: str) -> Type:
    """The type of opaque keys of one kind, such as "people"."""
    return Type(Unit.key, kind=kind)
