"""Relations while they are being resolved: rows and stored columns, with computed ones to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from attain.core.labels import Labels, labels
from attain.core.units import DATE, Type, Unit
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve.labels import own_period
from attain.engine.primitives.model import Column, KeyPart, Lookup, Relation, Rows, Stored
from attain.expressions.typed import Reference

FROM = "period_from"
UNTIL = "period_until"
EFFECTIVE_FROM = "effective_from"
EFFECTIVE_UNTIL = "effective_until"
PERIOD = "period:"


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose value is the key of a row of another dataset or source."""

    name: str
    column: str
    to: str


@dataclass(frozen=True, slots=True)
class Declared:
    """A column as its author declared it, with the relation it belongs to.

    `path` is where its model stands in the plan, `section` where its author put it.
    """

    name: str
    model: ColumnModel
    section: str
    relation: str

    @property
    def path(self) -> tuple[str, ...]:
        return (self.section, self.name)

    @property
    def is_inner(self) -> bool:
        """Whether it is a step that a form wrote under a name no author chose."""
        form = self.model.form
        return form is not None and form.count("/") > 1 and "_cut_" not in self.name


@dataclass(slots=True)
class Draft:
    """A relation that grows: computed columns and lookups are added as they are resolved.

    `identifies` is the dataset or source whose rows its key names ("people" for a subject's
    rows, "orders" for orders); links to that name lead here.
    """

    name: str
    key: tuple[KeyPart, ...]
    rows: Rows
    stored: dict[str, Column]
    date: str | None = None
    subject: str | None = None
    covered_by: tuple[str, ...] = ()
    links: dict[str, Link] = field(default_factory=dict)
    is_dated: bool = False
    identifies: str | None = None
    labels: Labels | None = None
    computed: dict[str, Column] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)
    declared: dict[str, Declared] = field(default_factory=dict)
    matches: dict[str, Declared] = field(default_factory=dict)
    match_targets: dict[str, Draft] = field(default_factory=dict)
    """The relations behind lookups that were made so far, by the lookup's name."""
    bases: tuple[tuple[str, Draft], ...] = ()
    """The relations whose rows stand in this one's, each with the prefix of its columns."""

    @property
    def period(self) -> str | None:
        """The kind of period in its key, if any."""
        kinds = (part.kind for part in self.key if part.kind.startswith(PERIOD))
        return next((kind.removeprefix(PERIOD) for kind in kinds), None)

    @property
    def own_key(self) -> tuple[KeyPart, ...]:
        """The key without the day from which a version holds."""
        return tuple(part for part in self.key if part.name != EFFECTIVE_FROM)

    @property
    def grain(self) -> str:
        """The grain as an author would write it."""
        names = [part.name for part in self.own_key]
        return self.name if self.identifies == self.name else f"[{', '.join(names)}]"

    def column(self, name: str) -> Column | None:
        """A column that is there already."""
        return self.stored.get(name) or self.computed.get(name)

    def base_column(self, name: str) -> tuple[str, Draft, str] | None:
        """A column of a relation whose rows stand in this one's: as it is called here, and there.

        Columns of the first are called as there; those of the others with their prefix, or
        without it where that is unambiguous.
        """
        for prefix, base in self.bases:
            bare = name.removeprefix(prefix) if prefix and name.startswith(prefix) else name
            if base.is_taken(bare) or base.base_column(bare) is not None:
                return prefix + bare, base, bare
        return None

    def read(self, name: str, row: str = "") -> Reference:
        """The value of a column that is there."""
        column = self.column(name)
        if column is None:
            raise KeyError(f"{self.name}.{name}")
        return Reference(name, column.type, row)

    def is_taken(self, name: str) -> bool:
        return name in self.stored or name in self.computed or name in self.declared

    def finished(self) -> Relation:
        """The relation as the engine gets it."""
        return Relation(
            name=self.name,
            key=self.key,
            rows=self.rows,
            columns={**self.stored, **self.computed},
            lookups=dict(self.lookups),
            date=self.date,
            subject=self.subject,
            covered_by=self.covered_by,
            labels=self.labels,
        )


def stored(name: str, type_: Type, **said: object) -> Column:
    """A column that comes with the rows."""
    return Column(name, type_, Stored(), **said)  # type: ignore[arg-type]


def first_day(columns: Mapping[str, Column], name: str) -> str:
    """The column with the first day of a column of periods; any other column as it is."""
    start = f"{name}_from"
    is_period = name in columns and columns[name].type.unit is Unit.text and start in columns
    return start if is_period else name


def period_columns(kind: str) -> dict[str, Column]:
    """The columns of a period in a key: its label, its first day, and its exclusive end."""
    return {
        kind: stored(kind, own_period(kind)),
        FROM: stored(FROM, DATE, labels=labels("期间第一天", "first day of the period")),
        UNTIL: stored(UNTIL, DATE, labels=labels("期间结束日的次日", "day after the period")),
    }


def period_key(kind: str) -> KeyPart:
    return KeyPart(kind, PERIOD + kind, own_period(kind))


def key_part(name: str, column: Column) -> KeyPart:
    """A key part made of a stored column."""
    kind = column.type.kind if column.type.unit is Unit.key and column.type.kind else "text"
    return KeyPart(name, kind, column.type.missing(False))
