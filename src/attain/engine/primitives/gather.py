"""Gather: finer rows into one coarser row, filtered, in a window.

The finer rows are added up in passes (see `passes`). Here the sums are hung on the coarser
rows, so that who had nothing has a row too, and data is asked whether it covers the window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.aggregate import REASON, Summing
from attain.engine.primitives.coverage import Cover, uncovered
from attain.engine.primitives.formula import Made, project
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.passes import Group


@dataclass(frozen=True, slots=True)
class Summed:
    """A pass that has been made: the steps with its sums and, if any, its reasons."""

    group: Group
    sums: str
    why: str | None
    reasons: frozenset[str]
    scales: Mapping[str, int]
    """Decimals of the sums that means are made of."""


def hang(own: Frame, groups: Sequence[Summed], cover: Cover) -> Made:
    """The gathering rows with the sums hung on them.

    No row counts as zero inside what data covers, and as no data outside.
    """
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    query = exp.select(sql.every()).from_(own.table())
    for number, summed in enumerate(groups, start=1):
        group, alias, reasons = summed.group, f"g{number}", f"w{number}"
        outside = uncovered(group.first, own, group.spans, cover, group.lost)
        for column, gather in group.gathers:
            may_spoil = column.name + REASON in summed.reasons
            scale = summed.scales.get(column.name, 0)
            spoiling = reasons if may_spoil else None
            told = Summing(column, gather, alias, spoiling, scale, own.dialect)
            value, why = told.result(outside)
            storage = sql.storage_of(column)
            projections += project(column.name, storage, value, why)
            cells[column.name] = Cell(storage, why is not None)
        query = query.join(_joined(own, group, summed.sums, alias))
        if summed.why is not None:
            query = query.join(_joined(own, group, summed.why, reasons))
    return Made(query.select(*projections), cells)


def _joined(own: Frame, group: Group, step: str, alias: str) -> exp.Join:
    """Sums by the columns they are hung on; the single row of an ungrouped pass fits all."""
    by_row = group.needs_gathering_row
    on = sql.both(
        *(
            sql.same(
                sql.column(name, alias),
                sql.column(name),
                may_be_missing=by_row and own.cells[name].may_be_missing,
            )
            for name in group.names(own)
        )
    )
    return exp.Join(this=sql.table(step, alias), side="LEFT", on=on or sql.true())
