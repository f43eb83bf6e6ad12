"""A resolved plan: relations, and columns each made by one of eight primitives.

This is the seam of the engine. The forms of the plan language expand into it; the compiler
prints it as SQL, the reference interpreter computes it row by row, the explanation walks it
backwards. Nothing here computes anything, and nothing outside it reaches a result.

The eight primitives (language.md 1) and where they stand here:

=========== =====================================================================
formula     `Formula`: a value from the same row and what it reads by key
gather      `Gather`: finer rows into one coarser row, filtered, in a window
match       `Lookup`: the one fitting row of another relation, at a date
table       `attain.expressions.typed.Read` inside a formula
order       `Ordered`, `Fold`, `Prior`: a row looks at those before it
group       `Grouped`: a row against its population
path        `PathRows`: (member, ancestor, distance, leg) of a tree at a date
share out   `Shared`: an exact amount split, nothing lost
=========== =====================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from attain.core.labels import Labels
from attain.core.units import Type
from attain.expressions.typed import Node, Value

# ---------------------------------------------------------------------------------------------
# Rows: how the rows of a relation come about


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One part of a relation's key.

    `kind` says what identifies: a dataset whose natural key it is ("people", "orders"),
    "period:month" for a period of that kind, "text" for a dimension's own value.
    """

    name: str
    kind: str
    type: Type


@dataclass(frozen=True, slots=True)
class SourceRows:
    """The rows of a dataset version, one for one; `where` (over stored columns) filters them.

    A filter without data leaves the row in, and every gather over it becomes no data: it is
    resolved as a boolean column `_in` by the resolver; rows for which it is false are out.
    """

    dataset: str
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class PlanRows:
    """Rows that stand in the plan itself: each a value per stored column, None for missing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ResultRows:
    """A relation of another plan's runs, read from the results named in the request."""

    plan: str
    relation: str


@dataclass(frozen=True, slots=True)
class MemberRows:
    """Who is measured, whether or not anything happened to them: subjects × periods × dimensions.

    Subjects are the keys of `dataset` (versions [effective_from, effective_until)) for which
    `where` holds on a version in force on some day of the period (the last such version in the
    period gives the attributes, column by column, as stored columns of the relation).
    Without `period` they are those of the run's period. `members_of` names the plan whose
    `plan_members` rows restrict them, when the run has that dataset. `dimensions` are further
    key parts: their values come from `Dimension.relation`.column, all values × all subjects.
    """

    dataset: str
    subject: str
    where: Node | None = None
    period: str | None = None
    members_of: str | None = None
    dimensions: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodRows:
    """One row per period of the kind: grains without a subject, such as [month]."""

    period: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """A further key part of member rows: the distinct non-missing values of a relation's column."""

    name: str
    relation: str
    column: str


@dataclass(frozen=True, slots=True)
class StackRows:
    """Rows of several relations one under the other (credits of several rules).

    Each part gives a value for every column of `columns`, computed on the part's own row.
    The key is `part` (the part's name) and the columns named by the relation's other key parts.
    """

    columns: tuple[str, ...]
    parts: tuple[StackPart, ...]


@dataclass(frozen=True, slots=True)
class StackPart:
    """One stacked relation: rows of `relation` for which `where` holds, as these values."""

    name: str
    relation: str
    values: tuple[Node, ...]
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class PairRows:
    """Every pair of a left row and a right row that belong together.

    `equal` pairs a left column with a right column; `at` is a date column of the left row that
    must lie in the right row's [effective_from, effective_until) (None: no such test);
    `where` sees left columns plainly and right columns under the row name "right".
    The key is the left key followed by the right key; stored columns are all of the left and,
    prefixed `right.`, those of the right.
    """

    left: str
    right: str
    equal: tuple[tuple[str, str], ...]
    at: str | None = None
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class PathRows:
    """Every (member, ancestor, distance, leg) of a hierarchy, per period.

    Edges come from `dataset` (columns hierarchy, child, parent, effective_*), read on the last
    day of each period of kind `period`, or on `on` = "row" for every stretch between changes
    (then rows carry effective_from, effective_until and are matched by a row's own date).
    `include_self` adds distance 0. `leg` is the ancestor's child on the way to the member.
    A cycle, a second parent or an unknown one stops the run, naming the chain.
    """

    dataset: str
    hierarchy: str
    include_self: bool
    period: str | None = None


