"""From a resolved plan to an ordered list of SQL steps; nothing is read or written here."""

from __future__ import annotations

from attain.engine.compiler import columns, lookups
from attain.engine.compiler.graph import Carried, Computed, Graph, Looked, Rows
from attain.engine.compiler.keeping import keep_what_is_read_twice
from attain.engine.compiler.lines import issues, lines, no_line_twice
from attain.engine.compiler.making import Making
from attain.engine.compiler.rowing import bring_late, make_rows
from attain.engine.compiler.staging import Batch, batches
from attain.engine.compiler.standard import put_together, side_by_side, told
from attain.engine.compiler.steps import Compiled
from attain.engine.context import RunContext
from attain.engine.primitives.model import ResolvedPlan


def compile_plan(plan: ResolvedPlan, context: RunContext, dialect: str = "duckdb") -> Compiled:
    """The steps that compute every relation of the plan for the run's period, in order.

    Each relation grows from its rows step by step; a column stands in the first step that
    finds all it reads. The last step of each relation has all of its columns. `dialect` names
    the engine that will make the steps, `duckdb` or `spark`.
    """
    making = Making(plan, context, dialect)
    graph = Graph(plan)
    for batch in batches(plan, graph):
        _make(making, graph, batch)
    return keep_what_is_read_twice(making.compiled(_standard(making)))


def _late(graph: Graph, relation: str) -> frozenset[str]:
    """The columns that the rows of a relation cannot bring with them."""
    return frozenset(one.column for one in graph.brought_late if one.relation == relation)


def _standard(making: Making) -> dict[str, str]:
    """The relations that every plan has, and the step of each."""
    parts = told(making)
    steps = {name: side_by_side(making, name, some) for name, some in parts.items()}
    steps["lines"] = put_together(making, "lines", list(lines(making)))
    making.guard(no_line_twice(steps["lines"]))
    steps["issues"] = put_together(making, "issues", list(issues(making)))
    return steps


def _make(making: Making, graph: Graph, batch: Batch) -> None:
    first = batch.items[0]
    match first:
        case Rows():
            for item in batch.items:
                make_rows(making, making.relation(item.relation), _late(graph, item.relation))
        case Looked():
            wanted = [item for item in batch.items if isinstance(item, Looked)]
            lookups.look_up(making, batch.relation, wanted)
        case Carried():
            late = [item.column for item in batch.items if item in graph.brought_late]
            if late:
                bring_late(making, making.relation(batch.relation), late)
        case Computed():
            computed = [item for item in batch.items if isinstance(item, Computed)]
            columns.compute(making, batch, computed)
