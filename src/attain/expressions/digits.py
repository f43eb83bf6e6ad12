"""How many decimals exact values need, and where they would become too many.

Backends keep exact decimals of 38 digits. Sums, products and quotients are carried exactly,
a quotient as numerator and denominator, as long as neither needs more than 24 decimals:
that leaves 14 digits before the point. Beyond, the checker narrows operands to 18 decimals,
visibly, with a node that every backend and the reference obey alike.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from attain.expressions.typed import Apply, Dated, Node, Operate, Read

MAX_SCALE: Final = 24
"""Decimals a numerator, a denominator or an unnarrowed product may have."""

TABLE_SCALE: Final = 12
"""Decimals kept of inputs and cells where a table would otherwise multiply too many."""


class Shape(NamedTuple):
    """Decimals of a value's numerator and denominator; a plain decimal has no denominator."""

    numerator: int
    denominator: int | None = None

    @property
    def below(self) -> int:
        return self.denominator or 0

    def fits(self) -> bool:
        return max(self.numerator, self.below) <= MAX_SCALE


def shape(node: Node) -> Shape:
    """The decimals a numeric node needs to stay exact."""
    if node.type.scale is not None:
        return Shape(node.type.scale)
    match node:
        case Operate(operator="/", operands=(first, second)):
            return quotient(shape(first), shape(second))
        case Operate(operator="*", operands=operands):
            return product(*(shape(operand) for operand in operands))
        case Operate(operands=operands):
            return total(*(shape(operand) for operand in operands))
        case Apply(arguments=arguments):
            return either(*(shape(one) for one in arguments if one.type.is_number))
        case Dated(versions=versions):
            return either(*(shape(version) for _, _, version in versions))
        case Read():
            return _read(node)
        case _:
            raise AssertionError(f"{type(node).__name__} has no decimals")


def product(*factors: Shape) -> Shape:
    below = [factor.denominator for factor in factors if factor.denominator is not None]
    return Shape(sum(factor.numerator for factor in factors), sum(below) if below else None)


def quotient(first: Shape, second: Shape) -> Shape:
    return Shape(first.numerator + second.below, first.below + second.numerator)


def total(*terms: Shape) -> Shape:
    """The decimals of a sum: every term over one denominator, the product of all."""
    below = [term.denominator for term in terms if term.denominator is not None]
    if not below:
        return Shape(max(term.numerator for term in terms))
    everything = sum(below)
    return Shape(max(term.numerator + everything - term.below for term in terms), everything)


def either(*choices: Shape) -> Shape:
    """The decimals of a value that is one of several."""
    if not choices:
        return Shape(0)
    below = [one.denominator for one in choices if one.denominator is not None]
    return Shape(max(one.numerator for one in choices), max(below) if below else None)


def compared(first: Shape, second: Shape) -> bool:
    """Whether two values can be compared by multiplying across."""
    return max(first.numerator + second.below, second.numerator + first.below) <= MAX_SCALE


def _read(node: Read) -> Shape:
    values = [cell.value for cell in node.cells]
    if node.otherwise is not None:
        values.append(node.otherwise)
    chosen = either(*(shape(value) for value in values))
    if node.reading == "value":
        return chosen
    if node.reading == "whole":
        return product(chosen, shape(node.amount or node.inputs[0]))
    return sliced(node)


def sliced(node: Read) -> Shape:
    """The decimals of what is interpolated: value times slice over the width of the band."""
    value = _values(node)
    if node.reading == "marginal":
        return Shape(value + width(node, 0))
    if len(node.inputs) == 1:
        return Shape(value + width(node, 0), edges(node, 0))
    # The second axis lies between two values of the first, which are quotients themselves.
    inner = edges(node, 0)
    above = value + width(node, 0) + width(node, 1) + inner
    return Shape(above, 2 * inner + edges(node, 1))


def room(node: Read) -> int:
    """The decimals an input of a reading may keep so that what is interpolated stays exact."""
    axes = len(node.inputs)
    inner = edges(node, 0) if axes > 1 else 0
    return min(TABLE_SCALE, (MAX_SCALE - _values(node) - inner) // axes)


def _values(node: Read) -> int:
    """The decimals of what the cells give."""
    values = [cell.value for cell in node.cells]
    if node.otherwise is not None:
        values.append(node.otherwise)
    return max(shape(one).numerator for one in values)


def edges(node: Read, axis: int) -> int:
    """The decimals of the edges of one axis, after scaling."""
    found = [
        shape(edge).numerator
        for cell in node.cells
        for edge in (cell.conditions[axis].lower, cell.conditions[axis].upper)
        if edge is not None
    ]
    scale = shape(node.scale).numerator if node.scale is not None else 0
    return max(found, default=0) + scale


def width(node: Read, axis: int) -> int:
    """The decimals of a slice of one axis: those of the input or of the edges."""
    return max(shape(node.inputs[axis]).numerator, edges(node, axis))
