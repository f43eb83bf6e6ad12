"""Shares of one amount that nothing is lost of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from attain.demo.money import Cents


def shared(amount: Cents, shares: Sequence[Decimal]) -> list[Cents]:
    """An amount by shares that add up to 1; the largest remainders get the odd fen.

    >>> shared(100005, [Decimal("0.5"), Decimal("0.5")])
    [50003, 50002]
    >>> shared(999, [Decimal("0.6"), Decimal("0.4")])
    [599, 400]
    """
    exact = [amount * Fraction(share) for share in shares]
    parts = [int(part // 1) for part in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts
