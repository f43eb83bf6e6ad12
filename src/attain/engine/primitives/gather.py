"""Gather: finer rows into one coarser row, filtered, in a window.

Two steps. The first groups the finer rows by what leads to the coarser ones, all gathers
that share source, match and window in one pass. The second hangs the sums on the coarser
rows, so that who had nothing has a row too, and asks whether data covers the window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.aggregate import REASON, Taken, aggregated, result, taken
from attain.engine.primitives.coverage import Cover, uncovered
from attain.engine.primitives.formula import Made, Printer, layered, project
from attain.engine.primitives.frames import Cell, Frame, Reader, lookup_column
from attain.engine.primitives.model import Column, Gather
from attain.engine.primitives.moments import (
    Dated,
    by_date,
    clipped,
    in_each_window,
    inside,
    moment_of,
)
from attain.engine.primitives.rows import period_column
from attain.engine.primitives.windows import Span, disjoint, outer
from attain.expressions.sql import Printed, print_node
from attain.expressions.typed import Node, Reference, references


@dataclass(frozen=True, slots=True)
class Group:
    """Gathers of one relation that share source, match and window: one pass over the source.

    `spans` are the window's bounds for every period of the gathering relation when they depend
    on the period alone; None when they hang on the gathering row.
    """

    columns: tuple[Column, ...]
    spans: tuple[Span, ...] | None

    @property
    def gathers(self) -> list[tuple[Column, Gather]]:
        return [(c, c.made) for c in self.columns if isinstance(c.made, Gather)]

    @property
    def first(self) -> Gather:
        return self.gathers[0][1]


def needs_gathering_row(group: Group) -> bool:
    """True when the finer rows must meet the gathering rows before they are summed."""
    nodes = [node for _, g in group.gathers for node in (g.value, g.where) if node is not None]
    nodes += [node for _, node in group.first.match]
    looks = any(r.row == sql.THIS for node in nodes for r in references(node))
    return looks or group.spans is None


def sums(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Made:
    """The finer rows added up, one row per value of what they are matched by."""
    if needs_gathering_row(group):
        return _sums_by_row(group, own, finer, clip)
    return _sums_by_period(group, own, finer, clip)


def _sums_by_period(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Made:
    """Grouped by the matched keys and the period a row's date falls in: no join is needed."""
    printer = Printer(Reader(finer))
    label = period_column(own.relation)
    spans = group.spans or ()
    keys = {name: printer(node).value for name, node in group.first.match}
    moment = moment_of(group.first, finer)
    source: exp.Expr = finer.table()
    conditions: list[exp.Expr | None] = [clipped(moment, clip)]
    if group.first.window is not None and moment is not None:
        conditions.append(inside(moment, outer(spans)) if spans else sql.false())
        if label is not None and len(spans) > 1:
            if disjoint(spans) and isinstance(moment, Dated):
                keys[label] = by_date(moment, spans)
            else:
                keys[label] = sql.column(label)
                source = in_each_window(finer, moment, spans, label)
    return _grouped(group, finer, printer, keys, source, conditions)


