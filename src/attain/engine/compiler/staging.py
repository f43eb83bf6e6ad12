"""In which order a plan's items become steps, and which of them share one.

Formulas go first as soon as they can: over rows of facts they cost nothing, and the later a
gather comes the more gathers fuse with it into one pass. A pass over facts waits until all
gathers that could share it are ready.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from attain.engine.compiler.graph import Carried, Computed, Graph, Item, Looked, Rows
from attain.engine.compiler.shape import shape
from attain.engine.primitives.model import (
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    MemberRows,
    Ordered,
    PeriodRows,
    PlanRows,
    Prior,
    Relation,
    ResolvedPlan,
    Shared,
)


class Turn(IntEnum):
    """Who goes first among batches that are ready; the smallest number does."""

    ROWS = 0
    LOOKUPS = 1
    FACT_FORMULAS = 2
    WINDOWS = 3
    GATHERS = 4
    FORMULAS = 5
    LATE = 6


@dataclass(frozen=True, slots=True)
class Batch:
    """Items that become one step: same relation, same way of being made."""

    turn: Turn
    relation: str
    items: tuple[Item, ...]


def is_fact(relation: Relation) -> bool:
    """True for relations that grow with facts rather than with people and periods."""
    return not isinstance(relation.rows, MemberRows | PeriodRows | PlanRows)


def batches(plan: ResolvedPlan, graph: Graph) -> Iterator[Batch]:
    """The plan's items in an order in which each finds what it reads.

    :raises ValueError: the plan has a cycle, which the resolver should have refused.
    """
    staging = _Staging(plan, graph)
    while staging.pending:
        batch = staging.next()
        staging.finish(batch)
        yield batch


def pass_of(gather: Gather) -> Hashable:
    """Gathers with equal answers read their source in one pass."""
    return (
        gather.relation,
        shape(gather.match),
        shape(gather.window),
        gather.date,
        gather.earlier,
        gather.covered_by,
    )


class _Staging:
    def __init__(self, plan: ResolvedPlan, graph: Graph) -> None:
        self.plan = plan
        self.graph = graph
        self.pending: dict[Item, int] = {item: len(graph.needs(item)) for item in graph.items}
        self.place = {item: n for n, item in enumerate(graph.items)}
        self.ready: dict[Item, None] = {i: None for i, needs in self.pending.items() if not needs}
        self.kin = {item: self._kinship(item) for item in graph.items}
        self.shared = Counter(self.kin.values())

    def _kinship(self, item: Item) -> Hashable:
        """Items of equal kinship can become one step."""
        match item:
            case Rows():
                return (item.relation, "rows")
            case Looked():
                return (item.relation, "lookups")
            case Carried():
                return (item.relation, "carried")
        made = self.plan.relations[item.relation].columns[item.column].made
        match made:
            case Formula():
                return (item.relation, "formulas")
            case Gather():
                return (item.relation, "gathers", pass_of(made))
            case Fold():
                return (item.relation, "fold", shape(made.steps), made.ordering)
            case Ordered():
                return (item.relation, "orders")
            case Grouped():
                return (item.relation, "groups")
            case Prior(back=back, restart=restart):
                return (item.relation, "prior", back, restart)
            case Shared() | Decided():
                return (item.relation, "alone", item.column)
        raise TypeError(f"{item} is not computed")

    def turn(self, item: Item, kin: Sequence[Item]) -> Turn:
        match item:
            case Rows():
                return Turn.ROWS
            case Looked() | Carried():
                return Turn.LOOKUPS
        relation = self.plan.relations[item.relation]
        made = relation.columns[item.column].made
        if isinstance(made, Formula):
            return Turn.FACT_FORMULAS if is_fact(relation) else Turn.FORMULAS
        if isinstance(made, Gather | Fold):
            complete = len(kin) == self.shared[self.kin[item]]
            early = Turn.GATHERS if isinstance(made, Gather) else Turn.WINDOWS
            return early if complete else Turn.LATE
        return Turn.WINDOWS

    def next(self) -> Batch:
        """The batch whose turn it is; all gathers ready for one relation are hung on at once."""
        if not self.ready:
            raise ValueError(f"a cycle among {sorted(map(str, self.pending))}")
        kin: dict[Hashable, list[Item]] = {}
        for item in sorted(self.ready, key=self.place.__getitem__):
            kin.setdefault(self.kin[item], []).append(item)
        turns = {key: self.turn(items[0], items) for key, items in kin.items()}
        first = min(kin, key=lambda key: (turns[key], self.place[kin[key][0]]))
        turn, items = turns[first], kin[first]
        if turn is Turn.GATHERS:
            relation = items[0].relation
            together = [k for k in kin if turns[k] is turn and kin[k][0].relation == relation]
            items = [item for key in together for item in kin[key]]
        return Batch(turn, items[0].relation, tuple(items))

    def finish(self, batch: Batch) -> None:
        for item in batch.items:
            del self.pending[item]
            del self.ready[item]
            for reader in self.graph.readers[item]:
                self.pending[reader] -= 1
                if not self.pending[reader]:
                    self.ready[reader] = None


def gather_groups(plan: ResolvedPlan, batch: Batch) -> Iterator[tuple[Computed, ...]]:
    """The gathers of a batch, together where they share source, match and window."""
    groups: dict[Hashable, list[Computed]] = {}
    for item in batch.items:
        assert isinstance(item, Computed)
        made = plan.relations[item.relation].columns[item.column].made
        assert isinstance(made, Gather)
        groups.setdefault(pass_of(made), []).append(item)
    yield from (tuple(group) for group in groups.values())
