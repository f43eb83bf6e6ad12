"""What must be made before what: the rows, lookups and columns of a plan as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from attain.engine.primitives.model import (
    CutRows,
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    Lookup,
    Made,
    MemberRows,
    Ordered,
    PairRows,
    Prior,
    Relation,
    ResolvedPlan,
    Shared,
    StackRows,
    Stored,
)
from attain.expressions.typed import Node, Reference, references


@dataclass(frozen=True, slots=True, order=True)
class Rows:
    """The rows of a relation, with their stored columns."""

    relation: str


@dataclass(frozen=True, slots=True, order=True)
class Looked:
    """A column read over a lookup."""

    relation: str
    lookup: str
    column: str


@dataclass(frozen=True, slots=True, order=True)
class Carried:
    """A stored column of paired or cut rows that is computed on the rows they are made of."""

    relation: str
    column: str


@dataclass(frozen=True, slots=True, order=True)
class Computed:
    """A column of a relation that is computed."""

    relation: str
    column: str


Item = Rows | Looked | Carried | Computed


_MADE_BY_CUTTING = frozenset({"from", "until", "days"})


def source_of(rows: object, name: str) -> tuple[str, str]:
    """The relation and column from which paired or cut rows have a column."""
    match rows:
        case PairRows(left=left, right=right):
            prefix, first, second = "right.", left, right
        case CutRows(base=base, by=by):
            prefix, first, second = "by.", base, by
        case _:
            raise TypeError(f"{rows} have no columns of other rows")
    if name.startswith(prefix):
        return second, name.removeprefix(prefix)
    return first, name


class Graph:
    """Every item of a plan that a run needs, and what each of them reads."""

    def __init__(self, plan: ResolvedPlan) -> None:
        self.plan = plan
        self._needs: dict[Item, tuple[Item, ...]] = {}
        for item in self._roots():
            self._add(item)
        self.brought_late: set[Carried] = set()
        for carried in [item for item in self._needs if isinstance(item, Carried)]:
            self._settle(carried)

    def _roots(self) -> Iterator[Item]:
        for relation in self.plan.relations.values():
            yield Rows(relation.name)
            for name, column in relation.columns.items():
                if isinstance(column.made, Stored):
                    yield self._own(relation, name)
        yield from (Computed(relation, column) for relation, column in self.plan.order)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which the plan names them."""
        return tuple(self._needs)

    def needs(self, item: Item) -> tuple[Item, ...]:
        return self._needs[item]

    def _add(self, item: Item) -> None:
        # Not recursive: chains of columns may be longer than the stack.
        waiting = [item]
        while waiting:
            one = waiting.pop()
            if one not in self._needs:
                self._needs[one] = tuple(dict.fromkeys(self._read_by(one)))
                waiting.extend(self._needs[one])

    def _settle(self, carried: Carried) -> None:
        """Let the rows bring the column with them, unless it is only known after the rows are."""
        rows = Rows(carried.relation)
        source = self._source_of(carried)
        if self._leads_to(source, rows):
            self.brought_late.add(carried)
        else:
            self._needs[rows] = tuple(dict.fromkeys((*self._needs[rows], source)))
            self._needs[carried] = (rows,)

    def _leads_to(self, item: Item, wanted: Item) -> bool:
        """True when the item reads the other, directly or over others."""
        seen, waiting = {item}, [item]
        while waiting:
            one = waiting.pop()
            if one == wanted:
                return True
            further = [each for each in self._needs[one] if each not in seen]
            seen.update(further)
            waiting.extend(further)
        return False

    def _source_of(self, carried: Carried) -> Item:
        relation = self.plan.relations[carried.relation]
        side, name = source_of(relation.rows, carried.column)
        return self._own(self.plan.relations[side], name)

    def _read_by(self, item: Item) -> Iterator[Item]:
        relation = self.plan.relations[item.relation]
        match item:
            case Rows():
                yield from self._rows_read(relation)
            case Looked(lookup=name, column=column):
                yield Rows(relation.name)
                yield from self._lookup_reads(relation, relation.lookups[name], column)
            case Carried():
                yield Rows(relation.name)
                yield self._source_of(item)
            case Computed(column=name):
                yield Rows(relation.name)
                yield from self._column_reads(relation, relation.columns[name].made)

    # --- rows -------------------------------------------------------------------------------

    def _rows_read(self, relation: Relation) -> Iterator[Item]:
        match relation.rows:
            case StackRows(parts=parts):
                for part in parts:
                    nodes = (*part.values, part.where)
                    yield from self._nodes(self.plan.relations[part.relation], *nodes)
            case PairRows() as pair:
                yield from self._pair_reads(pair)
            case CutRows(base=base, by=by):
                yield Rows(base)
                yield Rows(by)
            case MemberRows(dimensions=dimensions):
                for one in dimensions:
                    yield self._own(self.plan.relations[one.relation], one.column)

    def _pair_reads(self, pair: PairRows) -> Iterator[Item]:
        left, right = self.plan.relations[pair.left], self.plan.relations[pair.right]
        yield Rows(left.name)
        yield Rows(right.name)
        for mine, theirs in pair.equal:
            yield self._own(left, mine)
            yield self._own(right, theirs)
        if pair.at is not None:
            yield self._own(left, pair.at)
        if pair.where is not None:
            for reference in references(pair.where):
                side = right if reference.row == "right" else left
                yield self._own(side, reference.column)

    # --- lookups ----------------------------------------------------------------------------

    def _lookup_reads(self, relation: Relation, lookup: Lookup, column: str) -> Iterator[Item]:
        target = self.plan.relations[lookup.relation]
        yield self._own(target, column)
        for name, node in lookup.equal:
            yield self._own(target, name)
            yield from self._nodes(relation, node)
        yield from self._nodes(relation, lookup.at)
        yield from (self._own(target, name) for name, _ in lookup.take)
        if lookup.where is not None:
            for reference in references(lookup.where):
                if reference.row == "this":
                    yield self._own(relation, reference.column)
                else:
                    yield from self._reference(target, reference)

    # --- columns ----------------------------------------------------------------------------

    def _column_reads(self, relation: Relation, made: Made) -> Iterator[Item]:
        match made:
            case Formula(node=node):
                yield from self._nodes(relation, node)
            case Gather():
                yield from self._gather_reads(relation, made)
            case Ordered():
                yield from self._names(relation, [made.column], made.ordering.partition)
                yield from self._names(relation, [n for n, _ in made.ordering.by])
                yield from self._nodes(relation, made.start)
            case Fold():
                yield from self._names(relation, made.ordering.partition)
                yield from self._names(relation, [n for n, _ in made.ordering.by])
                together = {name for name, _ in made.steps}
                nodes = [node for _, node in (*made.steps, *made.starts)]
                yield from self._nodes(relation, *nodes, without=together)
            case Grouped():
                yield from self._names(relation, [n for n, _ in made.by])
                yield from self._names(relation, made.population.partition, [made.population.where])
            case Shared():
                yield from self._names(relation, [made.pot, made.by, made.capacity])
                yield from self._names(relation, made.partition, [n for n, _ in made.order])
                yield from self._nodes(relation, made.named)
            case Prior():
                yield from self._nodes(relation, made.start)
            case Decided():
                yield from self._names(relation, [made.calculated, made.subject])

    def _gather_reads(self, relation: Relation, gather: Gather) -> Iterator[Item]:
        finer = self.plan.relations[gather.relation]
        yield Rows(finer.name)
        nodes = [node for _, node in gather.match]
        nodes += [node for node in (gather.value, gather.where) if node is not None]
        for node in nodes:
            for reference in references(node):
                if reference.row == "this":
                    yield self._own(relation, reference.column)
                else:
                    yield from self._reference(finer, reference)
        yield from self._names(finer, [gather.date])
        yield from self._names(relation, [name for name, _ in gather.match])
        if gather.window is not None:
            for bound in (gather.window.from_, gather.window.until):
                for reference in references(bound) if bound is not None else ():
                    yield self._own(relation, reference.column)

    def _nodes(
        self, relation: Relation, *nodes: Node | None, without: Iterable[str] = ()
    ) -> Iterator[Item]:
        for node in nodes:
            for reference in references(node) if node is not None else ():
                if reference.row == "previous" or (
                    not reference.row and reference.column in without
                ):
                    continue
                yield from self._reference(relation, reference)

    def _reference(self, relation: Relation, reference: Reference) -> Iterator[Item]:
        if reference.row:
            yield Looked(relation.name, reference.row, reference.column)
        else:
            yield self._own(relation, reference.column)

    def _names(self, relation: Relation, *names: Iterable[str | None]) -> Iterator[Item]:
        for some in names:
            yield from (self._own(relation, name) for name in some if name is not None)

    def _own(self, relation: Relation, name: str) -> Item:
        """A column of the relation: with its rows if stored (or a key part), else computed."""
        column = relation.columns.get(name)
        if column is not None and not isinstance(column.made, Stored):
            return Computed(relation.name, name)
        if isinstance(relation.rows, PairRows | CutRows) and name not in _MADE_BY_CUTTING:
            side, source = source_of(relation.rows, name)
            if isinstance(self._own(self.plan.relations[side], source), Computed | Carried):
                return Carried(relation.name, name)
        return Rows(relation.name)

    @cached_property
    def readers(self) -> dict[Item, list[Item]]:
        """For every item those that read it."""
        found: dict[Item, list[Item]] = {item: [] for item in self._needs}
        for item, needed in self._needs.items():
            for one in needed:
                found[one].append(item)
        return found
