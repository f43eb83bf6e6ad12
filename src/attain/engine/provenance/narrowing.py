"""Which rows of the datasets a sum can have been made of, so that only those are read.

Whose rows are wanted is followed through stacks and pairs down to the datasets, and from there
to every row that shares an order, a group, a split or a look-up with them, until nothing is
added. Where that cannot be followed, everything is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from attain.engine.primitives.model import (
    Column,
    Decided,
    Fold,
    Gather,
    Grouped,
    Ordered,
    PairRows,
    Relation,
    ResolvedPlan,
    Shared,
    SourceRows,
    StackRows,
    Stored,
)
from attain.engine.reference import StoredRow
from attain.engine.reference.rows.pairs import RIGHT
from attain.expressions.results import Absent
from attain.expressions.typed import Node, Operate, Reference

Wanted = Mapping[str, frozenset[str | None]]
"""Column to values: rows that have one of them in one of the columns; None where it is empty."""
Read = Callable[[str, Wanted], Sequence[StoredRow]]

_ROUNDS = 8
_MANY = 20_000
"""Of so many values on, reading everything costs no more."""


class CannotNarrow(Exception):
    """The rows cannot be told from the values of stored columns."""


class Narrowing:
    """The wanted rows of each dataset, growing until they are closed."""

    def __init__(self, plan: ResolvedPlan, read: Read, is_kept: Callable[[str], bool]) -> None:
        self.plan = plan
        self._read = read
        self._is_kept = is_kept
        self._wanted: dict[str, dict[str, set[str | None]]] = {}
        self._followed: dict[str, None] = {}
        self._rows: dict[str, tuple[int, Sequence[StoredRow]]] = {}

    @property
    def followed(self) -> frozenset[str]:
        """The relations whose wanted rows are closed."""
        return frozenset(self._followed)

    def of(self, relation: str, column: str, value: object) -> dict[str, Wanted]:
        """What is wanted of each dataset for the rows of a relation with a value.

        :raises CannotNarrow: it cannot be told.
        """
        self._want(relation, column, {value})
        for _ in range(_ROUNDS):
            before = self._size()
            for name in list(self._followed):
                self._close(self.plan.relations[name])
            if self._size() == before:
                return {
                    dataset: {name: frozenset(values) for name, values in columns.items()}
                    for dataset, columns in self._wanted.items()
                }
        raise CannotNarrow

    def _size(self) -> int:
        return sum(len(values) for columns in self._wanted.values() for values in columns.values())

    def _want(
        self, name: str, column: str, values: set[object], *, is_filter: bool = False
    ) -> None:
        """Want the rows of a relation with one of the values in a column.

        An empty cell is equal to nothing, and whoever has one in a partition stands alone. In a
        filter it makes the sum no data, so those rows are wanted as well.
        """
        if self._is_kept(name):
            return
        relation = self.plan.relations[name]
        self._followed[name] = None
        match relation.rows:
            case SourceRows(dataset=dataset):
                if not isinstance(relation.columns[column].made, Stored):
                    raise CannotNarrow
                known = self._wanted.setdefault(dataset, defaultdict(set))[column]
                known |= _texts(values) | ({None} if is_filter else set())
                if len(known) > _MANY:
                    raise CannotNarrow
            case StackRows():
                for part, own in _parts(relation.rows, column):
                    self._want(part, own, values, is_filter=is_filter)
            case PairRows(left=left, right=right):
                of = right if column.startswith(RIGHT) else left
                self._want(of, column.removeprefix(RIGHT), values, is_filter=is_filter)
            case _:
                raise CannotNarrow

    def _close(self, relation: Relation) -> None:
        """Add what the columns of the wanted rows look at besides."""
        if relation.lookups:
            raise CannotNarrow
        if isinstance(relation.rows, PairRows):
            for own, other in relation.rows.equal:
                self._want(relation.rows.right, other, self._values(relation.rows.left, own))
                self._want(relation.rows.left, own, self._values(relation.rows.right, other))
        for column in relation.columns.values():
            if isinstance(column.made, Decided):
                raise CannotNarrow
            if isinstance(column.made, Gather):
                self._close_gather(relation, column.made)
            partition = partition_of(column)
            if partition is not None:
                if not partition:
                    raise CannotNarrow
                first = partition[0]
                self._want(relation.name, first, self._values(relation.name, first))

    def _close_gather(self, relation: Relation, made: Gather) -> None:
        # Stored numbers would lead on to other people's facts, which are not wanted here.
        if self._is_kept(made.relation):
            raise CannotNarrow
        own, node = _owner(made)
        values = self._values(relation.name, own)
        self._want(made.relation, node, values, is_filter=not made.match)

    def _values(self, name: str, column: str) -> set[object]:
        """The values of a column on the wanted rows."""
        if self._is_kept(name):
            raise CannotNarrow
        relation = self.plan.relations[name]
        match relation.rows:
            case SourceRows(dataset=dataset):
                if not isinstance(relation.columns[column].made, Stored):
                    raise CannotNarrow
                return {row.get(column) for row in self.known(dataset)}
            case StackRows():
                parts = _parts(relation.rows, column)
                return {one for part, own in parts for one in self._values(part, own)}
            case PairRows(left=left, right=right):
                is_right = column.startswith(RIGHT)
                return self._values(right if is_right else left, column.removeprefix(RIGHT))
        raise CannotNarrow

    def known(self, dataset: str) -> Sequence[StoredRow]:
        """The wanted rows of a dataset so far."""
        columns = self._wanted.get(dataset)
        if not columns:
            return ()
        size = sum(len(values) for values in columns.values())
        if dataset not in self._rows or self._rows[dataset][0] != size:
            wanted = {name: frozenset(values) for name, values in columns.items()}
            self._rows[dataset] = (size, self._read(dataset, wanted))
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


def _owner(made: Gather) -> tuple[str, str]:
    """A column of the gathering row and the finer rows' own that must be equal to it."""
    for own, node in made.match:
        return own, plain(node)
    if isinstance(made.where, Operate) and made.where.operator == "=":
        sides = [one for one in made.where.operands if isinstance(one, Reference)]
        this = [one.column for one in sides if one.row == "this"]
        other = [one.column for one in sides if not one.row]
        if this and other:
            return this[0], other[0]
    raise CannotNarrow


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
