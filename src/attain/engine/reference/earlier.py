"""Results of earlier periods: read from the runs named in the request, never from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.periods import Period
from attain.engine.primitives.model import Relation
from attain.engine.reference.coverage import Days
from attain.engine.reference.inputs import EarlierRun
from attain.engine.reference.values import Key, Row, key_order, results_of

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def rows_of(run: EarlierRun, relation: Relation, stored_as: str) -> Iterator[Row]:
    """The rows of a relation as an earlier run left them."""
    for stored in run.relations.get(stored_as, ()):
        values = results_of(stored)
        yield Row(tuple(values[part.name] for part in relation.key), values)


def with_rows_before(run: Calculation, relation: Relation) -> list[Row]:
    """The relation's rows of this run and, by key, those of its own earlier periods (20).

    Where a key stands in several, this run's row counts, then that of the latest period.
    """
    found: dict[Key, Row] = {}
    for past in run.inputs.runs_of(run.plan.plan):
        found.update((row.key, row) for row in rows_of(past, relation, relation.name))
    found.update((row.key, row) for row in run.rows(relation.name))
    return sorted(found.values(), key=key_order)


def naming(run: Calculation, period: Period) -> EarlierRun | None:
    """The named run of this plan whose results have the rows of an earlier period."""
    for past in run.inputs.runs_of(run.plan.plan):
        is_its_week = period.kind == "week" and period.last_day in past.period
        if past.period.covers(period) or past.period.until == period.until or is_its_week:
            return past
    return None


def require(run: Calculation, relation: str, days: Days | None) -> None:
    """Every period of the relation in the window, before this run's, must have been named (20).

    :raises AttainError: RESULT_MISSING
    """
    kind = period_kind(run.plan.relations[relation])
    effective = run.plan.effective_from
    if kind is None or effective is None or days is None:
        return
    start = max(effective, days.start or date.min)
    until = min(run.inputs.period.from_, days.until or date.max)
    for period in run.inputs.calendar.periods(kind, start, until):
        if days.cover(period.from_, period.until) and period.until <= until:
            require_period(run, period)


def period_before(run: Calculation, period: Period, back: int) -> Period | None:
    """The period to look back to; None before the calendar began, and the plan with it.

    :raises AttainError: PERIOD_UNKNOWN if the plan was in force before the calendar begins.
    """
    return run.inputs.calendar.before(period, back, run.plan.effective_from)


def require_period(run: Calculation, period: Period | None) -> EarlierRun | None:
    """The run that holds a period's rows; None before the plan was in force.

    :raises AttainError: RESULT_MISSING if the plan was in force and no result is named.
    """
    if period is None:
        return None
    found = naming(run, period)
    effective = run.plan.effective_from
    if found is None and effective is not None and period.until > effective:
        raise AttainError(problem("RESULT_MISSING", plan=run.plan.plan, period=str(period)))
    return found


def period_kind(relation: Relation) -> str | None:
    """The kind of period in a relation's key, such as "month"; None if it has none."""
    for part in relation.key:
        head, _, kind = part.kind.partition(":")
        if head == "period":
            return kind
    return None
