"""Compiling how rows come about."""

from __future__ import annotations

from dataclasses import replace

from attain.engine.compiler.making import Making
from attain.engine.compiler.steps import Keeping
from attain.engine.primitives import rows as making_rows
from attain.engine.primitives.frames import UNCERTAIN, Cell, Frame
from attain.engine.primitives.model import (
    MemberRows,
    PeriodRows,
    PlanRows,
    Relation,
    SourceRows,
)
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL
from attain.expressions.typed import Node, references

_DATES = {"effective_from": Cell("DATE"), "effective_until": Cell("DATE")}
_LISTED = {"plan": Cell("VARCHAR"), "subject": Cell("VARCHAR"), **_DATES}


def make_rows(making: Making, relation: Relation) -> None:
    """The first steps of a relation: its rows, with what is stored on them."""
    match relation.rows:
        case SourceRows():
            _source(making, relation, relation.rows)
        case PlanRows():
            made = making_rows.plan_rows(relation, relation.rows)
            making.begin(relation.name, made, f"Rows of {relation.name}, as the plan states them.")
        case MemberRows():
            _members(making, relation, relation.rows)
        case PeriodRows(period=kind):
            made = making_rows.period_rows(relation, making.periods(kind))
            making.begin(relation.name, made, f"One row per {kind} of the run.")
        case _:
            raise NotImplementedError(relation.rows)


def _source(making: Making, relation: Relation, rows: SourceRows) -> None:
    cells = making_rows.stored_cells(relation)
    source = making.dataset(rows.dataset, cells)
    made = making_rows.source_rows(relation, source)
    note = f"Rows of {rows.dataset}, one for one, as the dataset version has them."
    frame = making.begin(relation.name, made, note)
    if rows.where is not None:
        keep_only(making, frame, rows.where)


def keep_only(making: Making, frame: Frame, where: Node) -> Frame:
    """The rows for which the relation's filter holds."""
    query, uncertain = making_rows.filtered(frame, where)
    name = making.next_name(frame.relation.name)
    kept = replace(frame, step=name, uncertain=uncertain)
    note = f"Of {frame.relation.name} the rows that the plan means."
    if uncertain:
        note += f" Where that is not known, {UNCERTAIN} says why."
    making.add(kept, query, note, Keeping.VIEW)
    # Nobody may read the rows before they were filtered.
    making.frames[frame.relation.name] = [kept]
    return kept


def _members(making: Making, relation: Relation, rows: MemberRows) -> None:
    cells = dict(making_rows.stored_cells(relation))
    own = {part.name for part in relation.key} | {PERIOD_FROM, PERIOD_UNTIL}
    wanted = {n: c for n, c in cells.items() if n not in own}
    wanted[rows.subject] = Cell("VARCHAR")
    for reference in references(rows.where) if rows.where is not None else ():
        if reference.column not in own:
            wanted.setdefault(reference.column, Cell(reference.type.storage))
    source = making.dataset(rows.dataset, {**wanted, **_DATES})
    listed = None
    if rows.members_of is not None and "plan_members" in making.context.datasets:
        listed = making.dataset("plan_members", _LISTED)
    periods = making.periods_of(relation)
    if periods is None:
        periods = (making.context.period,)
    dimensions = {
        one.name: making.reading(one.relation, [one.column]) for one in rows.dimensions
    }
    made = making_rows.member_rows(relation, rows, source, periods, listed, dimensions)
    note = f"Who is measured: members of {rows.dataset}, whether or not anything happened."
    making.begin(relation.name, made, note, Keeping.TABLE)
