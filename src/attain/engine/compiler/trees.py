"""Compiling paths: the edges of the tree, guards against what is no tree, then the walk."""

from __future__ import annotations

from attain.engine.compiler import guards
from attain.engine.compiler.making import Making
from attain.engine.compiler.steps import Guard
from attain.engine.errors.runs import TREE_CYCLE, TREE_SECOND_PARENT, TREE_UNKNOWN_PARENT
from attain.engine.primitives import tree_guards
from attain.engine.primitives.frames import Cell
from attain.engine.primitives.match import VALID_FROM, VALID_UNTIL
from attain.engine.primitives.model import PathRows, Relation, SourceRows
from attain.engine.primitives.path import Known, edge_cells, edges_by_period, edges_in_time, paths
from attain.engine.primitives.rows import period_column


def path_rows(making: Making, relation: Relation, rows: PathRows) -> None:
    """Every member under every ancestor.

    A second parent or a cycle stops the run before the walk, which would not end.
    """
    source = making.dataset(rows.dataset, edge_cells(rows))
    label = period_column(relation)
    if label is not None:
        query = edges_by_period(rows, source, making.periods_of(relation) or (), label)
    else:
        query = edges_in_time(rows, source)
    edges = making.next_name(f"{relation.name}.edges")
    cells = {name: Cell("VARCHAR") for name in ("child", "parent")}
    making.aside(
        edges, relation.name, cells, query, f"The edges of {rows.hierarchy or rows.dataset}."
    )
    known = _known(making, relation, rows)
    _guard(making, relation, edges, label, known)
    note = f"Every member of {rows.hierarchy or rows.dataset} under every ancestor."
    periods = making.periods_of(relation)
    made = paths(relation, rows, edges, known, periods)
    making.begin(relation.name, made, note)


def _known(making: Making, relation: Relation, rows: PathRows) -> Known | None:
    """The dataset of those who may stand in the tree, if the run has it."""
    kind = relation.key[0].kind
    if kind not in making.context.datasets:
        return None
    own = rows.child if rows.hierarchy is None and rows.dataset == kind else None
    key = own or _OWN_KEYS.get(kind) or _key_in_plan(making, kind)
    source = making.dataset(kind, {key: Cell("VARCHAR"), **_IN_FORCE})
    return Known(source, key)


_OWN_KEYS = {"people": "person", "units": "unit", "positions": "position"}
_IN_FORCE = {name: Cell("DATE", True) for name in (VALID_FROM, VALID_UNTIL)}


def _key_in_plan(making: Making, dataset: str) -> str:
    """The first key column of a dataset, as a relation over it tells."""
    for relation in making.plan.relations.values():
        if isinstance(relation.rows, SourceRows) and relation.rows.dataset == dataset:
            return relation.key[0].name
    return dataset


def _guard(
    making: Making, relation: Relation, edges: str, label: str | None, known: Known | None
) -> None:
    if known is not None:
        making.guard(
            Guard(
                name=f"{edges}: unknown parent",
                code=TREE_UNKNOWN_PARENT,
                query=tree_guards.unknown_parents(edges, known),
                tell=guards.unknown_parent,
                note="Every parent is known.",
            )
        )
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
