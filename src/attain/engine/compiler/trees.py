"""Compiling paths: the edges of the tree, guards against what is no tree, then the walk."""

from __future__ import annotations

from attain.engine.compiler import guards
from attain.engine.compiler.making import Making
from attain.engine.compiler.steps import Guard
from attain.engine.errors.runs import TREE_CYCLE, TREE_SECOND_PARENT
from attain.engine.primitives import tree_guards
from attain.engine.primitives.frames import Cell
from attain.engine.primitives.model import PathRows, Relation
from attain.engine.primitives.path import EDGES, edges_by_period, edges_in_time, paths
from attain.engine.primitives.rows import period_column


def path_rows(making: Making, relation: Relation, rows: PathRows) -> None:
    """Every member under every ancestor.

    A second parent or a cycle stops the run before the walk, which would not end.
    """
    source = making.dataset(rows.dataset, EDGES)
    label = period_column(relation)
    if label is not None:
        periods = making.periods_of(relation) or ()
        query = edges_by_period(rows, source, periods, label)
    else:
        query = edges_in_time(rows, source)
    edges = making.next_name(f"{relation.name}.edges")
    cells = {name: Cell("VARCHAR") for name in ("child", "parent")}
    making.aside(edges, relation.name, cells, query, f"The edges of {rows.hierarchy}.")
    _guard(making, relation, edges, label)
    note = f"Every member of {rows.hierarchy} under every ancestor."
    making.begin(relation.name, paths(relation, rows, edges), note)


def _guard(making: Making, relation: Relation, edges: str, label: str | None) -> None:
    moments = None if label is not None else tree_guards.days_of_change(edges)
    making.guard(
        Guard(
            name=f"{edges}: second parent",
            code=TREE_SECOND_PARENT,
            query=tree_guards.second_parents(edges, label),
            tell=guards.second_parent,
            note="Nobody has two parents at the same time.",
        )
    )
    making.guard(
        Guard(
            name=f"{edges}: cycle",
            code=TREE_CYCLE,
            query=tree_guards.unreached(edges, moments, label),
            tell=guards.cycle,
            note="Every edge hangs on a root.",
        )
    )
