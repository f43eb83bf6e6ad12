"""Weights of a scorecard: constant, dated, calculated, or shared equally; and whether they add up.

Weights of siblings add up exactly to 100 or to their parent's weight, with no tolerance and in
every phase (D04, S19.2). Rows of which none says a weight share their parent's equally (D16).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from attain.core.errors import Problem, problem
from attain.engine.forms import errors
from attain.engine.forms.scorecard.kinds import UNWEIGHTED, RowContext
from attain.engine.forms.scorecard.models import Row

Phases = dict[dt.date, Decimal]
"""A weight from each day on; the first day is `dt.date.min` where it always held."""

WHOLE: Phases = {dt.date.min: Decimal(100)}


def weighted(rows: Sequence[Row]) -> list[Row]:
    """The rows that take part in the sum."""
    return [row for row in rows if all(getattr(row, kind) is None for kind in UNWEIGHTED)]


def shares_equally(rows: Sequence[Row]) -> bool:
    """True for siblings of which none says a weight."""
    return all(row.weight is None for row in weighted(rows))


def phases_of(row: Row) -> Phases | None:
    """A row's weight over time, None if it is calculated or not said."""
    if isinstance(row.weight, tuple):
        phases = {one.from_: _number(one.is_) for one in row.weight}
        known = {day: weight for day, weight in phases.items() if weight is not None}
        return known if len(known) == len(phases) else None
    number = _number(row.weight)
    return None if number is None else {dt.date.min: number}


def weight_problems(
    name: str, rows: Sequence[Row], expected: Phases | None, *, exact: bool
) -> list[Problem]:
    """What is wrong with the weights of siblings: some not said, or a sum that is off."""
    found = weighted(rows)
    if shares_equally(rows):
        return []
    unsaid = [row.row for row in found if row.weight is None]
    if unsaid:
        return [problem(errors.WEIGHT_UNSAID, name=name, rows=unsaid)]
    phases = [phases_of(row) for row in found]
    if not exact or expected is None or any(one is None for one in phases):
        return []
    return _sums_off(name, [one for one in phases if one is not None], expected)


def scale_problems(row: Row) -> list[Problem]:
    """A word that gives more points than its row weighs was meant as a score of 0 to 100."""
    phases = phases_of(row) if row.rating is not None else None
    if row.rating is None or phases is None:
        return []
    points = {word: _number(said) for word, said in row.rating.scale.items()}
    weight = max(phases.values())
    beyond = [word for word, number in points.items() if number is not None and number > weight]
    if not beyond:
        return []
    word = beyond[0]
    place = row.rating.scale[word].place
    return [
        problem(
            errors.SCALE_BEYOND_WEIGHT,
            place.where() if place else None,
            row=row.row,
            weight=weight,
            word=word,
            points=points[word],
        )
    ]


def _sums_off(name: str, phases: list[Phases], expected: Phases) -> list[Problem]:
    """A problem for each day on which the sum becomes another than it should be."""
    begins = max(min(one) for one in (*phases, expected))
    days = sorted({begins, *(day for one in (*phases, expected) for day in one if day > begins)})
    found = []
    for day in days:
        total = sum((_on(one, day) for one in phases), Decimal(0))
        due = _on(expected, day)
        if total != due:
            since = None if day == dt.date.min else day
            found.append(_off(name, total, due, since))
    return found


def _off(name: str, total: Decimal, due: Decimal, since: dt.date | None) -> Problem:
    gap = abs(due - total)
    if since is None:
        told = errors.WEIGHTS_IN_HUNDREDTHS if total == 1 and due == 100 else errors.WEIGHTS_NOT_100
        return problem(told, name=name, total=total, expected=due, gap=gap)
    return problem(
        errors.WEIGHTS_NOT_100_SINCE, name=name, total=total, expected=due, gap=gap, since=since
    )


def _on(phases: Phases, day: dt.date) -> Decimal:
    return phases[max(begun for begun in phases if begun <= day)]


def write_weight(row: Row, at: RowContext, whole: str, count: int) -> None:
    """The row's weight as a ratio: 40 is 40%. Unsaid, it is an equal part of the whole."""
    if row.weight is None:
        at.hidden("weight", f"{whole} / {count}", unit="ratio")
    elif isinstance(row.weight, tuple):
        parameter = f"{at.name}_weight_in_force"
        versions = [{"from": one.from_, "is": f"({one.is_}) / 100"} for one in row.weight]
        if phases_of(row) is not None:
            versions = [{"from": one.from_, "is": f"{_number(one.is_)}%"} for one in row.weight]
        at.out.parameters[parameter] = {"unit": "ratio", "versions": versions}
        at.hidden("weight", parameter, path="weight", unit="ratio", at="period end")
    elif _number(row.weight) is not None:
        at.hidden("weight", f"{_number(row.weight)}%", path="weight", unit="ratio")
    else:
        written = at.hidden("weight_written", row.weight, path="weight")
        at.hidden("weight", f"{written} / 100", unit="ratio")


def _number(weight: object) -> Decimal | None:
    if not isinstance(weight, str):
        return None
    try:
        return Decimal(weight.removesuffix("%"))
    except InvalidOperation:
        return None
