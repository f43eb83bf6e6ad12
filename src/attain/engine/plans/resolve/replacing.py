"""Replacing what an expression reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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

Change = Callable[[Reference], Node]


def replaced(node: Node, change: Change) -> Node:
    """The node with every reference changed."""

    def go(one: Node) -> Node:
        return replaced(one, change)

    match node:
        case Reference():
            return change(node)
        case Constant() | Missing():
            return node
        case Operate(operands=operands):
            return replace(node, operands=tuple(map(go, operands)))
        case Apply(arguments=arguments):
            return replace(node, arguments=tuple(map(go, arguments)))
        case Narrow(operand=operand) | Round(operand=operand):
            return replace(node, operand=go(operand))
        case Dated(versions=versions):
            kept = tuple((begins, ends, go(value)) for begins, ends, value in versions)
            return replace(node, at=go(node.at), versions=kept)
        case Read():
            return _read(node, go)


def _read(node: Read, go: Callable[[Node], Node]) -> Read:
    def maybe(one: Node | None) -> Node | None:
        return go(one) if one is not None else None

    def condition(one: Condition) -> Condition:
        return replace(
            one,
            lower=maybe(one.lower),
            upper=maybe(one.upper),
            equals=tuple(map(go, one.equals)),
        )

    def cell(one: Cell) -> Cell:
        return Cell(tuple(map(condition, one.conditions)), go(one.value))

    return replace(
        node,
        inputs=tuple(map(go, node.inputs)),
        cells=tuple(map(cell, node.cells)),
        otherwise=maybe(node.otherwise),
        amount=maybe(node.amount),
        scale=maybe(node.scale),
    )
