"""Divisors of which the text alone says that they are never zero."""

from __future__ import annotations

from typing import Final

from attain.expressions.tree import Call, Name, Number, Operation, Tree

_FROM_ONE: Final = frozenset({"position", "rank", "dense_rank", "last_rank"})
"""Places in an order or a group; they count from 1."""

_LENGTH: Final = (("period_until",), ("period_start",))
_LENGTH_BUT_ONE: Final = (("period_end",), ("period_start",))
"""What is subtracted for the days of a period, which has at least one."""


def never_zero(tree: Tree) -> bool:
    """Whether a divisor is greater than zero wherever it has a value.

    So are places, the days of a period, the smaller of two such, the larger of anything and
    one such.
    """
    match tree:
        case Number(value=value):
            return value > 0
        case Call(name=name) if name in _FROM_ONE:
            return True
        case Call(name="min", arguments=parts) if parts:
            return all(map(never_zero, parts))
        case Call(name="max", arguments=parts):
            return any(map(never_zero, parts))
        case Operation(operator="-", operands=(Name(parts=until), Name(parts=from_))):
            return (until, from_) == _LENGTH
        case Operation(operator="+", operands=(Operation(operator="-", operands=days), one)):
            both = tuple(day.parts for day in days if isinstance(day, Name))
            return both == _LENGTH_BUT_ONE and never_zero(one)
        case Operation(operator="+" | "*" | "/", operands=parts):
            return all(map(never_zero, parts))
    return False
