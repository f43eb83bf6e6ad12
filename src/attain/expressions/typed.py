"""A checked expression: the tree that compiler, reference and explanation share.

Each node carries its type: unit, currency, scale and whether it may be missing. Narrowing
and rounding are nodes, so nobody rounds in a place the others do not see.

A numeric node with `type.scale` None is a *fraction*: its exact value need not be a finite
decimal (something was divided). Fractions stay exact inside an expression; a `Narrow` or
`Round` node ends them. `100 / 3 * 3` is 100.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from attain.core.labels import Labels
from attain.core.rounding import Mode
from attain.core.units import Type
from attain.expressions.tree import Span

Value = Decimal | str | dt.date | bool


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal or a parameter's value; numbers are Decimals of the type's scale.

    `is_bare` marks a number that its author wrote without a unit and nothing has given one yet.
    """

    value: Value
    type: Type
    span: Span = Span()
    is_bare: bool = field(default=False, compare=False, repr=False)
    labels: Labels | None = field(default=None, compare=False, repr=False)
    """What readers are told the parameter is called that it is the value of."""
    code: str | None = field(default=None, compare=False, repr=False)
    """Of a key, the code that the rule writes."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A value the author declares missing: `no_data('...')` or `not_applicable('...')`."""

    reason: str
    type: Type
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a column, found from the row the expression is computed on.

    `row` says whose column: "" is the row itself, "this" (in a gather or match) the row that
    gathers, any other word a lookup of the relation (see `attain.engine.primitives`).
    """

    column: str
    type: Type
    row: str = ""
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Operate:
    """Exact arithmetic, comparison or logic: the operators of `tree.Operation`.

    Missing operands make the result missing, except in logic: `false and missing` is false,
    `true or missing` is true. With several missing operands no data beats not applicable,
    then the leftmost wins. A division by zero is missing, reason `no_data.division_by_zero`.
    """

    operator: str
    operands: tuple[Node, ...]
    type: Type
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Apply:
    """A registered function applied to its arguments (`if`, `min`, `clamp`, `starts_with` ...)."""

    function: str
    arguments: tuple[Node, ...]
    type: Type
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Narrow:
    """The value half up at `scale` decimals, where a column's storage ends an expression."""

    operand: Node
    scale: int
    type: Type
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Round:
    """The value rounded to a multiple of `step` in a declared mode."""

    operand: Node
    step: Decimal
    mode: Mode
    type: Type
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Condition:
    """What one axis of a table's cell asks of its input; exactly one reading of the fields.

    A band has `lower` and/or `upper` (None = open); `lower_closed` and `upper_closed` say whether
    the edge itself is inside: `from` and `to` are, `above` and `until` are not.
    A key has `equals` (any of these). With all fields empty the cell fits whatever comes.
    """

    lower: Node | None = None
    upper: Node | None = None
    lower_closed: bool = True
    upper_closed: bool = False
    equals: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a table: its conditions, axis by axis, and the value it gives."""

    conditions: tuple[Condition, ...]
    value: Node


@dataclass(frozen=True, slots=True)
class Read:
    """A table read for the inputs at hand.

    Readings (language.md 22): `value`; `whole` (value times amount; `amount` is the second
    input where what chooses and what is paid differ, else the first); `marginal` (each slice
    of the input at its own rate); `fill` (full bands count whole, the last by its covered
    share); `curve` (linear between the points, flat ends, one or two inputs).
    Cells stand in the table's order and do not overlap. No cell fits: `otherwise`, or missing
    with reason `no_data.outside_table` where that is None. `scale` multiplies every edge.
    """

    table: str
    reading: str
    inputs: tuple[Node, ...]
    cells: tuple[Cell, ...]
    otherwise: Node | None
    type: Type
    amount: Node | None = None
    scale: Node | None = None
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Dated:
    """The version of a dated constant in force on `at`: (effective from, until, value)."""

    name: str
    at: Node
    versions: tuple[tuple[dt.date | None, dt.date | None, Node], ...]
    type: Type
    span: Span = Span()
    labels: Labels | None = field(default=None, compare=False, repr=False)
    """What readers are told a parameter is called."""


Node = Constant | Missing | Reference | Operate | Apply | Narrow | Round | Read | Dated


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in operand order: the order in which missing values count."""
    match node:
        case Operate(operands=operands):
            yield from operands
        case Apply(arguments=arguments):
            yield from arguments
        case Narrow(operand=operand) | Round(operand=operand):
            yield operand
        case Read():
            yield from node.inputs
            yield from (n for n in (node.amount, node.scale, node.otherwise) if n is not None)
            for cell in node.cells:
                for c in cell.conditions:
                    yield from (n for n in (c.lower, c.upper, *c.equals) if n is not None)
                yield cell.value
        case Dated():
            yield node.at
            yield from (value for _, _, value in node.versions)
        case _:
            return


def references(node: Node) -> Iterator[Reference]:
    """Every column the expression reads, in reading order."""
    if isinstance(node, Reference):
        yield node
    for child in children(node):
        yield from references(child)
