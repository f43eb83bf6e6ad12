"""Constants and tables: parameters, bands, keys, points and tables of several dimensions."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self

from pydantic import Field, model_validator

from attain.engine import errors
from attain.engine.plans.base import PlanPart, ShortPart
from attain.engine.plans.models.common import Documented
from attain.engine.plans.texts import Day, Expression, Grain, Name, PlainText, refusal


class ParameterVersion(PlanPart):
    """A parameter's value from a day on."""

    from_: Day | None = Field(default=None, alias="from")
    """The first day; blank for the first version means always."""
    until: Day | None = None
    """The day it ends (exclusive), if no other version follows."""
    is_: Expression = Field(alias="is")
    """The value."""


class ParameterModel(Documented, ShortPart):
    """A named constant, dated if it changes."""

    short: ClassVar[str] = "is"

    is_: Expression | None = Field(default=None, alias="is")
    """The value, if it never changes."""
    versions: tuple[ParameterVersion, ...] = ()
    """The values with the days from which they hold."""
    unit: PlainText | None = None
    """Its unit, if the value does not say it."""
    per: Grain = ()
    """Whose own value comes first: keys such as `seller`, then `seller.position` and
    `seller.unit` of their assignment, looked up in the dataset `parameters`; the value written
    here stands for everybody else. One that changes inside a period is refused where it is read
    by period, unless the column says `at: period end`."""

    @model_validator(mode="after")
    def _has_one_value_at_a_time(self) -> Self:
        if self.is_ is not None and self.versions:
            raise refusal(errors.PLAN_VERSIONS_BESIDE, said="is")
        return self


class Band(PlanPart):
    """One band of a table. Which edge belongs to it is always said by the word."""

    from_: Expression | None = Field(default=None, alias="from")
    """The lower edge, inside the band (≥)."""
    until: Expression | None = None
    """The upper edge, outside the band (<). Without it the band ends where the next begins."""
    above: Expression | None = None
    """The lower edge, outside the band (>)."""
    to: Expression | None = None
    """The upper edge, inside the band (≤)."""
    is_: Expression | None = Field(default=None, alias="is")
    """What the table gives here."""
    otherwise: Expression | None = None
    """What it gives outside all other bands; stands alone, as the last entry."""

    @model_validator(mode="after")
    def _otherwise_stands_alone(self) -> Self:
        edges = (self.from_, self.until, self.above, self.to, self.is_)
        if self.otherwise is not None and any(edge is not None for edge in edges):
            raise refusal(errors.PLAN_COLUMN_OPTION, option="otherwise", maker="band")
        return self


class Point(PlanPart):
    """One point of a curve."""

    at: Expression
    """The input."""
    and_: Expression | None = Field(default=None, alias="and")
    """The second input, for a curve over two."""
    is_: Expression = Field(alias="is")
    """What the curve gives there."""


class Axis(ShortPart):
    """What a row of a table with several dimensions asks of one of them."""

    short: ClassVar[str] = "any_of"

    from_: Expression | None = Field(default=None, alias="from")
    """The lower edge, inside (≥)."""
    until: Expression | None = None
    """The upper edge, outside (<)."""
    above: Expression | None = None
    """The lower edge, outside (>)."""
    to: Expression | None = None
    """The upper edge, inside (≤)."""
    any_of: Grain = ()
    """The keys that fit; `any` fits whatever comes."""
    under: Grain = ()
    """Tops of parts of a tree: every key at or below one of them fits."""


class TableBody(PlanPart):
    """What a table gives, in one of four shapes."""

    bands: tuple[Band, ...] = ()
    """Ranges of a number, `[{from: 120%, is: A}, {from: 100%, is: B}, {otherwise: C}]`."""
    keys: dict[str, Expression] = {}
    """Single values, `{A: 100, B: 80}`."""
    points: tuple[Point, ...] = ()
    """Points of a curve, `[{at: 200, is: 12}, {at: 600, is: 36}]`."""
    rows: tuple[dict[str, Any], ...] = ()
    """Rows of a table with several dimensions: a condition for each dimension of `by`, and `is`:
    `{attainment: {from: 100%}, line: 冷饮, is: 5%}`. A dimension of `bands` takes `from`, `until`,
    `above` or `to`, one of `keys` a key or a list of keys; `any` fits whatever comes. A blank key
    fits `any` alone. A dimension that goes by a path also takes `{under: Tools}`: that key and
    all below it. Exactly one row may fit, unless `take` decides."""
    otherwise: Expression | None = None
    """What the table gives when nothing fits; without it that is no data."""

    @property
    def rest(self) -> Expression | None:
        """What it gives when nothing fits, wherever that is written."""
        if self.otherwise is not None:
            return self.otherwise
        return next((band.otherwise for band in self.bands if band.otherwise is not None), None)

    @property
    def real_bands(self) -> tuple[Band, ...]:
        """The bands without the entry that stands for everything else."""
        return tuple(band for band in self.bands if band.otherwise is None)


class TableVersion(TableBody):
    """The table as it stands from a day on."""

    from_: Day | None = Field(default=None, alias="from")
    """The first day; blank for the first version means always."""
    until: Day | None = None
    """The day it ends (exclusive), if no other version follows."""


_SHAPES: Final = ("bands", "keys", "points", "rows")


class TableModel(Documented, TableBody):
    """A table, read with `value`, `whole`, `marginal`, `fill` or `curve`."""

    by: dict[Name, Name] = {}
    """The dimensions of `rows`, in the order in which a reading names them:
    `{attainment: bands, line: keys}` is read as `value(rates, attainment, line)`. A path
    instead of `keys` lets a key cover all below it: `{category: catalogue}`."""
    scale: Expression | None = None
    """Multiplies every edge: `target(sales)` makes 80% mean 80 % of the target, undivided."""
    take: Grain = ()
    """Which of several fitting rows decides, by columns of `rows`: `[priority desc]`."""
    unit: PlainText | None = None
    """The unit of what it gives, if its values do not say it."""
    versions: tuple[TableVersion, ...] = ()
    """The table as it changed over time."""

    @model_validator(mode="after")
    def _says_from_when_it_holds(self) -> Self:
        """But for `otherwise`, which stands for every version that has none."""
        said = next((name for name in _SHAPES if getattr(self, name)), None)
        if said is not None and self.versions:
            raise refusal(errors.PLAN_VERSIONS_BESIDE, said=said)
        return self
