"""Fold: columns that read their own earlier rows, computed row by row in an order.

All partitions walk in step: first every first row, then every second one from it. So a year
of orders of a thousand people takes as many rounds as the busiest of them has orders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, Printer, layered, project
from attain.engine.primitives.frames import Cell, Frame, Reader, lookup_column
from attain.engine.primitives.model import Column, Fold
from attain.engine.primitives.order import NO_PREVIOUS, place_of
from attain.expressions.typed import Node

PLACE = "__place"
"""Which row of its partition a row is, from 1."""

_WALK = "walk"
_BEFORE = "previous"


def places(frame: Frame, fold: Fold) -> Made:
    """The rows that have a place in the order, numbered inside their partitions."""
    place = place_of(frame, fold.ordering)
    number = sql.named(place.over(exp.RowNumber()), PLACE)
    query = exp.select(sql.every(), sql.named(sql.cast(number.this, "BIGINT"), PLACE))
    query = query.from_(frame.table())
    if place.outside is not None:
        query = query.where(sql.is_missing(place.outside))
    return Made(query, {PLACE: Cell("BIGINT")})


def walk(placed: Frame, fold: Fold, columns: Mapping[str, Column]) -> Made:
    """The folded columns of every placed row, each row computed from the one before."""
    names = [name for name, _ in fold.steps]
    cells = {name: Cell(sql.storage_of(columns[name]), True) for name in names}
    before = {lookup_column(_BEFORE, name): cell for name, cell in cells.items()}
    seen = placed.with_cells(placed.step, before)
    starts = dict(fold.starts)
    first = _round(seen, fold, columns, _with_starts(placed, names, starts, cells))
    later = _round(seen, fold, columns, _with_previous(placed, fold, names))
    both = exp.Union(this=first, expression=later, distinct=False)
    walked = exp.select(*_kept(placed, fold, names)).from_(sql.table(_WALK, sql.OWN))
    query = walked.with_(sql.quoted(_WALK), as_=both, recursive=True)
    return Made(query, cells)


def _kept(placed: Frame, fold: Fold, names: Sequence[str]) -> list[exp.Expr]:
    """What one round hands to the next: key, partition, place, and the columns with reasons."""
    keys = [part.name for part in placed.relation.key]
    plain = dict.fromkeys([*keys, *fold.ordering.partition, PLACE])
    kept: list[exp.Expr] = [sql.column(name) for name in plain]
    for name in names:
        kept += [sql.column(name), sql.column(name + sql.WHY)]
    return kept


def _round(seen: Frame, fold: Fold, columns: Mapping[str, Column], source: exp.Expr) -> exp.Select:
    """One row computed from the one before: a SELECT inside another for each step of the fold."""
    frame = seen
    for number, (name, node) in enumerate(fold.steps):
        printer = Printer(Reader(frame), f"step{number}_")
        printed = printer(node)
        storage = sql.storage_of(columns[name])
        why = printed.why if printed.why is not None else sql.null("VARCHAR")
        projections = project(name, storage, printed.value, why)
        inner = exp.select(sql.every(), *projections).from_(layered(source, printer.lets))
        source = exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.quoted(sql.OWN)))
        frame = frame.with_cells(frame.step, {name: Cell(storage, True)})
    names = [name for name, _ in fold.steps]
    return exp.select(*_kept(seen, fold, names)).from_(source)


def _with_starts(
    placed: Frame, names: Sequence[str], starts: Mapping[str, Node], cells: Mapping[str, Cell]
) -> exp.Expr:
    """The first rows, with the start values as what was before."""
    printer = Printer(Reader(placed), "start_")
    projections: list[exp.Expr] = []
    for name in names:
        called = lookup_column(_BEFORE, name)
        if name in starts:
            start = printer(starts[name])
            why = start.why if start.why is not None else sql.null("VARCHAR")
            projections += project(called, cells[name].storage, start.value, why)
        else:
            nothing = sql.null(cells[name].storage)
            projections += project(called, cells[name].storage, nothing, sql.text(NO_PREVIOUS))
    inner = (
        exp.select(sql.every(), *projections)
        .from_(layered(placed.table(), printer.lets))
        .where(sql.equals(sql.column(PLACE), sql.whole(1)))
    )
    return exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.quoted(sql.OWN)))


def _with_previous(placed: Frame, fold: Fold, names: Sequence[str]) -> exp.Expr:
    """The next rows, each with the row before it in its partition."""
    projections: list[exp.Expr] = []
    for name in names:
        called = lookup_column(_BEFORE, name)
        projections.append(sql.named(sql.column(name, _BEFORE), called))
        projections.append(sql.named(sql.column(name + sql.WHY, _BEFORE), called + sql.WHY))
    one_later = exp.Add(this=sql.column(PLACE, _BEFORE), expression=sql.whole(1))
    on = sql.both(
        sql.equals(sql.column(PLACE), one_later),
        *(sql.equals(sql.column(n), sql.column(n, _BEFORE)) for n in fold.ordering.partition),
    )
    inner = (
        exp.select(sql.every(), *projections)
        .from_(placed.table())
        .join(exp.Join(this=sql.table(_WALK, _BEFORE), on=on))
    )
    return exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.quoted(sql.OWN)))


def hang_folded(frame: Frame, fold: Fold, columns: Sequence[Column], step: str) -> Made:
    """The folded columns on all rows; who has no place in the order has that reason."""
    alias = "w"
    outside = place_of(frame, fold.ordering).outside
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for column in columns:
        why: exp.Expr = sql.column(column.name + sql.WHY, alias)
        if outside is not None:
            why = sql.cases((sql.is_there(outside.copy()), outside.copy()), otherwise=why)
        storage = sql.storage_of(column)
        projections += project(column.name, storage, sql.column(column.name, alias), why)
        cells[column.name] = Cell(storage, True)
    keys = {part.name: frame.cells[part.name].may_be_missing for part in frame.relation.key}
    on = sql.both(
        *(
            sql.same(sql.column(key, alias), sql.column(key), may_be_missing=blank)
            for key, blank in keys.items()
        )
    )
    join = exp.Join(this=sql.table(step, alias), side="LEFT", on=on)
    return Made(exp.select(sql.every(), *projections).from_(frame.table()).join(join), cells)
