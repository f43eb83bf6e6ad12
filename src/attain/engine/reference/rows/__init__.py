"""How the rows of each relation come about, one module per way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from attain.engine.primitives import model
from attain.engine.primitives.model import Relation
from attain.engine.reference.rows import (
    cuts,
    members,
    pairs,
    paths,
    periods,
    results,
    sources,
    stacks,
)
from attain.engine.reference.values import Row

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

Make = Callable[["Calculation", Relation], Iterable[Row]]

_MAKE: Mapping[type, Make] = {
    model.SourceRows: sources.from_dataset,
    model.PlanRows: sources.from_plan,
    model.ResultRows: results.make,
    model.MemberRows: members.make,
    model.PeriodRows: periods.make,
    model.StackRows: stacks.make,
    model.PairRows: pairs.make,
    model.PathRows: paths.make,
    model.CutRows: cuts.make,
}


def make_rows(run: Calculation, relation: Relation) -> Iterable[Row]:
    """The rows of a relation with their key and stored columns, in any order."""
    return _MAKE[type(relation.rows)](run, relation)
