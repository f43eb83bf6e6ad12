"""An expression with the values put in: every node with what it came to on this row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from attain.core.labels import Labels
from attain.core.units import Type, Unit
from attain.engine.plans.resolve.constants import OWN_VALUES
from attain.engine.plans.resolve.labels import beneath
from attain.engine.primitives.model import (
    Column,
    Formula,
    Relation,
    StackRows,
    Stored,
)
from attain.engine.provenance import raters
from attain.engine.provenance.as_called import as_called
from attain.engine.provenance.evidence import Evidence
from attain.engine.provenance.model import Cell, Condition, Step
from attain.engine.provenance.numbers import Numbers
from attain.engine.provenance.readers import told_type
from attain.engine.provenance.tables import bands_of, read_of
from attain.engine.provenance.whole import as_number, column_type, stored_number, told
from attain.engine.reference.seat import Seat
from attain.engine.reference.values import Row, result_of
from attain.expressions.evaluate import evaluate
from attain.expressions.results import Absent, Result
from attain.expressions.typed import (
    Apply,
    Constant,
    Dated,
    Missing,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
    references,
)


@dataclass(frozen=True)
class Trace:
    """The values of all nodes of one expression on one row, by the node's identity."""

    evidence: Evidence
    seat: Seat
    values: dict[int, Result]

    def value(self, node: Node) -> Result | None:
        """What a node came to; None if it was not needed."""
        return self.values.get(id(node))


def trace(evidence: Evidence, node: Node, seat: Seat) -> Step:
    """The steps of an expression on a row, as the reference evaluator took them."""
    run = evidence.calculation
    values: dict[int, Result] = {}

    def record(one: Node, value: Result) -> None:
        values[id(one)] = value

    evaluate(node, lambda reference: run.read(seat, reference), record)
    step = step_of(Trace(evidence, seat, values), node)
    # What is nothing but a bare number stands as it was written: a factor of 3.5.
    return as_number(step) if isinstance(node, Constant) else step


def step_of(traced: Trace, node: Node) -> Step:
    """One node of a traced expression, with everything below it."""
    value = traced.value(node)
    if isinstance(node, Reference):
        return _reference(traced, node, value)
    match node:
        case Constant():
            step = _constant(node, value)
        case Missing():
            step = Step("missing", node.reason, node.type, value)
        case Operate():
            operands = tuple(step_of(traced, one) for one in node.operands)
            step = Step("operate", node.operator, node.type, value, operands=operands)
        case Apply() if (written := beneath(node)) is not None:
            return replace(step_of(traced, written), value=value, operands=())
        case Apply():
            operands = tuple(step_of(traced, one) for one in node.arguments)
            step = Step("apply", node.function, node.type, value, operands=operands)
        case Narrow():
            below = (step_of(traced, node.operand),)
            step = Step("narrow", "", node.type, value, operands=below, scale=node.scale)
        case Round():
            below = (step_of(traced, node.operand),)
            step = Step(
                "round", str(node.step), node.type, value, operands=below, mode=node.mode.value
            )
        case Read():
            step = _read(traced, node, value)
        case Dated():
            step = _dated(traced, node, value)
    step = told(as_called(step))
    if Numbers(traced.evidence.plan, traced.evidence.kept.numbers).of(node, traced.seat.relation):
        step = as_number(step)
    return step if value is not None else replace(step, was_asked=False)


def _read(traced: Trace, node: Read, value: Result | None) -> Step:
    """A table that was read; of one with bands for every line, the bands of the line at hand."""
    inputs = tuple(step_of(traced, one) for one in node.inputs)
    bands = bands_of(traced, node)
    if bands is not None:
        below = _read(traced, bands, value)
        assert below.table is not None
        return replace(below, table=replace(below.table, chosen=inputs))
    table = read_of(
        traced,
        node,
        inputs,
        lambda one: step_of(traced, one),
        lambda one: opened(traced.evidence, one),
    )
    return Step("read", node.table, node.type, value, table=table)


def _constant(node: Constant, value: Result | None) -> Step:
    """A literal, which is known even where a branch was not taken."""
    known, asked = result_of(node.value), value is not None
    step = Step("constant", "", node.type, known, was_asked=asked, labels=node.labels)
    return replace(step, is_bare=node.is_bare)