@dataclass(frozen=True, slots=True)
class CutRows:
    """A member's period cut into stretches wherever the `by` relation's versions change.

    One row per stretch with `from`, `until`, `days`, and the columns of the version of `by` in
    force (prefixed `by.`; missing where none is). Key: the base key and `from`.
    """

    base: str
    by: str
    link: str
    basis: str = "calendar_days"


Rows = (
    SourceRows
    | PlanRows
    | ResultRows
    | MemberRows
    | PeriodRows
    | StackRows
    | PairRows
    | PathRows
    | CutRows
)


# ---------------------------------------------------------------------------------------------
# Match: reading another relation's row


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


# ---------------------------------------------------------------------------------------------
# Columns


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
    """What a gather makes of its rows' values; the order of `latest` and `first` is by date, then key."""

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
    """A total order of rows inside partitions; its columns end in the relation's key, or it is refused."""

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
    """

    column: str
    back: int
    start: Node | None


@dataclass(frozen=True, slots=True)
class Population:
    """Who is compared with whom: rows with equal `partition` columns for which `where` (a boolean column) holds."""

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
    A partition whose weights sum to zero is `no_data.nothing_to_share_by`.
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


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows and columns with a key, the grain.

    `date` is the stored date column that windows and versions go by. `subject` names the key
    part or column that says whose numbers a row holds. `covered_by` are the datasets whose
    coverage decides whether no row means zero.
    """

    name: str
    key: tuple[KeyPart, ...]
    rows: Rows
    columns: Mapping[str, Column]
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    date: str | None = None
    subject: str | None = None
    covered_by: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------
# What a plan shows to the world


class ComponentKind(StrEnum):
    """What a component is, for statements and boards."""

    MEASURE = "measure"
    FORMULA = "formula"
    SCORE_ROW = "score_row"
    SCORE = "score"
    GRADE = "grade"
    COUNTER = "counter"
    INCENTIVE = "incentive"


@dataclass(frozen=True, slots=True)
class Component:
    """A column that every member gets exactly one outcome for (value, or why not).

    A row of a scorecard names besides the columns of its weight (a ratio) and of its score
    (0 to 100 before weighting), its card, and the row it stands under.
    """

    name: str
    kind: ComponentKind
    relation: str
    column: str
    labels: Labels | None = None
    weight: str | None = None
    score: str | None = None
    card: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A money line: the pay part of an incentive, with its payee and pay date.

    `amount` and `pay_on` are columns of `relation`; `own_key` are further key columns when the
    line is finer than the period (an order's own number).
    """

    component: str
    part: str
    relation: str
    amount: str
    participant: str
    pay_on: str
    currency: str
    own_key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold on every row of a relation; a breach becomes an issue, or stops the run."""

    name: str
    relation: str
    column: str
    code: str
    stops: bool


@dataclass(frozen=True, slots=True)
class ResolvedPlan:
    """A plan with every name resolved and every type known, ready to compile or interpret.

    `order` lists (relation, column) of every computed column, each after all it reads; relations
    appear in `relations` such that their rows can be made in that order, too. `periods` are the
    kinds used beside the plan's own. `datasets` are the versions a run must name, `results` the
    plans whose results it reads ("" for its own earlier periods).
    """

    plan: str
    labels: Labels
    text_hash: str
    period: str
    calendar: str
    currency: str
    relations: Mapping[str, Relation]
    order: tuple[tuple[str, str], ...]
    components: tuple[Component, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    periods: tuple[str, ...]
    datasets: tuple[str, ...]
    results: tuple[str, ...] = ()
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
