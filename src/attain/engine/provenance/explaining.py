"""Explaining a cell: rule, values, table, rows, inputs, down to the file and the line.

The steps are those of the reference evaluator over the run's own values. Whatever is shown
is computed again, and must come to the shown number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from attain.core import reasons
from attain.core.errors import AttainError, problem
from attain.core.periods import period_labels
from attain.core.units import Unit
from attain.engine.primitives.model import (
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    Ordered,
    Prior,
    Relation,
    Shared,
    Stored,
)
from attain.engine.provenance import matches, raters, standings
from attain.engine.provenance.asking import Asked, input_cells
from attain.engine.provenance.belonging import is_row_of, is_step_of
from attain.engine.provenance.blame import deciding_conditions, way_down
from attain.engine.provenance.bounds import TooManyRows
from attain.engine.provenance.errors import TRACE_DIFFERS
from attain.engine.provenance.evidence import Evidence, facts_of, is_component, subject_of
from attain.engine.provenance.gathers import gathering, unread
from attain.engine.provenance.model import (
    Cell,
    Decision,
    Earlier,
    Kind,
    Match,
    Node,
    Status,
    Step,
    Subject,
)
from attain.engine.provenance.others import not_taken
from attain.engine.provenance.places import Unlisted
from attain.engine.provenance.sources import called
from attain.engine.provenance.steps import deciding_step, given, readers_type, trace
from attain.engine.reference import calculation, decide, prior
from attain.engine.reference.earlier import period_before
from attain.engine.reference.seat import Seat
from attain.expressions.results import Absent, Result
from attain.expressions.typed import references

DEPTH: Final = 2
"""How many levels of inputs are explained at once; deeper ones are asked for by their cell."""

_KINDS: Final = {
    Stored: Kind.STORED,
    Formula: Kind.FORMULA,
    Gather: Kind.GATHER,
    Ordered: Kind.ORDER,
    Fold: Kind.FOLD,
    Prior: Kind.PRIOR,
    Grouped: Kind.GROUP,
    Shared: Kind.SHARE,
    Decided: Kind.DECIDED,
}


def explain(evidence: Evidence, cell: Cell, depth: int = DEPTH) -> Node:
    """Why a cell of a run holds what it holds.

    :raises KeyError: the run has no such row or column.
    :raises AttainError: TRACE_DIFFERS if the steps do not come to the stored value, so that no
        explanation is ever shown that does not explain.
    """
    try:
        return _explain(evidence, cell, depth)
    except TooManyRows:
        raise KeyError(cell) from None


def _explain(evidence: Evidence, cell: Cell, depth: int) -> Node:
    """
    :raises TooManyRows: the row itself is among those that are too many to be read.
    """
    relation = evidence.plan.relations[cell.relation]
    try:
        return _explained(evidence.around(cell.relation, cell.key), relation, cell, depth)
    except TooManyRows as many:
        return _unlisted(evidence.whole, relation, cell, many)


def _explained(evidence: Evidence, relation: Relation, cell: Cell, depth: int) -> Node:
    row = evidence.row(cell.relation, cell.key)
    column = relation.columns[cell.column]
    asked = Asked(evidence, relation, row, column)
    if raters.is_untold(evidence, relation, row, column):
        node = raters.untold(_plain(asked))
        return replace(node, subjects=_subjects(node))
    behind = _behind(asked)
    kind = _KINDS[type(behind.column.made)]
    node = _FURTHER[kind](behind, replace(_plain(asked), kind=kind))
    if behind is not asked:
        node = replace(node, expression=_traced(asked))
    _check(asked, behind)
    node = _why_missing_or_nothing(asked, node)
    node = replace(node, inputs=tuple(_inputs(behind, node, depth - 1)))
    return replace(node, subjects=_subjects(node))


def _unlisted(evidence: Evidence, relation: Relation, cell: Cell, many: TooManyRows) -> Node:
    """A number as the run stored it, with its rule; what it stands on is too much to be read."""
    row, column = evidence.row(cell.relation, cell.key), relation.columns[cell.column]
    node = _plain(Asked(evidence, relation, row, column))
    if raters.is_anonymous(column) or raters.gathers_ratings(evidence.plan, column):
        return replace(raters.untold(node), subjects=_subjects(node))
    made = column.made
    gathered = unread(evidence.plan, made) if isinstance(made, Gather) else None
    stands_on = Unlisted(many.relation, many.rows)
    return replace(node, gathered=gathered, unlisted=stands_on, subjects=_subjects(node))


def _plain(asked: Asked) -> Node:
    """What is known of a cell however it was made."""
    value, column = asked.value, asked.column
    run = asked.evidence.calculation
    period = prior.own_period(run, asked.relation, asked.row)
    return Node(
        cell=asked.cell,
        kind=_KINDS[type(column.made)],
        value=value,
        type=readers_type(asked.evidence, asked.relation, column, value),
        status=_status(value),
        labels=column.labels,
        text=column.text,
        source=column.source,
        form=column.form,
        line=column.line,
        plan=run.plan.plan,
        period=period.label,
        period_labels=period_labels(period),
        subject=subject_of(asked.relation, asked.row),
        subjects=frozenset(),
        called=called(run.plan, asked.relation, asked.row.key),
        is_hidden=column.hidden,
        is_step=not is_component(run.plan, asked.relation, column),
    )


def _status(value: Result) -> Status:
    if not isinstance(value, Absent):
        return Status.VALUE
    return Status.NO_DATA if reasons.is_no_data(value.reason) else Status.NOT_APPLICABLE


def _stored(asked: Asked, node: Node) -> Node:
    """A value as it was brought in; of a stack, as its part calculates it."""
    node = replace(node, facts=facts_of(asked.evidence, asked.relation, asked.row))
    step = given(asked.evidence, asked.relation, asked.row, asked.column.name)
    return node if step is None else replace(node, kind=Kind.FORMULA, expression=step)


def _traced(asked: Asked) -> Step:
    made = asked.column.made
    assert isinstance(made, Formula)
    return trace(asked.evidence, made.node, Seat(asked.relation, asked.row))


def _formula(asked: Asked, node: Node) -> Node:
    made = asked.column.made
    assert isinstance(made, Formula)
    names = dict.fromkeys(one.row for one in references(made.node) if one.row)
    groups = raters.groups_of(asked.evidence, asked.relation, asked.row, asked.column)
    if groups:
        # The calculation would say what groups gave that are too small to be told.
        return replace(node, raters=groups)
    step = _traced(asked)
    others = not_taken(asked.evidence, step)
    # What is calculated from numbers of the data is a number like them.
    is_number = node.type.unit is Unit.ratio and step.type.unit is Unit.count
    type_ = step.type if is_number else node.type
    return replace(node, type=type_, expression=step, matches=_matches(asked, names), others=others)


def _behind(asked: Asked) -> Asked:
    """What a column stands for that only names a hidden step: a place, a running total."""
    if not isinstance(asked.column.made, Formula):
        return asked
    inner = deciding_step(_traced(asked))
    is_own = inner.cell is not None and inner.cell.relation == asked.relation.name
    if inner.what != "reference" or not inner.is_hidden or inner.cell is None or not is_own:
        return asked
    column = asked.relation.columns[inner.cell.column]
    is_plain = isinstance(column.made, Formula | Stored) or column.labels is not None
    return asked if is_plain else replace(asked, column=column, finer=[])


def _matches(asked: Asked, names: dict[str, None]) -> tuple[Match, ...]:
    lookups = asked.relation.lookups
    return tuple(
        matches.match_of(asked.evidence, asked.relation, asked.row, lookups[name])
        for name in names
        if name in lookups
    )


def _gather(asked: Asked, node: Node) -> Node:
    if raters.is_anonymous(asked.column):
        return raters.untold(node)
    found = gathering(asked.evidence, asked.relation, asked.column, asked.row)
    asked.finer.append(found.evidence)
    return replace(node, gathered=raters.guarded(asked.evidence, asked.column, found.gathered))


def _order(asked: Asked, node: Node) -> Node:
    order = standings.in_order(asked.evidence, asked.relation, asked.column, asked.row)
    return replace(node, order=order)


def _fold(asked: Asked, node: Node) -> Node:
    """A state: its own step with the values of the row before."""
    made = asked.column.made
    assert isinstance(made, Fold)
    before = _before(asked, made)
    own: dict[str, Result] = {}
    run = asked.evidence.calculation
    for name, expression in made.steps:
        seat = Seat(asked.relation, asked.row, {"previous": before, "": own})
        if name == made.column:
            return replace(node, expression=trace(asked.evidence, expression, seat))
        own[name] = run.evaluate(expression, seat)
    return node


def _before(asked: Asked, made: Fold) -> dict[str, Result]:
    from attain.engine.reference import fold, order

    run = asked.evidence.calculation
    rows = run.peers(asked.relation, asked.column, asked.row)
    for line in order.partitions(run, asked.relation, made.ordering, rows):
        if asked.row in line:
            place = line.index(asked.row)
            if place:
                last = line[place - 1]
                return {name: run.value(asked.relation, last, name) for name, _ in made.steps}
    return fold.started(run, asked.relation, made, asked.row)


def _prior(asked: Asked, node: Node) -> Node:
    made = asked.column.made
    assert isinstance(made, Prior)
    run = asked.evidence.calculation
    own = prior.own_period(run, asked.relation, asked.row)
    begins = prior.begins_again(run, asked.relation, asked.row, made)
    period = None if begins else period_before(run, own, made.back)
    if period is None:
        return replace(
            node, earlier=Earlier(period_labels(own), None, is_start=True, is_again=True)
        )
    found = prior.row_before(run, asked.relation, asked.row, made)
    if found is None:
        return replace(node, earlier=Earlier(period_labels(period), None, is_start=True))
    cell = Cell(asked.relation.name, found.key, made.column)
    told = period_labels(prior.own_period(run, asked.relation, found))
    return replace(node, earlier=Earlier(told, cell, is_start=False))


def _group(asked: Asked, node: Node) -> Node:
    group = standings.in_group(asked.evidence, asked.relation, asked.column, asked.row)
    return replace(node, group=group)


def _share(asked: Asked, node: Node) -> Node:
    share = standings.in_share(asked.evidence, asked.relation, asked.column, asked.row)
    return replace(node, share=share)


def _decided(asked: Asked, node: Node) -> Node:
    made = asked.column.made
    assert isinstance(made, Decided)
    run = asked.evidence.calculation
    found = decide.decisions_on(run, asked.relation, made, asked.row)
    decisions = tuple(
        Decision(
            id=str(one["id"]),
            kind=str(one["kind"]),
            value=None if one["kind"] == "waive" else decide.stated(asked.column, one),
            reason=str(one.get("reason") or ""),
            by=str(one.get("by") or ""),
            approved_by=str(one["approved_by"]) if one.get("approved_by") else None,
        )
        for one in found
    )
    return replace(node, decisions=decisions)


_FURTHER: Final = {
    Kind.STORED: _stored,
    Kind.FORMULA: _formula,
    Kind.GATHER: _gather,
    Kind.ORDER: _order,
    Kind.FOLD: _fold,
    Kind.PRIOR: _prior,
    Kind.GROUP: _group,
    Kind.SHARE: _share,
    Kind.DECIDED: _decided,
}


def _check(asked: Asked, behind: Asked) -> None:
    """The recomputed value is the shown one (INV-C22), of a hidden step before that of the cell.

    :raises AttainError: TRACE_DIFFERS.
    """
    for one in (asked,) if behind is asked else (asked, behind):
        if isinstance(one.column.made, Stored):
            continue
        run = (one.finer or [one.evidence])[0].calculation
        row = run.row(one.relation.name, one.row.key) or one.row
        again = calculation.recomputed(run, one.relation, one.column, row)
        if again != one.value:
            raise AttainError(
                problem(
                    TRACE_DIFFERS,
                    relation=one.relation.name,
                    column=one.column.name,
                    shown=str(one.value),
                    again=str(again),
                )
            )


def _why_missing_or_nothing(asked: Asked, node: Node) -> Node:
    if node.status is Status.NO_DATA and node.reason is not None:
        return replace(node, blame=way_down(asked.evidence, node.cell, node.reason))
    if node.status is Status.NOT_APPLICABLE or node.is_nothing:
        return replace(node, conditions=deciding_conditions(asked.evidence, node.cell))
    return node


def _inputs(asked: Asked, node: Node, depth: int) -> Iterator[Node]:
    """Explanations of what the cell was made from, each once, as far as it is a column.

    Beyond the depth that is asked for, of steps without a name only: the rule names them by
    their own rule.
    """
    seen: set[Cell] = set()
    is_beyond = depth < 0
    if is_beyond and node.gathered is not None:
        return
    for evidence, cell in input_cells(asked, node):
        known = cell.column in asked.evidence.plan.relations[cell.relation].columns
        if known and cell not in seen and _is_there(evidence, cell):
            seen.add(cell)
            column = evidence.plan.relations[cell.relation].columns[cell.column]
            if is_beyond and not (column.hidden and column.labels is None):
                continue
            # All steps of an incentive are one level: none is worth a question of its own.
            # So are those of a scorecard's row.
            is_same = is_step_of(column.form, node.form) or is_row_of(column.form, node.form)
            yield _explain(evidence, cell, depth + is_same)


def _is_there(evidence: Evidence, cell: Cell) -> bool:
    """Whether the row of an input is there to be explained, and not among too many."""
    try:
        return evidence.calculation.row(cell.relation, cell.key) is not None
    except TooManyRows:
        return False


def _subjects(node: Node) -> frozenset[Subject]:
    """Everyone whose numbers the node shows, one level deep and below."""
    found = {one for one in (node.subject,) if one is not None}
    if node.gathered is not None:
        found |= {one.subject for one in node.gathered.all_rows if one.subject is not None}
    for below in node.inputs:
        found |= below.subjects
    return frozenset(found)
