"""Why nothing, and why no data: down to the condition that failed, or to what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from attain.core import reasons
from attain.core.units import Unit
from attain.engine.primitives.model import (
    Column,
    Decided,
    Formula,
    Gather,
    Grouped,
    Ordered,
    Relation,
    Shared,
)
from attain.engine.provenance.evidence import Evidence, subject_of
from attain.engine.provenance.gathers import gathering
from attain.engine.provenance.model import Cell, Condition, Lacking, Step
from attain.engine.provenance.sources import called
from attain.engine.provenance.standings import in_order
from attain.engine.provenance.steps import conditions, deciding_step, opened, taken, trace
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row
from attain.expressions.results import Absent, Result
from attain.expressions.typed import references

LEVELS = 40
"""How far down the way to a cause is followed."""

Place = tuple[Evidence, Cell]
"""A cell with the evidence in which it was met: of a million facts only those beside it."""


def way_down(evidence: Evidence, cell: Cell, reason: str) -> tuple[Lacking, ...]:
    """The cells from one without data down to the one where the data is missing."""
    way = _way(evidence, cell, reason)
    found = [_named(near, one, cell) for near, one in way]
    if way:
        found[-1] = replace(found[-1], unmatched=_unmatched(*way[-1], reason))
    return tuple(found)


def _unmatched(evidence: Evidence, cell: Cell, reason: str) -> tuple[str, ...]:
    """The plan's own matches that a formula reads and that found no row."""
    relation = evidence.plan.relations[cell.relation]
    made = relation.columns[cell.column].made
    row = evidence.calculation.row(cell.relation, cell.key)
    if row is None or not isinstance(made, Formula):
        return ()
    read = dict.fromkeys(one.row for one in references(made.node) if one.row.isidentifier())
    names = [name for name in read if name in relation.lookups]
    found = [evidence.calculation.found(relation, row, name) for name in names]
    return tuple(
        name
        for name, one in zip(names, found, strict=True)
        if isinstance(one, Absent) and one.reason == reason
    )


def _named(evidence: Evidence, cell: Cell, asked: Cell) -> Lacking:
    """A cell by its column's name, and by its row where another one was asked for.

    Of a target that nobody set it says of whom.
    """
    relation = evidence.plan.relations[cell.relation]
    column = relation.columns[cell.column]
    row = evidence.calculation.row(cell.relation, cell.key)
    if row is None:
        return Lacking(cell, column.labels, column.hidden)
    own = called(evidence.plan, evidence.plan.relations[asked.relation], asked.key)
    parts = called(evidence.plan, relation, cell.key) if cell.key != asked.key else ()
    sought = _sought(evidence, relation, column, row)
    others = tuple(one for one in dict.fromkeys((*parts, *sought)) if one not in own)
    return Lacking(cell, column.labels, column.hidden, others, subject_of(relation, row))


def _sought(evidence: Evidence, relation: Relation, column: Column, row: Row) -> Iterator[str]:
    """Whose row a formula looked for and did not find."""
    if not isinstance(column.made, Formula):
        return
    run = evidence.calculation
    names = dict.fromkeys(one.row for one in references(column.made.node))
    for lookup in (relation.lookups[name] for name in names if name in relation.lookups):
        if not isinstance(run.found(relation, row, lookup.name), Absent):
            continue
        for _, node in lookup.equal:
            value = run.evaluate(node, Seat(relation, row))
            if node.type.unit is Unit.key and isinstance(value, str):
                yield value


def _way(evidence: Evidence, cell: Cell, reason: str) -> list[Place]:
    way: list[Place] = []
    here: Place | None = (evidence, cell)
    while here is not None and len(way) < LEVELS:
        here = _below(*here, reason)
        if here is not None and here[1] not in [one for _, one in way]:
            way.append(here)
        else:
            break
    return way


def _below(evidence: Evidence, cell: Cell, reason: str) -> Place | None:
    """The input of a cell that lacks its value for the same reason."""
    relation = evidence.plan.relations[cell.relation]
    column = relation.columns.get(cell.column)
    row = evidence.calculation.row(cell.relation, cell.key)
    if column is None or row is None:
        return None
    inputs = (
        (near.around(one.relation, one.key), one)
        for near, one in _inputs(evidence, relation, column, row)
    )
    return next((place for place in inputs if _lacks(*place, reason)), None)


def _inputs(evidence: Evidence, relation: Relation, column: Column, row: Row) -> Iterator[Place]:
    if isinstance(column.made, Gather):
        yield from _gathered(evidence, relation, column, row)
    else:
        yield from ((evidence, one) for one in _beside(evidence, relation, column, row))


