"""Which rows of the datasets a sum can have been made of, so that only those are read.

Whose rows are wanted is followed through stacks and pairs down to the datasets, and from there
to every row that shares an order, a group, a split or a look-up with them, until nothing is
added. What cannot be followed is read whole where it is small, such as a price list; where it is
not, the rows cannot be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attain.engine.primitives.model import (
    Column,
    CutRows,
    Decided,
    Fold,
    Gather,
    Grouped,
    Lookup,
    Ordered,
    PairRows,
    PathRows,
    Relation,
    ResolvedPlan,
    Shared,
    SourceRows,
    StackRows,
    Stored,
)
from attain.engine.provenance.bounds import MOST_ROWS, TooManyRows
from attain.engine.provenance.wanted import Dated, Readable, Wanted
from attain.engine.provenance.ways import Ways
from attain.engine.reference import StoredRow
from attain.engine.reference.match import conjuncts
from attain.engine.reference.rows.pairs import RIGHT
from attain.engine.reference.rows.paths import OWN_KEYS
from attain.expressions.results import Absent
from attain.expressions.typed import Node, Operate, Reference

_ROUNDS = 8
_MANY = MOST_ROWS
"""Of so many values on, reading everything costs no more."""
_FEW = 500
"""So many values are followed through rows that the run kept."""


class CannotNarrow(Exception):
    """The rows cannot be told from the values of stored columns."""


class Narrowing:
    """The wanted rows of each dataset, growing until they are closed."""

    def __init__(self, plan: ResolvedPlan, run: Readable, dated: Dated | None = None) -> None:
        """`dated` wants of the rows asked for only those of some days."""
        self.plan = plan
        self._run = run
        self._dated = dated
        self._dataset = ""
        self._is_kept = run.has
        self._wanted: dict[str, dict[str, set[str | None]]] = {}
        self._followed: dict[str, None] = {}
        self._rows: dict[str, tuple[int, Sequence[StoredRow]]] = {}
        self._kept: dict[str, dict[str, set[str]]] = {}
        self._sides: dict[str, set[str]] = defaultdict(set)
        self._ways: dict[str, Ways] = {}
        self._nearest = False
        self._whole: dict[str, None] = {}
        self._whole_datasets: set[str] = set()
        self._whole_kept: set[str] = set()

    @property
    def followed(self) -> frozenset[str]:
        """The relations whose wanted rows are closed."""
        return frozenset(self._followed)

    @property
    def kept(self) -> dict[str, Wanted]:
        """Of relations that the run kept the rows that stand beside the wanted ones."""
        return {
            name: {column: frozenset(values) for column, values in columns.items()}
            for name, columns in self._kept.items()
            if name not in self._whole_kept
        }

    @property
    def ways(self) -> dict[str, Ways]:
        """Of paths the ways that are wanted, where not all are."""
        return {name: ways for name, ways in self._ways.items() if name not in self._whole}

    def of(
        self, relation: str, column: str, value: object, *, nearest: bool = False
    ) -> dict[str, Wanted]:
        """What is wanted of each dataset for the rows of a relation with a value.

        `nearest` asks of trees only for those directly below somebody.

        :raises CannotNarrow: it cannot be told.
        """
        self._nearest = nearest
        self._want(relation, column, {value})
        for _ in range(_ROUNDS):
            before = self._size()
            for name in list(self._followed):
                if name not in self._whole:
                    self._close(self.plan.relations[name])
            if self._size() == before:
                return {
                    dataset: {name: frozenset(values) for name, values in columns.items()}
                    for dataset, columns in self._wanted.items()
                    if dataset not in self._whole_datasets
                }
        raise CannotNarrow

    def _size(self) -> int:
        wanted = sum(len(one) for columns in self._wanted.values() for one in columns.values())
        kept = sum(len(one) for columns in self._kept.values() for one in columns.values())
        sides = sum(len(one) for one in self._sides.values())
        ways = sum(one.size for one in self._ways.values())
        return wanted + kept + sides + ways + len(self._followed)

    def _want(
        self, name: str, column: str, values: set[object], *, is_filter: bool = False
    ) -> None:
        """Want the rows of a relation with one of the values in a column.

        An empty cell is equal to nothing, and whoever has one in a partition stands alone. In a
        filter it makes the sum no data, so those rows are wanted as well.
        """
        if self._is_kept(name):
            known = self._kept.setdefault(name, defaultdict(set))[column]
            known |= {one for one in values if isinstance(one, str)}
            return
        relation = self.plan.relations[name]
        self._followed[name] = None
        match relation.rows:
            case SourceRows(dataset=dataset):
                if not isinstance(relation.columns[column].made, Stored):
                    raise CannotNarrow
                self._keep_to_days(dataset)
                wanted = self._wanted.setdefault(dataset, defaultdict(set))[column]
                wanted |= _texts(values) | ({None} if is_filter else set())
                if len(wanted) > _MANY:
                    raise CannotNarrow
            case StackRows():
                for part, own in _parts(relation.rows, column):
                    self._want(part, own, values, is_filter=is_filter)
            case PairRows(left=left, right=right):
                of = right if column.startswith(RIGHT) else left
                self._sides[name].add(of)
                self._want(of, column.removeprefix(RIGHT), values, is_filter=is_filter)
            case PathRows() as tree if column in Ways.ENDS:
                ways = self._ways.setdefault(name, Ways(tree, nearest=self._nearest))
                ways.want(column, {one for one in _texts(values) if one is not None})
            case _:
                raise CannotNarrow

    def _keep_to_days(self, dataset: str) -> None:
        """Where only some days are wanted, the facts asked for are those of the first dataset.

        :raises CannotNarrow: they stand beside others of it, which lie on any day.
        """
        if self._dated is None:
            return
        if dataset == self._dataset:
            raise CannotNarrow
        self._dataset = self._dataset or dataset

    def _close(self, relation: Relation) -> None:
        """Add what the columns of the wanted rows look at besides."""
        if isinstance(relation.rows, PairRows):
            self._close_pair(relation.name, relation.rows)
        for lookup in relation.lookups.values():
            self._reach(relation.name, lookup.relation, _equalities(lookup))
        if isinstance(relation.rows, PathRows):
            self._close_ways(relation.rows, self._ways[relation.name], relation.key[0].kind)
        for column in relation.columns.values():
            if isinstance(column.made, Decided):
                raise CannotNarrow
            if isinstance(column.made, Gather):
                self._reach(relation.name, column.made.relation, _owners(column.made))
            partition = partition_of(column)
            if partition is not None:
                if not partition:
                    raise CannotNarrow
                first = partition[0]
                self._want(relation.name, first, self._values(relation.name, first))

    def _close_pair(self, name: str, pair: PairRows) -> None:
        """Want the rows that stand beside the wanted ones of either side."""
        there = [(own, other, False) for own, other in pair.equal]
        if pair.left in self._sides[name]:
            self._reach(pair.left, pair.right, there)
        if pair.right in self._sides[name]:
            back = [(other, own, False) for own, other, _ in there]
            self._reach(pair.right, pair.left, back)

    def _close_ways(self, tree: PathRows, ways: Ways, kind: str) -> None:
        """Want the edges of all ways that are wanted, and everybody they name."""
        wanted = self._wanted.setdefault(tree.dataset, defaultdict(set))
        size = -1
        while size != ways.size:
            size = ways.size
            wanted[tree.child] |= ways.children
            wanted[tree.parent] |= ways.parents
            ways.follow(self.known(tree.dataset))
        if kind in self.plan.datasets:
            if kind not in OWN_KEYS:
                raise CannotNarrow
            self._wanted.setdefault(kind, defaultdict(set))[OWN_KEYS[kind]] |= ways.named

    def _reach(self, name: str, other: str, equal: Sequence[tuple[str, str, bool]]) -> None:
        """Want the rows of another relation that the wanted ones of one lead to.

        By the first equality that can be followed; all rows where none can be.
        """
        for own, column, is_filter in equal:
            try:
                self._want(other, column, self._values(name, own), is_filter=is_filter)
            except CannotNarrow:
                continue
            return
        self._want_whole(other)

    def _want_whole(self, name: str) -> None:
        """Want all rows of a relation, with everything they are made of.

        :raises CannotNarrow: there are too many.
        """
        if self._is_kept(name):
            self._whole_kept.add(name)
        if self._is_kept(name) or name in self._whole:
            return
        relation = self.plan.relations[name]
        self._whole[name] = self._followed[name] = None
        dataset = getattr(relation.rows, "dataset", None)
        if isinstance(dataset, str) and dataset not in self._whole_datasets:
            self._keep_to_days(dataset)
            self._whole_datasets.add(dataset)
            if sum(map(self._run.count, self._whole_datasets)) > MOST_ROWS:
                raise CannotNarrow
        for one in _stood_on(relation):
            self._want_whole(one)

    def _values(self, name: str, column: str) -> set[object]:
        """The values of a column on the wanted rows."""
        if self._is_kept(name):
            return self._kept_values(name, column)
        relation = self.plan.relations[name]
        match relation.rows:
            case SourceRows(dataset=dataset):
                if not isinstance(relation.columns[column].made, Stored):
                    raise CannotNarrow
                return {row.get(column) for row in self.known(dataset)}
            case StackRows():
                parts = _parts(relation.rows, column)
                return {one for part, own in parts for one in self._values(part, own)}
            case PathRows() if column in Ways.ENDS and name in self._ways:
                return set(self._ways[name].values(column))
            case PairRows(left=left, right=right):
                is_right = column.startswith(RIGHT)
                return self._values(right if is_right else left, column.removeprefix(RIGHT))
        raise CannotNarrow

    def _kept_values(self, name: str, column: str) -> set[object]:
        """The same of rows that the run kept, as of everybody who stands below a manager."""
        wanted = self._kept.get(name, {})
        if wanted.keys() == {column}:
            return set(wanted[column])
        asked = [(own, one) for own, values in wanted.items() for one in values]
        if len(asked) > _FEW or column not in self._run.columns(name):
            raise CannotNarrow
        return {
            row.get(column)
            for own, one in asked
            for row in self._run.relation(name, {own: one}, (own, column))
        }

    def known(self, dataset: str) -> Sequence[StoredRow]:
        """The wanted rows of a dataset so far.

        :raises TooManyRows: they are too many to be read.
        """
        columns = self._wanted.get(dataset)
        if not columns:
            return ()
        size = sum(len(values) for values in columns.values())
        if dataset not in self._rows or self._rows[dataset][0] != size:
            wanted = {name: frozenset(values) for name, values in columns.items()}
            dated = self._dated if dataset == self._dataset else None
            rows = self._run.count(dataset, wanted, dated)
            if rows > MOST_ROWS:
                raise TooManyRows(dataset, rows)
            self._rows[dataset] = (size, self._run.some(dataset, wanted, dated))
        return self._rows[dataset][1]


def _texts(values: set[object]) -> set[str | None]:
    """The values that rows are asked for by; empty cells are none.

    :raises CannotNarrow: a value is no text, so that equal ones may be written differently.
    """
    found: set[str | None] = set()
    for one in values:
        if isinstance(one, str):
            found.add(one)
        elif one is not None and not isinstance(one, Absent):
            raise CannotNarrow
    return found


def _parts(rows: StackRows, column: str) -> Iterator[tuple[str, str]]:
    """The relations of a stack, each with its own column behind one of the stack's."""
    if column not in rows.columns:
        raise CannotNarrow
    place = rows.columns.index(column)
    for part in rows.parts:
        yield part.relation, plain(part.values[place])


