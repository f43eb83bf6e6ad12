"""Columns: what is calculated, under `columns`, `measures` or `formulas`."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from pydantic import Field, model_validator

from attain.core.errors import codes
from attain.engine import errors
from attain.engine.plans.base import ShortPart
from attain.engine.plans.models.common import Documented, Rounding, WindowModel
from attain.engine.plans.texts import Currency, Expression, Flag, Grain, PlainText, refusal

AGGREGATES: Final = (
    "sum",
    "count",
    "distinct",
    "mean",
    "min",
    "max",
    "first",
    "latest",
    "any",
    "all",
)
"""What a gather can make of its rows."""

_GATHER: Final = frozenset(
    {"from", "where", "in", "shift", "dated", "link", "through", "skip_missing", "at"}
)
OPTIONS: Final[dict[str, frozenset[str]]] = {
    "is": frozenset({"along", "within", "at", "working"}),
    **dict.fromkeys(AGGREGATES, _GATHER),
    "of": frozenset({"in", "shift", "where"}),
    "match": frozenset({"where", "at", "take", "absent", "link"}),
    "share_out": frozenset({"by", "within", "along", "residue", "step", "capacity"}),
    "decided": frozenset({"component"}),
}
"""What may be said besides, by what makes the column."""

_ANYWHERE: Final = frozenset(
    {"each", "label", "source", "unit", "currency", "round", "show", "personal", "was", "form"}
)


class ColumnModel(Documented, ShortPart):
    """One column: exactly one of `is`, a gather (`sum`, `count` ...), `of`, `match`, `share_out`
    and `decided` makes it. A plain text is short for `{is: ...}`."""

    short: ClassVar[str] = "is"

    each: Grain = ()
    """The grain: one value each of what? A source (`orders`), a relation, or a list such as
    `[seller, quarter]`. Left out: the first subject and the plan's period."""

    is_: Expression | None = Field(default=None, alias="is")
    """A formula over values of the same row, of coarser rows and of what links lead to."""

    sum: Expression | None = None
    """The sum of a value over finer rows."""
    count: Expression | None = None
    """How many finer rows: `rows`, or a condition whose true rows are counted."""
    distinct: Expression | None = None
    """How many different values the finer rows have."""
    mean: Expression | None = None
    """The exact mean of a value over finer rows."""
    min: Expression | None = None
    """The smallest value of the finer rows."""
    max: Expression | None = None
    """The largest value of the finer rows."""
    first: Expression | None = None
    """The value of the earliest finer row."""
    latest: Expression | None = None
    """The value of the latest finer row."""
    any: Expression | None = None
    """True if a condition holds for at least one finer row; false if there is none."""
    all: Expression | None = None
    """True if a condition holds for every finer row; no data if there is none."""
    from_: Grain = Field(default=(), alias="from")
    """The finer rows: a source, a relation, or a grain such as `[seller, month]`. A week that lies
    in two months belongs to the later."""
    where: Expression | None = None
    """Which rows count or match; `this.` leads to the row that gathers or matches. A row for
    which the condition has no data might count, so the result is no data: say `if_missing`, or,
    where rows are gathered, `skip_missing: true`."""
    in_: WindowModel | None = Field(default=None, alias="in")
    """The days that count, by default those of the row's period, of a fact those of the period
    around its day: `year to date`, `to day 20`, `last 12 months`, `12 months from July`, `all`,
    or `{from: ..., until: ...}`."""
    shift: PlainText | None = None
    """Moves the window: `-1 year`, `-3 months`."""
    dated: PlainText | None = None
    """The date column the window goes by, if it is not the source's own."""
    link: dict[PlainText, Expression] = {}
    """Which value of the finer row must equal a column of this one: `{seller: owner}`. Rows that
    name no subject belong to whoever has what they say: `{company: company}`. A calculated column
    that is called as the subject needs none: `seller: {each: invoices, is: contract.seller}`."""
    through: PlainText | None = None
    """A path over which the rows are found: a manager's rows are those of the members below. Whose
    a row is says its link, `{manager: seller}`, where its columns do not."""
    skip_missing: Flag = False
    """True if rows without data are left out; otherwise they make the result no data."""

    of: PlainText | None = None
    """A gather to repeat with another window, `{of: sales, shift: -1 year}`."""

    match: Grain = ()
    """The rows among which the one that fits is found: a source, a relation, or a grain such as
    `[seller, month]`; its columns are read as `territory.owner`."""
    at: PlainText | None = None
    """Whose version is read of what is dated: a date column, or `period end`. By default the
    row's own date: of a stretch its first day; a `match` of a period's row reads the version of its
    last day, with `at: period_start` that of its first; the run says where the two differ, unless
    `at` is written. A rate that changes inside a period has no one value for it: reading it there
    is refused until `period end` is said, or the period is cut."""
    take: Grain = ()
    """Which of several fitting rows is taken: `[priority desc]`."""
    absent: PlainText | None = None
    """The reason if nothing fits, `no_data.territory` or `not_applicable.territory`."""

    share_out: Expression | None = None
    """An exact amount to be split over the rows of `within`, nothing lost. Of 0 everybody gets 0;
    else weights that add up to 0 are no data."""
    by: Expression | None = None
    """The weight of each row in a split."""
    within: Grain = ()
    """For a split: the columns that hold the rows of one pot together; left out, those that lead
    to the pot's row, and of a pot that all share the period. For ranks and shares of a group: the
    name of the group."""
    residue: Expression | None = None
    """Every part is cut down to the step; who gets what that leaves: `largest` (default: a step
    each for the largest remainders), `first` or `last` in the ordering named by `along`, or a
    condition that is true for the row that gets it all. Among equals, and without `along`, the
    keys decide, which nobody can foresee."""
    step: PlainText | None = None
    """The smallest part of a split, 0.01 by default."""
    capacity: Expression | None = None
    """The most a row can take: rows are filled in their order, what is left stays unshared;
    `residue: in_order` says the same."""

    along: PlainText | None = None
    """The ordering in which the row looks at those before it (`total`, `previous` ...), and in
    which a split is handed out."""

    decided: PlainText | None = None
    """The calculated column to which people's decisions are applied."""
    component: PlainText | None = None
    """The name under which those decisions are filed."""

    unit: PlainText | None = None
    """`money`, `ratio`, `count`, `points`, `days`, `text`, `date` or `boolean`, if the rule does
    not say it."""
    currency: Currency | None = None
    """The currency of money, if it is not the plan's."""
    round: Rounding | None = None
    """Rounds the value: `0.01`, or `{step: 500, mode: down}`. The column is its rounded value."""
    working: Flag = False
    """True for an amount on the way to another: it keeps 18 decimals where money keeps six, so
    that only what is rounded at the end is rounded. The steps of incentives are such amounts."""
    show: Flag = True
    """False for a step that is no component of its own on statements and boards."""
    personal: Flag = False
    """True if not everybody who may see the row may read it."""
    was: PlainText | None = None
    """The name it had before, so that published results are still compared with it."""
    form: PlainText | None = None
    """The form it was expanded from; written by the expansion."""

    @model_validator(mode="after")
    def _is_made_by_one_thing(self) -> Self:
        said = {_written(name) for name in self.model_fields_set}
        if self.form is not None and "/" not in self.form:
            # Only an expansion writes where a column came from; `from` was mistyped.
            raise refusal(codes.FIELD_UNKNOWN, key="form", known=["from"])
        makers = [maker for maker in OPTIONS if maker in said]
        if not makers:
            raise refusal(errors.PLAN_COLUMN_EMPTY, known=list(OPTIONS))
        if len(makers) > 1:
            raise refusal(errors.PLAN_COLUMN_TWICE, makers=makers)
        if makers == ["is"] and {"where", "within"} <= said and self.within:
            test, group = self.where, self.within[0]
            raise refusal(errors.PLAN_WHERE_OF_GROUP, test=test, group=group)
        unfit = sorted(said - OPTIONS[makers[0]] - _ANYWHERE - {makers[0]})
        if unfit:
            raise refusal(errors.PLAN_COLUMN_OPTION, option=unfit[0], maker=makers[0])
        return self

    @property
    def maker(self) -> str:
        """The key that makes it: `is`, `sum`, `match` ..."""
        said = {_written(name) for name in self.model_fields_set}
        return next(maker for maker in OPTIONS if maker in said)

    @property
    def aggregate(self) -> str | None:
        """The aggregate of a gather, or None."""
        return self.maker if self.maker in AGGREGATES else None


def _written(field: str) -> str:
    """A field as it is written in a plan."""
    return ColumnModel.model_fields[field].alias or field
