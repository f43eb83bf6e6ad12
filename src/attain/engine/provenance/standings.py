"""A row among others: in an order, in its population, in a split."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attain.engine.primitives.model import (
    Column,
    Grouped,
    GroupFunction,
    Ordered,
    Relation,
    Shared,
)
from attain.engine.provenance.evidence import Evidence, date_of, facts_of, subject_of
from attain.engine.provenance.model import Cell
from attain.engine.provenance.places import InGroup, InOrder, InShare, OrderRow
from attain.engine.provenance.sources import called
from attain.engine.reference import group, order, share
from attain.engine.reference.group import Member
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.results import Absent, Result

_PLACES = (GroupFunction.RANK, GroupFunction.DENSE_RANK, GroupFunction.LAST_RANK)


def in_order(evidence: Evidence, relation: Relation, column: Column, row: Row) -> InOrder | None:
    """The rows of the order up to this one, with the result on each (language.md 14–17)."""
    made = column.made
    assert isinstance(made, Ordered)
    run = evidence.calculation
    if order.outside(run, relation, made.ordering, row) is not None:
        return None
    line = next(
        line
        for line in order.partitions(run, relation, made.ordering, run.peers(relation, column, row))
        if row in line
    )
    until = line[: line.index(row) + 1]
    start = run.evaluate(made.start, Seat(relation, row)) if made.start is not None else None
    return InOrder(
        function=made.function.value,
        column=made.column,
        rows=tuple(_order_row(evidence, relation, column, one) for one in until),
        position=len(until),
        start=start,
    )


def _order_row(evidence: Evidence, relation: Relation, column: Column, row: Row) -> OrderRow:
    made = column.made
    assert isinstance(made, Ordered)
    run = evidence.calculation
    own: Result = True
    if made.column is not None:
        own = run.value(relation, row, made.column)
    return OrderRow(
        cell=Cell(relation.name, row.key, column.name),
        called=called(run.plan, relation, row.key),
        own=own,
        so_far=run.value(relation, row, column.name),
        date=date_of(evidence, relation, row),
        facts=facts_of(evidence, relation, row),
    )


def in_group(evidence: Evidence, relation: Relation, column: Column, row: Row) -> InGroup:
    """The place among how many; among none for who is outside (language.md 36)."""
    made = column.made
    assert isinstance(made, Grouped)
    run = evidence.calculation
    peers = run.peers(relation, column, row)
    population = group.population_of(run, relation, made, peers, row)
    names = made.population.partition if population else ()
    subject = subject_of(relation, row)
    return InGroup(
        function=made.function.value,
        columns=tuple(name for name, _ in made.by),
        members=sum(one.lacking is None for one in population),
        place=run.value(relation, row, column.name)
        if population and made.function in _PLACES
        else None,
        partition=tuple((name, run.value(relation, row, name)) for name in names),
        lacking=sum(one.lacking is not None for one in population),
        of_people=subject is None or subject.kind == "people",
        equal=_equal(population, row) if made.function in _PLACES else (),
    )


def _equal(population: Sequence[Member], row: Row) -> tuple[int, ...]:
    """How many others are equal by the ranked column, by it and the first tie-breaker, ..."""
    own = next((one for one in population if one.row.key == row.key), None)
    if own is None or own.lacking is not None:
        return ()
    others = [one for one in population if one is not own and one.lacking is None]
    return tuple(
        sum(one.values[:length] == own.values[:length] for one in others)
        for length in range(1, len(own.values) + 1)
    )


def in_share(evidence: Evidence, relation: Relation, column: Column, row: Row) -> InShare | None:
    """The exact part, and what rounding left (language.md 33); None where nothing was split."""
    made = column.made
    assert isinstance(made, Shared)
    run = evidence.calculation
    line = next(
        (
            line
            for line in share.partitions(run, relation, made, run.peers(relation, column, row), {})
            if row in line
        ),
        None,
    )
    pot = run.value(relation, row, made.pot)
    part = run.value(relation, row, column.name)
    if line is None or isinstance(pot, Absent) or isinstance(part, Absent):
        return None
    weights = [run.value(relation, one, made.by) for one in line] if not made.capacity else []
    whole = sum((one for one in weights if isinstance(one, Fraction)), Fraction(0))
    weight: Result = run.value(relation, row, made.by) if not made.capacity else Fraction(0)
    exact = _exact(pot, weight, whole)
    parts = [run.value(relation, one, column.name) for one in line[: line.index(row)]]
    return InShare(
        pot=pot,
        before=sum((one for one in parts if isinstance(one, Fraction)), Fraction(0)),
        weight=weight,
        all_weights=whole,
        sharers=sum(not isinstance(one, Absent) for one in weights) or len(line),
        exact=exact,
        step=made.step,
        residue=made.residue.value,
        cut=_cut(exact, made.step),
        capacity=run.value(relation, row, made.capacity) if made.capacity else None,
    )


def _exact(pot: Result, weight: Result, whole: Fraction) -> Result:
    if not whole or not isinstance(weight, Fraction) or not isinstance(pot, Fraction):
        return Fraction(0)
    return pot * weight / whole


def _cut(exact: Result, step: str) -> Result:
    """The exact part towards zero, in whole steps."""
    if not isinstance(exact, Fraction):
        return exact
    steps = abs(exact) / Fraction(step)
    cut = (steps.numerator // steps.denominator) * Fraction(step)
    return cut if exact >= 0 else -cut