def _dated(traced: Trace, node: Dated, value: Result | None) -> Step:
    """A dated constant: the version that was in force, and from when until when."""
    at = step_of(traced, node.at)
    for begins, ends, version in node.versions:
        if traced.value(version) is not None:
            below = (at, step_of(traced, version))
            return Step(
                "dated",
                node.name,
                node.type,
                value,
                operands=below,
                effective_from=begins,
                effective_until=ends,
                labels=node.labels,
            )
    return Step("dated", node.name, node.type, value, operands=(at,), labels=node.labels)


def _reference(traced: Trace, node: Reference, value: Result | None) -> Step:
    """A name with its value: where it leads, and, for a step the resolver added, what is in it."""
    cell, relation = cell_of(traced, node)
    column = relation.columns.get(node.column) if relation is not None else None
    labels = column.labels if column is not None else None
    if relation is not None and relation.name == OWN_VALUES:
        # Somebody's own value of a parameter, found as `sales_plan(seller)`.
        parameter = node.row.partition("(")[0]
        labels = Labels(zh=parameter, en=parameter)
    hidden = column is not None and column.hidden
    type_ = node.type
    if relation is not None and column is not None:
        type_ = readers_type(traced.evidence, relation, column, value)
    if value is not None and _is_untold(traced.evidence, cell, relation, column):
        value = raters.CONFIDENTIAL
    step = Step(
        "reference",
        node.column,
        type_,
        value,
        was_asked=value is not None,
        cell=cell,
        row=node.row,
        labels=labels,
        is_hidden=hidden,
        form=column.form if column is not None else None,
    )
    # A hidden step with a name for readers, such as a target, is shown by that name.
    # Also where it was not needed: the rule is told in whole.
    is_open = hidden and labels is None and not isinstance(value, Absent)
    inner = (opened(traced.evidence, step) or _unread(traced, column)) if is_open else None
    return step if inner is None else replace(step, operands=(inner,))


def _unread(traced: Trace, column: Column | None) -> Step | None:
    """What a hidden step consists of where its row is not there, as before the first: no values."""
    if column is None or not isinstance(column.made, Formula):
        return None
    return step_of(Trace(traced.evidence, traced.seat, {}), column.made.node)


def readers_type(
    evidence: Evidence, relation: Relation, column: Column, value: Result | None
) -> Type:
    """The type by which readers are told a column: a number where its author thinks of one."""
    if _is_beside_numbers(evidence, relation, column):
        return column_type(column, is_number=True)
    return told_type(evidence.plan, relation, column, value, evidence.kept.numbers)


def _is_beside_numbers(evidence: Evidence, relation: Relation, column: Column) -> bool:
    """Whether another of the rows at hand shows that a stored ratio is a number: 3.5 hours, not
    350 %, where somebody has 6."""
    if not isinstance(column.made, Stored) or column.type.unit is not Unit.ratio:
        return False
    place = (relation.name, column.name)
    if place not in evidence.large:
        rows = evidence.calculation.rows(relation.name) if evidence.is_near(relation.name) else ()
        values = (row.values.get(column.name) for row in rows)
        evidence.large[place] = any(stored_number(one, column.type) for one in values)
    return evidence.large[place]


def _is_untold(
    evidence: Evidence, cell: Cell | None, relation: Relation | None, column: Column | None
) -> bool:
    """Whether a name stands for what one or two raters gave."""
    if cell is None or relation is None or column is None:
        return False
    row = evidence.calculation.row(cell.relation, cell.key)
    return row is not None and raters.is_untold(evidence, relation, row, column)


def opened(evidence: Evidence, step: Step) -> Step | None:
    """The expression behind a name, with its values; None for what is no formula."""
    if step.cell is None:
        return None
    relation = evidence.plan.relations[step.cell.relation]
    column = relation.columns.get(step.cell.column)
    row = evidence.calculation.row(step.cell.relation, step.cell.key)
    if row is not None and column is not None and isinstance(column.made, Stored):
        return given(evidence, relation, row, column.name)
    if row is None or column is None or not isinstance(column.made, Formula):
        return None
    return trace(evidence, column.made.node, Seat(relation, row))


