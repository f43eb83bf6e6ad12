"""One run on Spark: its inputs as views, its steps as views or kept relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from attain.core.errors import AttainError, problem
from attain.engine.backends import errors
from attain.engine.backends.spark.faults import translated
from attain.engine.backends.spark.functions import needed
from attain.engine.backends.spark.inputs import columns_of, read_parts, table_of
from attain.engine.backends.spark.spelling import spelled
from attain.engine.compiler.steps import Compiled, Guard, Input, Keeping, Step

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Row = Mapping[str, Any]
"""A row by the names of its columns."""

Report = Callable[[str, int, int], None]
"""Told what is being made, how much is done and of how much."""

_INEXACT: Final = ("double", "float")

DEEPEST: Final = 4
"""Steps on top of each other before one is computed at once, kept or not. What waits to be computed
carries the plans of all it reads, and each formula once for each time it is read: stretches of a
territory, seven views on each other, are more than the program that plans them can hold."""


class SparkSteps:
    """The views of one run in a session of Spark, which several runs may use one after another.

    Little is computed before rows are asked for: a step that is kept is computed when the first
    step that reads it is, and then no more. Only where steps pile up one is computed at once.

    :raises AttainError: DATA_COLUMN_ABSENT, DATA_NOT_EXACT.
    """

    def __init__(
        self,
        spark: SparkSession,
        compiled: Compiled,
        files: Mapping[str, Sequence[Path]],
        rows: Mapping[str, Iterable[Row]] | None = None,
    ) -> None:
        self._spark, self._views = spark, list[str]()
        self._depths: dict[str, int] = {}
        """How many steps on top of each other wait for being computed."""
        for one in compiled.inputs:
            with translated(one.name):
                self._input(one, files.get(one.name, ()), (rows or {}).get(one.name))

    def _input(self, one: Input, parts: Sequence[Path], rows: Iterable[Row] | None) -> None:
        if rows is not None:
            made = self._spark.createDataFrame(table_of(columns_of(one), rows))
        else:
            made = read_parts(self._spark, one, parts)
        self._name(one.name, made)

    def _name(self, name: str, made: DataFrame) -> None:
        quoted = exp.to_identifier(name, quoted=True).sql(dialect="spark")
        made.createOrReplaceTempView(quoted)
        self._views.append(name)

    def make(self, step: Step) -> None:
        """Make one step: said now, computed when its rows are wanted.

        :raises AttainError: RUN_FAULT, also where a column would be a float.
        """
        with translated(step.name):
            made = self._asked(step.query)
            for column, kind in made.dtypes:
                if kind in _INEXACT:
                    found = f"{column}: {kind}"
                    raise AttainError(problem(errors.RUN_FAULT, step=step.name, kind=found))
            now = self.is_due(step)
            if now or step.keeping is Keeping.TABLE:
                # Not persist: what reads it would carry the whole history of the step with it,
                # twice over wherever two steps meet, and planning would never end.
                # Named anew: kept rows bear the marks of those they were made of, and Spark
                # takes a step beside its own origin for one relation that it cannot tell apart.
                made = made.localCheckpoint(eager=now).toDF(*made.columns)
            self._depths[step.name] = 0 if now else self._depth(step)
            self._name(step.name, made)

    def _depth(self, step: Step) -> int:
        return 1 + max((self._depths.get(name, 0) for name in step.reads), default=0)

    def is_due(self, step: Step) -> bool:
        """Whether a step is computed when it is made, and with it all that waits below it."""
        return self._depth(step) >= DEEPEST

    def make_all(self, compiled: Compiled, report: Report) -> None:
        """Make every step in order, and ask every guard before what it guards.

        :raises AttainError: what a guard forbids, and whatever stops the run.
        """
        total = len(compiled.steps)
        for done, one in enumerate(compiled):
            report(one.name, done, total)
            if not isinstance(one, Guard):
                self.make(one)
            elif found := self.found(one):
                raise AttainError(one.problem(found))

    def _asked(self, query: exp.Query) -> DataFrame:
        text = spelled(query)
        for statement in needed(self._spark, text):
            self._spark.sql(statement)
        return self._spark.sql(text)

    def found(self, guard: Guard) -> list[dict[str, Any]]:
        """The rows that a guard forbids."""
        with translated(guard.name):
            return [row.asDict() for row in self._asked(guard.query).collect()]

    def rows(self, query: exp.Query, what: str) -> list[tuple[Any, ...]]:
        """The rows of a query of the engine's own, all at once."""
        with translated(what):
            return [tuple(row) for row in self._asked(query).collect()]

    def write(self, name: str, folder: Path) -> None:
        """Write the rows of a step as Parquet files into a new folder."""
        quoted = exp.to_identifier(name, quoted=True).sql(dialect="spark")
        with translated(name):
            self._spark.table(quoted).write.parquet(str(folder))

    def close(self) -> None:
        """Let go of the views, and with them of all rows that were kept."""
        for name in reversed(self._views):
            self._spark.catalog.dropTempView(name)
        self._views = []
