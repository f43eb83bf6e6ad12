"""What several rules ask of a resolved plan: its table reads, constants, and bounds of values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from attain.core.errors import Where
from attain.engine.plans.lints.registry import Case
from attain.engine.primitives.model import Column, Formula, Relation, nodes_of
from attain.expressions.typed import Apply, Constant, Narrow, Node, Read, Reference, Round, children


@dataclass(frozen=True, slots=True)
class Found:
    """A table read, with the column whose rule it stands in."""

    relation: Relation
    column: Column
    read: Read


def every_node(case: Case) -> Iterator[tuple[Relation, Column, Node]]:
    """Every part of every expression."""
    for relation in case.resolved.relations.values():
        for column in relation.columns.values():
            waiting = list(nodes_of(column))
            while waiting:
                node = waiting.pop()
                yield relation, column, node
                waiting.extend(children(node))


def reads(case: Case) -> Iterator[Found]:
    """Every table read; several reads of a table come one after the other."""
    for relation, column, node in every_node(case):
        if isinstance(node, Read):
            yield Found(relation, column, node)


def first_reads(case: Case) -> dict[str, Read]:
    """Every table that is read, with its first read."""
    found: dict[str, Read] = {}
    for one in reads(case):
        found.setdefault(one.read.table, one.read)
    return found


def number(node: Node | None) -> Decimal | None:
    """The value of a constant number."""
    if isinstance(node, Constant) and isinstance(node.value, Decimal):
        return node.value
    return None


Bounds = tuple[Decimal | None, Decimal | None]
"""The smallest and the largest value something can have, None where nothing is known."""


def bounds(case: Case, relation: Relation, node: Node, depth: int = 8) -> Bounds:
    """What can be said about the size of a value without any data."""
    value = number(node)
    if value is not None:
        return value, value
    if depth == 0:
        return None, None
    match node:
        case Narrow(operand=operand) | Round(operand=operand):
            return bounds(case, relation, operand, depth - 1)
        case Apply(function="clamp", arguments=(_, low, high)):
            return number(low), number(high)
        case Apply(function="min", arguments=parts):
            return _combined([bounds(case, relation, part, depth - 1) for part in parts], min)
        case Apply(function="max", arguments=parts):
            return _combined([bounds(case, relation, part, depth - 1) for part in parts], max)
        case Reference(row="", column=name):
            column = relation.columns.get(name)
            if column is not None and isinstance(column.made, Formula):
                return bounds(case, relation, column.made.node, depth - 1)
    return None, None


def _combined(parts: list[Bounds], choose: object) -> Bounds:
    """The bounds of the smallest (or largest) of several values."""
    lows, highs = [low for low, _ in parts], [high for _, high in parts]
    known_lows = [low for low in lows if low is not None]
    known_highs = [high for high in highs if high is not None]
    if choose is min:
        low = min(known_lows) if len(known_lows) == len(lows) else None
        return low, min(known_highs, default=None)
    high = max(known_highs) if len(known_highs) == len(highs) else None
    return max(known_lows, default=None), high


def table_place(case: Case, name: str) -> Where:
    """Where a table stands in the plan's file."""
    return case.plan.where(("tables", name))
