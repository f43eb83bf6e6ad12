"""Typing of table reads: the units of edges and cells, and whether a read may be missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from attain.core.labels import labels
from attain.core.units import Type, Unit
from attain.expressions import digits, errors, units
from attain.expressions.compose import Composer
from attain.expressions.functions.arguments import widest
from attain.expressions.retype import retyped
from attain.expressions.reunite import reunited
from attain.expressions.tree import Span
from attain.expressions.typed import Cell, Condition, Constant, Node, Read

READINGS: Final = ("value", "whole", "marginal", "fill", "curve")
"""The functions that read a table, language.md 22; `Read` says what each means."""

SLICED: Final = ("marginal", "fill", "curve")


def compose_read(
    composer: Composer,
    table: str,
    reading: str,
    inputs: Sequence[Node],
    cells: Sequence[Cell],
    otherwise: Node | None,
    span: Span,
    *,
    amount: Node | None = None,
    scale: Node | None = None,
) -> Node:
    """A table read for inputs, with the units of all its parts brought together.

    Edges and keys take the unit of their input (with a `scale`, of input by scale), cells and
    `otherwise` share one unit, which is the result's; `whole` and `marginal` multiply it by
    the amount or the slices. Problems are reported to the composer.
    """
    table_ = _Table(composer, reading, list(inputs), list(cells), otherwise, amount, scale, span)
    table_.fit_axes()
    table_.fit_values()
    if table_.is_faulty():
        return composer.faulty(span)
    return table_.read(table)


class _Table:
    """A table on its way to a `Read` node."""

    def __init__(
        self,
        composer: Composer,
        reading: str,
        inputs: list[Node],
        cells: list[Cell],
        otherwise: Node | None,
        amount: Node | None,
        scale: Node | None,
        span: Span,
    ) -> None:
        self.composer = composer
        self.reading = reading
        self.inputs = inputs
        self.cells = cells
        self.otherwise = otherwise
        self.amount = amount
        self.scale = composer.settle(scale) if scale is not None else None
        self.span = span

    # ---------------------------------------------------------------------------------- axes

    def fit_axes(self) -> None:
        for axis in range(len(self.inputs)):
            self._fit_axis(axis)

    def _fit_axis(self, axis: int) -> None:
        """Bring the edges or keys of one axis and its input to one unit."""
        edges = [edge for cell in self.cells for edge in _edges(cell.conditions[axis])]
        if self.scale is not None and any(edge.type.is_number for edge in edges):
            self._fit_scaled(axis, edges)
            return
        fitted, shared = self._axis_alike(self.inputs[axis], edges)
        if units.is_faulty(shared):
            self.inputs[axis] = self.composer.faulty(self.span)
            return
        if units.is_free(shared):
            fitted = tuple(self.composer.settle(node) for node in fitted)
        fitted = self._exact(fitted)
        self.inputs[axis] = fitted[0]
        self._place(axis, fitted[1:])

    def _axis_alike(self, input_: Node, edges: list[Node]) -> tuple[tuple[Node, ...], Type]:
        """The input and its edges in one unit; where they differ, the input is reported once."""
        written, shared = self.composer.alike(edges, action="<=")
        if units.is_open(shared) or input_.type.unit is Unit.key:
            return self.composer.alike([input_, *written], action="<=")
        unit = units.bare(input_.type)
        if not units.same(shared, unit):
            # 1000 * 50% is an amount beside an amount, as it is in a formula.
            meant = [reunited(self.composer, edge, unit) for edge in edges]
            kept = [edge for edge in meant if edge is not None]
            if len(kept) == len(edges):
                return (input_, *kept), unit
        input_ = self.composer.fit(input_, shared, action="<=")
        return (input_, *written), input_.type if units.is_faulty(input_.type) else shared

    def _fit_scaled(self, axis: int, edges: list[Node]) -> None:
        """Edges are multiples of the scale: `80 %` of a target is compared with an amount."""
        assert self.scale is not None
        fitted = [self.composer.settle(edge) for edge in edges]
        for edge in fitted:
            unit = units.product(edge.type, self.scale.type)
            if unit is None:
                self.composer.mismatch("*", edge.type, self.scale.type, edge.span)
                self.inputs[axis] = self.composer.faulty(self.span)
                return
            self.inputs[axis] = self.composer.fit(self.inputs[axis], unit, action="<=")
        if digits.shape(self.scale).denominator is not None:
            self.scale = self.composer.narrowed(self.scale)
        self.inputs[axis], *fitted = self._exact([self.inputs[axis], *fitted])
        self._place(axis, fitted)

    def _exact(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Edges as decimals; the input too where it is cut into slices."""
        if not nodes[0].type.is_number:
            return tuple(nodes)
        first, *edges = nodes
        kept = [self.composer.narrowed(edge) if _is_fraction(edge) else edge for edge in edges]
        if self.reading in SLICED and _is_fraction(first):
            first = self.composer.narrowed(first)
        scale = digits.shape(self.scale).numerator if self.scale is not None else 0
        highest = max((edge.type.scale or 0 for edge in kept), default=0) + scale
        shape = digits.shape(first)
        if not digits.compared(shape, digits.Shape(highest)):
            first = self.composer.narrowed(first)
        return first, *kept

    def _place(self, axis: int, edges: Sequence[Node]) -> None:
        waiting = iter(edges)
        placed = []
        for cell in self.cells:
            condition = _with_edges(cell.conditions[axis], waiting)
            conditions = (*cell.conditions[:axis], condition, *cell.conditions[axis + 1 :])
            placed.append(replace(cell, conditions=conditions))
        self.cells = placed

    # -------------------------------------------------------------------------------- values

    def fit_values(self) -> None:
        values = [cell.value for cell in self.cells]
        if self.otherwise is not None:
            values.append(self.otherwise)
        fitted, shared = self.composer.alike(values, action="choose")
        if units.is_faulty(shared):
            self.otherwise = self.composer.faulty(self.span)
            return
        if self.reading in SLICED:
            fitted = tuple(self._decimal(node) for node in fitted)
        self.cells = [
            replace(cell, value=value) for cell, value in zip(self.cells, fitted, strict=False)
        ]
        if self.otherwise is not None:
            self.otherwise = fitted[-1]

    def _decimal(self, node: Node) -> Node:
        if units.is_any(node.type):
            return node
        if not node.type.is_number:
            return self.composer.mismatch("fit", Type(Unit.ratio), node.type, node.span)
        return self.composer.narrowed(node)

    def is_faulty(self) -> bool:
        parts = [*self.inputs, *(cell.value for cell in self.cells)]
        parts += [one for one in (self.otherwise, self.amount, self.scale) if one is not None]
        return any(units.is_faulty(node.type) for node in parts)

    # ---------------------------------------------------------------------------------- node

    def read(self, table: str) -> Node:
        unit = self._unit()
        if unit is None:
            return self.composer.faulty(self.span)
        self._settle(unit)
        given = replace(unit, scale=None, may_be_missing=self._may_be_missing())
        node = self._node(table, given)
        node = self._within_digits(node)
        return replace(node, type=replace(node.type, scale=_scale(node)))

    def _node(self, table: str, type_: Type) -> Read:
        return Read(
            table,
            self.reading,
            tuple(self.inputs),
            tuple(self.cells),
            self.otherwise,
            type_,
            self.amount,
            self.scale,
            self.span,
        )

    def _unit(self) -> Type | None:
        """The result's unit: the cells', or for a rate what it is multiplied by."""
        value = next(
            (cell.value.type for cell in self.cells if not units.is_any(cell.value.type)),
            units.ANY,
        )
        if self.reading not in ("whole", "marginal"):
            return units.bare(value)
        paid = self.amount if self.amount is not None else self.inputs[0]
        unit = units.bare(paid.type) if units.is_any(value) else units.product(value, paid.type)
        if unit is None:
            self.composer.mismatch("*", value, paid.type, self.span)
        return unit

    def _settle(self, unit: Type) -> None:
        """Give rates a unit of their own where the result has one."""
        if self.reading not in ("whole", "marginal") or units.is_open(unit):
            return
        self.cells = [replace(cell, value=self._settled(cell.value, unit)) for cell in self.cells]
        if self.otherwise is not None:
            self.otherwise = self._settled(self.otherwise, unit)
        if self.amount is not None:
            self.amount = self.composer.settle(self.amount)

    def _settled(self, node: Node, unit: Type) -> Node:
        return retyped(node, unit) if units.is_any(node.type) else self.composer.settle(node)

    def _within_digits(self, node: Read) -> Read:
        """Narrow cells and inputs where the products of the reading need too many decimals."""
        if not node.type.is_number or digits.shape(node).fits():
            return node
        kept = digits.TABLE_SCALE
        narrow = self.composer.narrowed
        cells = tuple(replace(cell, value=narrow(cell.value, kept)) for cell in node.cells)
        node = replace(
            node,
            cells=cells,
            otherwise=narrow(node.otherwise, kept) if node.otherwise is not None else None,
        )
        if node.amount is not None:
            return replace(node, amount=narrow(node.amount, kept))
        few = digits.room(node)
        return replace(node, inputs=tuple(narrow(one, few) for one in node.inputs))

    def _may_be_missing(self) -> bool:
        parts = [*self.inputs, *(cell.value for cell in self.cells)]
        parts += [edge for cell in self.cells for axis in cell.conditions for edge in _edges(axis)]
        parts += [one for one in (self.otherwise, self.amount, self.scale) if one is not None]
        if any(node.type.may_be_missing for node in parts):
            return True
        return self.otherwise is None and not self._is_complete()

    def _is_complete(self) -> bool:
        """Whether some cell fits whatever comes: a wildcard, or bands without a gap or end."""
        if self.reading == "curve":
            return True
        if any(all(_is_wild(axis) for axis in cell.conditions) for cell in self.cells):
            return True
        if len(self.inputs) != 1 or any(cell.conditions[0].equals for cell in self.cells):
            return False
        bands = _ascending([cell.conditions[0] for cell in self.cells])
        if bands[0].lower is not None or bands[-1].upper is not None:
            return False
        return all(_meet(one, other) for one, other in pairwise(bands))


