"""One pass over finer rows: which of them count for which gathering row, and what they add up to.

Gathers that share source, match and window are added up together. Why there is no data is
asked in a second look, and only for the gathering rows where something is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.aggregate import REASON, UNSURE, Taken, aggregated, sortable, taken
from attain.engine.primitives.formula import Made, Printer, layered
from attain.engine.primitives.frames import Cell, Frame, Reader, lookup_column
from attain.engine.primitives.model import Column, Gather
from attain.engine.primitives.moments import (
    WINDOW,
    Dated,
    Lasting,
    Moment,
    by_date,
    clipped,
    in_each_window,
    inside,
    moment_of,
)
from attain.engine.primitives.rows import period_column, period_kind
from attain.engine.primitives.windows import Span, disjoint, outer
from attain.expressions.sql import Printed, print_node
from attain.expressions.typed import Node, Reference, references


@dataclass(frozen=True, slots=True)
class Group:
    """Gathers of one relation that share source, match and window: one pass over the source.

    `spans` are the window's bounds for every period of the gathering relation when they depend
    on the period alone; None when they hang on the gathering row. `lost` are the windows that
    the calendar has no days for. `in_period` is true when the window of each period is the
    period itself.
    """

    columns: tuple[Column, ...]
    spans: tuple[Span, ...] | None
    in_period: bool = False
    lost: tuple[Span, ...] = ()

    @property
    def gathers(self) -> list[tuple[Column, Gather]]:
        return [(c, c.made) for c in self.columns if isinstance(c.made, Gather)]

    @property
    def first(self) -> Gather:
        return self.gathers[0][1]

    @property
    def needs_gathering_row(self) -> bool:
        """True when the finer rows must meet the gathering rows before they are summed."""
        nodes = [node for _, g in self.gathers for node in (g.value, g.where) if node is not None]
        nodes += [node for _, node in self.first.match]
        looks = any(r.row == sql.THIS for node in nodes for r in references(node))
        return looks or self.spans is None

    def names(self, own: Frame) -> list[str]:
        """The columns by which sums are hung on the gathering rows."""
        if self.needs_gathering_row:
            return [part.name for part in own.relation.key]
        names = [name for name, _ in self.first.match]
        label = period_column(own.relation)
        if label is not None and self.first.window is not None and len(self.spans or ()) > 1:
            names.append(label)
        return names


@dataclass(frozen=True, slots=True)
class Pass:
    """Finer rows on their way into a GROUP BY: keys, source, conditions, what each gather takes.

    A filter that all gathers share stands among the conditions; others stay with each gather.
    """

    group: Group
    own: Frame
    finer: Frame
    keys: Mapping[str, exp.Expr]
    source: exp.Expr
    conditions: tuple[exp.Expr | None, ...]
    rows: tuple[Taken, ...]

    def sums(self) -> Made:
        """What the rows add up to, one row per value of the keys."""
        columns = [sql.named(value.copy(), name) for name, value in self.keys.items()]
        cells = {name: self.own.cells[name] for name in self.keys}
        for (column, gather), row in zip(self.group.gathers, self.rows, strict=True):
            for name, expression, storage in aggregated(column, gather, self.finer, row):
                columns.append(sql.named(expression, name))
                cells[name] = Cell(storage)
        doubt = self._doubt()
        if doubt is not None:
            columns.append(sql.named(exp.LogicalOr(this=doubt), UNSURE))
            cells[UNSURE] = Cell("BOOLEAN")
        return Made(self._grouped(columns), cells)

    def _doubt(self) -> exp.Expr | None:
        """Whether a row lacks data for any of the gathers, if its filter lets it through."""
        reasons: list[exp.Expr] = []
        for row in self.rows:
            if row.reason is not None and row.reason not in reasons:
                reasons.append(row.reason)
        return sql.either(*(sql.is_there(reason.copy()) for reason in reasons))

    def reasons(self, summed: str) -> Reasons | None:
        """Why there is no data, of the rows with the lowest key; None if nothing can be missing.

        `summed` is the step with the sums, which say whether anything is unsure at all.
        """
        columns = [sql.named(value.copy(), name) for name, value in self.keys.items()]
        cells = {name: self.own.cells[name] for name in self.keys}
        there: list[exp.Expr] = []
        for (column, _), row in zip(self.group.gathers, self.rows, strict=True):
            reason = row.spoils
            if reason is None:
                continue
            there.append(sql.is_there(reason.copy()))
            lowest = exp.ArgMin(this=reason, expression=sortable(self.finer.key()))
            filtered = exp.Filter(this=lowest, expression=exp.Where(this=there[-1].copy()))
            columns.append(sql.named(filtered, column.name + REASON))
            cells[column.name + REASON] = Cell("VARCHAR")
        if not there:
            return None
        query = self._grouped(columns, sql.either(*there))
        asked = exp.select(sql.whole(1)).from_(sql.table(summed)).where(sql.column(UNSURE, None))
        return Reasons(Made(query, cells), asked.limit(1))

    def _grouped(self, columns: Sequence[exp.Expr], *further: exp.Expr | None) -> exp.Select:
        query = exp.select(*columns).from_(self.source.copy(), copy=False)
        where = sql.both(*(c.copy() for c in self.conditions if c is not None), *further)
        if where is not None:
            query = query.where(where, copy=False)
        if self.keys:
            keys = (value.copy() for value in self.keys.values())
            query = query.group_by(*keys, copy=False)
        return query


@dataclass(frozen=True, slots=True)
class Reasons:
    """The second look at the rows of a pass, and the question whether it is needed at all."""

    made: Made
    asked: exp.Query


def pass_over(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Pass:
    """The pass of a group of gathers over its source.

    `clip` are the days a provisional run looks at, None for all.
    """
    if group.needs_gathering_row:
        return _by_row(group, own, finer, clip)
    return _by_period(group, own, finer, clip)


def _by_period(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Pass:
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
            if group.in_period and _is_of_periods(moment, finer, own):
                keys[label] = sql.column(period_column(finer.relation) or label)
            elif disjoint(spans) and isinstance(moment, Dated):
                keys[label] = by_date(moment, spans)
            else:
                keys[label] = sql.column(WINDOW)
                source = in_each_window(finer, moment, spans, label)
    return _pass(group, own, finer, printer, keys, source, conditions)


def _is_of_periods(moment: Moment, finer: Frame, own: Frame) -> bool:
    """True when each finer row lasts one period, of those that the gathering rows have."""
    return isinstance(moment, Lasting) and period_kind(finer.relation) == period_kind(own.relation)


def _by_row(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Pass:
    """Finer rows meet the gathering rows first, because filter or window looks at them."""
    met, source = _met(group, own, finer, clip)
    keys: dict[str, exp.Expr] = {
        part.name: sql.column(lookup_column(sql.THIS, part.name)) for part in own.relation.key
    }
    return _pass(group, own, met, Printer(Reader(met)), keys, source, [])


def _met(
    group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None
) -> tuple[Frame, exp.Expr]:
    """Each finer row with each gathering row it counts for, whose columns are `this.…`."""
    printer = Printer(Reader(finer), "met_")
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

    return print_node(node, read, own.dialect).value


def _pass(
    group: Group,
    own: Frame,
    finer: Frame,
    printer: Printer,
    keys: Mapping[str, exp.Expr],
    source: exp.Expr,
    conditions: Sequence[exp.Expr | None],
) -> Pass:
    rows = [taken(gather, finer, printer) for _, gather in group.gathers]
    shared = _shared_filter(rows)
    if shared is not None:
        rows = [row.without_filter() for row in rows]
    layers = layered(source, printer.lets)
    return Pass(group, own, finer, keys, layers, (*conditions, shared), tuple(rows))


def _shared_filter(rows: Sequence[Taken]) -> exp.Expr | None:
    """The condition every gather of the group has, when it is never in doubt."""
    first = rows[0].where
    if first is None or any(row.where != first or row.doubtful for row in rows):
        return None
    return first.copy()
