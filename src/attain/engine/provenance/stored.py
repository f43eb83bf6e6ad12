"""A calculation over the files of a finished run: what was kept is read, the rest made again.

Of ten thousand people's rows only those are read that a question is about, as long as it can be
told which; where all of a relation are needed, they are read once for all questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from attain.engine.primitives.model import (
    Column,
    Grouped,
    Relation,
    ResolvedPlan,
    SourceRows,
    Stored,
)
from attain.engine.provenance.bounds import MOST_ROWS, TooManyRows
from attain.engine.provenance.narrowing import partition_of
from attain.engine.provenance.numbers import Memo
from attain.engine.provenance.wanted import Readable, Wanted
from attain.engine.provenance.ways import Ways
from attain.engine.reference import Calculation, Inputs, StoredRow
from attain.engine.reference.rows import sources
from attain.engine.reference.values import Key, Row, key_order, results_of
from attain.expressions.results import Result

_ASKED = 400
"""So many answers are kept at hand for the next question about the same rows."""
_FEW = 200
"""Of so many keys rows are read one by one; for more all are read."""

Equal = Mapping[str, Result]
"""Values that columns of wanted rows have."""


class RunReader(Readable, Protocol):
    """Reads the relations of a finished run and the dataset versions it named.

    Rows come as mappings with None for missing and `<name>__why` beside it. `equal` asks for
    rows with those values only; giving more rows than asked for is allowed.
    """

    def dataset(self, name: str, equal: Equal) -> Sequence[StoredRow]:
        """The rows of a dataset version with `_row`, `_file`, `_sheet` and `_line`."""
        ...

    def version(self, name: str) -> str | None:
        """The hash of a dataset version."""
        ...


class Datasets(Mapping[str, Sequence[StoredRow]]):
    """Dataset versions, each read when it is first needed."""

    def __init__(self, names: Sequence[str], read: Callable[[str], Sequence[StoredRow]]) -> None:
        self._names = names
        self._read = read
        self._rows: dict[str, Sequence[StoredRow]] = {}

    def __getitem__(self, name: str) -> Sequence[StoredRow]:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._rows:
            self._rows[name] = self._read(name)
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class Kept:
    """What was read of a run's relations, for all evidence of that run."""

    whole: dict[str, list[Row]] = field(default_factory=dict)
    some: dict[object, list[Row]] = field(default_factory=dict)
    numbers: Memo = field(default_factory=Memo)
    """Which columns readers are told as numbers."""


@dataclass(frozen=True)
class Near:
    """What stands beside the facts of somebody: rows that the run kept, and ways of a tree."""

    kept: Mapping[str, Wanted] = field(default_factory=dict)
    ways: Mapping[str, Ways] = field(default_factory=dict)


NEAR_NOTHING: Final = Near()


