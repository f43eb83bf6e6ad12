"""How a column is made: primitives that give a value per row, and the match of another row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from attain.core.labels import Labels
from attain.core.units import Type
from attain.expressions.typed import Node


@dataclass(frozen=True, slots=True)
class Lookup:
    """The one row of `relation` that fits this row; its columns are read as `Reference(row=name)`.

    A target row fits if each `equal` target column equals the value computed on this row, if
    `at` (a date computed on this row) lies in its interval ([effective_from, effective_until) of
    dated rows, [period_from, period_until) of relations with a period), and if
    `where` holds (bare names are the target's, row "this" is this row). Of several that fit,
    `take` (target columns, descending or not) decides; a tie that remains, or several fits
    without `take`, give missing with reason `no_data.ambiguous_match`; none gives
    `absent` (by default `no_data.no_match`). A missing value among the tests: its reason.
    """

    name: str
    relation: str
    equal: tuple[tuple[str, Node], ...]
    at: Node | None = None
    where: Node | None = None
    take: tuple[tuple[str, bool], ...] = ()
    absent: str = "no_data.no_match"


@dataclass(frozen=True, slots=True)
class Stored:
    """A column that comes with the rows: a key part, a dataset column, a member's attribute.

    Period grains have `period_from` and `period_until` (exclusive) besides the period's label.
    """


@dataclass(frozen=True, slots=True)
class Formula:
    """A value from the same row and its lookups; ends in a Narrow or Round of the column."""

    node: Node


class Aggregate(StrEnum):
    """What a gather makes of its rows' values; `latest` and `first` go by date, then key."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    FIRST = "first"
    LATEST = "latest"
    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open in whole dates, computed on the gathering row; None is unbounded.

    A finer row is inside if its date is (for a relation of periods: if its whole period is).
    """

    from_: Node | None
    until: Node | None


@dataclass(frozen=True, slots=True)
class Gather:
    """Finer rows into one coarser row.

    `match` pairs each own key column with the value, computed on the finer row, that must equal
    it. `value` and `where` are computed on the finer row, which may look at the gathering row as
    row "this". Rows whose `value` is not applicable are left out. A row whose `where` or `value`
    is no data makes the result no data (reason of the lowest key) unless `skip_missing`.
    Sum and count of no rows are 0 inside the source's coverage, else `no_data.outside_coverage`
    (tested for the whole window, on `covered_by` datasets); other aggregates of no rows are
    `no_data.no_rows`. MEAN is a fraction, narrowed like every column. `earlier` says that the
    window reaches back before the run over a relation of periods: its rows of earlier periods
    come from the results named in the request.
    """

    aggregate: Aggregate
    relation: str
    match: tuple[tuple[str, Node], ...]
    value: Node | None = None
    where: Node | None = None
    window: Window | None = None
    date: str | None = None
    skip_missing: bool = False
    covered_by: tuple[str, ...] = ()
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Ordering:
    """A total order of rows inside partitions: its columns end in the rows' key."""

    name: str
    partition: tuple[str, ...]
    by: tuple[tuple[str, bool], ...]


class OrderFunction(StrEnum):
    """`total` includes the row, `before` does not; `increase(x)` = x − previous(x, 0)."""

    TOTAL = "total"
    BEFORE = "before"
    PREVIOUS = "previous"
    INCREASE = "increase"
    COUNT_SO_FAR = "count_so_far"
    HIGHEST_SO_FAR = "highest_so_far"
    HIGHEST_BEFORE = "highest_before"
    LOWEST_BEFORE = "lowest_before"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A column over the rows before this one, in an ordering (arguments are plain columns).

    `start` is PREVIOUS's value on the first row. A missing value makes this row and all later
    ones of its partition missing (TOTAL, BEFORE, COUNT...) with the first one's reason.
    """

    function: OrderFunction
    column: str | None
    ordering: Ordering
    start: Node | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """Columns that read their own earlier rows: computed together, row by row, in an order.

    `steps` are (column, node) in computing order; a node reads earlier rows by
    `Reference(row="previous")`, whose value on the first row is `starts[column]`.
    Each column of the fold points to the same Fold with its own `column`.
    """

    column: str
    steps: tuple[tuple[str, Node], ...]
    starts: tuple[tuple[str, Node], ...]
    ordering: Ordering


@dataclass(frozen=True, slots=True)
class Prior:
    """The column's value of `back` periods earlier for the same key, from the results named.

    `start` stands in before the subject's first plan period; an unnamed result refuses the run.
    With `restart`, a kind of period, it also stands in where the look back would leave the
    period of that kind: then no earlier result is asked for.
    """

    column: str
    back: int
    start: Node | None
    restart: str | None = None


@dataclass(frozen=True, slots=True)
class Population:
    """Who is compared with whom: equal `partition` columns, and `where` holds."""

    name: str
    partition: tuple[str, ...]
    where: str | None = None


class GroupFunction(StrEnum):
    """Ranks are of the largest first; a place is shared (1, 1, 3) or dense (1, 1, 2).

    LAST_RANK is the place of the last of the tie group: 2, 2, 3 for scores 9, 9, 7.
    """

    RANK = "rank"
    DENSE_RANK = "dense_rank"
    LAST_RANK = "last_rank"
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Grouped:
    """A column over the row's population. Rows outside it get `not_applicable.outside_population`.

    `by` are (column, descending): the ranked column and its tie-breakers, or the aggregated one.
    A member whose column is no data makes the whole population's result no data unless
    `skip_missing` (then that member alone is missing); not applicable members are left out.
    """

    function: GroupFunction
    by: tuple[tuple[str, bool], ...]
    population: Population
    skip_missing: bool = False


class Residue(StrEnum):
    """Who gets what rounding leaves: the largest fraction, the first, the last, or a named row."""

    LARGEST = "largest"
    FIRST = "first"
    LAST = "last"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Shared:
    """An exact amount split over the rows of a partition in proportion to `by`, nothing lost.

    `pot` is a column with one value per partition, `step` the smallest part (0.01). `order` makes
    first and last mean something and breaks ties of fractions. With `capacity` the pot fills each
    row up to its capacity in that order (`in_order`), and what is left over stays unshared.
    A partition whose weights sum to zero is `no_data.nothing_to_share_by`, unless its pot is empty:
    of nothing everybody gets 0.
    """

    pot: str
    by: str
    partition: tuple[str, ...]
    step: str
    residue: Residue
    order: tuple[tuple[str, bool], ...]
    named: Node | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A calculated column after people's decisions (dataset `interventions`).

    `calculated` is the column before them; `component` the name decisions are filed under.
    set and override replace the value, adjust adds to it, waive makes it
    `not_applicable.waived`; without a decision the calculated value stands.
    """

    calculated: str
    component: str
    subject: str


Made = Stored | Formula | Gather | Ordered | Fold | Prior | Grouped | Shared | Decided


@dataclass(frozen=True, slots=True)
class Column:
    """A named column: its type, how it is made, and what a reader is told about it.

    `hidden` columns are steps the resolver introduced (an argument of `total`, say); `source` is
    the clause of the scheme the rule comes from; `text` the rule as its author wrote it;
    `form` the section and form it was expanded from ("scorecard.sales.score").
    Columns that may be missing have a companion `<name>__why` with the reason code.
    """

    name: str
    type: Type
    made: Made
    labels: Labels | None = None
    hidden: bool = False
    personal: bool = False
    source: str | None = None
    text: str | None = None
    form: str | None = None
    line: int | None = None


def nodes_of(column: Column) -> Iterator[Node]:
    """The expressions a column is made of."""
    match column.made:
        case Formula(node=node):
            yield node
        case Gather(value=value, where=where):
            yield from (node for node in (value, where) if node is not None)
        case Fold(steps=steps):
            yield from (node for name, node in steps if name == column.name)
        case _:
            return
