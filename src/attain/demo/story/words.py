"""How the story writes amounts, months and figures that are exact to the fen."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator

from attain.core.documents import Declared
from attain.demo import months
from attain.demo.money import Cents, cents, times


def _amount(text: object) -> Cents:
    return cents(str(text))


def _month(text: object) -> months.Month:
    return months.month(str(text))


Amount: TypeAlias = Annotated[int, BeforeValidator(_amount)]
InMonth: TypeAlias = Annotated[months.Month, BeforeValidator(_month)]

_PERCENT: Final = re.compile(r"(?P<percent>\d+(?:\.\d+)?)%(?: - (?P<less>\d+\.\d\d))?")


class Exact(Declared):
    """A figure to the fen: an amount, or a percentage of a target less some fen.

    Written `862417.60`, `120%` or `120% - 0.01`.
    """

    amount: Cents = 0
    ratio: Fraction | None = None

    def of(self, target: Cents) -> Cents:
        """The amount, where the target is so much."""
        return self.amount if self.ratio is None else times(target, self.ratio) + self.amount


def _exact(text: object) -> dict[str, object]:
    found = _PERCENT.fullmatch(str(text))
    if found is None:
        return {"amount": cents(str(text))}
    less = cents(found["less"]) if found["less"] else 0
    return {"amount": -less, "ratio": Fraction(Decimal(found["percent"])) / 100}


ExactFigure: TypeAlias = Annotated[Exact, BeforeValidator(_exact)]


def _ratio(text: object) -> Fraction:
    found = _PERCENT.fullmatch(str(text))
    return Fraction(Decimal(found["percent"])) / 100 if found else Fraction(str(text))


Ratio: TypeAlias = Annotated[Fraction, BeforeValidator(_ratio)]
