"""What an explanation stands on: the values of a run, and the rows they were made from.

A finished run stores the values of members, periods and trees, but not those of single facts:
they are made again from the dataset versions the run named, by the reference interpreter,
and only those rows that belong to what is being explained.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Protocol

from attain.engine.primitives.model import (
    Gather,
    Relation,
    ResolvedPlan,
    SourceRows,
    Stored,
)
from attain.engine.provenance.model import FactRef, Subject
from attain.engine.provenance.narrowing import (
    CannotNarrow,
    Narrowing,
    Wanted,
    partition_of,
    plain,
)
from attain.engine.reference import Calculation, Inputs, StoredRow
from attain.engine.reference.rows import sources
from attain.engine.reference.values import Key, Row, key_order, results_of
from attain.expressions.results import Result
from attain.expressions.typed import Reference

_NEAR = 8
"""So many people's facts are kept at hand for the next question about them."""

Equal = Mapping[str, Result]
"""Values that columns of wanted rows have."""


class RunReader(Protocol):
    """Reads the relations of a finished run and the dataset versions it named.

    Rows come as mappings with None for missing and `<name>__why` beside it. `equal` asks for
    rows with those values only; giving more rows than asked for is allowed.
    """

    def relation(self, name: str) -> Sequence[StoredRow] | None:
        """The rows of a stored relation, None if the run did not keep it."""
        ...

    def dataset(self, name: str, equal: Equal) -> Sequence[StoredRow]:
        """The rows of a dataset version with `_row`, `_file`, `_sheet` and `_line`."""
        ...

    def some(self, name: str, wanted: Wanted) -> Sequence[StoredRow]:
        """The same, only rows that have one of the wanted values in one of the columns."""
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


class StoredCalculation(Calculation):
    """A calculation whose stored relations are read instead of being made."""

    def __init__(
        self,
        plan: ResolvedPlan,
        inputs: Inputs,
        reader: RunReader,
        kept: dict[str, list[Row] | None],
    ) -> None:
        super().__init__(plan, inputs)
        self._reader = reader
        self._kept = kept
        self._by_key: dict[str, dict[Key, Row]] = {}
        self._candidates: dict[object, list[Row]] = {}

    def kept(self, name: str) -> list[Row] | None:
        """The rows of a stored relation, read once for all evidence of a run."""
        if name not in self._kept:
            relation, stored = self.plan.relations[name], self._reader.relation(name)
            rows = None if stored is None else [stored_row(relation, one) for one in stored]
            self._kept[name] = rows if rows is None else sorted(rows, key=key_order)
        return self._kept[name]

    def rows(self, name: str) -> list[Row]:
        if name not in self._rows and (kept := self.kept(name)) is not None:
            # What is filled in from fewer facts must not reach other evidence.
            self._rows[name] = [Row(one.key, dict(one.values)) for one in kept]
            self._by_key[name] = {row.key: row for row in self._rows[name]}
        return super().rows(name)

    def row(self, name: str, key: Key) -> Row | None:
        self.rows(name)
        if name in self._by_key:
            return self._by_key[name].get(key)
        return super().row(name, key)

    def candidates(self, name: str, asked: Sequence[tuple[str, Result]]) -> list[Row]:
        """Of a list of a hundred thousand targets only those that are asked for."""
        relation = self.plan.relations[name]
        texts = tuple((column, value) for column, value in asked if isinstance(value, str))
        if name in self._rows or not texts or not _is_plain(relation):
            return self.rows(name)
        assert isinstance(relation.rows, SourceRows)
        if (name, texts) not in self._candidates:
            stored = self._reader.dataset(relation.rows.dataset, dict(texts))
            rows = (sources.keyed(relation, results_of(one)) for one in stored)
            self._candidates[name, texts] = sorted(rows, key=key_order)
        return self._candidates[name, texts]


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


