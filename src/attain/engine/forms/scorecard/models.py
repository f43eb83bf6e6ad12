"""What an author writes in a scorecard."""

from __future__ import annotations

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from attain.engine.forms.models import (
    Day,
    Described,
    Expression,
    Flag,
    FormModel,
    Grain,
    Name,
    PlainText,
    Rounding,
    WholeNumber,
    refuse_beside,
)

MissingPolicy = Literal["block", "leave_out", "zero"]
"""What a row without data does to the total.

`block`: the total is no data until somebody fills or waives the row. `leave_out`: the other
rows' weights are shared out again inside their parent. `zero`: the row counts as 0.
"""


class DatedWeight(FormModel):
    """A weight in force from a day on, so that weights can follow the phase of a strategy."""

    from_: Day = Field(alias="from")
    """The first day."""
    is_: Expression = Field(alias="is")
    """The weight from that day on, in percent."""


class Rate(FormModel):
    """Points by the rate of achievement: weight × actual ÷ target (S38.1, S38.7)."""

    actual: Expression
    """What was achieved."""
    target: Expression
    """What was to be achieved."""
    cap: Expression | None = None
    """Highest rate that counts, such as 120%; without it the rate is uncapped (D15)."""
    floor: Expression = Expression("0%")
    """Lowest rate that counts, 0% unless it is said."""


class LowerBetter(FormModel):
    """Points where less is better: weight × min(1, standard ÷ actual); actual 0 gives all (D16)."""

    actual: Expression
    """What was measured; the less, the better."""
    standard: Expression
    """What still earns all points."""


class Rating(FormModel):
    """Points given by a named person in words or as a number (S38.2, S38.3)."""

    item: PlainText
    """Name the rating is filed under in the dataset `ratings`."""
    scale: dict[str, Expression] = {}
    """Points of each word, `{好: 10, 较好: 8}`; without it the rating is a score of 0 to 100."""
    by: PlainText | None = None
    """Who rates, as the ratings' `rater_group` says it; without it anybody's latest counts."""


class Deduct(FormModel):
    """Points taken off the row's full points, never below 0 (S39.5 to S39.10).

    Either each event costs points, or each completed step below a target does (D14).
    """

    points: Expression
    """Points each event, or each step, costs."""
    events: Expression | None = None
    """How many events cost points."""
    below: Expression | None = None
    """The target; only what falls short of it costs points."""
    actual: Expression | None = None
    """What is compared with `below`."""
    step: Expression = Expression("1")
    """How much short of the target makes one step."""
    pro_rata: Flag = False
    """True lets a part of a step cost its part of the points."""

    @model_validator(mode="after")
    def _counts_events_or_steps(self) -> Self:
        if self.events is not None:
            refuse_beside("events", self, ("below", "actual", "step", "pro_rata"))
        return self


class Raters(FormModel):
    """Scores of several groups of raters, weighted by group (D31)."""

    item: PlainText
    """Name the ratings are filed under."""
    groups: dict[Name, Expression]
    """Weight of each group, `{superior: 50}`; an empty group's weight goes to the others."""
    threshold: WholeNumber = 3
    """Fewer answers than this are never shown as a group's mean; they still count."""


class Row(Described):
    """One row of a scorecard: exactly one way to score, or rows of its own."""

    row: Name
    """The row's name, for `row(name).score`."""
    weight: Expression | tuple[DatedWeight, ...] | None = None
    """Percent of the total; a row's children add up exactly to their parent's weight. Rows of
    which none says a weight share equally."""
    missing: MissingPolicy | None = None
    """What the row does to the total when it has no data, if not what the card says."""
    applies: Expression | None = None
    """Whose row it is, such as a role; for the others it is not applicable, and its weight goes
    to its siblings."""

    score: Expression | None = None
    """A score of 0 to 100, to be weighted."""
    points: Expression | None = None
    """Points as they count, out of the row's weight."""
    rate: Rate | None = None
    lower_better: LowerBetter | None = None
    rating: Rating | None = None
    raters: Raters | None = None
    deduct: Deduct | None = None
    add: Expression | None = None
    """Points added to the total outside the weights."""
    veto: Expression | None = None
    """A condition under which the whole total becomes `to`."""
    to: Expression = Expression("0")
    """What a veto makes of the total."""
    info: Expression | None = None
    """A figure that is shown and does not count."""
    rows: tuple[Row, ...] = ()
    """Rows of a second level, whose weights add up exactly to this row's."""

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Self:
        for kind in ("add", "info", "veto"):
            if getattr(self, kind) is not None:
                refuse_beside(kind, self, ("weight",))
        if self.veto is None:
            kind = next((name for name in _KINDS if getattr(self, name) not in (None, ())), "row")
            refuse_beside(kind, self, ("to",))
        return self


_KINDS: Final = (
    *("score", "points", "rate", "lower_better", "rating", "raters", "deduct"),
    *("add", "info", "rows"),
)


class Scorecard(Described):
    """A scorecard: one total from weighted rows (S14, S17, S38)."""

    each: Grain = ()
    """Whose card, for which period; by default the plan's first subject and period."""
    missing: MissingPolicy = "block"
    """What a row without data does to the total; a row may say otherwise."""
    applies: Expression | None = None
    """Whose card it is, such as a role; for the others all of it is not applicable."""
    weights: Literal["exact", "divide_by_sum", "plain_sum"] = "exact"
    """`exact`: weights add up to 100 with no tolerance (D04)."""
    rows: tuple[Row, ...] = Field(min_length=1)
    """The rows, on one or two levels."""
    round: Rounding | None = None
    """Step the total is rounded to, such as 0.01; without it the total stays exact."""
