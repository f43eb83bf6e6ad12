"""A resolved plan: relations, and columns each made by one of eight primitives.

This is the seam of the engine. The forms of the plan language expand into it; the compiler
prints it as SQL, the reference interpreter computes it row by row, the explanation walks it
backwards. Nothing here computes anything, and nothing outside it reaches a result.

The eight primitives (language.md 1) and where they stand here:

=========== =====================================================================
formula     `Formula`: a value from the same row and what it reads by key
gather      `Gather`: finer rows into one coarser row, filtered, in a window
match       `Lookup`: the one fitting row of another relation, at a date
table       `attain.expressions.typed.Read` inside a formula
order       `Ordered`, `Fold`, `Prior`: a row looks at those before it
group       `Grouped`: a row against its population
path        `PathRows`: (member, ancestor, distance, leg) of a tree at a date
share out   `Shared`: an exact amount split, nothing lost
=========== =====================================================================
"""

from __future__ import annotations

from attain.engine.primitives.model.columns import (
    Aggregate,
    Column,
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    GroupFunction,
    Lookup,
    Made,
    Ordered,
    OrderFunction,
    Ordering,
    Population,
    Prior,
    Residue,
    Shared,
    Stored,
    Window,
    nodes_of,
)
from attain.engine.primitives.model.plan import (
    Relation,
    ResolvedPlan,
)
from attain.engine.primitives.model.rows import (
    CutRows,
    Dimension,
    KeyPart,
    MemberRows,
    PairRows,
    PathRows,
    PeriodRows,
    PlanRows,
    ResultRows,
    Rows,
    SourceRows,
    StackPart,
    StackRows,
    Stays,
)
from attain.engine.primitives.model.shown import (
    ByWhomTheyName,
    Check,
    Component,
    ComponentKind,
    Line,
)

__all__ = [
    "Aggregate",
    "ByWhomTheyName",
    "Check",
    "Column",
    "Component",
    "ComponentKind",
    "CutRows",
    "Decided",
    "Dimension",
    "Fold",
    "Formula",
    "Gather",
    "GroupFunction",
    "Grouped",
    "KeyPart",
    "Line",
    "Lookup",
    "Made",
    "MemberRows",
    "OrderFunction",
    "Ordered",
    "Ordering",
    "PairRows",
    "PathRows",
    "PeriodRows",
    "PlanRows",
    "Population",
    "Prior",
    "Relation",
    "Residue",
    "ResolvedPlan",
    "ResultRows",
    "Rows",
    "Shared",
    "SourceRows",
    "StackPart",
    "StackRows",
    "Stays",
    "Stored",
    "Window",
    "nodes_of",
]
