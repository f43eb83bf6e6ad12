"""What a plan shows to the world: components, money lines and checks. Forms write these."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from attain.engine import errors
from attain.engine.plans.models.common import Documented
from attain.engine.plans.texts import Expression, Flag, Grain, Name, PlainText, refusal
from attain.engine.primitives.model import ComponentKind


class ComponentModel(Documented):
    """A column that every member gets exactly one outcome for. Shown columns at the grain of a
    subject and a period are components by themselves; this says more about one."""

    column: Name
    """The column."""
    name: PlainText | None = None
    """The component's name, if it is not the column's."""
    kind: ComponentKind = ComponentKind.FORMULA
    """What it is, for statements and boards."""
    weight: Name | None = None
    """For a row of a scorecard: the column with its weight, a ratio."""
    score: Name | None = None
    """For a row of a scorecard: the column with its score, 0 to 100 before weighting."""
    card: PlainText | None = None
    """For a row of a scorecard: the scorecard."""
    parent: PlainText | None = None
    """For a row of a scorecard: the row it stands under."""
    form: PlainText | None = None
    """The form it was expanded from; written by the expansion."""


class LineModel(Documented):
    """A money line: what is to be paid, to whom and when."""

    component: PlainText
    """The incentive it belongs to."""
    part: PlainText = "all"
    """The part of the payment, such as `advance` or `rest`."""
    column: Name
    """The column with the amount, already rounded to the currency's smallest unit."""
    participant: PlainText
    """The column with the payee's key."""
    pay_on: PlainText
    """The column with the day of payment."""
    currency: PlainText | None = None
    """The currency, if it is not the plan's."""
    key: Grain = ()
    """Further key columns, when the line is finer than a period: an order's own number."""
    form: PlainText | None = None
    """The form it was expanded from; written by the expansion."""


class CheckModel(Documented):
    """What must hold on every row; a breach becomes an issue, or stops the run."""

    name: Name
    """Its name."""
    column: Name | None = None
    """The column that must be true."""
    each: Grain = ()
    """The rows that are asked, for a condition that is no column."""
    holds: Expression | None = None
    """The condition, instead of a column. A missing one is no breach."""
    code: PlainText = Field(default="CHECK_FAILED")
    """Its own code: of the issue, and for an example's `refused` if a breach stops the run."""
    stops: Flag = False
    """True if a breach stops the run."""
    form: PlainText | None = None
    """The form it was expanded from; written by the expansion."""

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if (self.column is None) == (self.holds is None):
            raise refusal(errors.PLAN_CHECK, name=self.name)
        return self
