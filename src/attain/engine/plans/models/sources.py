"""Who is measured and from what: subjects, dimensions, sources and their links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final, Literal, Self
from zlib import crc32

from pydantic import Field, PrivateAttr, field_validator, model_validator

from attain.core.schemas.columns import FOREIGN_TYPES, is_dataset_name
from attain.core.schemas.datasets import EFFECTIVE
from attain.engine import errors
from attain.engine.plans.base import ShortPart
from attain.engine.plans.models.common import Documented, Label
from attain.engine.plans.texts import (
    Currency,
    Expression,
    Flag,
    Grain,
    Name,
    Place,
    PlainText,
    WholeNumber,
    refusal,
)


class SubjectModel(Documented, ShortPart):
    """What is measured: people, units, positions, customers. Rows exist without any facts."""

    short: ClassVar[str] = "from"

    from_: PlainText = Field(alias="from")
    """The dataset whose keys are the subjects, such as `people`."""
    where: Expression | None = None
    """Who takes part: a condition on a version of the subject that is in force in the period, and
    on the period's days: `came_on <= period_end`."""
    while_: Name | None = Field(default=None, alias="while")
    """A yes/no column of the subject's own period: as long as it was true in the period before,
    the subject keeps a row although nothing of it is in force, so that what a leaver owes is
    neither lost nor forgotten. Before the plan's first period, an amount in `balances` counts."""


