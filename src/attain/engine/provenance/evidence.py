"""What an explanation stands on: the values of a run, and the rows they were made from.

A finished run stores the values of members, periods and trees, but not those of single facts:
they are made again from the dataset versions the run named, by the reference interpreter,
and only those rows that belong to what is being explained.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction

from attain.core.units import Unit
from attain.engine.primitives.model import (
    Column,
    Gather,
    Relation,
    ResolvedPlan,
    SourceRows,
    Stored,
)
from attain.engine.provenance.bounds import MOST_ROWS, TooManyRows
from attain.engine.provenance.model import FactRef, Subject
from attain.engine.provenance.narrowing import (
    CannotNarrow,
    Narrowing,
    partition_of,
    plain,
)
from attain.engine.provenance.stored import (
    NEAR_NOTHING,
    Datasets,
    Kept,
    Near,
    RunReader,
    StoredCalculation,
)
from attain.engine.provenance.wanted import Dated, Wanted
from attain.engine.reference import Calculation, Inputs, StoredRow, gather
from attain.engine.reference.coverage import Days
from attain.engine.reference.match import conjuncts
from attain.engine.reference.rows.pairs import RIGHT
from attain.engine.reference.values import Key, Row
from attain.expressions.results import Result
from attain.expressions.typed import Operate, Reference

DISTANCE = f"{RIGHT}distance"
"""How far below a row's member stands, in the pairs along a path."""
_NEAR = 8
"""So many people's facts are kept at hand for the next question about them."""


@dataclass(frozen=True)
class Evidence:
    """A run that can be asked: in memory, or stored with a reader for its files."""

    calculation: Calculation
    versions: Mapping[str, str | None] = field(default_factory=dict)
    reader: RunReader | None = None
    equal: tuple[tuple[str, str, Result], ...] = ()
    closed: frozenset[str] = frozenset()
    """The relations that are whole in it for whoever it was narrowed to."""
    kept: Kept = field(default_factory=Kept)
    near: dict[tuple[str, str, Result, bool, Dated | None], Evidence] = field(default_factory=dict)
    large: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Of stored columns that were asked about, by relation and name, whether the rows at hand hold
    a number too large for a percentage."""
    root: Evidence | None = None
    """What it was narrowed from: numbers of other people and periods are explained from there."""

    @property
    def plan(self) -> ResolvedPlan:
        return self.calculation.plan

    def is_near(self, relation: str) -> bool:
        """Whether the rows of a relation of facts are at hand, and need not be read for it."""
        named = {name for name, _, _ in self.equal}
        rows = self.plan.relations[relation].rows
        is_narrowed = relation in self.closed or getattr(rows, "dataset", None) in named
        return self.reader is None or is_narrowed

    @classmethod
    def of_stored(cls, plan: ResolvedPlan, inputs: Inputs, reader: RunReader) -> Evidence:
        """Evidence over a finished run; `inputs` says everything but the datasets' rows."""
        return cls._read(plan, inputs, reader, Kept())

    @classmethod
    def _read(
        cls,
        plan: ResolvedPlan,
        inputs: Inputs,
        reader: RunReader,
        kept: Kept,
        equal: tuple[tuple[str, str, Result], ...] = (),
        wanted: Mapping[str, Sequence[StoredRow]] | None = None,
        closed: frozenset[str] = frozenset(),
        root: Evidence | None = None,
        near: Near = NEAR_NOTHING,
    ) -> Evidence:
        some = wanted or {}

        def read(name: str) -> Sequence[StoredRow]:
            if name in some:
                return some[name]
            own = {column: v for of, column, v in equal if of == name}
            rows = reader.count(name, asked_for(own))
            if rows > MOST_ROWS:
                raise TooManyRows(name, rows)
            return reader.dataset(name, own)

        datasets = Datasets(plan.datasets, read)
        whole = None if root is None else root.calculation
        own = replace(inputs, datasets=datasets)
        calculation = StoredCalculation(plan, own, reader, kept, whole, near)
        versions = {name: reader.version(name) for name in plan.datasets}
        return cls(calculation, versions, reader, equal, closed, kept, root=root)

    def narrowed(self, relation: Relation, row: Row, made: Gather) -> Evidence:
        """The evidence with only the facts that a gathering row can have taken.

        Only where every column of those facts can be made from them alone: nothing looks
        them up, and all their orders, groups and splits stay inside the same owner. Of an owner
        with too many facts only those of the window's days, where each stands by itself.
        """
        finer = self.plan.relations[made.relation]
        if self.reader is None or finer.name in self.closed or not made.match:
            return self
        run = self.calculation
        owner = {name: run.value(relation, row, name) for name, _ in made.match}
        column = _owning_column(self.plan, finer, made)
        if column is None or not isinstance(finer.rows, SourceRows):
            return self._followed(self.reader, relation, row, made, owner)
        name, own = column
        wanted = (finer.rows.dataset, name, owner[own])
        if wanted in self.equal:
            return self
        rows = self.reader.count(finer.rows.dataset, asked_for({name: owner[own]}))
        dated = self._dated(relation, row, made) if rows > MOST_ROWS else None
        if dated is not None:
            with suppress(CannotNarrow):
                return self._near(self.reader, finer.name, name, owner[own], dated=dated)
        return self._read(
            self.plan, self.calculation.inputs, self.reader, self.kept, (wanted,),
            root=self.whole,
        )  # fmt: skip

    def _followed(
        self,
        reader: RunReader,
        relation: Relation,
        row: Row,
        made: Gather,
        owner: Mapping[str, Result],
    ) -> Evidence:
        """The evidence with the facts of an owner and all that stand in relation to them."""
        if made.earlier:
            return self
        own, node = made.match[0]
        try:
            column, is_nearest = plain(node), _asks_nearest(made)
            return self._near(reader, made.relation, column, owner[own], nearest=is_nearest)
        except CannotNarrow:
            return self
        except TooManyRows as many:
            dated = self._dated(relation, row, made)
            if dated is None:
                raise
            try:
                return self._near(reader, made.relation, column, owner[own], dated=dated)
            except CannotNarrow:
                raise many from None

    def _dated(self, relation: Relation, row: Row, made: Gather) -> Dated | None:
        """The days a kept row gathers facts of, where their own date says it."""
        finer = self.plan.relations[made.relation]
        column = finer.columns.get(made.date or "")
        is_kept = self.reader is not None and self.reader.has(relation.name)
        if column is None or not isinstance(column.made, Stored) or not is_kept:
            return None
        days = gather.window_days(self.calculation, relation, row, made.window)
        if column.type.unit is not Unit.date or not isinstance(finer.rows, SourceRows):
            return None
        return Dated(column.name, days) if isinstance(days, Days) else None

    def _near(
        self,
        reader: RunReader,
        relation: str,
        column: str,
        value: Result,
        *,
        nearest: bool = False,
        dated: Dated | None = None,
    ) -> Evidence:
        """
        :raises CannotNarrow: which rows belong to the wanted ones cannot be told.
        """
        place = (relation, column, value, nearest, dated)
        if place not in self.near:
            following = Narrowing(self.plan, reader, dated)
            wanted = following.of(relation, column, value, nearest=nearest)
            while len(self.near) >= _NEAR:
                self.near.pop(next(iter(self.near)))
            self.near[place] = self._read(
                self.plan, self.calculation.inputs, reader, self.kept,
                wanted={name: following.known(name) for name in wanted},
                closed=frozenset() if nearest else following.followed,
                root=self.whole,
                near=Near(following.kept, following.ways),
            )  # fmt: skip
        return self.near[place]

    @property
    def whole(self) -> Evidence:
        """The evidence that was not narrowed to anybody."""
        return self.root or self

    def around(self, relation: str, key: Sequence[Result]) -> Evidence:
        """The evidence with little more than a row of facts and what it was made with.

        A kept row may be that of somebody else than the facts at hand: it stands on all of them.
        """
        if self.reader is not None and self.reader.has(relation):
            return self.whole
        if self.reader is None or self.equal or relation in self.closed:
            return self
        for column, value in texts_of(self.plan.relations[relation], key):
            try:
                return self._near(self.reader, relation, column, value)
            except CannotNarrow:
                continue
        return self

    def near_key(self, relation: Relation, key: Sequence[Result]) -> Sequence[Row]:
        """Rows that may have a key, of which only the texts are known to be written alike."""
        near = self.around(relation.name, key).calculation
        return near.candidates(relation.name, texts_of(relation, key))

    def about(self, relation: Relation, subject: str) -> Sequence[Row]:
        """The rows of a relation that are a subject's own; all where that cannot be told."""
        if relation.subject not in {part.name for part in relation.key}:
            return self.calculation.rows(relation.name)
        return self.calculation.candidates(relation.name, [(str(relation.subject), subject)])

    def row(self, relation: str, key: Key) -> Row:
        """
        :raises KeyError: the run has no such row.
        """
        found = self.calculation.row(relation, key)
        if found is None:
            raise KeyError((relation, key))
        return found


