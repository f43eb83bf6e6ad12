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
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Column, Gather, Window
from attain.engine.primitives.printing import Printed, print_node
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL, period_column, values
from attain.engine.primitives.windows import Span, disjoint, outer
from attain.expressions.typed import Reference, references


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


def _sums_by_period(
    group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None
) -> Made:
    """Grouped by the matched keys and the period a row's date falls in: no join is needed."""
    printer = Printer(Reader(finer))
    label = period_column(own.relation)
    spans = group.spans or ()
    keys = {name: printer(node).value for name, node in group.first.match}
    moment = _moment(group, finer)
    source: exp.Expr = finer.table()
    conditions: list[exp.Expr | None] = []
    joins: list[exp.Join] = []
    if group.first.window is not None and label is not None and moment is not None:
        bounds = outer(spans)
        conditions.append(_inside(moment, bounds) if spans else sql.false())
        if len(spans) > 1 or not spans:
            by_label, joined = _label(spans, moment, label)
            keys[label] = by_label
            joins += [joined] if joined is not None else []
    elif group.first.window is not None and moment is not None:
        conditions.append(_inside(moment, spans[0]))
    conditions.append(_clipped(moment, clip))
    return _grouped(group, finer, printer, keys, source, joins, conditions)


def _label(
    spans: Sequence[Span], moment: Moment, label: str
) -> tuple[exp.Expr, exp.Join | None]:
    """In which period a row counts: by its date where windows do not overlap, else in several."""
    if disjoint(spans) and isinstance(moment, Dated):
        branches = []
        for span in spans:
            condition = _inside(moment, span)
            assert condition is not None
            branches.append((condition, sql.text(span.label)))
        return sql.cases(*branches), None
    lines = [
        [
            sql.text(span.label),
            sql.literal(span.from_, "DATE"),
            sql.literal(span.until, "DATE"),
        ]
        for span in spans
    ]
    table = values(lines, [label, PERIOD_FROM, PERIOD_UNTIL], ["VARCHAR", "DATE", "DATE"], "w")
    bounds = (sql.column(PERIOD_FROM, "w"), sql.column(PERIOD_UNTIL, "w"))
    on = moment.inside(*bounds, open_ends=any(None in (s.from_, s.until) for s in spans))
    return sql.column(label, "w"), exp.Join(this=table, on=on)


@dataclass(frozen=True, slots=True)
class Dated:
    """A finer row counts on its date."""

    date: exp.Expr

    def inside(
        self, from_: exp.Expr | None, until: exp.Expr | None, *, open_ends: bool
    ) -> exp.Expr | None:
        return sql.falls_in(self.date.copy(), from_, until, open_ends=open_ends)


@dataclass(frozen=True, slots=True)
class Lasting:
    """A finer row is a whole period: all of it must lie in the window."""

    from_: exp.Expr
    until: exp.Expr

    def inside(
        self, from_: exp.Expr | None, until: exp.Expr | None, *, open_ends: bool
    ) -> exp.Expr | None:
        low = exp.LTE(this=from_, expression=self.from_.copy()) if from_ is not None else None
        high = exp.LTE(this=self.until.copy(), expression=until) if until is not None else None
        if open_ends and from_ is not None and until is not None:
            return sql.both(
                sql.either(sql.is_missing(from_.copy()), low),
                sql.either(sql.is_missing(until.copy()), high),
            )
        return sql.both(low, high)


Moment = Dated | Lasting


def _moment(group: Group, finer: Frame) -> Moment | None:
    """When a finer row happens: on its date, or in its whole period."""
    date = group.first.date
    if date is None and period_column(finer.relation) is not None:
        return Lasting(sql.column(PERIOD_FROM), sql.column(PERIOD_UNTIL))
    date = date or finer.relation.date
    return Dated(sql.column(date)) if date is not None else None


def _inside(moment: Moment, span: Span) -> exp.Expr | None:
    from_ = sql.day(span.from_) if span.from_ is not None else None
    until = sql.day(span.until) if span.until is not None else None
    return moment.inside(from_, until, open_ends=False)


def _clipped(moment: Moment | None, clip: tuple[Span, ...] | None) -> exp.Expr | None:
    """A provisional run looks at covered days only."""
    if clip is None or moment is None:
        return None
    return sql.either(*(_inside(moment, span) for span in clip)) if clip else sql.false()


def _sums_by_row(group: Group, own: Frame, finer: Frame, clip: tuple[Span, ...] | None) -> Made:
    """Finer rows meet the gathering rows first, because filter or window looks at them."""
    printer = Printer(Reader(finer, this=own))
    plain = Reader(finer, this=own)
    matches = [
        sql.equals(print_node(node, plain).value, own.value(name, sql.THIS))
        for name, node in group.first.match
    ]
    keys = {part.name: sql.column(part.name, sql.THIS) for part in own.relation.key}
    moment = _moment(group, finer)
    window = group.first.window
    conditions: list[exp.Expr | None] = [*matches]
    if window is not None and moment is not None:
        bounds = (bound(window.from_, own, sql.THIS), bound(window.until, own, sql.THIS))
        conditions.append(moment.inside(*(b.value if b else None for b in bounds), open_ends=False))
    conditions.append(_clipped(moment, clip))
    on = sql.both(*conditions)
    join = exp.Join(this=own.table(sql.THIS), on=on, kind=None if on is not None else "CROSS")
    return _grouped(group, finer, printer, dict(keys), finer.table(), [join], [])


def bound(node: object, own: Frame, alias: str) -> Printed | None:
    """A window's bound, computed on the gathering row."""
    if node is None:
        return None

    def read(reference: Reference) -> Printed:
        return own.printed(reference.column, alias)

    return print_node(node, read)  # type: ignore[arg-type]


def _grouped(
    group: Group,
    finer: Frame,
    printer: Printer,
    keys: dict[str, exp.Expr],
    source: exp.Expr,
    joins: Sequence[exp.Join],
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
    for join in joins:
        query = query.join(join)
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
        if label is not None and group.first.window is not None and len(spans) != 1:
            names.append(label)
    on = sql.both(*(sql.equals(sql.column(n, alias), sql.column(n)) for n in names))
    side = {"side": "LEFT", "on": on} if on is not None else {"kind": "CROSS"}
    return exp.Join(this=sql.table(step, alias), **side)

