"""Where a value was made that rows made of others only hand on: pairs, stacks, trees."""

from __future__ import annotations

from typing import Final

from attain.core.labels import Labels
from attain.engine.plans.resolve.targets import TARGETS
from attain.engine.primitives.model import (
    PairRows,
    PathRows,
    Relation,
    ResolvedPlan,
    SourceRows,
    StackRows,
    Stored,
)
from attain.engine.provenance.evidence import Evidence
from attain.engine.provenance.model import Cell
from attain.engine.provenance.narrowing import CannotNarrow, plain
from attain.engine.provenance.places import Named
from attain.engine.reference.rows.pairs import RIGHT
from attain.engine.reference.values import Key, Row
from attain.expressions.results import Result

INDICATOR: Final = "indicator"
"""The column of a target that says of what it is."""


def source_of(evidence: Evidence, cell: Cell, row: Row | None) -> Cell:
    """The cell a value was first written in or calculated in; the cell itself where that is it."""
    relation = evidence.plan.relations[cell.relation]
    column = relation.columns.get(cell.column)
    if column is None or not isinstance(column.made, Stored):
        return cell
    found = None
    if isinstance(relation.rows, PairRows):
        found = _of_pair(evidence.plan, relation.rows, cell)
    elif isinstance(relation.rows, StackRows):
        found = _of_stack(evidence, relation.rows, cell, row)
    return cell if found is None else source_of(evidence, found, None)


def _of_pair(plan: ResolvedPlan, rows: PairRows, cell: Cell) -> Cell:
    """The left row's column, or the right one's."""
    width = len(plan.relations[rows.left].key)
    if cell.column.startswith(RIGHT):
        return Cell(rows.right, cell.key[width:], cell.column.removeprefix(RIGHT))
    return Cell(rows.left, cell.key[:width], cell.column)


def _of_stack(evidence: Evidence, rows: StackRows, cell: Cell, row: Row | None) -> Cell | None:
    """The column of the stacked row, where its part hands on one."""
    row = row or evidence.calculation.row(cell.relation, cell.key)
    part = next((one for one in rows.parts if one.name == cell.key[0]), None)
    if row is None or part is None or not row.made_of:
        return None
    try:
        column = plain(part.values[rows.columns.index(cell.column)])
    except CannotNarrow:
        return None
    name, inner = row.made_of[0]
    return Cell(name, inner.key, column)


def named(plan: ResolvedPlan, relation: str) -> str:
    """What readers are told rows come from: a path, not the pairs that were made along it.

    Pairs that the author made have a name of the author's.
    """
    rows = plan.relations[relation].rows
    if not isinstance(rows, PairRows) or not relation.startswith(f"{rows.left}__{rows.right}"):
        return relation
    # The tree as facts read it, on their day, is the same tree to readers.
    return rows.right.partition("__")[0]


def called(plan: ResolvedPlan, relation: Relation, key: Key) -> Named:
    """The key by which readers know a row.

    Of a member under a manager it is the member's own; the part of a stack goes by its label.
    """
    rows = relation.rows
    if isinstance(rows, StackRows):
        part = next((one for one in rows.parts if one.name == key[0]), None)
        return (part.labels if part is not None and part.labels else key[0], *key[1:])
    if isinstance(rows, PairRows):
        left, right = plan.relations[rows.left], plan.relations[rows.right]
        width = len(left.key)
        own = called(plan, left, key[:width])
        is_made = relation.name == f"{rows.left}__{rows.right}"
        if is_made and isinstance(right.rows, PathRows):
            return own
        return (*own, *_of_right(plan, rows, right, key[width:]))
    if isinstance(rows, SourceRows) and rows.dataset == TARGETS:
        parts = zip(relation.key, key, strict=True)
        return tuple(
            _indicator(plan, one) if part.name == INDICATOR else one for part, one in parts
        )
    return key


def _indicator(plan: ResolvedPlan, name: Result) -> Result | Labels:
    """What a target is of: by the label of the column that it is a target of."""
    columns = (one.columns.get(str(name)) for one in plan.relations.values())
    found = (one.labels for one in columns if one is not None and not isinstance(one.made, Stored))
    return next((one for one in found if one is not None), name)


def _of_right(plan: ResolvedPlan, pair: PairRows, right: Relation, key: Key) -> Named:
    """What the left row's key does not say already; of a tree who stands above."""
    if isinstance(right.rows, PairRows | StackRows):
        return called(plan, right, key)
    told = {part.name for part in right.key} - {name for _, name in pair.equal}
    if isinstance(right.rows, PathRows):
        told &= {"member", "ancestor"}
    return tuple(value for part, value in zip(right.key, key, strict=True) if part.name in told)
