"""One trial on both engines: what differs, or why it could not be run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from attain.core.errors import AttainError, Problem
from attain.core.periods import parse_period
from attain.core.schemas import why_column
from attain.engine.primitives.model import Relation, ResolvedPlan
from attain.engine.reference import EarlierRun, Inputs, run_plan
from attain.engine.standard import STANDARD
from trials.around import CALENDARS, SCHEMAS, resolved_text, runs_before
from trials.duck import Duck
from trials.trial import Trial

__all__ = ["SCHEMAS", "Difference", "Outcome", "compare", "differing", "resolved"]

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One place where the two engines differ."""

    period: str
    where: str
    key: str
    reference: str
    backend: str

    def __str__(self) -> str:
        return (
            f"{self.period} {self.where}[{self.key}]: "
            f"reference {self.reference}, backend {self.backend}"
        )


@dataclass(frozen=True)
class Outcome:
    """What became of a trial."""

    differences: tuple[Difference, ...] = ()
    refused: tuple[Problem, ...] = ()
    stopped: str | None = None
    """The code with which both engines refused the run alike."""
    cells: int = 0


def resolved(trial: Trial) -> tuple[Trial, ResolvedPlan | None, tuple[Problem, ...]]:
    """The trial's plan; entries the resolver refuses are dropped until it takes the rest."""
    problems: tuple[Problem, ...] = ()
    for _ in range(40):
        try:
            return trial, resolved_text(trial.text()), problems
        except AttainError as error:
            problems = problems or tuple(error.problems)
            faulty = {
                found
                for one in error.problems
                if one.where is not None and one.where.line is not None
                if (found := trial.entry_at(one.where.line)) is not None
            }
            # A problem without a place: the last written entry goes, then the one before it.
            for section, name in faulty or {next(trial.entries())}:
                trial = trial.without(section, name)
    return trial, None, problems


def compare(trial: Trial, plan: ResolvedPlan, duck: Duck) -> Outcome:
    """Run a plan for all its periods on both engines and compare every cell."""
    earlier: list[EarlierRun] = []
    cells = 0
    for label in trial.periods:
        inputs = inputs_of(trial, plan, label, earlier)
        mine, my_code = _attempt(lambda inputs=inputs: run_plan(plan, inputs))
        other, other_code = _attempt(lambda inputs=inputs: duck.run(plan, inputs))
        if _code(my_code) != _code(other_code):
            said = Difference(label, "run", "", my_code or "ran", other_code or "ran")
            return Outcome((said,), cells=cells)
        if mine is None or other is None:
            return Outcome(stopped=_code(my_code), cells=cells)
        differences, counted = differing(plan, label, mine, other)
        cells += counted
        if differences:
            return Outcome(tuple(differences), cells=cells)
        earlier.append(EarlierRun(plan.plan, inputs.period, mine))
    return Outcome(cells=cells)


def inputs_of(
    trial: Trial, plan: ResolvedPlan, label: str, earlier: Sequence[EarlierRun] = ()
) -> Inputs:
    """What a run of a trial for one period reads."""
    calendar = CALENDARS[trial.calendar]
    period = parse_period(f"{trial.calendar}:{label}", CALENDARS)
    return Inputs(
        period=period,
        calendar=calendar,
        datasets={name: trial.world.datasets.get(name, ()) for name in plan.datasets},
        coverage=trial.world.coverage,
        earlier=(*runs_before(plan, trial.world, period), *earlier),
        provisional=trial.provisional,
    )


def _attempt(run: Any) -> tuple[Any, str | None]:
    try:
        return run(), None
    except AttainError as error:
        first = error.problems[0]
        return None, f"{first.code} {dict(first.values)}"
    except AssertionError as error:
        return None, f"AssertionError {error}"


def _code(said: str | None) -> str | None:
    """The code of an error, without its values."""
    return said.partition(" ")[0] if said is not None else None


def differing(
    plan: ResolvedPlan,
    period: str,
    mine: Mapping[str, Sequence[Row]],
    other: Mapping[str, Sequence[Row]],
) -> tuple[list[Difference], int]:
    """Where relations differ: rows that only one has, and every value, scale and reason."""
    found: list[Difference] = []
    cells = 0
    for name, relation in plan.relations.items():
        one, two = _by_key(relation, mine[name]), _by_key(relation, other[name])
        for key in one.keys() ^ two.keys():
            here = "row" if key in one else "no row"
            there = "row" if key in two else "no row"
            found.append(Difference(period, name, str(key), here, there))
        doubles = [key for key, times in Counter(map(_key(relation), other[name])).items()
                   if times > 1]  # fmt: skip
        found += [Difference(period, name, str(key), "once", "twice") for key in doubles]
        for key in one.keys() & two.keys():
            for column in relation.columns:
                if column in two[key]:
                    cells += 1
                    found += _cell(period, relation, column, one[key], two[key])
    for name in STANDARD:
        cells += len(mine[name])
        found += _standard(period, name, mine[name], other[name])
    return found, cells


def _standard(
    period: str, name: str, mine: Sequence[Row], other: Sequence[Row]
) -> list[Difference]:
    """Outcomes, lines, scores, grades and issues: row by row, in whatever order they come."""
    one, two = (Counter(_flat(row) for row in rows) for rows in (mine, other))
    found = [Difference(period, name, "", str(row), "no row") for row in one - two]
    return found + [Difference(period, name, "", "no row", str(row)) for row in two - one]


def _flat(row: Row) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((column, exact(value)) for column, value in row.items()))


def _cell(period: str, relation: Relation, column: str, one: Row, two: Row) -> list[Difference]:
    why = why_column(column)
    left = (exact(one[column]), one.get(why) if one[column] is None else None)
    right = (exact(two[column]), two.get(why) if two[column] is None else None)
    if not relation.columns[column].type.may_be_missing and two[column] is None:
        right = (None, "missing in a complete column")
    if left == right:
        return []
    key = str(tuple(one[part.name] for part in relation.key))
    return [Difference(period, f"{relation.name}.{column}", key, str(left), str(right))]


def exact(value: Any) -> Any:
    """A number with its scale: 1.50 is not 1.5 in a stored column."""
    if isinstance(value, Decimal):
        return format(value if value else abs(value), "f")
    return value


def _key(relation: Relation) -> Any:
    names = [part.name for part in relation.key]
    return lambda row: tuple(row[name] for name in names)


def _by_key(relation: Relation, rows: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
    of = _key(relation)
    return {of(row): row for row in rows}
