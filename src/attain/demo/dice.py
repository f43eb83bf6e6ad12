"""Chance that repeats: one stream of lots per name, from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Lots drawn from a seed and a name.

    Every part of the company has dice of its own, so that adding a part never changes another.
    Only whole numbers are drawn, and only from random bits: they are the same in every version
    of Python.
    """

    def __init__(self, seed: int, *names: object) -> None:
        self._bits = Random("/".join(str(part) for part in (seed, *names))).getrandbits

    def below(self, limit: int) -> int:
        """A number from 0 up to, but not including, the limit."""
        length = limit.bit_length()
        drawn = self._bits(length)
        while drawn >= limit:
            drawn = self._bits(length)
        return drawn

    def between(self, lowest: int, highest: int) -> int:
        """A number between two, both included."""
        return lowest + self.below(highest - lowest + 1)

    def one_of(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def happens(self, percent: int) -> bool:
        """True in so many cases of a hundred."""
        return self.below(100) < percent

    def some_of(self, items: Sequence[Item], number: int) -> list[Item]:
        """So many different items (all, if there are no more), in the order they were given."""
        left = list(range(len(items)))
        chosen = [left.pop(self.below(len(left))) for _ in range(min(number, len(items)))]
        return [items[place] for place in sorted(chosen)]
