"""What a run will do, as nouns: an ordered list of relations made by SQL, and nothing done yet.

Running and explaining walk the same list, so the explanation cannot tell another story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlglot import exp

from attain.core.errors import Problem
from attain.core.units import Unit
from attain.engine.primitives import sql
from attain.engine.primitives.frames import Cell


class Keeping(StrEnum):
    """How long the rows of a step live."""

    SHARED = "shared"
    """Not decided yet: stored if more than one step reads it."""
    VIEW = "view"
    """Computed each time it is read, together with what reads it: no rows are stored."""
    TABLE = "table"
    """Stored for the run, because it is read more than once or dear to compute."""


@dataclass(frozen=True, slots=True)
class StepColumn:
    """A column of a step with the unit its numbers mean; None for the engine's own columns."""

    name: str
    storage: str
    unit: Unit | None = None


@dataclass(frozen=True)
class Step:
    """One named relation of the run: rows of a grain, made from earlier steps by one SELECT.

    `name` is the relation's name and a counting number (`seller_quarter#2`); the relation
    grows from step to step, the last has all columns. `note` says in a sentence what the
    step adds. With `only_if` it is empty, and its query need not run, unless that finds a row.
    `is_sorted` is true when the rows come in the order in which they are to be written.
    """

    name: str
    relation: str
    grain: tuple[str, ...]
    columns: tuple[StepColumn, ...]
    query: exp.Query
    note: str
    keeping: Keeping = Keeping.VIEW
    only_if: exp.Query | None = None
    is_sorted: bool = False

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The steps and inputs it reads, each once, in order of appearance."""
        return read_by(self.query)

    @cached_property
    def text(self) -> str:
        """The SELECT as DuckDB gets it, every identifier quoted: Chinese names, SQL words, all."""
        return written(self.query)

    @property
    def statement(self) -> str:
        """The statement that makes the step on DuckDB."""
        return f"{self._create()} {self.text}"

    def sql(self) -> str:
        """The same for people: laid out, with the note as a comment."""
        select = written(self.query, pretty=True)
        return f"-- {_one_line(self.note)}\n{self._create()}\n{select}"

    def _create(self) -> str:
        kind = "TABLE" if self.keeping is Keeping.TABLE else "VIEW"
        return f"CREATE {kind} {sql.quoted(self.name).sql(dialect='duckdb')} AS"

    def empty(self) -> exp.Query:
        """A query with the step's columns and no rows."""
        columns = (sql.named(sql.null(column.storage), column.name) for column in self.columns)
        return exp.select(*columns).where(sql.false())


@dataclass(frozen=True)
class Guard:
    """Rows that must not exist: if the query finds any, the run stops with a coded error.

    `tell` makes the values of the error's sentence from the rows found.
    """

    name: str
    code: str
    query: exp.Query
    tell: Callable[[Sequence[Mapping[str, Any]]], Mapping[str, object]]
    note: str

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The steps and inputs it looks at."""
        return read_by(self.query)

    @cached_property
    def text(self) -> str:
        """The question as DuckDB gets it."""
        return written(self.query)

    def problem(self, found: Sequence[Mapping[str, Any]]) -> Problem:
        """What the rows found mean."""
        return Problem(self.code, dict(self.tell(found)))


class Origin(StrEnum):
    """Where an input comes from."""

    DATASET = "dataset"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Input:
    """What the run reads from outside, column by column: a dataset version, or named results.

    `of` is the dataset's name, or the plan's for results ("" for the plan's own), `relation`
    and `periods` which of its results. Results bring the reasons of missing values with them.
    """

    name: str
    origin: Origin
    of: str
    cells: Mapping[str, Cell]
    relation: str = ""
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan compiled for one period: what it reads, what it does in order, what it leaves."""

    plan: str
    inputs: tuple[Input, ...]
    steps: tuple[Step | Guard, ...]
    relations: Mapping[str, str]
    """Each relation of the plan, and the step that has all of its columns."""

    def __iter__(self) -> Iterator[Step | Guard]:
        return iter(self.steps)

    def step(self, name: str) -> Step:
        """The step of that name.

        :raises KeyError: there is none.
        """
        for step in self.steps:
            if isinstance(step, Step) and step.name == name:
                return step
        raise KeyError(name)


def read_by(query: exp.Query) -> tuple[str, ...]:
    """The steps and inputs that a query reads, each once, in order of appearance."""
    found = list(query.find_all(exp.CTE, exp.Table))
    inner = {one.alias for one in found if isinstance(one, exp.CTE)}
    names = (one.name for one in found if isinstance(one, exp.Table))
    return tuple(dict.fromkeys(name for name in names if name not in inner))


def written(query: exp.Query, *, pretty: bool = False) -> str:
    """A query as text for DuckDB. To lay it out for people takes twice as long.

    Printing changes nothing of what the compiler writes, so that no copy is made of it first.
    """
    return query.sql(
        dialect="duckdb", copy=False, pretty=pretty, identify=True, normalize_functions=False
    )


def _one_line(note: str) -> str:
    """A comment must not end early: everything on one line."""
    return " ".join(note.split())
