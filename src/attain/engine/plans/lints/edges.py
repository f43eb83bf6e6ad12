"""Edges that are slips of the pen: of a printed table, or 80 where 80% is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.labels import labels
from attain.core.units import Unit
from attain.engine import errors
from attain.engine.plans.lints.reading import (
    Found,
    first_reads,
    number,
    reads,
    table_place,
)
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.engine.plans.resolve.targets import TARGET
from attain.engine.primitives.model import Relation, nodes_of
from attain.expressions.typed import Constant, Node, Operate, Read, Reference, children

_HEAD: Final = ORDERS.replace("amount: money", "amount: money, cost: money")
_TEN: Final = 10
_PERCENTAGES: Final = (Decimal(50), Decimal(200))
"""Where percentages of a target stand, and multiples of one hardly ever."""
_MULTIPLES: Final = Decimal(3)
"""Up to here a bare edge may well be a multiple: 1.2 times the target, twice, three times."""


@lint(
    errors.LINT_PRINTED_EDGES,
    _HEAD
    + """
measures: {sales: {sum: amount, from: orders}, spent: {sum: cost, from: orders}}
tables: {points: {bands: [{from: 0, is: 1}, {from: 81%, is: 2}, {from: 101%, is: 3}]}}
formulas: {score: "if_missing(value(points, sales / spent), 0)"}
""",
)
def edges_as_they_are_printed(case: Case) -> Iterator[Problem]:
    """Edges such as 81 and 101, of a table that is printed 0–80, 81–100, read for fractions.

    80.5 falls into the band below, which the printed table does not say. Where only whole
    numbers are read, nothing is wrong.
    """
    for name, read in first_reads(case).items():
        found = _printed(read)
        if found is not None:
            yield problem(
                errors.LINT_PRINTED_EDGES,
                table_place(case, name),
                name=name,
                edge=found.shown(found.edge),
                last=found.shown(found.last),
                between=found.shown((found.edge + found.last) / 2),
                side=labels("下面", "below") if found.is_lower else labels("上面", "above"),
                word="to" if found.is_lower else "from",
            )


@dataclass(frozen=True, slots=True)
class _Printed:
    """An edge of a table with the number beside it that ends the neighbouring printed band."""

    edge: Decimal
    last: Decimal
    is_lower: bool
    is_percent: bool

    def shown(self, value: Decimal) -> str:
        return f"{value:f}%" if self.is_percent else f"{value:f}"


def _printed(read: Read) -> _Printed | None:
    """The first inner edge, if all of them look like the end of a printed band."""
    conditions = [cell.conditions[0] for cell in read.cells]
    input_ = read.inputs[0].type
    places = 2 if input_.unit is Unit.ratio or read.scale is not None else 0
    is_whole = read.scale is None and input_.scale is not None and input_.scale <= places
    if len(read.inputs) != 1 or read.reading == "curve" or not input_.is_number or is_whole:
        return None
    is_lower = all(one.lower_closed for one in conditions)
    said = [number(one.lower if is_lower else one.upper) for one in conditions]
    edges = sorted(edge.scaleb(places) for edge in said if edge is not None)
    inner = [edge for edge in edges if edge > 1] if is_lower else edges[:-1]
    if not inner or not all(_ends_a_band(edge, is_lower=is_lower) for edge in inner):
        return None
    last = inner[0] - 1 if is_lower else inner[0] + 1
    return _Printed(inner[0], last, is_lower, is_percent=places > 0)


def _ends_a_band(edge: Decimal, *, is_lower: bool) -> bool:
    """81 after a band to 80; 79 before a band from 80."""
    return edge == int(edge) and edge > _TEN - 2 and edge % _TEN == (1 if is_lower else _TEN - 1)


@lint(
    errors.LINT_EDGE_NOT_PERCENT,
    _HEAD
    + """
measures: {sales: {sum: amount, from: orders}}
tables:
  rates: {bands: [{from: 80, is: 2%}, {from: 100, is: 3%}, {otherwise: 0%}], scale: target(sales)}
formulas: {pay: "marginal(rates, sales)"}
""",
)
def edges_that_lack_their_percent_sign(case: Case) -> Iterator[Problem]:
    """80 for 80 % at the edges of a table that is read for a quotient, or scaled by a target.

    80 is eighty times the target: nobody ever reaches it. 8000% says that it is meant. A ratio
    that stands in the data is not asked about: files may well hold 80 for 80 %.
    """
    seen: set[str] = set()
    for one in reads(case):
        for axis, input_ in enumerate(one.read.inputs):
            edge = _not_percent(one.read, axis)
            if edge is None or one.read.table in seen or not _takes_ratios(one, input_):
                continue
            seen.add(one.read.table)
            yield problem(
                errors.LINT_EDGE_NOT_PERCENT,
                table_place(case, one.read.table),
                name=one.read.table,
                edge=edge,
            )


def _takes_ratios(found: Found, input_: Node) -> bool:
    """Whether edges are shares: of a quotient, or of the amount or target that scales them."""
    scale = found.read.scale
    if scale is None:
        return input_.type.unit is Unit.ratio and _is_divided(found.relation, input_)
    return scale.type.unit is Unit.money or _is_target(scale)


def _is_target(node: Node) -> bool:
    is_own = isinstance(node, Reference) and node.column.startswith(TARGET)
    return is_own or any(_is_target(child) for child in children(node))


def _is_divided(relation: Relation, node: Node, depth: int = 8) -> bool:
    """Whether a value comes out of a division, in its own rule or in those of its row."""
    if isinstance(node, Operate) and node.operator == "/":
        return True
    below = list(children(node))
    if isinstance(node, Reference) and node.row == "":
        column = relation.columns.get(node.column)
        below = list(nodes_of(column)) if column is not None else []
    return depth > 0 and any(_is_divided(relation, one, depth - 1) for one in below)


def _not_percent(read: Read, axis: int) -> Decimal | None:
    """The first edge that stands where percentages do, where none could be a multiple."""
    conditions = [cell.conditions[axis] for cell in read.cells]
    said = [edge for one in conditions for edge in (one.lower, one.upper)]
    bare = [edge for edge in said if isinstance(edge, Constant) and edge.is_bare]
    above = sorted(value for edge in bare if (value := number(edge)) is not None and value > 0)
    if not above or above[0] <= _MULTIPLES:
        return None
    low, high = _PERCENTAGES
    return next((edge for edge in above if low <= edge <= high), None)
