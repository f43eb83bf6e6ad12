"""Running the examples of a plan: given these facts, expect these numbers."""

# ruff: noqa: PT028 - `test_plan` tests plans; it is no test of pytest's.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.keys import key_for, kind_of_key
from attain.core.labels import CHINESE
from attain.core.periods import (
    ONLY_GREGORIAN,
    Calendars,
    Period,
    parse_period,
    period_as_written,
)
from attain.core.schemas import DatasetSchema, with_own_keys
from attain.engine.examples import errors
from attain.engine.examples.expecting import Comparison
from attain.engine.examples.hints import (
    blank,
    finer,
    gone,
    left_blank,
    outside,
    unread,
    without_days,
)
from attain.engine.examples.model import ExampleResult, Failure, Relations, Runner
from attain.engine.examples.naming import kinds_said, subject_cells
from attain.engine.examples.replacing import (
    CALCULATED,
    with_blanks,
    with_values,
    without_conditions,
)
from attain.engine.examples.situation import Rows, Setting, Situation, coverage
from attain.engine.examples.telling import first_lines
from attain.engine.examples.turns import begins, carries, turns
from attain.engine.forms.contexts import expand
from attain.engine.plans.given_calendars import with_given
from attain.engine.plans.loading import load_plan
from attain.engine.plans.models.examples import ExampleModel, ExampleRun, Row
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.plans.versions import version_changes
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Evidence, Viewer, explain
from attain.engine.reference import Calculation, EarlierRun, Inputs, run_plan
from attain.engine.reference.values import result_of


def run_examples(
    model: PlanModel,
    plan: ResolvedPlan,
    *,
    schemas: Mapping[str, DatasetSchema] | None = None,
    calendars: Calendars = ONLY_GREGORIAN,
    runner: Runner = run_plan,
    language: str = CHINESE,
) -> list[ExampleResult]:
    """What came of every example of a plan, by the reference or by another backend.

    A table in `given` is a dataset's rows; a value in `given` replaces a column's calculation.
    Runs of one example read the results of those before them.
    """
    results = []
    calendars = with_given(model, calendars)
    for example in model.examples:
        setting = Setting(example.name, model, plan, with_own_keys(schemas or {}), calendars)
        results.append(_Example(setting, example, runner, language).result())
    return results


def test_plan(
    text: str,
    *,
    file: str | None = None,
    schemas: Mapping[str, DatasetSchema] | None = None,
    calendars: Calendars = ONLY_GREGORIAN,
    documents: Mapping[str, PlanModel] | None = None,
    results: Mapping[str, ResolvedPlan] | None = None,
    runner: Runner = run_plan,
    language: str = CHINESE,
) -> list[ExampleResult]:
    """The examples of a plan's text, run and compared; failures are explained in a language.

    :raises AttainError: whatever is wrong with the plan itself.
    """
    model = load_plan(text, file)
    calendars = with_given(model, calendars)
    plan = resolve(expand(model, schemas), schemas, calendars, documents, results)
    return run_examples(
        model, plan, schemas=schemas, calendars=calendars, runner=runner, language=language
    )


# Not a test of pytest's, though its name begins like one.
test_plan.__test__ = False  # type: ignore[attr-defined]


@dataclass(frozen=True)
class PreparedRun:
    """One run of an example that was calculated: with what, and what came out."""

    setting: Setting
    plan: ResolvedPlan
    inputs: Inputs
    expect: Rows
    got: Relations
    names: Mapping[str, str]
    """The codes of the example by the keys that stand for them."""


def prepared_runs(
    model: PlanModel,
    plan: ResolvedPlan,
    number: int,
    *,
    schemas: Mapping[str, DatasetSchema],
    calendars: Calendars,
) -> Iterator[PreparedRun]:
    """The runs of one example, calculated by the reference one after the other.

    :raises AttainError: whatever stops a run.
    """
    if not 0 <= number < len(model.examples):
        return
    example = model.examples[number]
    calendars = with_given(model, calendars)
    setting = Setting(example.name, model, plan, with_own_keys(schemas), calendars)
    one = _Example(setting, example, run_plan, CHINESE)
    for run, ready, inputs, got in one.calculated():
        names = names_in(one.mentioned(), inputs)
        own = replace(setting, plan=ready)
        yield PreparedRun(own, ready, inputs, run.expect, got, names)


