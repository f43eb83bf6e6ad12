"""The whole text of a plan."""

from __future__ import annotations

from typing import Self

from pydantic import Field, PrivateAttr, field_validator, model_validator

from attain.core.documents import Document, Path
from attain.core.errors import Where
from attain.core.labels import Labels
from attain.engine import errors
from attain.engine.forms.sections import FormSections
from attain.engine.plans.base import PlanPart
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.models.common import Documented
from attain.engine.plans.models.examples import ExampleModel
from attain.engine.plans.models.orderings import (
    GroupModel,
    OrderingModel,
    PathModel,
    RelationModel,
)
from attain.engine.plans.models.outcomes import CheckModel, ComponentModel, LineModel
from attain.engine.plans.models.sources import (
    DimensionModel,
    SourceModel,
    SubjectModel,
    standing,
    with_own_keys,
)
from attain.engine.plans.models.tables import ParameterModel, TableModel
from attain.engine.plans.texts import (
    Currency,
    Day,
    Grain,
    Name,
    PlainText,
    PlanId,
    WholeNumber,
    refusal,
)

LANGUAGE_VERSION = 1
"""The version of the plan language that this engine reads."""


class Effective(PlanPart):
    """The days on which a plan holds."""

    from_: Day | None = Field(default=None, alias="from")
    """The first day."""
    until: Day | None = None
    """The day after the last one."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.from_ and self.until and self.until <= self.from_:
            raise refusal(errors.PLAN_DATES, from_date=self.from_, until_date=self.until)
        return self


class Head(Documented):
    """What a plan is and when it holds."""

    plan: PlanId
    """The plan's identifier: small letters, digits and hyphens. It never changes."""
    version: WholeNumber | None = None
    """Which version of the document this is; others use it as `name@version`."""
    language: WholeNumber = LANGUAGE_VERSION
    """The version of the plan language."""
    period: PlainText = "month"
    """The period of a run, and of columns that say nothing: `month`, `quarter`, `year` or
    another kind of the calendar."""
    calendar: PlainText = "gregorian"
    """The calendar the periods come from."""
    currency: Currency = "CNY"
    """The currency of money that says nothing else."""
    effective: Effective | None = None
    """The days on which the plan holds, `{from: 2026-01-01, until: 2027-01-01}`."""
    feedback: PlainText | None = None
    """When results are talked over with the people they are about, such as `5 working days`
    after publication (D43)."""
    uses: Grain = ()
    """Documents whose measures, formulas, tables and parameters may be used by name,
    `[indicators@3]`."""

    @field_validator("language")
    @classmethod
    def _is_this_language(cls, version: int) -> int:
        if version != LANGUAGE_VERSION:
            raise refusal(errors.PLAN_LANGUAGE, version=version, known=LANGUAGE_VERSION)
        return version


class PrimitiveSections(PlanPart):
    """The sections that say what is calculated."""

    subjects: dict[Name, SubjectModel] = {}
    """What is measured, `{seller: people}` or `{seller: {from: people, where: ...}}`."""
    dimensions: dict[Name, DimensionModel] = {}
    """Further parts of grains, `{line: {from: orders, column: product_line}}`. Every subject has a
    row for each value that the column takes: what they did not sell is 0, and `where: "sales > 0"`
    leaves it out of a count."""
    sources: dict[Name, SourceModel] = {}
    """The rows the plan reads; datasets of the workspace need no entry."""
    parameters: dict[Name, ParameterModel] = {}
    """Named constants, dated if they change."""
    tables: dict[Name, TableModel] = {}
    """Bands, rate tables, look-ups, curves."""
    columns: dict[Name, ColumnModel] = {}
    """What is calculated, at any grain."""
    measures: dict[Name, ColumnModel] = {}
    """What is calculated from facts; the same as `columns`, under a friendlier name."""
    formulas: dict[Name, ColumnModel] = {}
    """What is calculated from measures; the same as `columns`, under a friendlier name."""
    orderings: dict[Name, OrderingModel] = {}
    """Orders of rows, for `total`, `previous` and the like. One may also stand by its own name,
    beside the sections."""
    groups: dict[Name, GroupModel] = {}
    """Populations, for ranks and shares."""
    paths: dict[Name, PathModel] = {}
    """Trees as rows of `member` and `ancestor`, with `distance` and `leg`: who stands directly
    under the ancestor on the way. Their grain is the path's name or `[upline, month]`."""
    relations: dict[Name, RelationModel] = {}
    """Relations made from others: pairs, stretches, stacks. A cut may also stand by its own name,
    beside the sections."""
    components: tuple[ComponentModel, ...] = ()
    """What is shown, beyond the shown columns; written by forms."""
    lines: tuple[LineModel, ...] = ()
    """Money lines; written by forms."""
    checks: tuple[CheckModel, ...] = ()
    """What must hold."""

    @field_validator("sources")
    @classmethod
    def _types_name_datasets(cls, sources: dict[str, SourceModel]) -> dict[str, SourceModel]:
        """A column whose type is a Chinese source is a key of the dataset that source reads."""
        sources = standing({name: one.of_own_rows(name) for name, one in sources.items()})
        named = {
            name: one.from_ for name, one in sources.items() if one.from_ and not name.isascii()
        }
        return with_own_keys({name: one.of_datasets(named) for name, one in sources.items()})


class PlanModel(Head, PrimitiveSections, FormSections):
    """A plan as its author wrote it."""

    examples: tuple[ExampleModel, ...] = ()
    """Situations that test the plan and document it; they block publishing when they fail."""

    _document: Document | None = PrivateAttr(default=None)

    def read_from(self, document: Document) -> Self:
        """The plan, knowing the document it was read from."""
        self._document = document
        return self

    @property
    def document(self) -> Document | None:
        """What it was read from, None for a plan made by code."""
        return self._document

    def where(self, path: Path) -> Where:
        """Where a part of the plan stands in its file."""
        return self._document.where(path) if self._document else Where()

    def all_columns(self) -> dict[str, ColumnModel]:
        """The columns of all three sections, in reading order."""
        return {**self.columns, **self.measures, **self.formulas}

    def title(self) -> Labels:
        """The plan's label, or its identifier."""
        return self.label or Labels.model_validate(self.plan)