def require_closed_bands(composer: Composer, table: str, cells: Sequence[Cell], span: Span) -> None:
    """`fill` needs an upper edge for every band: an open one has no share to cover."""
    if any(cell.conditions[0].upper is None for cell in cells):
        composer.report(
            errors.PLAN_ARGUMENTS,
            span,
            name="fill",
            signature=f"fill({table}, x)",
            fault=labels("每一档都要有上限", "every band needs an upper edge"),
        )


def _edges(condition: Condition) -> list[Node]:
    parts = (condition.lower, condition.upper, *condition.equals)
    return [edge for edge in parts if edge is not None]


def _with_edges(condition: Condition, edges: Iterator[Node]) -> Condition:
    lower = next(edges) if condition.lower is not None else None
    upper = next(edges) if condition.upper is not None else None
    equals = tuple(next(edges) for _ in condition.equals)
    return replace(condition, lower=lower, upper=upper, equals=equals)


def _is_fraction(node: Node) -> bool:
    return node.type.is_number and node.type.scale is None


def _is_wild(condition: Condition) -> bool:
    return not _edges(condition)


def _ascending(bands: list[Condition]) -> list[Condition]:
    """Bands in the order of their edges, as far as these are known; the open one first."""
    written = [band.lower.value for band in bands if isinstance(band.lower, Constant)]
    if len(written) < sum(band.lower is not None for band in bands):
        return bands
    opened = [band for band in bands if band.lower is None]
    edged = [band for band in bands if isinstance(band.lower, Constant)]
    return opened + sorted(edged, key=lambda band: band.lower.value)  # type: ignore


def _meet(one: Condition, other: Condition) -> bool:
    if one.upper is None or other.lower is None:
        return False
    if isinstance(one.upper, Constant) and isinstance(other.lower, Constant):
        return one.upper.value == other.lower.value
    return one.upper == other.lower


def _scale(node: Read) -> int | None:
    """The exact decimals of what the reading gives, None for a fraction or no number."""
    if not node.type.is_number or units.is_any(node.type):
        return 0 if units.is_any(node.type) else None
    values = [cell.value for cell in node.cells]
    if node.otherwise is not None:
        values.append(node.otherwise)
    value = widest(values)
    if node.reading == "value" or value is None:
        return value
    if node.reading == "whole":
        paid = (node.amount if node.amount is not None else node.inputs[0]).type.scale
        return None if paid is None else value + paid
    if node.reading == "marginal":
        return value + digits.width(node, 0)
    return None