@dataclass(frozen=True)
class Evidence:
    """A run that can be asked: in memory, or stored with a reader for its files."""

    calculation: Calculation
    versions: Mapping[str, str | None] = field(default_factory=dict)
    reader: RunReader | None = None
    equal: tuple[tuple[str, str, Result], ...] = ()
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    """Of each dataset the rows it was narrowed to, with all that stand in relation to them."""
    closed: frozenset[str] = frozenset()
    """The relations that are whole in it for whoever it was narrowed to."""
    kept: dict[str, list[Row] | None] = field(default_factory=dict)
    near: dict[tuple[str, str, Result], Evidence] = field(default_factory=dict)

    @property
    def plan(self) -> ResolvedPlan:
        return self.calculation.plan

    @classmethod
    def of_stored(cls, plan: ResolvedPlan, inputs: Inputs, reader: RunReader) -> Evidence:
        """Evidence over a finished run; `inputs` says everything but the datasets' rows."""
        return cls._read(plan, inputs, reader, {})

    @classmethod
    def _read(
        cls,
        plan: ResolvedPlan,
        inputs: Inputs,
        reader: RunReader,
        kept: dict[str, list[Row] | None],
        equal: tuple[tuple[str, str, Result], ...] = (),
        wanted: Mapping[str, Wanted] | None = None,
        closed: frozenset[str] = frozenset(),
    ) -> Evidence:
        some = wanted or {}

        def read(name: str) -> Sequence[StoredRow]:
            if name in some:
                return reader.some(name, some[name])
            return reader.dataset(name, {column: v for of, column, v in equal if of == name})

        datasets = Datasets(plan.datasets, read)
        calculation = StoredCalculation(plan, replace(inputs, datasets=datasets), reader, kept)
        versions = {name: reader.version(name) for name in plan.datasets}
        return cls(calculation, versions, reader, equal, some, closed, kept)

    def narrowed(self, made: Gather, owner: Mapping[str, Result]) -> Evidence:
        """The evidence with only the facts that a gathering row can have taken.

        Only where every column of those facts can be made from them alone: nothing looks
        them up, and all their orders, groups and splits stay inside the same owner.
        """
        relation = self.plan.relations[made.relation]
        column = _owning_column(self.plan, relation, made)
        if self.reader is None or relation.name in self.closed:
            return self
        if column is None or not isinstance(relation.rows, SourceRows):
            return self._followed(self.reader, made, owner)
        name, own = column
        wanted = (relation.rows.dataset, name, owner[own])
        if wanted in self.equal:
            return self
        return self._read(self.plan, self.calculation.inputs, self.reader, self.kept, (wanted,))

    def _followed(self, reader: RunReader, made: Gather, owner: Mapping[str, Result]) -> Evidence:
        """The evidence with the facts of an owner and all that stand in relation to them."""
        calculation = self.calculation
        if not made.match or not isinstance(calculation, StoredCalculation) or made.earlier:
            return self
        own, node = made.match[0]
        key = (made.relation, own, owner[own])
        if key not in self.near:
            following = Narrowing(
                self.plan, reader.some, lambda name: calculation.kept(name) is not None
            )
            try:
                wanted = following.of(made.relation, plain(node), owner[own])
            except CannotNarrow:
                return self
            while len(self.near) >= _NEAR:
                self.near.pop(next(iter(self.near)))
            self.near[key] = self._read(
                self.plan, calculation.inputs, reader, self.kept,
                wanted=wanted, closed=following.followed,
            )  # fmt: skip
        return self.near[key]

    def row(self, relation: str, key: Key) -> Row:
        """
        :raises KeyError: the run has no such row.
        """
        found = self.calculation.row(relation, key)
        if found is None:
            raise KeyError((relation, key))
        return found


def _owning_column(plan: ResolvedPlan, relation: Relation, made: Gather) -> tuple[str, str] | None:
    """A stored column of the facts that says to whom they belong, and the owner's own column."""
    looked_up = any(
        lookup.relation == relation.name
        for other in plan.relations.values()
        for lookup in other.lookups.values()
    )
    if looked_up or relation.lookups:
        return None
    partitions = [partition_of(column) for column in relation.columns.values()]
    for own, node in made.match:
        if not isinstance(node, Reference) or node.row:
            continue
        is_stored = isinstance(relation.columns[node.column].made, Stored)
        if is_stored and all(one is None or node.column in one for one in partitions):
            return node.column, own
    return None


def facts_of(evidence: Evidence, relation: Relation, row: Row) -> tuple[FactRef, ...]:
    """The dataset rows a row was made of, with file, sheet and line."""
    if row.made_of:
        return tuple(
            fact
            for name, part in row.made_of
            for fact in facts_of(evidence, evidence.plan.relations[name], part)
        )
    if not isinstance(relation.rows, SourceRows):
        return ()
    dataset = relation.rows.dataset
    values = row.values
    return (
        FactRef(
            dataset,
            evidence.versions.get(dataset),
            _text(values.get("_row")),
            _text(values.get("_file")),
            _text(values.get("_sheet")),
            _line(values.get("_line")),
            tuple(
                (name, values[name])
                for name, column in relation.columns.items()
                if isinstance(column.made, Stored) and name in values and not column.hidden
            ),
        ),
    )


def _text(value: Result | None) -> str | None:
    return value if isinstance(value, str) else None


def _line(value: Result | None) -> int | None:
    return int(value) if isinstance(value, Fraction) else None


def subject_of(relation: Relation, row: Row) -> Subject | None:
    """Whose numbers a row holds."""
    if relation.subject is None:
        return None
    value = row.values.get(relation.subject)
    column = relation.columns.get(relation.subject)
    kinds = [part.kind for part in relation.key if part.name == relation.subject]
    kind = kinds[0] if kinds else (column.type.kind if column is not None else None)
    return Subject(kind or "people", value) if isinstance(value, str) else None


def date_of(evidence: Evidence, relation: Relation, row: Row) -> dt.date | None:
    """The business date of a row."""
    if relation.date is None:
        return None
    value = evidence.calculation.value(relation, row, relation.date)
    return value if isinstance(value, dt.date) else None