class StoredCalculation(Calculation):
    """A calculation whose stored relations are read instead of being made."""

    def __init__(
        self,
        plan: ResolvedPlan,
        inputs: Inputs,
        reader: RunReader,
        kept: Kept,
        whole: Calculation | None = None,
        near: Near = NEAR_NOTHING,
    ) -> None:
        """`whole` stands on all facts, where the inputs here are only those of somebody."""
        super().__init__(plan, inputs)
        self._whole = whole
        self._near = near
        self._columns: dict[tuple[str, str], dict[Key, Result]] = {}
        self._reader = reader
        self._kept = kept
        self._by_key: dict[str, dict[Key, Row]] = {}
        self._index: dict[tuple[str, tuple[str, ...]], dict[tuple[Result, ...], list[Row]]] = {}

    def is_kept(self, name: str) -> bool:
        """Whether the run kept the rows of a relation."""
        return self._reader.has(name)

    def rows(self, name: str) -> list[Row]:
        if name not in self._rows and self.is_kept(name):
            if name not in self._kept.whole:
                self._kept.whole[name] = self._read(self.plan.relations[name], {})
            self._rows[name] = [self._own(name, one) for one in self._kept.whole[name]]
        return super().rows(name)

    def side(self, name: str) -> Sequence[Row]:
        """Of a hundred thousand members only those that stand in the part of a tree at hand.

        Of many only the keys are read; whatever else is asked of them is read for all at once.
        """
        wanted = self._near.kept.get(name, {})
        asked = [(column, one) for column, values in wanted.items() for one in values if one]
        if not asked or name in self._rows:
            return super().side(name)
        if len(asked) <= _FEW:
            found = {row.key: row for one in asked for row in self.candidates(name, [one])}
            return sorted(found.values(), key=key_order)
        if not {part.name for part in self.plan.relations[name].key}.issuperset(wanted):
            return super().side(name)
        self._rows[name] = self._keys_alone(name)
        return [
            row
            for row in self._rows[name]
            if any(row.values[column] in some for column, some in wanted.items())
        ]

    def _keys_alone(self, name: str) -> list[Row]:
        """All rows of a relation that the run kept, as yet with nothing but their keys."""
        relation = self.plan.relations[name]
        keys = frozenset(part.name for part in relation.key)
        return [self._own(name, row) for row in self._some(relation, {}, keys)]

    def made(self, relation: Relation) -> Iterator[Row]:
        """The rows of a relation as long as they are not too many, as of pairs they can be."""
        if isinstance(relation.rows, SourceRows):
            yield from super().made(relation)
            return
        ways = self._near.ways.get(relation.name)
        made = super().made(relation)
        if ways is not None:
            made = (row for row in made if ways.wants(row.values))
        for count, row in enumerate(made):
            if count >= MOST_ROWS:
                raise TooManyRows(relation.name, count)
            yield row

    def _own(self, name: str, kept: Row) -> Row:
        """A row for this evidence: what is filled in from fewer facts must not reach others."""
        known = self._by_key.setdefault(name, {})
        if kept.key not in known:
            known[kept.key] = Row(kept.key, dict(kept.values))
        return known[kept.key]

    def row(self, name: str, key: Key) -> Row | None:
        known = self._by_key.get(name, {})
        if key in known:
            return known[key]
        names = (part.name for part in self.plan.relations[name].key)
        near = self.candidates(name, list(zip(names, key, strict=False)))
        return next((row for row in near if row.key == key), None)

    def candidates(self, name: str, asked: Sequence[tuple[str, Result]]) -> list[Row]:
        """Of a list of a hundred thousand targets only those that are asked for."""
        relation = self.plan.relations[name]
        is_kept = self.is_kept(name)
        wanted = {column: value for column, value in asked if isinstance(value, str)}
        if is_kept:
            parts = {part.name for part in relation.key}
            wanted = {column: value for column, value in wanted.items() if column in parts}
        if not wanted or not (is_kept or _is_plain(relation)):
            return self.rows(name)
        if name in self._rows:
            return self._indexed(name, wanted)
        some = self._some(relation, wanted)
        # Rows of a dataset are complete; a kept row may lack columns, which are filled in.
        return [self._own(name, one) for one in some] if is_kept else some

    def _indexed(self, name: str, wanted: Mapping[str, str]) -> list[Row]:
        """Of rows that are all at hand those with some values."""
        columns = tuple(sorted(wanted))
        found = self._by_values(self.plan.relations[name], columns)
        return found.get(tuple(wanted[of] for of in columns), [])

    def value(self, relation: Relation, row: Row, column: str) -> Result:
        """What the run did not keep of a row it kept is made from all facts, not from a few."""
        if column not in row.values and self._whole is not None and self.is_kept(relation.name):
            row.values[column] = self._told(relation, row, column)
        return super().value(relation, row, column)

    def _told(self, relation: Relation, row: Row, column: str) -> Result:
        """A column of a kept row that was read without it."""
        if column in self._reader.columns(relation.name):
            place = (relation.name, column)
            if place not in self._columns:
                keys = {part.name for part in relation.key}
                some = self._some(relation, {}, frozenset({*keys, column}))
                self._columns[place] = {one.key: one.values[column] for one in some}
            return self._columns[place][row.key]
        assert self._whole is not None
        own = self._whole.row(relation.name, row.key) or row
        return self._whole.value(relation, own, column)

    def fill(self, relation: Relation, name: str) -> None:
        """Compute a column; where it stands on too many rows, it stays as it was."""
        try:
            super().fill(relation, name)
        except TooManyRows:
            self._filled.discard((relation.name, name))
            raise

    def peers(self, relation: Relation, column: Column, row: Row) -> Sequence[Row]:
        """Only rows of the same partition; of a population only what is compared in it."""
        names = partition_of(column)
        if names and not self.is_kept(relation.name):
            return self._beside(relation, names, row)
        if names is None or not self.is_kept(relation.name):
            return super().peers(relation, column, row)
        compared = frozenset(_compared(relation)) if isinstance(column.made, Grouped) else None
        if not (compared or set(names)).issubset(self._reader.columns(relation.name)):
            return super().peers(relation, column, row)
        values = ((name, self.value(relation, row, name)) for name in names)
        alike = {name: value for name, value in values if isinstance(value, str)}
        if compared is None:
            if not alike:
                return super().peers(relation, column, row)
            rows = self._some(relation, alike)
            return [self._own(relation.name, one) for one in rows]
        return self._some(relation, alike, compared)

    def _beside(self, relation: Relation, names: Sequence[str], row: Row) -> Sequence[Row]:
        """The rows that have the same values as one."""
        alike = tuple(self.value(relation, row, name) for name in names)
        return self._by_values(relation, tuple(names)).get(alike, [row])

    def _by_values(
        self, relation: Relation, names: tuple[str, ...]
    ) -> Mapping[tuple[Result, ...], list[Row]]:
        """All rows by the values of some columns, told apart once for all questions."""
        place = (relation.name, names)
        if place not in self._index:
            found: dict[tuple[Result, ...], list[Row]] = {}
            for one in self.rows(relation.name):
                values = tuple(self.value(relation, one, name) for name in names)
                found.setdefault(values, []).append(one)
            self._index[place] = found
        return self._index[place]

    def _some(
        self,
        relation: Relation,
        wanted: Mapping[str, str],
        columns: frozenset[str] = frozenset(),
    ) -> list[Row]:
        """Some rows, kept at hand for the next question about them."""
        place = (relation.name, columns, *wanted.items())
        some = self._kept.some
        if place not in some:
            while len(some) >= _ASKED:
                some.pop(next(iter(some)))
            some[place] = self._read(relation, wanted, columns)
        return some[place]

    def _read(
        self,
        relation: Relation,
        wanted: Mapping[str, str],
        columns: frozenset[str] = frozenset(),
    ) -> list[Row]:
        if self.is_kept(relation.name):
            stored = self._reader.relation(relation.name, wanted, columns)
            return sorted((stored_row(relation, one) for one in stored), key=key_order)
        assert isinstance(relation.rows, SourceRows)
        stored = self._reader.dataset(relation.rows.dataset, wanted)
        rows = (sources.keyed(relation, results_of(one)) for one in stored)
        return sorted(rows, key=key_order)


def _compared(relation: Relation) -> Iterator[str]:
    """All that populations of a relation are told apart and compared by, and its key.

    One reading serves every place and total of the same people.
    """
    yield from (part.name for part in relation.key)
    for column in relation.columns.values():
        if isinstance(column.made, Grouped):
            population = column.made.population
            yield from population.partition
            yield from (name for name, _ in column.made.by)
            if population.where is not None:
                yield population.where


def _is_plain(relation: Relation) -> bool:
    """Whether the rows are those of a dataset and nothing else."""
    return (
        isinstance(relation.rows, SourceRows)
        and relation.rows.where is None
        and all(isinstance(column.made, Stored) for column in relation.columns.values())
    )


def stored_row(relation: Relation, stored: StoredRow) -> Row:
    """A row of a result as the reference holds it."""
    values = results_of(stored)
    return Row(tuple(values[part.name] for part in relation.key), values)