def _owners(made: Gather) -> list[tuple[str, str, bool]]:
    """Columns of the gathering row and the finer rows' own that must be equal to them."""
    found = [(own, column, False) for own, node in made.match if (column := _column(node))]
    return found or list(_compared(made.where))


def _equalities(lookup: Lookup) -> list[tuple[str, str, bool]]:
    """Columns of a row and those of the row it looks up that must be equal to them."""
    found = [(own, column, False) for column, node in lookup.equal if (own := _column(node))]
    return found or list(_compared(lookup.where))


def _compared(where: Node | None) -> Iterator[tuple[str, str, bool]]:
    """What a condition asks to be equal: a column of this row, and one of the other's own."""
    for one in conjuncts(where):
        if not isinstance(one, Operate) or one.operator != "=":
            continue
        sides = [side for side in one.operands if isinstance(side, Reference)]
        this = [side.column for side in sides if side.row == "this"]
        other = [side.column for side in sides if not side.row]
        if this and other:
            yield this[0], other[0], True


def _column(node: Node) -> str:
    """The column of the same row that an expression is; none of one that is more."""
    return node.column if isinstance(node, Reference) and not node.row else ""


def _stood_on(relation: Relation) -> Iterator[str]:
    """The relations that the rows and columns of one are made from."""
    match relation.rows:
        case PairRows(left=left, right=right):
            yield from (left, right)
        case StackRows(parts=parts):
            yield from (part.relation for part in parts)
        case CutRows(base=base, by=by):
            yield from (base, by)
    yield from (lookup.relation for lookup in relation.lookups.values())
    for column in relation.columns.values():
        if isinstance(column.made, Gather):
            yield column.made.relation


def plain(node: Node) -> str:
    """The column of the same row that an expression is.

    :raises CannotNarrow: it is more than a column.
    """
    if not isinstance(node, Reference) or node.row:
        raise CannotNarrow
    return node.column


def partition_of(column: Column) -> tuple[str, ...] | None:
    """The columns within whose equal values a column looks at other rows; None if it does not."""
    match column.made:
        case Ordered() | Fold():
            return column.made.ordering.partition
        case Grouped():
            return column.made.population.partition
        case Shared():
            return column.made.partition
    return None
