"""Rows that hold what goes wrong elsewhere, for the engines to agree on.

Zeros, negatives, divisors whose quotients tie in the last digit, leap days, blank texts,
and a quarter of all values that may be missing.
"""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from expression_row import COLUMNS
from sqlglot import exp

from attain.core.units import Type, Unit
from attain.expressions.results import Absent, Result
from attain.expressions.sql import Printed
from attain.expressions.typed import Reference

Stored = Result | Decimal

ROWS = 14
REASONS = ("no_data.value", "not_applicable.on_leave", "no_data.rate")


def _number(chance: random.Random, type_: Type) -> Decimal:
    if type_.unit is Unit.money:
        scale = type_.scale or 0
        typical = Decimal(chance.randint(-(10**9), 10**9)).scaleb(-min(scale, 6))
        # 0.524288 is 2^19 millionths: quotients by it end in a 5 after 18 decimals.
        edges = [Decimal(0), Decimal(100), Decimal("-50.5"), Decimal("0.524288")]
        return chance.choice([typical, *edges]).quantize(Decimal(1).scaleb(-min(scale, 6)))
    if type_.scale == 0:
        return Decimal(chance.choice([0, 1, 2, 3, 7, -4, 100, chance.randint(0, 10**6)]))
    fine = Decimal(chance.randint(-2 * 10**18, 2 * 10**18)).scaleb(-18)
    return chance.choice([Decimal(0), Decimal(1), Decimal("0.5"), Decimal("1.2"), fine])


def _value(chance: random.Random, type_: Type) -> Stored:
    if type_.may_be_missing and chance.random() < 0.25:
        return Absent(chance.choice(REASONS))
    if type_.is_number:
        return _number(chance, type_)
    if type_.unit is Unit.date:
        days = ("2024-02-29", "2026-01-31", "2026-12-31", "2026-03-15")
        return dt.date.fromisoformat(chance.choice(days))
    if type_.unit is Unit.boolean:
        return chance.random() < 0.5
    return chance.choice(["A", "B", "华东区", "a%_x", "", "  p "])


def sample_rows() -> list[dict[str, Stored]]:
    chance = random.Random(20260315)
    return [{name: _value(chance, type_) for name, type_ in COLUMNS.items()} for _ in range(ROWS)]


def read(reference: Reference) -> Printed:
    """A column of the table `sample`, with its companion."""
    column = exp.column(exp.to_identifier(reference.column, quoted=True))
    if not reference.type.may_be_missing:
        return Printed(column)
    return Printed(column, exp.column(exp.to_identifier(f"{reference.column}__why", quoted=True)))
