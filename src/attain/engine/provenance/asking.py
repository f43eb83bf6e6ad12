"""A cell that is asked why, with everything at hand, and the cells it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from attain.engine.primitives.model import Column, Decided, Grouped, Relation, Shared, Stored
from attain.engine.provenance.bounds import MOST_ITEMISED
from attain.engine.provenance.evidence import Evidence
from attain.engine.provenance.model import Cell, Kind, Node
from attain.engine.provenance.steps import cells_of
from attain.engine.reference.values import Row
from attain.expressions.results import Result


@dataclass(frozen=True)
class Asked:
    """A cell with everything at hand to explain it."""

    evidence: Evidence
    relation: Relation
    row: Row
    column: Column
    finer: list[Evidence] = field(default_factory=list)

    @property
    def value(self) -> Result:
        return self.evidence.calculation.value(self.relation, self.row, self.column.name)

    @property
    def cell(self) -> Cell:
        return Cell(self.relation.name, self.row.key, self.column.name)

    def sibling(self, column: str) -> Cell:
        """Another column of the same row."""
        return Cell(self.relation.name, self.row.key, column)


def input_cells(asked: Asked, node: Node) -> Iterator[tuple[Evidence, Cell]]:
    """The cells a number was made from, each with the evidence it is explained from."""
    evidence = asked.evidence
    if node.expression is not None and node.kind in (Kind.FORMULA, Kind.FOLD):
        for cell in cells_of(node.expression):
            yield evidence, cell
    if node.gathered is not None:
        for share in node.gathered.rows[:MOST_ITEMISED]:
            if share.source.column and not _is_stored(evidence, share.source):
                yield asked.finer[0], share.source
    if node.order is not None and node.order.column is not None:
        yield evidence, asked.sibling(node.order.column)
    made = asked.column.made
    if isinstance(made, Shared):
        yield evidence, asked.sibling(made.pot)
        yield evidence, asked.sibling(made.capacity or made.by)
    if isinstance(made, Decided):
        yield evidence, asked.sibling(made.calculated)
    if isinstance(made, Grouped):
        for name, _ in made.by:
            yield evidence, asked.sibling(name)


def _is_stored(evidence: Evidence, cell: Cell) -> bool:
    return isinstance(evidence.plan.relations[cell.relation].columns[cell.column].made, Stored)
