"""How the rows of a relation come about: of a dataset, of members, of pairs, of a tree ..."""

from __future__ import annotations

from dataclasses import dataclass, field

from attain.core.labels import Labels
from attain.core.units import Type
from attain.expressions.typed import Node, Value


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

    A filter without data leaves the row in, and every gather over it becomes no data; rows for
    which it is false are out. It means the same for `PlanRows` and `ResultRows`.
    """

    dataset: str
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class PlanRows:
    """Rows that stand in the plan itself: each a value per stored column, None for missing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class ResultRows:
    """A relation of another plan's runs, read from the results named in the request."""

    plan: str
    relation: str
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class MemberRows:
    """Who is measured, whether or not anything happened to them: subjects × periods × dimensions.

    Subjects are the keys of `dataset` (versions [effective_from, effective_until)) for which
    `where` holds on a version in force on some day of the period (the last such version in the
    period gives the attributes, column by column, as stored columns of the relation).
    Without `period` they are those of the run's period. `members_of` names the plan whose
    `plan_members` rows restrict them, when the run has that dataset. `dimensions` are further
    key parts: their values come from `Dimension.relation`.column, all values × all subjects.
    Whoever `stays` has a row, too, with the attributes of the last version that has begun.
    """

    dataset: str
    subject: str
    where: Node | None = None
    period: str | None = None
    members_of: str | None = None
    dimensions: tuple[Dimension, ...] = ()
    stays: Stays | None = None


@dataclass(frozen=True, slots=True)
class Stays:
    """Who keeps a row without being in force: `column` of `relation` was true a period before.

    It is read from the result of the period before the run's, by the key part `subject`. Before
    the plan began there is none: then those with an amount in the dataset `balances` stay.
    """

    relation: str
    column: str
    subject: str


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
    """One stacked relation: rows of `relation` for which `where` holds, as these values.

    Its `name` is the value of `part`; `labels` are what readers are told instead.
    """

    name: str
    relation: str
    values: tuple[Node, ...]
    where: Node | None = None
    labels: Labels | None = field(default=None, compare=False, repr=False)


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

    Edges come from `dataset` (columns hierarchy, child, parent, effective_*; without `hierarchy`
    all of its rows, as of a list whose rows name their parents), read on the last
    day of each period of kind `period`, or on `on` = "row" for every stretch between changes
    (then rows carry effective_from, effective_until and are matched by a row's own date).
    `include_self` adds distance 0. `leg` is the ancestor's child on the way to the member.
    A cycle, a second parent or an unknown one stops the run, naming the chain.
    """

    dataset: str
    hierarchy: str | None
    include_self: bool
    period: str | None = None
    child: str = "child"
    parent: str = "parent"


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
