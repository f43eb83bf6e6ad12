"""Tables, read the slow and obvious way (language.md 22 to 26)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction

from attain.core.reasons import worst
from attain.expressions.missing import OUTSIDE_TABLE
from attain.expressions.results import Absent, Result, number_of, reasons_of
from attain.expressions.typed import Cell, Condition, Node, Read

Value = Callable[[Node], Result]
"""Evaluates a node on the row at hand."""


def read_table(node: Read, value: Value) -> Result:
    """What the table gives for the inputs at hand.

    A missing input fits only cells that ask nothing of it; where none does, the result is
    missing for the input's reason. A missing scale, amount or edge makes the result missing.
    """
    inputs = [value(one) for one in node.inputs]
    needed = [value(one) for one in (node.amount, node.scale) if one is not None]
    needed += [value(edge) for cell in node.cells for edge in _edges(cell)]
    if node.reading in ("marginal", "fill", "curve"):
        needed = [*inputs, *needed, *(value(cell.value) for cell in node.cells)]
    reason = worst(reasons_of(needed))
    if reason is not None:
        return Absent(reason)
    match node.reading:
        case "marginal":
            return _marginal(node, number_of(inputs[0]), value)
        case "fill":
            return _filled(node, number_of(inputs[0]), value)
        case "curve":
            return _curved(node, [number_of(one) for one in inputs], value)
    chosen = _chosen(node, inputs, value)
    if node.reading == "value" or isinstance(chosen, Absent):
        return chosen
    amount = value(node.amount) if node.amount is not None else inputs[0]
    return amount if isinstance(amount, Absent) else number_of(chosen) * number_of(amount)


def _chosen(node: Read, inputs: Sequence[Result], value: Value) -> Result:
    for cell in node.cells:
        pairs = zip(cell.conditions, inputs, strict=True)
        if all(_fits(node, condition, one, value) for condition, one in pairs):
            return value(cell.value)
    reason = worst(reasons_of(inputs))
    if reason is not None:
        return Absent(reason)
    return _otherwise(node, value)


def _otherwise(node: Read, value: Value) -> Result:
    return value(node.otherwise) if node.otherwise is not None else Absent(OUTSIDE_TABLE)


def _fits(node: Read, condition: Condition, one: Result, value: Value) -> bool:
    if condition.equals:
        return not isinstance(one, Absent) and one in [value(key) for key in condition.equals]
    lower, upper = _edge(node, condition.lower, value), _edge(node, condition.upper, value)
    if lower is None and upper is None:
        return True
    if isinstance(one, Absent):
        return False
    return _is_above(one, lower, closed=condition.lower_closed) and not _is_above(
        one, upper, closed=not condition.upper_closed, of_none=False
    )


def _is_above(one: Result, edge: Result | None, *, closed: bool, of_none: bool = True) -> bool:
    """Whether a value lies in what begins at the edge (the edge itself where `closed`)."""
    if edge is None:
        return of_none
    return one >= edge if closed else one > edge  # type: ignore[operator]


def _marginal(node: Read, total: Fraction, value: Value) -> Result:
    """Each slice of the total at its own rate; what no band covers goes at `otherwise`.

    A band without lower edge begins at zero, so a total below zero is at its rate, too.
    """
    earned = covered = Fraction(0)
    inside = False
    for cell in node.cells:
        condition = cell.conditions[0]
        inside = inside or _fits(node, condition, total, value)
        slice_ = _slice(node, condition, total, value)
        earned += number_of(value(cell.value)) * slice_
        covered += slice_
    if node.otherwise is None:
        return earned if inside else Absent(OUTSIDE_TABLE)
    rate = value(node.otherwise)
    return rate if isinstance(rate, Absent) else earned + number_of(rate) * (total - covered)


def _slice(node: Read, condition: Condition, total: Fraction, value: Value) -> Fraction:
    """How much of the total lies in a band."""
    lower, upper = _edge(node, condition.lower, value), _edge(node, condition.upper, value)
    top = total if upper is None else min(total, number_of(upper))
    if lower is None:
        return top
    return max(Fraction(0), top - number_of(lower))


def _filled(node: Read, total: Fraction, value: Value) -> Result:
    """Full bands count whole, the last by its covered share.

    An open top band has no share: it counts nothing.
    """
    filled = Fraction(0)
    inside = False
    for cell in node.cells:
        condition = cell.conditions[0]
        inside = inside or _fits(node, condition, total, value)
        lower, upper = _edge(node, condition.lower, value), _edge(node, condition.upper, value)
        if upper is None:
            continue
        width = number_of(upper) - (Fraction(0) if lower is None else number_of(lower))
        share = _slice(node, condition, total, value) / width if width else Fraction(0)
        filled += number_of(value(cell.value)) * share
    return filled if inside else _otherwise(node, value)


def _curved(node: Read, inputs: Sequence[Fraction], value: Value) -> Result:
    """The value between the points, flat beyond the ends; one input or two.

    Points stand as `lower` of a cell's conditions, ascending; with two inputs every pair of
    coordinates has its point.
    """
    points = {
        tuple(number_of(_edge(node, axis.lower, value)) for axis in cell.conditions): number_of(
            value(cell.value)
        )
        for cell in node.cells
    }
    neighbours = [
        _neighbours(sorted({point[axis] for point in points}), one)
        for axis, one in enumerate(inputs)
    ]
    if len(inputs) == 1:
        [(left, right, share)] = neighbours
        return points[left,] * (1 - share) + points[right,] * share
    (left, right, share), (low, high, part) = neighbours
    bottom = points[left, low] * (1 - share) + points[right, low] * share
    top = points[left, high] * (1 - share) + points[right, high] * share
    return bottom * (1 - part) + top * part


def _neighbours(coordinates: list[Fraction], one: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """The points on both sides of a value, and how far it lies between them (0 to 1)."""
    if one <= coordinates[0]:
        return coordinates[0], coordinates[0], Fraction(0)
    for left, right in itertools.pairwise(coordinates):
        if one <= right:
            return left, right, (one - left) / (right - left)
    return coordinates[-1], coordinates[-1], Fraction(0)


def _edges(cell: Cell) -> list[Node]:
    return [
        edge
        for condition in cell.conditions
        for edge in (condition.lower, condition.upper, *condition.equals)
        if edge is not None
    ]


def _edge(node: Read, edge: Node | None, value: Value) -> Result | None:
    """An edge as it is compared: multiplied by the table's scale where there is one."""
    if edge is None:
        return None
    written = value(edge)
    if node.scale is None:
        return written
    return number_of(written) * number_of(value(node.scale))