class DimensionModel(ShortPart):
    """A further part of a grain, such as a product line: its values come from a column.

    The short form is `line: orders.product_line`.
    """

    short: ClassVar[str] = "from"

    from_: PlainText = Field(alias="from")
    """The source that has the column."""
    column: PlainText
    """The column with the values."""

    @model_validator(mode="before")
    @classmethod
    def _dotted(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        source, _, column = given.partition(".")
        return {"from": source, "column": column or None}


class LinkModel(ShortPart):
    """A column that is the key of a row of another dataset."""

    short: ClassVar[str] = "to"

    to: PlainText
    """The dataset or source it leads to."""
    column: PlainText | None = None
    """The column with the key, if it is not called as the link."""


class SourceColumnModel(ShortPart):
    """A column of a source that the plan declares itself."""

    short: ClassVar[str] = "type"

    type: PlainText
    """`code`, `text`, `money`, `ratio`, `count`, `points`, `days`, `date`, `boolean`,
    `period`, or the name of a dataset: then it is that dataset's key."""
    currency: Currency | None = None
    """The currency of money, if it is not the plan's."""
    scale: WholeNumber | None = None
    """Decimals that are kept."""
    required: Flag = False
    """True if no row is without a value; otherwise the value may be missing."""
    personal: Flag = False
    """True if not everybody may read it."""
    label: Label | None = None
    """Its name for readers."""
    aliases: Grain = ()
    """Other headers by which a file may call it."""

    @field_validator("type")
    @classmethod
    def _is_no_foreign_type(cls, word: str) -> str:
        if word.casefold() not in FOREIGN_TYPES:
            return word
        known = [FOREIGN_TYPES[word.casefold()]]
        raise refusal(errors.PLAN_SOURCE_TYPE, type=word, known=known)


class SourceModel(Documented, ShortPart):
    """Rows a plan reads: a dataset, rows that stand in the plan, or another plan's results."""

    short: ClassVar[str] = "from"

    from_: PlainText | None = Field(default=None, alias="from")
    """The dataset, if it is not called as the source; or another source of the plan, of whose
    rows `where` then leaves some."""
    plan: PlainText | None = None
    """The plan whose results are read."""
    relation: PlainText | None = None
    """The relation of that plan's results."""
    where: Expression | None = None
    """Which rows count, a condition on stored columns."""
    key: Grain = ()
    """The columns that tell rows apart, for a source the plan declares itself."""
    date: PlainText | None = None
    """The date by which windows and versions go; a column of the type `period` will do, whose
    first day then counts. A row that has none yet counts in no period."""
    dated: Flag = False
    """True if rows hold from `effective_from` until `effective_until` (exclusive). In the plan and
    its examples a row that says no end holds until the next of its key begins."""
    load: Literal["upsert", "replace"] = "upsert"
    """`upsert` (default) adds and corrects rows; with `replace`, rows that are absent inside a new
    file's coverage are withdrawn."""
    links: dict[Name, LinkModel] = {}
    """Columns that lead to other datasets, `{seller: people, customer: customers}`."""
    columns: dict[Name, SourceColumnModel] = {}
    """The columns, for a source the plan declares itself."""
    rows: tuple[dict[str, PlainText | None], ...] | None = None
    """The rows, for a small table that stands in the plan."""

    _below: tuple[str, ...] = PrivateAttr(default=())
    """The sources it stands on."""

    def of_own_rows(self, name: str) -> Self:
        """The source; where its rows stand in the plan under a name that no dataset may have, such
        as a Chinese one, with a name for the kind of its keys, which nobody reads."""
        if self.rows is None or self.from_ or self.plan or is_dataset_name(name):
            return self
        return self.model_copy(update={"from_": f"rows_{crc32(name.encode()):08x}"})

    def of_datasets(self, named: Mapping[str, str]) -> Self:
        """The source with the types of its columns called as the datasets are."""
        columns = {
            name: one.model_copy(update={"type": named[one.type]}) if one.type in named else one
            for name, one in self.columns.items()
        }
        return self if columns == self.columns else self.model_copy(update={"columns": columns})

    def with_own_key(self, dataset: str) -> Self:
        """The source with the code, or name, that alone tells its rows apart as its own key."""
        own = [name for name in self.key if name not in EFFECTIVE]
        column = self.columns.get(own[0]) if len(own) == 1 else None
        if column is None or column.type not in ("code", "text"):
            return self
        key = column.model_copy(update={"type": dataset})
        return self.model_copy(update={"columns": {**self.columns, own[0]: key}})

    def on(self, name: str, base: SourceModel) -> SourceModel:
        """The source as the rows of another one, which has read them: its filter holds as well."""
        own = {
            "from_": base.from_ if base.plan is not None else base.from_ or name,
            "where": _both(self.where, base.where),
            "date": self.date or base.date,
            "links": {**base.links, **self.links},
            "label": self.label,
            "source": self.source,
        }
        made = base.model_copy(update=own)
        made._below = (name, *base._below)
        return made

    @property
    def below(self) -> tuple[str, ...]:
        """The sources whose rows it keeps some of, the nearest first."""
        return self._below

    def is_dataset(self, name: str) -> bool:
        """Whether its name is that of the dataset it reads."""
        return self.plan is None and self.rows is None and (self.from_ or name) == name


def _both(own: str | None, below: str | None) -> str | None:
    """Two conditions as one; what is wrong in its author's own is told where it stands."""
    if own is None or below is None:
        return own or below
    place = own.place if isinstance(own, Expression) else Place()
    return Expression(f"({own}) and ({below})", replace(place, position=place.position - 1))


def with_own_keys(sources: Mapping[str, SourceModel]) -> dict[str, SourceModel]:
    """The sources, each with its code as its key where a column of another one leads to it."""
    referred = {column.type for one in sources.values() for column in one.columns.values()}
    return {
        name: source.with_own_key(dataset) if dataset in referred else source
        for name, source in sources.items()
        for dataset in [source.from_ or name]
    }


def standing(sources: Mapping[str, SourceModel]) -> dict[str, SourceModel]:
    """The sources of a plan, those that stand on others with what those say.

    `from:` names a dataset, or a source that is not called as its dataset: its rows are meant then.

    :raises PydanticCustomError: PLAN_SOURCE_CYCLE for sources that stand on each other;
        PLAN_SOURCE_FILTERED where the name of a dataset is that of some of its rows as well.
    """
    return {name: _stands(name, sources, ()) for name in sources}


def _stands(name: str, sources: Mapping[str, SourceModel], above: tuple[str, ...]) -> SourceModel:
    source = sources[name]
    below = source.from_
    if below is None or below == name or source.columns or below not in sources:
        return source
    if below in above:
        path = [*above[above.index(below) :], name, below]
        raise refusal(errors.PLAN_SOURCE_CYCLE, path=path)
    base = _stands(below, sources, (*above, name))
    if base.is_dataset(below) and not base.columns:
        return source
    if base.is_dataset(below) and base.where is not None:
        raise refusal(errors.PLAN_SOURCE_FILTERED, name=name, source=below)
    said = next((one for one in _OWN_ROWS if one in source.model_fields_set), None)
    if said is not None:
        raise refusal(errors.PLAN_COLUMN_OPTION, option=said, maker=f"from: {below}")
    return source.on(below, base)


_OWN_ROWS: Final = ("key", "rows", "dated", "load", "plan", "relation")
"""What a source says of rows of its own, and of another's cannot say."""
