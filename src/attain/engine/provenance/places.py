"""A row among others, as data: in an order, in its population, in a split, in a group of raters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attain.core.labels import Labels
from attain.core.units import Type
from attain.expressions.results import Result

if TYPE_CHECKING:
    from attain.engine.provenance.model import Cell, FactRef

Named = tuple[Result | Labels, ...]
"""A row's key as readers know it: the part of a stack by its label."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A row of an order up to the explained one: its own value, and the result on it.

    `called` is the key by which readers know it.
    """

    cell: Cell
    called: Named
    own: Result
    so_far: Result
    date: dt.date | None
    facts: tuple[FactRef, ...]


@dataclass(frozen=True, slots=True)
class InOrder:
    """A row among those before it: which deals made the tier."""

    function: str
    column: str | None
    rows: tuple[OrderRow, ...]
    position: int
    start: Result | None = None


@dataclass(frozen=True, slots=True)
class InGroup:
    """A row in its population: the place and the size, never the others' values."""

    function: str
    columns: tuple[str, ...]
    members: int
    place: Result | None
    partition: tuple[tuple[str, Result], ...]
    lacking: int
    of_people: bool = True
    equal: tuple[int, ...] = ()
    """Of a place, how many others have the same first column, the same first two, and so on."""


@dataclass(frozen=True, slots=True)
class InShare:
    """A part of a pot: the exact part, the same cut to whole steps, and who gets what that leaves.

    `before` is what the rows before had of it, where rows are filled up to their `capacity`.
    """

    pot: Result
    before: Result
    weight: Result
    all_weights: Result
    sharers: int
    exact: Result
    step: str
    residue: str
    cut: Result
    capacity: Result | None = None


@dataclass(frozen=True, slots=True)
class RaterGroup:
    """A group of raters: how many of all who rated, their mean, what it weighs.

    `weight` is its share of all weights as the plan has them, `counts` that of the groups that
    answered. Of fewer raters than may be told apart, `mean` is None.
    """

    name: str
    raters: int
    of: int
    mean: Result | None
    type: Type
    weight: Result
    counts: Result


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The rows a number stands on, where they are too many to be read for an explanation.

    `relation` is the dataset of which so many `rows` would have had to be read.
    """

    relation: str
    rows: int
