"""Share out: an exact amount split, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attain.core.rounding import Mode, round_whole
from attain.engine.primitives.model import Column, Relation, Residue, Shared
from attain.engine.reference.order import in_order
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row, is_no_data, is_not_applicable, number
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

NOTHING_TO_SHARE_BY = Absent("no_data.nothing_to_share_by")
DIFFERENT_POTS = Absent("no_data.ambiguous_match")

Parts = dict[int, Result]


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """Split a pot over the rows of a partition so that the parts sum to it (language.md 33).

    Everybody first gets their exact part cut, towards zero, to whole steps; what is left goes
    step by step to the largest fractions, or wholly to the first, the last or a named row.
    With capacities the pot fills row after row instead, and a rest may stay unshared.
    A weight or a pot without data leaves everyone of the partition without data.
    """
    made = column.made
    assert isinstance(made, Shared)
    results: Parts = {}
    for line in partitions(run, relation, made, rows, results):
        results.update(split(run, relation, made, line))
    return [results[id(row)] for row in rows]


def partitions(
    run: Calculation, relation: Relation, made: Shared, rows: Sequence[Row], results: Parts
) -> list[list[Row]]:
    """The rows that share, partition by partition, in order; the others get their reason."""
    found: dict[tuple[Result, ...], list[Row]] = {}
    for row in rows:
        place = tuple(run.value(relation, row, name) for name in made.partition)
        lacking = next((part for part in place if isinstance(part, Absent)), None)
        if lacking is not None:
            results[id(row)] = lacking
        else:
            found.setdefault(place, []).append(row)
    return [in_order(run, relation, made.order, line) for line in found.values()]


def split(run: Calculation, relation: Relation, made: Shared, line: Sequence[Row]) -> Parts:
    weight = made.capacity or made.by
    weights = {id(row): run.value(relation, row, weight) for row in line}
    pots = {id(row): run.value(relation, row, made.pot) for row in line}
    parts: Parts = {place: one for place, one in weights.items() if is_not_applicable(one)}
    taking = [row for row in line if id(row) not in parts]
    spoilt = _spoilt(taking, weights, pots)
    if spoilt is not None:
        return parts | {id(row): spoilt for row in taking}
    if taking:
        pot = number(pots[id(taking[0])])
        shares = {id(row): number(weights[id(row)]) for row in taking}
        if made.capacity is not None:
            return parts | _filled(taking, pot, shares)
        parts.update(_proportional(run, relation, made, taking, pot, shares))
    return parts


def _spoilt(
    taking: Sequence[Row], weights: Mapping[int, Result], pots: Mapping[int, Result]
) -> Absent | None:
    """Why nothing can be shared: something is missing (lowest key first), or pots differ."""
    for row in sorted(taking, key=lambda row: row.key):
        for value in (pots[id(row)], weights[id(row)]):
            if isinstance(value, Absent) and is_no_data(value):
                return value
    lacking = next((pot for row in taking if isinstance(pot := pots[id(row)], Absent)), None)
    if lacking is not None:
        return lacking
    return DIFFERENT_POTS if len({pots[id(row)] for row in taking}) > 1 else None


def _filled(taking: Sequence[Row], pot: Fraction, capacities: Mapping[int, Fraction]) -> Parts:
    """Fill each row up to its capacity, in order, as long as the pot lasts."""
    parts: Parts = {}
    left = pot
    for row in taking:
        part = max(Fraction(0), min(capacities[id(row)], left))
        parts[id(row)] = part
        left -= part
    return parts


def _proportional(
    run: Calculation,
    relation: Relation,
    made: Shared,
    taking: Sequence[Row],
    pot: Fraction,
    weights: Mapping[int, Fraction],
) -> Parts:
    whole = sum(weights.values(), Fraction(0))
    if whole == 0:
        return {id(row): NOTHING_TO_SHARE_BY if pot else pot for row in taking}
    step = Fraction(made.step)
    exact = {id(row): pot * weights[id(row)] / whole / step for row in taking}
    steps = {place: Fraction(round_whole(part, Mode.down)) for place, part in exact.items()}
    rest = pot / step - sum(steps.values(), Fraction(0))
    receiver = _receiver(run, relation, made, taking)
    if receiver is not None:
        steps[id(receiver)] += rest
    else:
        _hand_out(taking, exact, steps, rest)
    return {place: part * step for place, part in steps.items()}


def _receiver(
    run: Calculation, relation: Relation, made: Shared, taking: Sequence[Row]
) -> Row | None:
    """Who gets all of the rest; None where it goes to the largest fractions."""
    match made.residue:
        case Residue.FIRST:
            return taking[0]
        case Residue.LAST:
            return taking[-1]
        case Residue.NAMED if made.named is not None:
            node = made.named
            return next(
                (row for row in taking if run.evaluate(node, Seat(relation, row)) is True), None
            )
    return None


def _hand_out(
    taking: Sequence[Row],
    exact: Mapping[int, Fraction],
    steps: dict[int, Fraction],
    rest: Fraction,
) -> None:
    """A step each to the largest fractions until the rest is used up; ties stay in order."""
    sign = 1 if rest > 0 else -1
    waiting = sorted(taking, key=lambda row: -sign * (exact[id(row)] - steps[id(row)]))
    for row in waiting:
        part = sign * min(Fraction(1), abs(rest))
        steps[id(row)] += part
        rest -= part
