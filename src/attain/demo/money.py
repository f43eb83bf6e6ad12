"""Amounts in whole fen: parsed, split and multiplied without a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from attain.demo.dice import Dice

Cents: TypeAlias = int
"""An amount in the smallest unit of its currency."""

_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?")


def cents(text: str) -> Cents:
    """The fen of an amount as the story writes it.

    >>> cents("862417.60"), cents("-0.01"), cents("5")
    (86241760, -1, 500)

    :raises ValueError: a text that is no amount with at most two decimals.
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not an amount")
    sign, whole, part = found.groups()
    amount = int(whole) * 100 + int((part or "").ljust(2, "0"))
    return -amount if sign else amount


def in_words(amount: Cents) -> str:
    """The amount as files write it: `862417.60`.

    >>> in_words(86241760), in_words(-1)
    ('862417.60', '-0.01')
    """
    sign = "-" if amount < 0 else ""
    yuan, fen = divmod(abs(amount), 100)
    return f"{sign}{yuan}.{fen:02d}"


def yuan(amount: Cents) -> Decimal:
    """The amount in yuan, exact."""
    return Decimal(amount).scaleb(-2)


def times(amount: Cents, ratio: Fraction | Decimal) -> Cents:
    """The amount times a ratio, rounded half up to the fen (away from zero).

    >>> times(5, Fraction(1, 2)), times(-5, Fraction(1, 2))
    (3, -3)
    """
    above, below = ratio.as_integer_ratio()
    product = amount * above
    rounded = (2 * abs(product) + below) // (2 * below)
    return rounded if product >= 0 else -rounded


def to_step(amount: Cents, step: Cents) -> Cents:
    """The amount rounded half up to a multiple of the step."""
    return (2 * amount + step) // (2 * step) * step


def in_parts(total: Cents, weights: Sequence[int]) -> list[Cents]:
    """A total in parts by weight that add up to it: what rounding leaves goes to the last.

    >>> in_parts(1000, [1, 1, 1])
    [333, 333, 334]
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights[:-1]]
    return [*parts, total - sum(parts)]


def by_lot(total: Cents, number: int, dice: Dice) -> list[Cents]:
    """A total in so many uneven parts that add up to it."""
    return in_parts(total, [dice.between(60, 140) for _ in range(number)])
