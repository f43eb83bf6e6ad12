"""Where an expression ends: how a named column keeps its value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from attain.core.rounding import Mode, decimals
from attain.core.units import FRACTION_SCALE, Type
from attain.expressions import digits, units
from attain.expressions.retype import retyped
from attain.expressions.tree import Span
from attain.expressions.typed import Narrow, Node, Round


def as_column(
    node: Node,
    *,
    unit: Type | None = None,
    step: Decimal | None = None,
    mode: Mode = Mode.half_up,
    hidden: bool = False,
) -> Node:
    """The node as a column stores it.

    A bare number becomes a count if whole, else a ratio; `unit` relabels a ratio, a count,
    points or days as another of these. With a `step` the column is its rounded value;
    otherwise it is narrowed, half up, where it has more decimals than its unit keeps (money 6,
    whole counts and days 0, others 18). A hidden column keeps 18 decimals whatever its unit.
    """
    if not node.type.is_number:
        return node
    settled = relabelled(node, units.settled(node.type))
    if unit is not None and _may_be_relabelled(settled.type, unit):
        settled = relabelled(settled, unit)
    if step is not None:
        settled = stepped(settled, step, mode, node.span)
    kept = FRACTION_SCALE if hidden else units.stored_scale(settled.type)
    scale = settled.type.scale
    if scale is not None and scale <= kept:
        return settled
    return Narrow(settled, kept, replace(settled.type, scale=kept), node.span)


def stepped(node: Node, step: Decimal, mode: Mode, span: Span) -> Round:
    """The node rounded to a multiple of `step`.

    A quotient is cut into steps by multiplying what divides; where that has too many decimals,
    the quotient is narrowed first.
    """
    scale = decimals(step)
    if digits.shape(node).below + scale > digits.MAX_SCALE:
        node = Narrow(node, FRACTION_SCALE, replace(node.type, scale=FRACTION_SCALE), node.span)
    return Round(node, step, mode, replace(node.type, scale=scale), span)


def relabelled(node: Node, unit: Type) -> Node:
    """The node with another unit; decimals and what may be missing stay."""
    if units.is_free(node.type):
        return retyped(node, unit)
    kept = node.type
    same = replace(units.bare(unit), scale=kept.scale, may_be_missing=kept.may_be_missing)
    return node if same == kept else replace(node, type=same)


def _may_be_relabelled(found: Type, wanted: Type) -> bool:
    return found.unit in units.DIMENSIONLESS and wanted.unit in units.DIMENSIONLESS
