"""A relation as far as it has been made: which step to read, and which columns that has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.model import Relation
from attain.expressions.sql import Printed
from attain.expressions.typed import Reference

UNCERTAIN = "_in__why"
"""Why nobody knows whether a row belongs to the relation: its filter had no data."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a step: its SQL type, and whether a companion says why it is missing."""

    storage: str
    may_be_missing: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a relation with the columns computed so far, ready to be read.

    `step` is the name of the step to read from. `uncertain` is true when rows may carry a
    reason in `_in__why`: the filter of the rows had no data there, and every gather that
    takes such a row has no data either. `dialect` is the engine that will read it.
    """

    relation: Relation
    step: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    uncertain: bool = False
    dialect: str = "duckdb"

    def has(self, names: Iterable[str]) -> bool:
        return all(name in self.cells for name in names)

    def with_cells(self, step: str, cells: Mapping[str, Cell]) -> Frame:
        """The same rows read from a later step that has more columns."""
        return replace(self, step=step, cells={**self.cells, **cells})

    def value(self, name: str, alias: str = sql.OWN) -> exp.Column:
        self._known(name)
        return sql.column(name, alias)

    def why(self, name: str, alias: str = sql.OWN) -> exp.Column | None:
        """The column with the reason, or None if the value is always there."""
        self._known(name)
        return sql.column(name + sql.WHY, alias) if self.cells[name].may_be_missing else None

    def printed(self, name: str, alias: str = sql.OWN) -> Printed:
        return Printed(self.value(name, alias), self.why(name, alias))

    def all_columns(self, alias: str = sql.OWN) -> list[exp.Expr]:
        """Every column one by one, for a SELECT that leaves helpers behind."""
        kept: list[exp.Expr] = []
        for name, cell in self.cells.items():
            kept.append(sql.column(name, alias))
            if cell.may_be_missing:
                kept.append(sql.column(name + sql.WHY, alias))
        if self.uncertain:
            kept.append(sql.column(UNCERTAIN, alias))
        return kept

    def key(self, alias: str = sql.OWN) -> list[exp.Column]:
        return [sql.column(part.name, alias) for part in self.relation.key]

    def table(self, alias: str = sql.OWN) -> exp.Table:
        return sql.table(self.step, alias)

    def _known(self, name: str) -> None:
        if name not in self.cells:
            raise KeyError(f"{self.step} has no column {name!r}")


def lookup_column(lookup: str, name: str) -> str:
    """What a column read over a lookup is called on the row that reads: `customer.region`."""
    return f"{lookup}.{name}"


@dataclass(frozen=True, slots=True)
class Reader:
    """How references of an expression are spelled in one SELECT.

    `own` is the row the expression is computed on; `this` the row that gathers or looks up,
    when there is one. A column read over a lookup stands on the own row already, under the
    lookup's name.
    """

    own: Frame
    own_alias: str = sql.OWN
    this: Frame | None = None
    others: Mapping[str, tuple[Frame, str]] = field(default_factory=dict)

    @property
    def dialect(self) -> str:
        return self.own.dialect

    def __call__(self, reference: Reference) -> Printed:
        if reference.row == "":
            return self.own.printed(reference.column, self.own_alias)
        if reference.row == sql.THIS and self.this is not None:
            return self.this.printed(reference.column, sql.THIS)
        if reference.row in self.others:
            frame, alias = self.others[reference.row]
            return frame.printed(reference.column, alias)
        return self.own.printed(lookup_column(reference.row, reference.column), self.own_alias)