@dataclass
class _Example:
    """One example while it is being run."""

    setting: Setting
    example: ExampleModel
    runner: Runner
    language: str

    def result(self) -> ExampleResult:
        """Run it and compare; an error stops it and becomes its problem."""
        checked = 0
        failures: list[Failure] = []
        try:
            for got, failed in self._runs():
                checked += got
                failures += failed
        except AttainError as error:
            return self._refused(checked, failures, error)
        if self.example.refused is not None:
            expected = problem(
                errors.EXAMPLE_NOT_REFUSED, example=self.example.name, code=self.example.refused
            )
            return ExampleResult(self.example.name, checked, tuple(failures), (expected,))
        hints = tuple(self._hints()) if failures else ()
        return ExampleResult(self.example.name, checked, tuple(failures), hints)

    def _hints(self) -> Iterator[Problem]:
        """What in the example may be why its numbers are others than expected."""
        plan, name = self.setting.plan, self.example.name
        for path, rows in self._tables():
            source = str(path[-1])
            schema = self.setting.schema(source, rows) if rows and "given" in path else None
            if schema is None:
                continue
            found = (
                unread(plan, name, schema, source),
                blank(name, schema, source, rows),
                finer(schema, rows),
            )
            yield from (self._placed(one) for one in found if one is not None)
        given = [(str(path[-1]), rows) for path, rows in self._tables() if "given" in path]
        yield from map(self._placed, without_days(self.setting, given))
        yield from map(self._placed, outside(self.setting, given, self.mentioned()))
        asked = ((self._period(run), run.expect) for run in self._all_runs())
        yield from map(self._placed, gone(self.setting, given, asked))

    def _refused(self, checked: int, failures: list[Failure], error: AttainError) -> ExampleResult:
        refused = self.example.refused
        if any(refused in (one.code, one.values.get("code", one.code)) for one in error.problems):
            return ExampleResult(self.example.name, checked + 1, tuple(failures))
        placed = tuple(self._placed(one) for one in error.problems)
        return ExampleResult(self.example.name, checked, tuple(failures), placed)

    def _placed(self, found: Problem) -> Problem:
        """A problem that names no place stands where its example does, or the table it is about."""
        told = found.where or Where()
        if told.line is not None:
            return found
        path: tuple[str | int, ...] = ("examples", self.setting.model.examples.index(self.example))
        asked = {*(found.values.get(one) for one in ("source", "column", "name")), told.sheet}
        inner = self._row(told) or next((one for one, _ in self._tables() if one[-1] in asked), ())
        return found.at(self.setting.model.where((*path, *inner)))

    def _row(self, told: Where) -> tuple[str | int, ...] | None:
        """Where a row stands that is known by its dataset and its number there."""
        number = told.row or 0
        for path, rows in self._tables():
            schema = self.setting.schema(str(path[-1]), rows) if "given" in path else None
            if schema is not None and schema.dataset == told.sheet:
                if 0 < number <= len(rows):
                    return (*path, number - 1)
                number -= len(rows)
        return None

    def _tables(self) -> Iterator[tuple[tuple[str | int, ...], Sequence[Row]]]:
        """The tables of the example, and where they stand in it."""
        yield from ((("given", name), rows) for name, rows in self.example.given.items())
        yield from ((("expect", name), rows) for name, rows in self.example.expect.items())
        for at, run in enumerate(self.example.runs):
            yield from ((("runs", at, "given", name), rows) for name, rows in run.given.items())
            yield from ((("runs", at, "expect", name), rows) for name, rows in run.expect.items())

    def _runs(self) -> Iterator[tuple[int, list[Failure]]]:
        for run, plan, inputs, got in self.calculated():
            yield self._compared(run.expect, plan, inputs, got)

    def calculated(self) -> Iterator[tuple[ExampleRun, ResolvedPlan, Inputs, Relations]]:
        """Each run with what it was given and what came of it; later ones read earlier ones."""
        situation = Situation(
            self.setting, said=kinds_said(self._given_and_expected(), self.setting)
        )
        earlier: list[EarlierRun] = []
        first = self._period(self._all_runs()[0])
        situation.add(self.example.given, first)
        for period, run in self._turns(situation):
            if run is not None:
                situation.add(run.given, period)
            situation.complete(list(self.mentioned()))
            plan, inputs = self._prepared(situation, period, earlier)
            got = self._got(plan, inputs, situation.values)
            earlier.append(EarlierRun(plan.plan, period, got))
            if run is not None:
                yield run, plan, inputs, got

    def _turns(self, situation: Situation) -> Iterator[tuple[Period, ExampleRun | None]]:
        """The runs in their periods, and of a plan that carries over those before and between.

        Where a refusal is expected, it is that of a run by itself.
        """
        plan, runs = self.setting.plan, [(self._period(one), one) for one in self._all_runs()]
        if not carries(plan) or self.example.refused is not None:
            return iter(runs)
        return turns(runs, plan, self.setting.calendars, begins(plan, situation.datasets))

    def _all_runs(self) -> Sequence[ExampleRun]:
        """
        :raises AttainError: EXAMPLE_PERIOD.
        """
        if self.example.runs:
            return self.example.runs
        if self.example.period is None:
            raise AttainError(problem(errors.EXAMPLE_PERIOD, example=self.example.name))
        return (ExampleRun(period=self.example.period, expect=self.example.expect),)

    def _period(self, run: ExampleRun) -> Period:
        """
        :raises AttainError: PERIOD_FORMAT, PERIOD_UNKNOWN.
        """
        return parse_period(period_as_written(run.period), self.setting.calendars)

    def mentioned(self) -> Iterator[Row]:
        """Every row of the example in which somebody may be named."""
        for table in self._given_and_expected():
            for name, rows in table.items():
                yield from subject_cells(rows, self.setting.schema(name, rows))

    def _given_and_expected(self) -> Iterator[Rows]:
        """All that is given and expected, run after run."""
        yield from (self.example.given, self.example.expect)
        for run in self.example.runs:
            yield from (run.given, run.expect)

    def _prepared(
        self, situation: Situation, period: Period, earlier: Sequence[EarlierRun]
    ) -> tuple[ResolvedPlan, Inputs]:
        plan = without_conditions(self.setting.plan, situation.stands_for_itself)
        plan = with_values(plan, situation.values)
        plan = with_blanks(plan, left_blank(self.setting, situation.datasets))
        datasets: dict[str, Sequence[Mapping[str, Any]]] = dict.fromkeys(plan.datasets, ())
        inputs = Inputs(
            period=period,
            datasets=datasets | situation.tables(),
            coverage=coverage(self.example.covers, self.setting),
            earlier=(*earlier, *situation.other_runs(period)),
            calendar=self.setting.calendars.of(period),
        )
        return plan, inputs

    def _got(
        self, plan: ResolvedPlan, inputs: Inputs, values: Iterable[tuple[str, str]]
    ) -> Relations:
        """What a run comes to; what refuses it speaks of rows by the codes of the example."""
        # Given values stand for what is calculated, whatever version that would need.
        replaced = {CALCULATED.format(column) for _, column in values}
        changes = version_changes(plan, inputs.period, self.setting.calendars)
        changes = tuple(one for one in changes if one.values["column"] not in replaced)
        if changes:
            raise AttainError(changes)
        try:
            return self.runner(plan, inputs)
        except AttainError as error:
            names = names_in(self.mentioned(), inputs)
            raise AttainError([_by_codes(one, names) for one in error.problems]) from error

    def _compared(
        self, expect: Rows, plan: ResolvedPlan, inputs: Inputs, got: Relations
    ) -> tuple[int, list[Failure]]:
        names = names_in(self.mentioned(), inputs)
        setting = replace(self.setting, plan=plan)
        comparison = Comparison(setting, inputs.period, got, names, self.language)
        failures = []
        for name, rows in expect.items():
            for failure, cell in comparison.failures(name, rows):
                lines = self._explained(plan, inputs, cell) if cell is not None else ()
                failures.append(replace(failure, explanation=lines))
        return sum(max(1, len(rows)) for rows in expect.values()), failures

    def _explained(self, plan: ResolvedPlan, inputs: Inputs, cell: Any) -> tuple[str, ...]:
        """The first lines of why a cell is what the reference makes it."""
        relation, key, column = cell
        evidence = Evidence(Calculation(plan, inputs).run())
        asked = Cell(relation, tuple(result_of(value) for value in key), column)
        viewer = Viewer.of(plan, self.language, names_in(self.mentioned(), inputs))
        return tuple(first_lines(explain(evidence, asked), viewer))


def _by_codes(found: Problem, names: Mapping[str, str]) -> Problem:
    """A problem whose rows go by their codes, not by the keys that stand for them."""

    def told(value: object) -> object:
        if isinstance(value, list | tuple):
            return [told(one) for one in value]
        if not isinstance(value, str):
            return value
        return "/".join(names.get(part, part) for part in value.split("/"))

    return replace(found, values={name: told(value) for name, value in found.values.items()})


def names_in(rows: Iterable[Row], inputs: Inputs) -> dict[str, str]:
    """The codes of an example by the opaque keys that stand for them in its data."""
    codes = {text for row in rows for text in row.values() if text}
    kinds = {
        kind
        for table in inputs.datasets.values()
        for row in table
        for value in row.values()
        if isinstance(value, str) and (kind := kind_of_key(value)) is not None
    }
    return {key_for(kind, code): code for kind in kinds for code in codes if code.strip()}