def _sums_by_row(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Made:
    """Finer rows meet the gathering rows first, because filter or window looks at them."""
    met, source = _met(group, own, finer, clip)
    printer = Printer(Reader(met))
    keys: dict[str, exp.Expr] = {
        part.name: sql.column(lookup_column(sql.THIS, part.name)) for part in own.relation.key
    }
    return _grouped(group, met, printer, keys, source, [])


def _met(
    group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None
) -> tuple[Frame, exp.Expr]:
    """Each finer row with each gathering row it counts for, whose columns are `this.…`."""
    printer = Printer(Reader(finer))
    tests: list[exp.Expr | None] = [
        sql.equals(printer(node).value, own.value(name, sql.THIS))
        for name, node in group.first.match
    ]
    moment = moment_of(group.first, finer)
    window = group.first.window
    if window is not None and moment is not None:
        bounds = (_bound(window.from_, own), _bound(window.until, own))
        tests.append(moment.inside(*bounds, open_ends=False))
    tests.append(clipped(moment, clip))
    cells = {lookup_column(sql.THIS, name): own.cells[name] for name in _seen(group, own)}
    columns: list[exp.Expr] = [sql.every()]
    for called, cell in cells.items():
        name = called.removeprefix(f"{sql.THIS}.")
        columns.append(sql.named(own.value(name, sql.THIS), called))
        if cell.may_be_missing:
            columns.append(sql.named(sql.column(name + sql.WHY, sql.THIS), called + sql.WHY))
    join = exp.Join(this=own.table(sql.THIS), on=sql.both(*tests) or sql.true())
    inner = exp.select(*columns).from_(layered(finer.table(), printer.lets)).join(join)
    alias = exp.TableAlias(this=sql.quoted(sql.OWN))
    return finer.with_cells(finer.step, cells), exp.Subquery(this=inner, alias=alias)


def _seen(group: Group, own: Frame) -> list[str]:
    """The gathering row's key, and what filters and values look at besides."""
    names = dict.fromkeys(part.name for part in own.relation.key)
    for _, gather in group.gathers:
        for node in (gather.value, gather.where):
            for reference in references(node) if node is not None else ():
                if reference.row == sql.THIS:
                    names[reference.column] = None
    return list(names)


def _bound(node: Node | None, own: Frame) -> exp.Expr | None:
    """A window's bound, computed on the gathering row."""
    if node is None:
        return None

    def read(reference: Reference) -> Printed:
        return own.printed(reference.column, sql.THIS)

    return print_node(node, read).value


def _grouped(
    group: Group,
    finer: Frame,
    printer: Printer,
    keys: dict[str, exp.Expr],
    source: exp.Expr,
    conditions: Sequence[exp.Expr | None],
) -> Made:
    """One GROUP BY; a filter that all gathers share goes before it, others stay with each."""
    rows = [taken(gather, finer, printer) for _, gather in group.gathers]
    shared = _shared_filter(rows)
    projections = [sql.named(value, name) for name, value in keys.items()]
    cells: dict[str, Cell] = {name: Cell("") for name in keys}
    for (column, gather), row in zip(group.gathers, rows, strict=True):
        kept = row.without_filter() if shared is not None else row
        for name, expression, storage in aggregated(column, gather, finer, kept):
            projections.append(sql.named(expression, name))
            cells[name] = Cell(storage)
    query = exp.select(*projections).from_(layered(source, printer.lets))
    where = sql.both(*conditions, shared)
    if where is not None:
        query = query.where(where)
    if keys:
        query = query.group_by(*(value.copy() for value in keys.values()))
    return Made(query, cells)


def _shared_filter(rows: Sequence[Taken]) -> exp.Expr | None:
    """The condition every gather of the group has, when it is never in doubt."""
    first = rows[0].where
    if first is None or any(row.where != first or row.doubtful for row in rows):
        return None
    return first.copy()


def hang(own: Frame, groups: Sequence[tuple[Group, str, Mapping[str, Cell]]], cover: Cover) -> Made:
    """The gathering rows with the sums hung on them.

    No row counts as zero inside what data covers, and as no data outside.
    """
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    query = exp.select(sql.every()).from_(own.table())
    for number, (group, step, summed) in enumerate(groups, start=1):
        alias = f"g{number}"
        outside = uncovered(group.first, own, group.spans, cover)
        for column, gather in group.gathers:
            may_spoil = column.name + REASON in summed
            value, why = result(column, gather, alias, outside, may_spoil=may_spoil)
            storage = sql.storage_of(column)
            projections += project(column.name, storage, value, why)
            cells[column.name] = Cell(storage, why is not None)
        query = query.join(_joined(own, group, step, alias))
    return Made(query.select(*projections), cells)


def _joined(own: Frame, group: Group, step: str, alias: str) -> exp.Join:
    if needs_gathering_row(group):
        names = [part.name for part in own.relation.key]
    else:
        names = [name for name, _ in group.first.match]
        label = period_column(own.relation)
        spans = group.spans or ()
        if label is not None and group.first.window is not None and len(spans) > 1:
            names.append(label)
    on = sql.both(*(sql.equals(sql.column(n, alias), sql.column(n)) for n in names))
    side = {"side": "LEFT", "on": on} if on is not None else {"kind": "CROSS"}
    return exp.Join(this=sql.table(step, alias), **side)
