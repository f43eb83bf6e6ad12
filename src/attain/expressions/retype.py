"""Giving a unit to numbers that were written without one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from attain.core.rounding import decimals
from attain.core.units import Type, Unit
from attain.expressions import units
from attain.expressions.typed import (
    Apply,
    Cell,
    Condition,
    Constant,
    Dated,
    Missing,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
)


def retyped(node: Node, type_: Type) -> Node:
    """A number without unit, or a value declared missing, as one of the given unit.

    Everything it is made of that has no unit either takes the unit with it.
    """
    if not units.is_open(node.type):
        return node
    given = replace(units.bare(type_), scale=_scale(node), may_be_missing=node.type.may_be_missing)
    match node:
        case Constant():
            # Beside a count it counts; where an amount is asked for, both may be amounts yet.
            # Beside days both may be a ratio yet.
            is_bare = node.is_bare and given.unit in (Unit.ratio, Unit.count, Unit.days)
            return replace(node, type=given, is_bare=is_bare)
        case Missing() | Reference():
            return replace(node, type=given)
        case Operate(operands=operands):
            return replace(node, type=given, operands=tuple(retyped(o, type_) for o in operands))
        case Apply(arguments=arguments):
            below = tuple(retyped(one, type_) for one in arguments)
            return replace(node, type=given, arguments=below)
        case Narrow(operand=operand) | Round(operand=operand):
            return replace(node, type=given, operand=retyped(operand, type_))
        case Dated(versions=versions):
            kept = tuple((begins, ends, retyped(one, type_)) for begins, ends, one in versions)
            return replace(node, type=given, versions=kept)
        case Read():
            return _read(node, type_, given)


def _read(node: Read, type_: Type, given: Type) -> Read:
    cells = tuple(replace(cell, value=retyped(cell.value, type_)) for cell in node.cells)
    otherwise = retyped(node.otherwise, type_) if node.otherwise is not None else None
    amount = retyped(node.amount, type_) if node.amount is not None else None
    return replace(node, type=given, cells=cells, otherwise=otherwise, amount=amount)


def _scale(node: Node) -> int | None:
    if units.is_any(node.type):
        return 0
    return node.type.scale


def edges_retyped(cells: tuple[Cell, ...], axis: int, type_: Type) -> tuple[Cell, ...]:
    """A table's cells with the edges of one axis in the unit of that axis' input."""
    return tuple(
        replace(
            cell,
            conditions=tuple(
                _condition(one, type_) if at == axis else one
                for at, one in enumerate(cell.conditions)
            ),
        )
        for cell in cells
    )


def _condition(condition: Condition, type_: Type) -> Condition:
    def edge(one: Node | None) -> Node | None:
        return retyped(one, type_) if one is not None else None

    return replace(
        condition,
        lower=edge(condition.lower),
        upper=edge(condition.upper),
        equals=tuple(retyped(key, type_) for key in condition.equals),
    )


def number(value: Decimal | int) -> Constant:
    """A literal number without a unit."""
    exact = Decimal(value)
    return Constant(exact, replace(units.NUMBER, scale=decimals(exact)))
