"""Where an expression is computed: a row, and the other rows it may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from attain.engine.primitives.model import Relation
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Result


@dataclass(frozen=True, slots=True)
class Seat:
    """A row of a relation from which names are read.

    `others` holds the gathering row ("this"), the right row of a pair ("right"), the values
    of the row before ("previous"), or values that stand in for the row's own (""). Every other
    word leads over a lookup of the relation.
    """

    relation: Relation
    row: Row
    others: Mapping[str, Seat | Mapping[str, Result]] = field(default_factory=dict)
