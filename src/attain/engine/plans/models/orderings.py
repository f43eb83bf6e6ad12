"""How rows stand to each other: orderings, groups, paths, and relations made from others."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from attain.engine.plans.base import ShortPart
from attain.engine.plans.models.common import Documented
from attain.engine.plans.models.sources import LinkModel
from attain.engine.plans.texts import Expression, Flag, Grain, Name, PlainText, WholeNumber


class OrderingModel(Documented):
    """A total order of rows, so that a row can look at those before it."""

    of: Grain
    """The rows: a source, a relation or a grain."""
    per: Grain = ()
    """The order starts anew for each of these: `[seller, quarter]`."""
    by: Grain
    """The columns it goes by, `[signed_on, order_id desc]`; they must end in the rows' key."""


class GroupModel(Documented):
    """A population: who is compared with whom."""

    of: Grain
    """The rows: `[seller, quarter]`."""
    per: Grain = ()
    """Columns whose equal values make one population; the period always is one."""
    where: Expression | None = None
    """Who belongs to it; the others are counted nowhere."""
    missing: Literal["spread", "skip"] = "spread"
    """`spread`: a member without data makes the group's result no data. `skip`: only its own."""


class PathModel(Documented, ShortPart):
    """A dated tree as rows of (member, ancestor, distance, leg)."""

    short: ClassVar[str] = "over"

    over: PlainText
    """The hierarchy, as named in the dataset `edges`; or the column in which the rows of a list
    name their parents, `categories.parent`."""
    from_: PlainText = Field(default="edges", alias="from")
    """The dataset with the edges."""
    of: PlainText | None = None
    """Whose tree it is, `people` or `units`; by default that of the first subject."""
    self_: Flag = Field(default=False, alias="self")
    """True if a member is its own ancestor at distance 0."""
    levels: WholeNumber = 8
    """How many levels `below` goes down; a deeper tree stops the run."""
    at: PlainText | None = None
    """A kind of period (`month`): the tree as it is on each period's last day. `row`: as it is on
    the date of the row that reads it. Left out, rows of a period read it on their last day, and
    facts on their own."""


class StackPartModel(Documented):
    """One of the relations that are put one under the other."""

    name: Name
    """What the rows of this part are called."""
    from_: Grain = Field(alias="from")
    """The relation."""
    where: Expression | None = None
    """Which of its rows."""
    give: dict[Name, Expression]
    """A value for each column of the stack."""


class RelationModel(Documented):
    """A relation made from others: `pair`, `cut` or `stack`."""

    pair: tuple[Grain, ...] = ()
    """Two relations or grains: every left row with every right row that belongs to it,
    `[orders, rates]`, `[[seller, month], campaigns]`."""
    on: dict[Name, PlainText] = {}
    """For a pair: a left column and the right column that must equal it."""
    at: PlainText | None = None
    """For a pair: a date of the left row inside the right row's interval."""
    where: Expression | None = None
    """For a pair: a condition; `right.` leads to the right row."""

    cut: Grain = ()
    """A grain with a subject and a period, cut into stretches: rows with `from`, `until`, `days`
    and what holds then, `by.quota`. A stretch gathers the rows of its own days."""
    by: PlainText | None = None
    """For a cut: the dated relation whose changes cut."""
    link: PlainText | None = None
    """For a cut: the column of `by` that is the subject."""
    basis: Literal["calendar_days", "working_days", "whole_months"] = "calendar_days"
    """For a cut: what `days` counts. Working days are those of mainland China as they are
    announced each year; what the dataset `days` says of a day comes first."""

    stack: tuple[StackPartModel, ...] = ()
    """Relations one under the other."""
    key: Grain = ()
    """For a stack: the columns that, with the part's name, tell rows apart."""
    date: PlainText | None = None
    """The date by which windows and versions go."""
    links: dict[Name, LinkModel] = {}
    """Columns that lead to other datasets, if that is not known from where they come."""
