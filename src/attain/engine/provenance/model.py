"""An explanation as data: how one number came about, without any sentence.

Codes, parameters and exact values; `attain.engine.provenance.rendering` puts them into words of
either language, so that a Chinese reader and an English reader see the same history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from attain.core.labels import Labels
from attain.core.units import Type
from attain.engine.provenance.places import InGroup, InOrder, InShare, Named, RaterGroup, Unlisted
from attain.engine.reference.values import Key
from attain.expressions.results import Absent, Result


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a run: a relation, the key of a row in it, a column."""

    relation: str
    key: Key
    column: str


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Whose numbers something contains: a kind ("people", "units") and an opaque key."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class FactRef:
    """A row of a dataset version, and where it came from: the end of every explanation.

    `values` are its stored columns. `line` counts from 1 in the file or sheet.
    """

    dataset: str
    version: str | None
    row: str | None
    file: str | None
    sheet: str | None
    line: int | None
    values: tuple[tuple[str, Result], ...] = ()


class Status(StrEnum):
    """What a cell holds."""

    VALUE = "value"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


class Kind(StrEnum):
    """How a cell was made."""

    STORED = "stored"
    FORMULA = "formula"
    GATHER = "gather"
    ORDER = "order"
    FOLD = "fold"
    PRIOR = "prior"
    GROUP = "group"
    SHARE = "share"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Band:
    """One band or cell of a table as it stood for this row.

    `lower` and `upper` are its edges per axis, already multiplied by the table's scale where
    there is one; `keys` are the keys of a key axis. `part` is the slice a marginal or fill
    reading found in it.
    """

    axes: tuple[Axis, ...]
    value: Result
    is_hit: bool
    part: Result | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """What a band asks of one input: a range, one of some keys, or nothing."""

    lower: Result | None = None
    upper: Result | None = None
    lower_closed: bool = True
    upper_closed: bool = False
    keys: tuple[Result, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.lower is None and self.upper is None and not self.keys


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a value is from the next band: `missing` of `label` would reach `edge`."""

    edge: Result
    missing: Result
    column: str
    type: Type
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table as it was read: the inputs, all bands with the one that matched, what comes next."""

    name: str
    reading: str
    inputs: tuple[Step, ...]
    input_types: tuple[Type, ...]
    value_type: Type
    bands: tuple[Band, ...]
    amount: Step | None = None
    scale: Step | None = None
    is_otherwise: bool = False
    otherwise: Result | None = None
    """What the table gives where no band fits, if it says so."""
    next: Distance | None = None
    chosen: tuple[Step, ...] = ()
    """Of a table with bands for every line: the keys that chose these bands."""

    @property
    def read(self) -> tuple[Step, ...]:
        """Everything that was put in."""
        named = (*self.chosen, *self.inputs, self.amount, self.scale)
        return tuple(one for one in named if one is not None)


@dataclass(frozen=True, slots=True)
class Step:
    """One node of an expression with the value it came to.

    `what` tells the kind of node; `name` is the operator, function, column, table or parameter.
    A step that was not needed (a branch not taken) has `was_asked` false and no value. A
    reference leads to a `cell`, or to a `fact`; `row` is the lookup it went over.
    """

    what: Literal[
        "constant", "missing", "reference", "operate", "apply", "narrow", "round", "read", "dated"
    ]
    name: str
    type: Type
    value: Result | None
    was_asked: bool = True
    operands: tuple[Step, ...] = ()
    cell: Cell | None = None
    row: str = ""
    labels: Labels | None = None
    is_hidden: bool = False
    form: str | None = None
    is_bare: bool = False
    """True for a number that was written without a unit and is none of money or points."""
    table: TableRead | None = None
    mode: str | None = None
    scale: int | None = None
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None

    def walk(self) -> Iterator[Step]:
        """The step and everything below it, in reading order."""
        yield self
        for operand in self.operands:
            yield from operand.walk()
        if self.table is not None:
            for one in self.table.read:
                yield from one.walk()


@dataclass(frozen=True, slots=True)
class Condition:
    """One of several conditions in the order in which they were asked.

    `answer` is true, false, or why it is not known; None if it was not asked any more, because
    one before it had decided. `own` is the step it consists of.
    """

    own: Step
    answer: Result | None
    labels: Labels | None = None
    is_gate: bool = False
    """True where `labels` say why nothing is paid, and not what is asked."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A result that an `if` would have given before the one it gave, and what it lacked.

    `place` is where the row stands, where the condition that failed compares its place. `inside`
    is what it gave instead, where the `if` is only a part of the formula.
    """

    result: Step
    failed: Condition
    place: InGroup | None = None
    inside: Step | None = None


@dataclass(frozen=True, slots=True)
class RowShare:
    """A finer row that was asked by a gather, with what it brought.

    `counts` is true, false or why it is not known whether it counts; `part` its value. A row
    that does not count, or may not, names the `failed` condition. `source` is where its value was
    made, one row below those that only hand it on (a pair, a stack); `called` the key readers
    know it by, `begins` the first day of the period in it.
    """

    cell: Cell
    source: Cell
    called: Named
    counts: Result
    part: Result
    subject: Subject | None
    date: dt.date | None
    begins: dt.date | None
    facts: tuple[FactRef, ...]
    step: Step | None = None
    failed: Condition | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days a gather looked at, and whether the data was complete for them."""

    start: dt.date | None
    until: dt.date | None
    datasets: tuple[str, ...]
    covered: tuple[tuple[str, tuple[tuple[dt.date, dt.date], ...] | None], ...]
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a gather saw: the rows that count, and those that only nearly did.

    `untold` rows counted, too, and are told one by one to nobody: what single raters gave.
    """

    aggregate: str
    relation: str
    window: Window | None
    rows: tuple[RowShare, ...]
    left_out: tuple[RowShare, ...]
    untold: int = 0
    column: str = ""
    where: Step | None = None
    """What the rule asks of a row, as it stood on the first one that was looked at."""
    date: str = ""
    """The column by which rows fall into the window, where the rule names one."""

    @property
    def all_rows(self) -> tuple[RowShare, ...]:
        return self.rows + self.left_out


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value of an earlier period, or the start value that stands in for it.

    `is_again` where a state begins again with `period`, and nothing earlier was asked for.
    """

    period: Labels
    cell: Cell | None
    is_start: bool
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """A row of another relation that was looked at, and why it did not fit (None: it did)."""

    key: Key
    why_not: Literal["date", "condition", "take"] | None
    effective_from: dt.date | None
    effective_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Match:
    """How a row of another relation was found, and why it was not another one."""

    name: str
    relation: str
    found: Key | Absent
    at: dt.date | None
    asked: tuple[tuple[str, Result], ...]
    considered: tuple[Considered, ...]
    facts: tuple[FactRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a calculated value."""

    id: str
    kind: str
    value: Result | None
    reason: str
    by: str
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """A cell on the way down from a missing value to what is missing, with its name for readers.

    Of another row than the value's, such as that of the unit somebody is in, `called` says which.
    `unmatched` are the matches by which the last of them found no row.
    """

    cell: Cell
    labels: Labels | None
    is_hidden: bool
    called: Named = ()
    subject: Subject | None = None
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """Why a cell holds what it holds.

    `inputs` are explanations one level deeper, as far as was asked for; every further level is
    asked for by a cell. `subjects` are all whose numbers the node contains. `blame` is the way
    from a missing value down to what is missing; `conditions` those that decided a zero.
    """

    cell: Cell
    kind: Kind
    value: Result
    type: Type
    status: Status
    labels: Labels | None
    text: str | None
    source: str | None
    form: str | None
    line: int | None
    plan: str
    period: str
    period_labels: Labels
    subject: Subject | None
    subjects: frozenset[Subject]
    expression: Step | None = None
    conditions: tuple[Condition, ...] = ()
    gathered: Gathered | None = None
    order: InOrder | None = None
    group: InGroup | None = None
    share: InShare | None = None
    earlier: Earlier | None = None
    decisions: tuple[Decision, ...] = ()
    matches: tuple[Match, ...] = ()
    facts: tuple[FactRef, ...] = ()
    inputs: tuple[Node, ...] = ()
    blame: tuple[Lacking, ...] = ()
    is_hidden: bool = False
    is_step: bool = False
    """True for what is no component of the plan: readers meet it in explanations only."""
    called: Named = ()
    """The key by which readers know the row."""
    others: tuple[NotTaken, ...] = ()
    raters: tuple[RaterGroup, ...] = ()
    unlisted: Unlisted | None = None

    @property
    def reason(self) -> str | None:
        """Why there is no value, if there is none."""
        return self.value.reason if isinstance(self.value, Absent) else None

    @property
    def is_nothing(self) -> bool:
        """True for a zero, the value people ask about most."""
        return not isinstance(self.value, Absent | bool | str) and self.value == 0

    def walk(self) -> Iterator[Node]:
        """The node and every explanation below it."""
        yield self
        for one in self.inputs:
            yield from one.walk()

    def node_of(self, cell: Cell) -> Node | None:
        """The explanation of an input that is already here."""
        return next((one for one in self.walk() if one.cell == cell), None)
