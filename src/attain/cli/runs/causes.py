"""Why a number differs between two runs: data rows, rules, earlier results, or the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from attain.cli.runs.comparing import (
    OUTCOME_KEY,
    Change,
    DataChange,
    changed_data,
    changed_sections,
    fingerprint,
)
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.splitting import Between, outcomes_between
from attain.engine.compiler.graph import Computed, Graph, Item, Looked, Rows
from attain.engine.primitives.model import (
    CutRows,
    MemberRows,
    PathRows,
    ResolvedPlan,
    SourceRows,
)


@dataclass(frozen=True, slots=True)
class Causes:
    """Why one number differs; all blank only if nobody can tell."""

    rows: tuple[tuple[str, Change], ...] = ()
    """Changed rows that name the subject, with their datasets."""
    datasets: tuple[str, ...] = ()
    """Datasets with changed rows of others that the number depends on, as a rank does."""
    coverage: tuple[str, ...] = ()
    """Datasets that are complete for other days now."""
    sections: tuple[str, ...] = ()
    """Entries of the plan that are written otherwise, if the number depends on any."""
    results: tuple[str, ...] = ()
    """Earlier results that are other ones."""
    engine: tuple[str, str] | None = None
    """Versions of the program, if they differ."""

    @property
    def are_known(self) -> bool:
        parts = (self.rows, self.datasets, self.coverage, self.sections, self.results)
        return any(parts) or self.engine is not None


@dataclass
class Comparison:
    """Two runs, and everything in which what they were made from differs."""

    before: OpenRun
    after: OpenRun
    _reached: dict[str, frozenset[Item]] = field(default_factory=dict)

    @cached_property
    def data(self) -> dict[str, DataChange]:
        return {one.dataset: one for one in changed_data(self.before, self.after)}

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Entries of the plan's text that differ."""
        if self.before.folder.request.plan == self.after.folder.request.plan:
            return ()
        old, new = self.before.read.sound_model(), self.after.read.sound_model()
        return tuple(changed_sections(old, new))

    @cached_property
    def results(self) -> tuple[str, ...]:
        """Earlier results that are others, as `plan@period`."""
        old, new = self.before.folder.request.results, self.after.folder.request.results
        names = sorted({*old, *new})
        return tuple(name for name in names if old.get(name) != new.get(name))

    @cached_property
    def engine(self) -> tuple[str, str] | None:
        old = self.before.folder.manifest.engine_version
        new = self.after.folder.manifest.engine_version
        return None if old == new else (old, new)

    @cached_property
    def between(self) -> Between | None:
        """What the later rules make of the earlier data, where both differ and nothing else."""
        if not (self.sections and self.data) or self.results or self.engine is not None:
            return None
        return outcomes_between(self.before, self.after, OUTCOME_KEY)

    # --- one number ---

    def causes(self, component: str, subject: str) -> Causes:
        """Why a component of a subject differs."""
        items = self._items(component)
        read = set(_datasets(self.after.plan, items))
        changed = {name: one for name, one in self.data.items() if name in read or not items}
        own = [
            (name, row)
            for name, one in changed.items()
            for row in one.rows
            if speaks_of(row, subject)
        ]
        mine = {name for name, _ in own}
        others = [name for name, one in changed.items() if one.rows and name not in mine]
        is_rule = bool(self.sections) and (not items or bool(items & self._changed_items))
        found = Causes(
            rows=tuple(own),
            datasets=() if own else tuple(others),
            coverage=tuple(name for name, one in changed.items() if one.coverage_differs),
            sections=self.sections if is_rule else (),
            results=self.results,
        )
        return found if found.are_known else Causes(engine=self.engine)

    def _items(self, component: str) -> frozenset[Item]:
        """All that a component is made from, in the later plan."""
        bare = component.partition("[")[0]
        names = {one.name: one for one in self.after.plan.components}
        found = names.get(component) or names.get(bare)
        if found is None:
            return frozenset()
        if found.name not in self._reached:
            start = Computed(found.relation, found.column)
            self._reached[found.name] = frozenset(_reach(self._graph, start))
        return self._reached[found.name]

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.after.plan)

    @cached_property
    def _changed_items(self) -> frozenset[Item]:
        """Parts of the later plan that the earlier one has otherwise, or not at all."""
        old, new = self.before.plan, self.after.plan
        return frozenset(item for item in self._graph.items if _says(old, item) != _says(new, item))


def _reach(graph: Graph, start: Item) -> Iterator[Item]:
    seen = {start}
    waiting = [start]
    while waiting:
        one = waiting.pop()
        yield one
        for needed in graph.needs(one):
            if needed not in seen:
                seen.add(needed)
                waiting.append(needed)


def _says(plan: ResolvedPlan, item: Item) -> object:
    """What a plan says of an item, None if it does not have it."""
    relation = plan.relations.get(item.relation)
    if relation is None:
        return None
    if isinstance(item, Rows):
        return fingerprint((relation.rows, relation.key))
    if isinstance(item, Looked):
        return fingerprint(relation.lookups.get(item.lookup))
    return fingerprint(relation.columns.get(item.column))


def _datasets(plan: ResolvedPlan, items: frozenset[Item]) -> Iterator[str]:
    """The datasets that some items are made from."""
    for name in {item.relation for item in items}:
        relation = plan.relations[name]
        yield from relation.covered_by
        match relation.rows:
            case SourceRows(dataset=dataset) | MemberRows(dataset=dataset):
                yield dataset
            case PathRows(dataset=dataset):
                yield dataset
            case CutRows():
                continue
    yield "interventions"
    yield "plan_members"


def speaks_of(change: Change, subject: str) -> bool:
    """True if a row speaks of the subject, before or after; who rated whom is told to nobody."""
    rows = [row for row in (change.before, change.after) if row is not None]
    return any(subject in row.values() and "rater" not in row for row in rows)
