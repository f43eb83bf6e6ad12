"""A member's period cut into stretches wherever an assignment, or the like, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from attain.core.periods import count_working_days
from attain.engine.primitives.model import CutRows, Relation
from attain.engine.reference.match import in_force
from attain.engine.reference.rows.sources import keyed, stored_columns
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

BY = "by."
AMBIGUOUS = Absent("no_data.ambiguous_match")
NONE_IN_FORCE = Absent("no_data.no_match")


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """A row per stretch with its days and the version in force (language.md 11).

    Stretches tile the member's period. On a stretch without a version its columns are no
    data; with two versions at once, too: the plan does not say which of them counts.
    """
    made = relation.rows
    assert isinstance(made, CutRows)
    by = run.plan.relations[made.by]
    for row in run.rows(made.base):
        versions = [one for one in run.rows(made.by) if run.value(by, one, made.link) == row.key[0]]
        for start, until in _stretches(run, made, row, versions):
            holding = [version for version in versions if in_force(run, by, version, start)]
            yield _row(run, relation, row, (start, until), holding)


def _stretches(
    run: Calculation, made: CutRows, row: Row, versions: Sequence[Row]
) -> Iterator[tuple[date, date]]:
    base, by = run.plan.relations[made.base], run.plan.relations[made.by]
    start, until = (run.value(base, row, name) for name in ("period_from", "period_until"))
    assert isinstance(start, date)
    assert isinstance(until, date)
    changes = {
        run.value(by, version, name)
        for version in versions
        for name in ("effective_from", "effective_until")
    }
    inside = {day for day in changes if isinstance(day, date) and start < day < until}
    yield from pairwise(sorted({start, until, *inside}))


def _row(
    run: Calculation,
    relation: Relation,
    row: Row,
    stretch: tuple[date, date],
    holding: Sequence[Row],
) -> Row:
    made = relation.rows
    assert isinstance(made, CutRows)
    base, by = run.plan.relations[made.base], run.plan.relations[made.by]
    start, until = stretch
    values: dict[str, Result] = {
        "from": start,
        "until": until,
        "days": Fraction(_BASIS[made.basis](run, start, until)),
    }
    for name in {*stored_columns(relation), *(part.name for part in relation.key)} - set(values):
        if not name.startswith(BY):
            values[name] = run.value(base, row, name)
        elif len(holding) == 1:
            values[name] = run.value(by, holding[0], name.removeprefix(BY))
        else:
            values[name] = AMBIGUOUS if holding else NONE_IN_FORCE
    cut = keyed(relation, values)
    cut.made_of = ((made.base, row), *((made.by, version) for version in holding))
    return cut


def _calendar_days(_: Calculation, start: date, until: date) -> int:
    return (until - start).days


def _working_days(run: Calculation, start: date, until: date) -> int:
    return count_working_days(run.inputs.working_days, start, until)


def _whole_months(run: Calculation, start: date, until: date) -> int:
    """Months whose first day lies in the stretch: each month counts once, for one stretch."""
    months = run.inputs.calendar.periods("month", start, until)
    return sum(start <= month.from_ < until for month in months)


_BASIS: Mapping[str, Callable[[Calculation, date, date], int]] = {
    "calendar_days": _calendar_days,
    "working_days": _working_days,
    "whole_months": _whole_months,
}
