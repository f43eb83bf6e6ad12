"""Amounts that are counted with something else than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.units import Unit
from attain.engine import errors
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.engine.primitives.model import (
    Column,
    Formula,
    Gather,
    Prior,
    Relation,
    Stored,
    nodes_of,
)
from attain.expressions.typed import Narrow, Node, Reference, references

_SEASON: Final = re.compile(r"\d+ months? from (?!january$)\w+", re.IGNORECASE)
_TO_DATE: Final = re.compile(r"(\w+) to date")
_LIFE: Final = "life to date"
_EVERYDAY: Final = "gregorian"
_WEEK: Final = "period:week"


@lint(
    errors.LINT_TRUE_UP_WINDOW,
    ORDERS
    + """effective: {from: 2026-01-01}
measures: {sales: {sum: amount, from: orders, in: 12 months from April}}
incentives:
  commission: {steps: [{base: sales * 5%}], true_up: {restart: year}}
""",
)
def true_ups_that_begin_in_another_month(case: Case) -> Iterator[Problem]:
    """A true-up that begins again in another month than what it pays is counted from.

    In January all that was earned since April would be paid a second time; so would all that was
    ever earned, where nothing is counted since January. By the quarter, what is counted over the
    year is paid again in April; by the year, what is counted over the quarter is taken back.
    """
    if case.plan.calendar != _EVERYDAY:
        return
    for name, form in case.plan.incentives.items():
        relation = _home(case, f"{name}_to_date")
        if form.true_up is None or relation is None or form.true_up.restart == "never":
            continue
        windows = {one: _window(case, one) for one in _beneath(relation, f"{name}_to_date")}
        spans = {said for said in windows.values() if _TO_DATE.fullmatch(said) and said != _LIFE}
        astray = spans if f"{form.true_up.restart} to date" not in spans else frozenset()
        for read, said in windows.items():
            if _SEASON.fullmatch(said) or (said == _LIFE and not spans) or said in astray:
                where = case.plan.where(("incentives", name, "true_up"))
                yield problem(
                    errors.LINT_TRUE_UP_WINDOW,
                    where,
                    name=name,
                    column=read,
                    window=said,
                    restart=form.true_up.restart,
                )
                break


@lint(
    errors.LINT_TRUE_UP_OF_PERIOD,
    ORDERS
    + """effective: {from: 2026-01-01}
measures: {sales: {sum: amount, from: orders}}
incentives:
  commission: {steps: [{base: sales * 5%}], true_up: {restart: quarter}}
""",
)
def true_ups_of_a_single_period(case: Case) -> Iterator[Problem]:
    """A true-up over what is counted for the period alone: it pays the rise on the month before.

    What is carried over by the plan itself, or looked up, may well be an amount to date.
    """
    for name, form in case.plan.incentives.items():
        relation = _home(case, f"{name}_to_date")
        if form.true_up is None or relation is None:
            continue
        read = [*_beneath(relation, f"{name}_to_date")]
        gathered = [one for one in read if isinstance(relation.columns[one].made, Gather)]
        made = [relation.columns[one].made for one in read]
        # What was earned by the period before is read by every true-up.
        others = [one for one in made if not _is_of(one, f"{name}_to_date")]
        is_plain = all(isinstance(one, Gather | Formula | Stored) for one in others)
        if gathered and is_plain and not any(_has_window(case, one) for one in gathered):
            restart = form.true_up.restart
            yield problem(
                errors.LINT_TRUE_UP_OF_PERIOD,
                case.plan.where(("incentives", name, "true_up")),
                name=name,
                column=gathered[0],
                window=_LIFE if restart == "never" else f"{restart} to date",
            )


@lint(
    errors.LINT_WEEKS_ACROSS,
    ORDERS.replace("month", "week")
    + "measures: {sales: {sum: amount, from: orders, in: month to date}}",
)
def weeks_that_lie_in_two_months(case: Case) -> Iterator[Problem]:
    """What is counted to date by the week of the common calendar, in which weeks lie across.

    The week of 29 June counts the days of July; no week that follows counts the two of June.
    """
    if case.plan.calendar != _EVERYDAY:
        return
    for relation in case.resolved.relations.values():
        if _WEEK not in (part.kind for part in relation.key):
            continue
        for name in relation.columns:
            said = _TO_DATE.fullmatch(_window(case, name))
            if said and said[1] not in ("week", "life"):
                where = case.where(name, "in")
                yield problem(errors.LINT_WEEKS_ACROSS, where, name=name, kind=said[1])


@lint(
    errors.LINT_SCORE_AS_FACTOR,
    """
plan: p
period: month
feedback: 5 working days
subjects: {seller: people, team: units}
formulas: {done: "day(period_end) + 60"}
scorecard: {score: {rows: [{row: a, weight: 50, score: done}, {row: b, weight: 50, score: done}]}}
incentives: {bonus: {steps: [{base: 1000.00}, {multiply: score}]}}
""",
)
def scores_as_factors(case: Case) -> Iterator[Problem]:
    """An amount that is multiplied by the points of a scorecard: by 85 where 0.85 was meant."""
    for relation in case.resolved.relations.values():
        for column in relation.columns.values():
            incentive, step = _factor_of(column.form or "")
            if step is None or not isinstance(column.made, Formula):
                continue
            score = _itself(column.made.node)
            if score is not None and _is_in_points(relation.columns[score]):
                where = case.plan.where(("incentives", incentive, "steps", step, "multiply"))
                yield problem(errors.LINT_SCORE_AS_FACTOR, where, name=incentive, score=score)


def _home(case: Case, column: str) -> Relation | None:
    found = (one for one in case.resolved.relations.values() if column in one.columns)
    return next(found, None)


def _beneath(relation: Relation, name: str) -> Iterator[str]:
    """The columns of the same rows that a column reads, directly or over others."""
    seen, waiting = {name}, [name]
    while waiting:
        for node in nodes_of(relation.columns[waiting.pop()]):
            for one in references(node):
                if not one.row and one.column in relation.columns and one.column not in seen:
                    seen.add(one.column)
                    waiting.append(one.column)
                    yield one.column


def _window(case: Case, column: str) -> str:
    """The window that an author wrote in words."""
    for section in (case.plan.measures, case.plan.columns):
        model = section.get(column)
        if model is not None and model.in_ is not None:
            return str(model.in_.said or "")
    return ""


def _is_of(made: object, column: str) -> bool:
    return isinstance(made, Prior) and made.column == column


def _has_window(case: Case, column: str) -> bool:
    """Whether an author says over which days a column is counted; of a hidden one nobody does."""
    models = [one for one in (case.plan.measures, case.plan.columns) if column in one]
    return not models or any(one[column].in_ is not None or one[column].of for one in models)


def _factor_of(form: str) -> tuple[str, str | None]:
    """The incentive and the step whose factor a column is."""
    parts = form.split("/")
    if len(parts) == 5 and parts[0] == "incentives" and parts[4] == "multiply":
        return parts[1], parts[3]
    return "", None


def _itself(node: Node) -> str | None:
    """The name of the column, if the expression is a column of the row and nothing else."""
    while isinstance(node, Narrow):
        node = node.operand
    if isinstance(node, Reference) and not node.row:
        return node.column
    return None


def _is_in_points(column: Column) -> bool:
    return (column.form or "").startswith("scorecard/") and column.type.unit is Unit.points
