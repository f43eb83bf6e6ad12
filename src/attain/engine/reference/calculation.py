"""The calculation: rows and columns of a resolved plan, each made when first asked for.

Slow and obvious on purpose. A row is a dict, a column is filled row by row, and what a
column reads is looked up each time as the plan says it. Where this and a compiled run
differ, one of the two has misread the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attain.engine.primitives import model
from attain.engine.primitives.model import Column, Relation, ResolvedPlan
from attain.engine.reference import (
    decide,
    fold,
    formula,
    gather,
    group,
    match,
    order,
    prior,
    share,
)
from attain.engine.reference.inputs import Inputs
from attain.engine.reference.rows import make_rows, pairs
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import (
    IN,
    Key,
    Row,
    check_storable,
    is_no_data,
    key_order,
)
from attain.expressions.evaluate import Absent, Result, evaluate
from attain.expressions.typed import Node, Reference

Fill = Callable[["Calculation", Relation, Column, Sequence[Row]], Sequence[Result]]

_FILL: Mapping[type, Fill] = {
    model.Formula: formula.fill,
    model.Gather: gather.fill,
    model.Ordered: order.fill,
    model.Fold: fold.fill,
    model.Prior: prior.fill,
    model.Grouped: group.fill,
    model.Shared: share.fill,
    model.Decided: decide.fill,
}


class Calculation:
    """One run of one plan by the reference interpreter."""

    def __init__(self, plan: ResolvedPlan, inputs: Inputs) -> None:
        self.plan = plan
        self.inputs = inputs
        self._rows: dict[str, list[Row]] = {}
        self._filled: set[tuple[str, str]] = set()
        self._found: dict[tuple[int, str], Row | Absent] = {}

    def run(self) -> Calculation:
        """Make every relation and column, in the plan's order; returns itself."""
        for relation, column in self.plan.order:
            self.fill(self.plan.relations[relation], column)
        for name in self.plan.relations:
            self.rows(name)
        return self

    def rows(self, name: str) -> list[Row]:
        """The rows of a relation, sorted by key; those its filter leaves out are gone."""
        if name not in self._rows:
            relation = self.plan.relations[name]
            self._rows[name] = sorted(self.made(relation), key=key_order)
            if IN in relation.columns:
                self._leave_out(relation)
        return self._rows[name]

    def made(self, relation: Relation) -> Iterable[Row]:
        """The rows of a relation one by one, before its filter leaves any out."""
        return make_rows(self, relation)

    def _leave_out(self, relation: Relation) -> None:
        """Keep a row whose filter is true, and one whose filter is no data (language.md 27)."""
        made = self._rows[relation.name]
        passed = [self.value(relation, row, IN) for row in made]
        self._rows[relation.name] = [
            row
            for row, answer in zip(made, passed, strict=True)
            if answer is True or is_no_data(answer)
        ]

    def side(self, name: str) -> Sequence[Row]:
        """The rows of a relation that pairs are made of; only those that have a partner matter."""
        return self.rows(name)

    def row(self, name: str, key: Key) -> Row | None:
        """The row of a relation with that key, if there is one."""
        return next((row for row in self.rows(name) if row.key == key), None)

    def candidates(self, name: str, asked: Sequence[tuple[str, Result]]) -> list[Row]:
        """The rows of a relation among which a look-up for some values seeks; others may be."""
        return self.rows(name)

    def peers(self, relation: Relation, column: Column, row: Row) -> Sequence[Row]:
        """The rows that a column compares a row with, the row among them; others may be."""
        return self.rows(relation.name)

    def value(self, relation: Relation, row: Row, column: str) -> Result:
        """The value of a column on a row; the column is filled first where it is not yet.

        :raises KeyError: the relation has no such column, or the column reads itself.
        """
        if column not in row.values:
            self.fill(relation, column)
        return row.values[column]

    def fill(self, relation: Relation, name: str) -> None:
        """Compute a column for every row of its relation, once."""
        rows = self.rows(relation.name)
        if (relation.name, name) in self._filled:
            return
        self._filled.add((relation.name, name))
        column = relation.columns[name]
        if not isinstance(column.made, model.Stored):
            values = _FILL[type(column.made)](self, relation, column, rows)
        elif isinstance(relation.rows, model.PairRows):
            values = pairs.fill(self, relation, name, rows)
        else:
            return
        for row, value in zip(rows, values, strict=True):
            check_storable(relation, column, value)
            row.values[name] = value

    def evaluate(self, node: Node, seat: Seat) -> Result:
        """The value of an expression on a row."""
        return evaluate(node, lambda reference: self.read(seat, reference))

    def read(self, seat: Seat, reference: Reference) -> Result:
        """The value a name in an expression stands for."""
        other = seat.others.get(reference.row)
        if isinstance(other, Seat):
            return self.value(other.relation, other.row, reference.column)
        if other is not None and (reference.row or reference.column in other):
            return other[reference.column]
        if not reference.row:
            return self.value(seat.relation, seat.row, reference.column)
        found = self.found(seat.relation, seat.row, reference.row)
        if isinstance(found, Absent):
            return found
        target = self.plan.relations[seat.relation.lookups[reference.row].relation]
        return self.value(target, found, reference.column)

    def found(self, relation: Relation, row: Row, lookup: str) -> Row | Absent:
        """The one row a lookup leads to, or why there is none."""
        place = (id(row), lookup)
        if place not in self._found:
            self._found[place] = match.find(self, relation, row, relation.lookups[lookup])
        return self._found[place]


def recomputed(run: Calculation, relation: Relation, column: Column, row: Row) -> Result:
    """The value of a cell computed again from the values it reads."""
    made = column.made
    if isinstance(made, model.Grouped):
        return group.one(run, relation, column, run.peers(relation, column, row), row)
    needs_others = isinstance(made, model.Ordered | model.Fold | model.Shared)
    rows = run.peers(relation, column, row) if needs_others else [row]
    values = _FILL[type(made)](run, relation, column, rows)
    return next(value for one, value in zip(rows, values, strict=True) if one.key == row.key)
