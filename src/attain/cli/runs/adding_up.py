"""Which numbers of several people may be added up: amounts and counts, not means or places."""

from __future__ import annotations

from typing import Final

from attain.core.units import Unit
from attain.engine.primitives.model import (
    Aggregate,
    Component,
    Formula,
    Gather,
    Grouped,
    Relation,
    ResolvedPlan,
)
from attain.expressions.typed import Constant, Narrow, Node, Operate, Reference, Round

_UNITS: Final = (Unit.money, Unit.count)
_ADDED_UP: Final = (Aggregate.SUM, Aggregate.COUNT)


def may_be_added(plan: ResolvedPlan, component: Component) -> bool:
    """Whether a total over all who have a value means anything.

    A mean, the largest or the latest of rows, a place among others, and an amount for each piece
    come out as money or as whole numbers, too.
    """
    relation = plan.relations[component.relation]
    unit = relation.columns[component.column].type.unit
    return unit in _UNITS and _adds_up(relation, component.column)


def _adds_up(relation: Relation, name: str) -> bool:
    made = relation.columns[name].made
    if isinstance(made, Gather):
        return made.aggregate in _ADDED_UP
    if isinstance(made, Formula):
        node = _bare(made.node)
        if isinstance(node, Reference) and not node.row and node.column in relation.columns:
            return _adds_up(relation, node.column)
        return not _is_quotient(node)
    return not isinstance(made, Grouped)


def _bare(node: Node) -> Node:
    """An expression without the decimals it is kept at."""
    while isinstance(node, Narrow | Round):
        node = node.operand
    return node


def _is_quotient(node: Node) -> bool:
    """So much for each of something that is counted, as sales by orders."""
    if not isinstance(node, Operate) or node.operator != "/":
        return False
    return not isinstance(_bare(node.operands[1]), Constant)