def _beside(evidence: Evidence, relation: Relation, column: Column, row: Row) -> Iterator[Cell]:
    match column.made:
        case Formula(node=node):
            step = trace(evidence, node, Seat(relation, row))
            yield from (one.cell for one in step.walk() if one.cell is not None and one.was_asked)
        case Ordered(column=own) if own is not None:
            order = in_order(evidence, relation, column, row)
            for one in order.rows if order is not None else ():
                yield Cell(relation.name, one.cell.key, own)
        case Shared(pot=pot, by=by):
            yield Cell(relation.name, row.key, pot)
            yield Cell(relation.name, row.key, by)
        case Decided(calculated=calculated):
            yield Cell(relation.name, row.key, calculated)


def _gathered(evidence: Evidence, relation: Relation, column: Column, row: Row) -> Iterator[Place]:
    """What the rows of a gather give, and what its condition and its formula read of them."""
    made = column.made
    assert isinstance(made, Gather)
    behind = gathering(evidence, relation, column, row)
    near = behind.evidence
    yield from ((near, one.cell) for one in behind.gathered.rows if one.cell.column)
    finer = evidence.plan.relations[made.relation]
    for one in behind.gathered.rows:
        found = near.calculation.row(made.relation, one.cell.key)
        if found is None:
            continue
        seat = Seat(finer, found, {"this": Seat(relation, row)})
        for node in (made.where, made.value):
            step = trace(near, node, seat) if node is not None else None
            for part in step.walk() if step is not None else ():
                if part.cell is not None and part.was_asked:
                    yield near, part.cell


def _lacks(evidence: Evidence, cell: Cell, reason: str) -> bool:
    row = evidence.calculation.row(cell.relation, cell.key)
    if row is None:
        return False
    relation = evidence.plan.relations[cell.relation]
    value = evidence.calculation.value(relation, row, cell.column)
    return isinstance(value, Absent) and value.reason == reason


def deciding_conditions(evidence: Evidence, cell: Cell) -> tuple[Condition, ...]:
    """The conditions that made a zero or a "not eligible", the first failed one among them.

    Steps that only carry the value on (a cap, a rounding, a later step of an incentive) are
    passed through until the step whose `if` decided.
    """
    here: Cell | None = cell
    for _ in range(LEVELS):
        if here is None:
            break
        step = _formula_step(evidence, here)
        if step is None:
            return _outside(evidence, here)
        branch = taken(step)
        if branch is not None and isinstance(branch[0][-1].value, Absent):
            # Nobody could answer what decides: what it asks of is not applicable itself.
            step, branch = branch[0][-1], None
        if branch is not None and not _is_carried(branch[1]):
            return _all_conditions(evidence, branch[0])
        here = _carrier(step if branch is None else branch[1])
    return ()


def _outside(evidence: Evidence, cell: Cell) -> tuple[Condition, ...]:
    """Why a row is not among those that are compared: what the population asks of it."""
    column = evidence.plan.relations[cell.relation].columns.get(cell.column)
    if column is None or not isinstance(column.made, Grouped):
        return ()
    asked = column.made.population.where
    step = _formula_step(evidence, Cell(cell.relation, cell.key, asked)) if asked else None
    return () if step is None or step.value is True else _all_conditions(evidence, [step])


def _formula_step(evidence: Evidence, cell: Cell) -> Step | None:
    relation = evidence.plan.relations[cell.relation]
    column = relation.columns.get(cell.column)
    row = evidence.calculation.row(cell.relation, cell.key)
    if row is None or column is None:
        return None
    if isinstance(column.made, Decided):
        return _formula_step(evidence, Cell(cell.relation, cell.key, column.made.calculated))
    if not isinstance(column.made, Formula):
        return None
    return trace(evidence, column.made.node, Seat(relation, row))


def _is_carried(step: Step) -> bool:
    """Whether a branch hands on another column's nothing instead of being the nothing itself."""
    return deciding_step(step).what not in ("constant", "missing")


def _carrier(step: Step) -> Cell | None:
    """The cell whose nothing a step hands on; beside a zero, what is not applicable decides."""
    for one in step.walk():
        decides = not isinstance(step.value, Absent) or isinstance(one.value, Absent)
        if one.cell is not None and one.was_asked and decides and _is_nothing(one.value):
            return one.cell
    return None


def _is_nothing(value: Result | None) -> bool:
    if isinstance(value, Absent):
        return not reasons.is_no_data(value.reason)
    return value is not None and not isinstance(value, bool | str) and value == 0


def _all_conditions(evidence: Evidence, asked: list[Step]) -> tuple[Condition, ...]:
    return tuple(
        one for step in asked for one in conditions(step, lambda inner: opened(evidence, inner))
    )
