"""What a gather saw: the rows that count with their parts, and the rows that do not, and why."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from attain.engine.primitives.model import (
    Column,
    Formula,
    Gather,
    Relation,
    ResolvedPlan,
    Stored,
)
from attain.engine.provenance.evidence import (
    DISTANCE,
    Evidence,
    date_of,
    facts_of,
    first_day_of,
    subject_of,
)
from attain.engine.provenance.model import Cell, Condition, Gathered, RowShare, Step, Window
from attain.engine.provenance.sources import called, named, source_of
from attain.engine.provenance.steps import Trace, cell_of, conditions, opened, trace
from attain.engine.reference import gather
from attain.engine.reference.coverage import Days, is_covered
from attain.engine.reference.gather import Contribution
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row, key_order
from attain.expressions.results import Absent, Result
from attain.expressions.typed import Narrow, Node, Reference


@dataclass(frozen=True)
class Gathering:
    """A gather on one row with the evidence it needs, and what it comes to again."""

    evidence: Evidence
    gathered: Gathered
    value: Result


def gathering(evidence: Evidence, relation: Relation, column: Column, row: Row) -> Gathering:
    """The rows behind a sum or count (language.md 1, 28)."""
    made = column.made
    assert isinstance(made, Gather)
    near = evidence.narrowed(relation, row, made)
    run = near.calculation
    own = run.row(relation.name, row.key) or row
    days = gather.window_days(run, relation, own, made.window)
    value = gather.fill(run, relation, column, [own])[0]
    asked = gather.contributions(run, relation, own, made, gather.rows_by_owner(run, made))
    asked.sort(key=lambda one: _by_date(near, run.plan.relations[made.relation], one))
    shares = [_share(near, made, Seat(relation, own), one) for one in asked]
    gathered = Gathered(
        aggregate=made.aggregate.value,
        relation=named(run.plan, made.relation),
        window=_window(near, made, days),
        rows=tuple(one for one in shares if one.counts is not False),
        left_out=tuple(one for one in shares if one.counts is False and not _is_further(one)),
        column=_value_column(made.value) or "",
        where=_asked_of(near, made, Seat(relation, own), asked),
        date=_own_date(near.plan.relations[made.relation], made),
    )
    return Gathering(near, gathered, value)


def unread(plan: ResolvedPlan, made: Gather) -> Gathered:
    """A sum of which no row was read."""
    return Gathered(
        aggregate=made.aggregate.value,
        relation=named(plan, made.relation),
        window=None,
        rows=(),
        left_out=(),
        column=_value_column(made.value) or "",
        date=_own_date(plan.relations[made.relation], made),
    )


def _own_date(finer: Relation, made: Gather) -> str:
    """The column a rule dates its rows by, where it is another than that of the rows.

    Of a date that a link leads to, such as that of the order, it is the column there.
    """
    column = finer.columns.get(made.date or "")
    if column is None or made.date == finer.date:
        return ""
    if not column.hidden:
        return column.name
    node = column.made.node if isinstance(column.made, Formula) else None
    return node.column if isinstance(node, Reference) and node.row else ""


def _asked_of(
    evidence: Evidence, made: Gather, this: Seat, asked: Sequence[Contribution]
) -> Step | None:
    """What a rule asks of its rows; what a tree asks is said by where they come from."""
    if made.where is None or not asked:
        return None
    finer = evidence.plan.relations[made.relation]
    step = trace(evidence, made.where, Seat(finer, asked[0].row, {"this": this}))
    return None if _reads_distance(step) else step


def _reads_distance(step: Step) -> bool:
    return any(one.name == DISTANCE for one in step.walk() if one.what == "reference")


def _by_date(evidence: Evidence, relation: Relation, one: Contribution) -> tuple[object, ...]:
    """By date, and S-9 before S-10, as readers are shown the rows."""
    texts = [part for part in one.row.key if isinstance(part, str)]
    day = date_of(evidence, relation, one.row) or first_day_of(evidence, relation, one.row)
    return (day or dt.date.max, natural(" ".join(texts)), key_order(one.row))


def natural(text: str) -> list[tuple[bool, int, str]]:
    """By the numbers in a text, so that row 2 comes before row 10."""
    parts = re.split(r"(\d+)", text)
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def _window(evidence: Evidence, made: Gather, days: Days | Absent | None) -> Window | None:
    if days is None or isinstance(days, Absent):
        return None
    inputs = evidence.calculation.inputs
    return Window(
        start=days.start,
        until=days.until,
        datasets=made.covered_by,
        covered=tuple((name, inputs.covered(name)) for name in made.covered_by),
        is_covered=is_covered(inputs, made.covered_by, days),
    )


def _share(evidence: Evidence, made: Gather, this: Seat, one: Contribution) -> RowShare:
    finer = evidence.plan.relations[made.relation]
    seat = Seat(finer, one.row, {"this": this})
    cell = Cell(finer.name, one.row.key, _value_column(made.value) or "")
    return RowShare(
        cell=cell,
        source=source_of(evidence, _read_cell(evidence, made.value, seat) or cell, one.row),
        called=called(evidence.plan, finer, one.row.key),
        counts=one.counts,
        part=one.value,
        subject=subject_of(finer, one.row),
        date=date_of(evidence, finer, one.row),
        begins=first_day_of(evidence, finer, one.row),
        facts=facts_of(evidence, finer, one.row),
        step=_calculation(evidence, made, one, seat),
        failed=_failed(evidence, made.where, seat) if one.counts is not True else None,
    )


def _value_column(node: Node | None) -> str | None:
    """The finer column that is gathered, where it is one column and not a calculation."""
    while isinstance(node, Narrow):
        node = node.operand
    return node.column if isinstance(node, Reference) and not node.row else None


def _is_further(one: RowShare) -> bool:
    """Whether a row is left out because it stands elsewhere in the tree: nobody asks about it."""
    return one.failed is not None and _reads_distance(one.failed.own)


def _read_cell(evidence: Evidence, node: Node | None, seat: Seat) -> Cell | None:
    """The cell that is gathered, where it is one and stands in another row than the finer one."""
    while isinstance(node, Narrow):
        node = node.operand
    if not isinstance(node, Reference) or not node.row:
        return None
    cell, _ = cell_of(Trace(evidence, seat, {}), node)
    return cell


def _calculation(evidence: Evidence, made: Gather, one: Contribution, seat: Seat) -> Step | None:
    """How a row's part was calculated, where it is more than one of its columns."""
    if made.value is None or one.counts is not True:
        return None
    step = trace(evidence, made.value, seat)
    return step if _value_column(made.value) is None else _of_what_it_names(evidence, step)


def _of_what_it_names(evidence: Evidence, step: Step) -> Step | None:
    """For a column that only names another, or rounds it: how that other one was calculated.

    A column of a stack is calculated where its part is.
    """
    while step.what == "narrow":
        step = step.operands[0]
    named = opened(evidence, step)
    if step.cell is not None and _is_stored(evidence, step.cell):
        return named
    layers = []
    while named is not None and named.what in ("narrow", "round"):
        layers.append(named)
        named = named.operands[0]
    if named is None or named.what != "reference" or named.is_hidden:
        return None
    found = opened(evidence, named)
    for layer in reversed(layers):
        found = replace(layer, operands=(found,)) if found is not None else None
    return found


def _is_stored(evidence: Evidence, cell: Cell) -> bool:
    return isinstance(evidence.plan.relations[cell.relation].columns[cell.column].made, Stored)


def _failed(evidence: Evidence, where: Node | None, seat: Seat) -> Condition | None:
    """The first condition a row does not meet, or of which nobody knows whether it does."""
    if where is None:
        return None
    step = trace(evidence, where, seat)
    asked = conditions(step, lambda inner: opened(evidence, inner))
    return next((one for one in asked if one.answer is not True), None)
