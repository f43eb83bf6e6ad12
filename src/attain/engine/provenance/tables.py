"""The table cell that matched, the others beside it, and how far it is to the next band."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attain.core.units import RATIO, Unit
from attain.engine.primitives.model import Relation
from attain.engine.provenance.model import Axis, Band, Distance, Step, TableRead
from attain.engine.provenance.numbers import Numbers
from attain.engine.provenance.whole import as_number, counted
from attain.expressions.results import Absent, Result
from attain.expressions.typed import Cell as TableCell
from attain.expressions.typed import Condition, Node, Read

if TYPE_CHECKING:
    from attain.engine.provenance.steps import Trace


AMBIGUOUS: Final = Absent("no_data.ambiguous_match")

OpenUp = Callable[[Step], "Step | None"]
"""Gives the expression behind a name, with its values."""


def read_of(
    traced: Trace,
    node: Read,
    inputs: tuple[Step, ...],
    step: Callable[[Node], Step],
    open_up: OpenUp,
) -> TableRead:
    """A table as it was read on this row (language.md 22–26).

    Edges are compared exactly and unrounded; where the table has a scale, edges are shown
    multiplied by it.
    """
    numbers = Numbers(traced.evidence.plan, traced.evidence.kept.numbers)
    where = traced.seat.relation
    inputs = tuple(
        as_number(one, by_place=True) if _is_numbered(numbers, node, place, where) else one
        for place, one in enumerate(inputs)
    )
    given = [*(cell.value for cell in node.cells), node.otherwise or node]
    rest = (node.otherwise,) if node.otherwise is not None else ()
    is_number = numbers.of_each((*(cell.value for cell in node.cells), *rest), where)
    scale = traced.value(node.scale) if node.scale is not None else None
    bands = _bands(traced, node, inputs, scale)
    is_known = not isinstance(scale, Absent)
    return TableRead(
        name=node.table,
        reading=node.reading,
        inputs=inputs,
        input_types=tuple(one.type if is_known else RATIO for one in inputs),
        value_type=counted(given[0].type) if is_number else given[0].type,
        bands=bands,
        amount=step(node.amount) if node.amount is not None else None,
        scale=step(node.scale) if node.scale is not None else None,
        is_otherwise=(bool(bands) or node.otherwise is not None)
        and is_known
        and not any(band.is_hit for band in bands)
        and not any(isinstance(one.value, Absent) for one in inputs),
        otherwise=_constant(traced, node.otherwise) if node.otherwise is not None else None,
        next=_next(node, bands, inputs, open_up) if is_known else None,
    )


def _bands(
    traced: Trace, node: Read, inputs: tuple[Step, ...], scale: Result | None
) -> tuple[Band, ...]:
    """The bands with the one that was hit, and what of the value lies in each."""
    bands = _first_hit([_band(traced, node, cell, inputs, scale) for cell in node.cells])
    if node.reading == "curve":
        bands = _beside(bands, inputs)
    if isinstance(scale, Absent):
        # Nobody knows where the edges lie: they stay as written, no band was hit, nothing sliced.
        return tuple(replace(band, is_hit=False) for band in bands)
    if node.reading in ("marginal", "fill"):
        return tuple(_with_part(band, inputs[0].value) for band in bands)
    return bands


def bands_of(traced: Trace, node: Read) -> Read | None:
    """Of a table with bands for every line, those that were read; None for any other table."""
    cells = [cell.value for cell in node.cells]
    if node.otherwise is not None:
        cells.append(node.otherwise)
    bands = [one for one in cells if isinstance(one, Read) and one.table == node.table]
    if not bands:
        return None
    unread = bands[0] if traced.value(node) is None else replace(bands[0], cells=(), otherwise=None)
    return next((one for one in bands if traced.value(one) is not None), unread)


def asks_for_part(step: Step) -> bool:
    """Whether an input is what a table asks by itself: does the key stand in a part of a tree?"""
    return step.is_hidden and step.labels is not None and step.type.unit is Unit.boolean


def said_inputs(read: TableRead) -> tuple[Step, ...]:
    """The inputs that its author gave the table."""
    return tuple(one for one in read.inputs if not asks_for_part(one))


def _is_numbered(numbers: Numbers, node: Read, place: int, where: Relation) -> bool:
    """Whether the edges of an axis are numbers, which what is compared with them is, too."""
    asked = [cell.conditions[place] for cell in node.cells if place < len(cell.conditions)]
    edges = [edge for one in asked for edge in (one.lower, one.upper) if edge is not None]
    return any(numbers.of(edge, where) for edge in edges)


def _band(
    traced: Trace, node: Read, cell: TableCell, inputs: Sequence[Step], scale: Result | None
) -> Band:
    axes = tuple(_axis(traced, one, scale) for one in cell.conditions)
    hit = node.reading != "curve" and all(
        is_inside(axis, one.value) for axis, one in zip(axes, inputs, strict=True)
    )
    value = traced.value(cell.value)
    if value is None:
        value = _constant(traced, cell.value)
    return Band(axes, value, hit)


def _first_hit(bands: Sequence[Band]) -> tuple[Band, ...]:
    """Where rows overlap by priority the first that fits counts; those after it do not.

    A cell for what two rows both cover is shown only where it decided.
    """
    hit = next((number for number, band in enumerate(bands) if band.is_hit), None)
    return tuple(
        replace(band, is_hit=number == hit)
        for number, band in enumerate(bands)
        if number == hit or band.value != AMBIGUOUS
    )


def _beside(points: Sequence[Band], inputs: Sequence[Step]) -> tuple[Band, ...]:
    """The points on both sides of each input; at a point, or beyond the ends, that one alone."""
    beside = [
        _neighbours([one.axes[place].lower for one in points], given.value)
        for place, given in enumerate(inputs)
    ]
    if not all(beside):
        return tuple(points)
    return tuple(
        replace(one, is_hit=all(a.lower in near for a, near in zip(one.axes, beside, strict=True)))
        for one in points
    )


def _neighbours(known: Sequence[Result | None], value: Result | None) -> set[Fraction]:
    edges = [edge for edge in known if isinstance(edge, Fraction)]
    if not isinstance(value, Fraction) or len(edges) < len(known):
        return set()
    left = max((edge for edge in edges if edge <= value), default=min(edges))
    return {left, min((edge for edge in edges if edge >= value), default=max(edges))}


def _constant(traced: Trace, node: Node) -> Result:
    """The value of a cell that was not read, for the table as a whole to be shown."""
    return traced.evidence.calculation.evaluate(node, traced.seat)


def _axis(traced: Trace, condition: Condition, scale: Result | None) -> Axis:
    def edge(node: Node | None) -> Result | None:
        if node is None:
            return None
        value = traced.value(node)
        value = _constant(traced, node) if value is None else value
        if isinstance(value, Fraction) and isinstance(scale, Fraction):
            return value * scale
        return value

    keys = tuple(value for one in condition.equals if (value := edge(one)) is not None)
    lower, upper = edge(condition.lower), edge(condition.upper)
    return Axis(lower, upper, condition.lower_closed, condition.upper_closed, keys)


def is_inside(axis: Axis, value: Result | None) -> bool:
    """Whether an input fits what a band asks of it; a missing input fits only what asks nothing."""
    if axis.is_open:
        return True
    if value is None or isinstance(value, Absent):
        return False
    if axis.keys:
        return value in axis.keys
    return _above(value, axis.lower, axis.lower_closed, True) and not _above(
        value, axis.upper, not axis.upper_closed, False
    )


def _above(value: Result, edge: Result | None, closed: bool, of_none: bool) -> bool:
    if edge is None or isinstance(edge, Absent):
        return of_none
    return bool(value >= edge if closed else value > edge)  # type: ignore[operator]


def _with_part(band: Band, total: Result | None) -> Band:
    """How much of the total lies in a band."""
    axis = band.axes[0]
    if not isinstance(total, Fraction):
        return band
    upper = axis.upper if isinstance(axis.upper, Fraction) else None
    top = total if upper is None else min(total, upper)
    lower = axis.lower if isinstance(axis.lower, Fraction) else None
    part = top if lower is None else max(Fraction(0), top - lower)
    return Band(band.axes, band.value, band.is_hit, part)


def _next(
    node: Read, bands: Sequence[Band], inputs: Sequence[Step], open_up: OpenUp
) -> Distance | None:
    """What is missing to the next higher band, in the words of what was divided if it was."""
    value = inputs[0].value if len(inputs) == 1 else None
    if not isinstance(value, Fraction) or node.reading == "curve":
        return None
    edges = ((band.axes[0].lower, band.axes[0].lower_closed) for band in bands)
    # A band above 100 begins right behind 100.
    above = sorted(
        edge
        for edge, closed in edges
        if isinstance(edge, Fraction) and (edge > value or (edge == value and not closed))
    )
    if not above:
        return None
    edge = above[0]
    if _is_worse(node, bands, edge):
        return None
    divided = _divided(inputs[0], open_up)
    if divided is not None:
        numerator, denominator = divided
        if isinstance(numerator.value, Fraction) and isinstance(denominator.value, Fraction):
            missing = edge * denominator.value - numerator.value
            name = _readers_name(numerator)
            return Distance(edge, missing, name, numerator.type, numerator.labels)
    name = _readers_name(inputs[0])
    return Distance(edge, edge - value, name, inputs[0].type, inputs[0].labels)


def _is_worse(node: Read, bands: Sequence[Band], edge: Fraction) -> bool:
    """Whether a band gives less than the one that was hit: nobody falls short of what costs them.

    A slice at a lower rate still adds to what the slices below it pay.
    """
    now = next((band.value for band in bands if band.is_hit), None)
    then = next(band.value for band in bands if band.axes[0].lower == edge)
    if node.reading == "marginal" or not isinstance(now, Fraction):
        return False
    return isinstance(then, Fraction) and then < now


def _readers_name(step: Step) -> str:
    """What readers call a column; a hidden step has no name for them."""
    return step.name if step.what == "reference" and not step.is_hidden else ""


def _divided(step: Step, open_up: OpenUp) -> tuple[Step, Step] | None:
    """For an input such as `collected / target`: both sides of the division.

    What is rounded, or divides something without a name, is missed in its own unit.
    """
    inner = open_up(step) if step.what == "reference" else step
    while inner is not None and inner.what == "narrow":
        inner = inner.operands[0]
    if inner is not None and inner.what == "operate" and inner.name == "/":
        numerator, denominator = inner.operands
        return (numerator, denominator) if numerator.what == "reference" else None
    return None