def given(evidence: Evidence, relation: Relation, row: Row, column: str) -> Step | None:
    """How the part of a stack calculates a column; None for what it only hands on."""
    rows = relation.rows
    if not isinstance(rows, StackRows) or column not in rows.columns or not row.made_of:
        return None
    part = next((one for one in rows.parts if one.name == row.key[0]), None)
    node = part.values[rows.columns.index(column)] if part is not None else None
    while isinstance(node, Narrow):
        node = node.operand
    if node is None or isinstance(node, Reference) or not references(node):
        return None
    below, inner = row.made_of[0]
    return trace(evidence, node, Seat(evidence.plan.relations[below], inner))


def cell_of(traced: Trace, node: Reference) -> tuple[Cell | None, Relation | None]:
    """The cell a name stands for on this row."""
    seat, run = traced.seat, traced.evidence.calculation
    other = seat.others.get(node.row)
    if isinstance(other, Seat):
        return Cell(other.relation.name, other.row.key, node.column), other.relation
    if other is not None and node.row:
        return None, seat.relation
    if not node.row:
        return Cell(seat.relation.name, seat.row.key, node.column), seat.relation
    found = run.found(seat.relation, seat.row, node.row)
    target = run.plan.relations[seat.relation.lookups[node.row].relation]
    if isinstance(found, Absent):
        return None, target
    return Cell(target.name, found.key, node.column), target


def seen_through(step: Step) -> Step:
    """What a step says, without narrowing and without the names of hidden steps."""
    while True:
        if step.what == "narrow" or (step.what == "reference" and step.is_hidden and step.operands):
            step = step.operands[0]
        else:
            return step


def conditions(step: Step, open_up: Callable[[Step], Step | None]) -> list[Condition]:
    """The conditions of an `and`, in the order in which they stand, up to the first that fails.

    `open_up` gives the expression behind a name, so that a gate is shown by what it compares.
    """
    found: list[Condition] = []
    decided = False
    for one in _conjuncts(seen_through(step), open_up):
        own, labels = one
        answer = None if decided else own.value
        form = labels.form if labels is not None else None
        is_gate = (form or "").startswith("incentives/")
        said = labels.labels if labels is not None else None
        found.append(Condition(own, answer, said, is_gate))
        decided = decided or answer is not True
    return found


def _conjuncts(
    step: Step, open_up: Callable[[Step], Step | None]
) -> list[tuple[Step, Step | None]]:
    if step.what == "operate" and step.name == "and":
        return [
            found
            for operand in step.operands
            for found in _conjuncts(seen_through(operand), open_up)
        ]
    if step.what == "reference":
        inner = open_up(step)
        if inner is not None:
            below = _conjuncts(seen_through(inner), open_up)
            return [(own, labels or step) for own, labels in below]
    return [(step, None)]


def taken(step: Step) -> tuple[list[Step], Step] | None:
    """The conditions of an `if` that were asked, and the value it took; None for no `if`."""
    step = deciding_step(step)
    if step.what != "apply" or step.name != "if":
        return None
    asked: list[Step] = []
    *pairs, otherwise = step.operands
    for condition, value in zip(pairs[::2], pairs[1::2], strict=True):
        asked.append(condition)
        if condition.value is not False:
            return asked, value
    return asked, otherwise


def deciding_step(step: Step) -> Step:
    """The step below roundings, narrowings and hidden names."""
    while True:
        inner = seen_through(step)
        if inner.what == "round":
            inner = inner.operands[0]
        if inner is step:
            return step
        step = inner


def cells_of(step: Step) -> Iterator[Cell]:
    """The cells an expression read, hidden steps opened up; branches not taken left out."""
    if not step.was_asked:
        return
    if (
        step.what == "reference"
        and step.cell is not None
        and not (step.is_hidden and step.operands)
    ):
        yield step.cell
    for operand in step.operands:
        yield from cells_of(operand)
    if step.table is not None:
        for one in step.table.read:
            yield from cells_of(one)