def asked_for(equal: Mapping[str, Result]) -> Wanted | None:
    """Values of columns in the shape in which rows are counted; None where all are asked for."""
    texts = {name: frozenset({one}) for name, one in equal.items() if isinstance(one, str)}
    return texts or None


def texts_of(relation: Relation, key: Sequence[Result]) -> list[tuple[str, str]]:
    """The parts of a key by which rows can be asked for."""
    parts = zip(relation.key, key, strict=False)
    return [
        (part.name, value)
        for part, value in parts
        if part.type.unit in (Unit.text, Unit.key) and isinstance(value, str)
    ]


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


def _asks_nearest(made: Gather) -> bool:
    """Whether only those directly below count, of whomever a tree has below."""
    return any(
        isinstance(one, Operate)
        and one.operator == "="
        and [getattr(side, "column", None) for side in one.operands][:1] == [DISTANCE]
        and [getattr(side, "value", None) for side in one.operands][1:] == [1]
        for one in conjuncts(made.where)
    )


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


def first_day_of(evidence: Evidence, relation: Relation, row: Row) -> dt.date | None:
    """The first day of the period in a row's key; labels of periods are in no order of time."""
    is_of_period = any(part.kind.startswith("period:") for part in relation.key)
    if not is_of_period or "period_from" not in relation.columns:
        return None
    value = evidence.calculation.value(relation, row, "period_from")
    return value if isinstance(value, dt.date) else None


def is_component(plan: ResolvedPlan, relation: Relation, column: Column) -> bool:
    """Whether a column is a result of the plan, and not a step on the way to one."""
    return any(
        (one.relation, one.column) == (relation.name, column.name) for one in plan.components
    )
