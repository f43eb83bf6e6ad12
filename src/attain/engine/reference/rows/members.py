"""Who is measured, whether or not anything happened to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from attain.core.periods import Period
from attain.engine.primitives.model import Dimension, MemberRows, Relation
from attain.engine.reference import earlier
from attain.engine.reference.inputs import StoredRow
from attain.engine.reference.rows.periods import period_values, periods_of
from attain.engine.reference.rows.sources import keyed
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row, comparable, results_of
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """Subjects × periods × dimensions (language.md 3): who sold nothing has a row.

    A subject has a row in a period if a version of it that satisfies the condition is in force
    on some day of the period; the last such version gives the attributes.
    """
    made = relation.rows
    assert isinstance(made, MemberRows)
    further = [dimension_values(run, one) for one in made.dimensions]
    names = [one.name for one in made.dimensions]
    for period in periods_of(run, made.period):
        for version in _last_versions(run, relation, made, period):
            for values in product(*further):
                given = results_of(version) | dict(zip(names, values, strict=True))
                yield _row(run, relation, made, period, given)


def _row(
    run: Calculation, relation: Relation, made: MemberRows, period: Period, given: dict[str, Result]
) -> Row:
    given[relation.key[0].name] = given[made.subject]
    given |= period_values(relation, period)
    return keyed(relation, given)


def _last_versions(
    run: Calculation, relation: Relation, made: MemberRows, period: Period
) -> Iterator[StoredRow]:
    versions = sorted(run.inputs.datasets.get(made.dataset, ()), key=_begins)
    begun = [one for one in versions if _begins(one) < period.until]
    open_ = staying(run, made)
    last = {one[made.subject]: one for one in begun if one[made.subject] in open_}
    allowed = _members(run, made, period)
    for version in begun:
        subject = version[made.subject]
        if (
            (allowed is None or subject in allowed)
            and overlaps(version, period)
            and _holds(run, relation, made, period, version)
        ):
            last[subject] = version
    return iter(last.values())


def would_be_measured(
    run: Calculation, relation: Relation, made: MemberRows, period: Period
) -> set[object]:
    """Who is in force on no day of a period, while something of theirs on other days is of those
    that are measured: a version for which the condition holds, and a place among the members.
    """
    versions = run.inputs.datasets.get(made.dataset, ())
    listed = _ever_members(run, made)
    measured = {
        one[made.subject]
        for one in versions
        if (listed is None or one[made.subject] in listed)
        and _holds(run, relation, made, period, one)
    }
    in_force = {one[made.subject] for one in versions if overlaps(one, period)}
    return measured - in_force - staying(run, made)


def staying(run: Calculation, made: MemberRows) -> set[object]:
    """Who keeps a row while something is open, though nothing of them is in force (19)."""
    if made.stays is None:
        return set()
    past = earlier.require_period(run, earlier.period_before(run, run.inputs.period, 1))
    if past is not None:
        rows = past.relations.get(made.stays.relation, ())
        return {row[made.stays.subject] for row in rows if row.get(made.stays.column) is True}
    return {
        row["subject"]
        for row in run.inputs.datasets.get("balances", ())
        if row.get("amount") and _is_due(row, run.inputs.period)
    }


def _is_due(balance: StoredRow, period: Period) -> bool:
    as_of = balance.get("as_of")
    return isinstance(as_of, date) and as_of <= period.from_


def _begins(version: StoredRow) -> date:
    start = version.get("effective_from")
    return start if isinstance(start, date) else date.min


def overlaps(version: StoredRow, period: Period) -> bool:
    """Whether a dated row is in force on some day of the period; a blank bound is open."""
    start, until = version.get("effective_from"), version.get("effective_until")
    return (not isinstance(start, date) or start < period.until) and (
        not isinstance(until, date) or period.from_ < until
    )


def _holds(
    run: Calculation, relation: Relation, made: MemberRows, period: Period, version: StoredRow
) -> bool:
    if made.where is None:
        return True
    row = Row((), results_of(version) | period_values(relation, period))
    row.values[relation.key[0].name] = row.values[made.subject]
    return run.evaluate(made.where, Seat(relation, row)) is True


def _members(run: Calculation, made: MemberRows, period: Period) -> set[object] | None:
    """Who takes part in the plan in the period; None where the run does not say."""
    if made.members_of is None or "plan_members" not in run.inputs.datasets:
        return None
    return {
        one["subject"]
        for one in run.inputs.datasets["plan_members"]
        if one["plan"] == made.members_of and overlaps(one, period)
    }


def _ever_members(run: Calculation, made: MemberRows) -> set[object] | None:
    """Who takes part in the plan on any day; None where the run does not say."""
    if made.members_of is None or "plan_members" not in run.inputs.datasets:
        return None
    listed = run.inputs.datasets["plan_members"]
    return {one["subject"] for one in listed if one["plan"] == made.members_of}


def dimension_values(run: Calculation, dimension: Dimension) -> Sequence[Result]:
    """The distinct values of the dimension's column, missing ones apart."""
    relation = run.plan.relations[dimension.relation]
    values = {run.value(relation, row, dimension.column) for row in run.rows(dimension.relation)}
    present = (value for value in values if not isinstance(value, Absent))
    return sorted(present, key=comparable)
