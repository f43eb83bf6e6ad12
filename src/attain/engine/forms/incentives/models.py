"""What an author writes in an incentive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from attain.engine.forms.models import (
    Currency,
    Described,
    Expression,
    FormModel,
    Grain,
    Name,
    PlainText,
    Rounding,
    refuse_beside,
)


class Step(Described):
    """One thing done to the amount; steps run in the order they are written (language.md 42)."""

    base: Expression | None = None
    """What the amount is computed from; always the first step."""
    gate: Expression | None = None
    """A condition to be met; if not, the incentive is not earned, says why, and no later step is
    asked. With an `else` the amount goes on through the steps."""
    veto: Expression | None = None
    """A condition that forbids payment."""
    else_: Expression | None = Field(default=None, alias="else")
    """With gate or veto: the amount instead of "not eligible", such as 0."""
    multiply: Expression | None = None
    """A factor, such as a conduct factor of 80%."""
    add: Expression | None = None
    """An amount that is added."""
    cap: Expression | None = None
    """The most that is paid; what it cuts is kept in `<incentive>_cut_2`, if it is the second
    step."""
    floor: Expression | None = None
    """The least that is paid."""
    round: Rounding | None = None
    """Rounds the amount so far: `0.01`, or `{step: 1, mode: down}`."""

    @model_validator(mode="after")
    def _only_a_condition_has_an_else(self) -> Self:
        if self.gate is None and self.veto is None:
            kinds = ("base", "multiply", "add", "cap", "floor", "round")
            kind = next((name for name in kinds if getattr(self, name) is not None), "step")
            refuse_beside(kind, self, ("else_",))
        return self

    @property
    def divides(self) -> bool:
        """Whether the factor divides: the amount is then multiplied before it is divided.

        Seven twelfths of 1 200 are 700; 0.583333333333333333 of them are less, and rounded down
        699.
        """
        return any(sign in (self.multiply or "") for sign in "/÷")


class PayPart(Described):
    """A part of the amount and the day it is paid on (language.md 43)."""

    part: Name = "main"
    """The part's name, shown on statements."""
    share: Expression = Expression("100%")
    """Its share of the amount."""
    on: Expression = Expression("period end")
    """`day 10 of month + 2` (clamped in short months), `end of month + 1`, the same with `quarter`
    and `year`, `period end`, a date, or an expression that gives a date."""


class ByCash(FormModel):
    """Paid as the money comes in: each receipt pays its share of what the deal has earned.

    The line of a receipt is increase(round(earned × min(1, received so far ÷ invoiced))), so the
    lines of a deal add up to the rounded whole whatever the receipts are.
    """

    receipts: PlainText
    """The dataset of receipts; its rows link to the deal."""
    deal: PlainText
    """The receipts' link to the deal."""
    amount: Expression
    """What was received."""
    invoiced: Expression
    """What the deal was invoiced at, on the deal's own row."""
    by: Grain
    """Columns that put a deal's receipts in order; they end in the receipt's key."""
    on: Expression = Expression("period end")
    """When the line of a receipt is paid, counted from the last day of the plan's period around
    the receipt's own date."""


class TrueUp(FormModel):
    """Pays what the year to date has earned, less what was earned before in the same span.

    The steps compute the amount to date; the incentive is its increase (language.md 15).
    """

    restart: Literal["month", "quarter", "half_year", "year", "never"] = "year"
    """The span after which counting starts again, a year unless said; `never` for an amount that
    is counted on as long as the plan holds."""


def _by_its_span(given: Any) -> Any:
    """The span alone says after what counting starts again."""
    return {"restart": given} if isinstance(given, str) else given


def _parts(given: Any) -> Any:
    """One part alone is a list of one, unless it says that cash is waited for; of several, those
    without a name are called by their places."""
    of_cash = ByCash.model_fields.keys() - PayPart.model_fields.keys()
    if isinstance(given, Mapping):
        return given if given.keys() & of_cash else [given]
    if not isinstance(given, list) or len(given) < 2:
        return given
    return [
        {"part": f"part_{number}", **one} if isinstance(one, Mapping) else one
        for number, one in enumerate(given, 1)
    ]


def _way(given: Any) -> str:
    return "by_cash" if isinstance(given, ByCash | Mapping) else "pay"


Pay = Annotated[
    Annotated[tuple[PayPart, ...], Tag("pay")] | Annotated[ByCash, Tag("by_cash")],
    Discriminator(_way),
    BeforeValidator(_parts),
]


class Incentive(Described):
    """An amount somebody earns under a rule, with its money lines."""

    each: Grain = ()
    """Where the rule stands: the plan's subject and period, or each row of a source or credits;
    `<incentive>_line` is then the amount of a row."""
    participant: PlainText | None = None
    """Who is paid: the grain's subject, or for each row the column that names them."""
    steps: tuple[Step, ...] = Field(min_length=1)
    """What is done to the amount, in this order."""
    currency: Currency | None = None
    """The currency of the amounts and of what is paid, if it is not the plan's."""
    true_up: Annotated[TrueUp, BeforeValidator(_by_its_span)] | None = None
    """Pays the increase of an amount to date."""
    pay: Pay | None = None
    """Without it the whole amount is paid on the period's last day."""
    residue: PlainText = "last"
    """The pay part that gets what rounding leaves: `first`, `last`, or a part's name. Each other
    part is its share, rounded as money is."""
    missing: Literal["spread", "skip"] = "spread"
    """With a rule on rows: whether one row without data makes the sum no data, or is left out."""

    def place_of(self, step: Step, action: str) -> int | None:
        """Which of several steps of its kind one is that has no name of its own, else None."""
        alike = [
            one for one in self.steps if one.label is None and getattr(one, action) is not None
        ]
        places = (place for place, one in enumerate(alike, 1) if one is step)
        return next(places, None) if len(alike) > 1 else None
