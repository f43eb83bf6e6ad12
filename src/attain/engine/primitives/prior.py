"""Prior: the value a column had some periods earlier, from the results named in the request.

One period back is the row before, as along an ordering: where the subject has no row in the period
before, that of the latest earlier period with one stands, no further than a restart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, Printer, extended, project
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Column, Prior
from attain.engine.primitives.order import NO_PREVIOUS
from attain.engine.primitives.rows import PERIOD_UNTIL, period_column

_EARLIER = "earlier"
_NEAR = "near"
_PLACE = "__place"


@dataclass(frozen=True, slots=True)
class Looks:
    """Under which names a period of the run reads earlier results.

    `near` has the rows of the period before; `far` those of the periods before it, of which the
    ones that end after `since` and no later than `until` count for who has no row in `near`.
    """

    near: str
    far: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def select_prior(frame: Frame, columns: Sequence[Column], results: Mapping[str, Looks]) -> Made:
    """The rows of a frame with values of an earlier period.

    `results` says for each period of the run, by its label, under which names earlier results
    are read. Where none is, or where none knows the row, the start value stands: it is the
    subject's first period.
    """
    printer = Printer(Reader(frame))
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for column in columns:
        value, why = _value(column, printer, found=bool(results))
        storage = sql.storage_of(column)
        projections += project(column.name, storage, value, why)
        cells[column.name] = Cell(storage, True)
    query = extended(frame, projections, printer.lets)
    if results:
        query = query.join(_join(frame, columns, results))
    return Made(query, cells)


def _value(column: Column, printer: Printer, *, found: bool) -> tuple[exp.Expr, exp.Expr]:
    made = column.made
    assert isinstance(made, Prior)
    start = printer(made.start) if made.start is not None else None
    storage = sql.storage_of(column)
    value = start.value if start is not None else sql.null(storage)
    why: exp.Expr = sql.text(NO_PREVIOUS)
    if start is not None:
        why = start.why if start.why is not None else sql.null("VARCHAR")
    if not found:
        return value, why
    earlier = sql.column(made.column, _EARLIER)
    there = sql.is_there(sql.column(FOUND, _EARLIER))
    # A result of an older version of the plan may lack the column altogether.
    lacking = sql.cases((sql.is_missing(earlier), sql.text(NO_PREVIOUS)))
    reason = sql.first_there(sql.column(made.column + sql.WHY, _EARLIER), lacking)
    return (
        sql.cases((there, earlier.copy()), otherwise=value),
        sql.cases((there.copy(), reason), otherwise=why),
    )


FOUND = "__found"
"""Marks a row that the earlier result has."""


def _join(frame: Frame, columns: Sequence[Column], results: Mapping[str, Looks]) -> exp.Join:
    """Earlier rows by key, each result under the period that looks back on it."""
    label = period_column(frame.relation)
    keys = [part.name for part in frame.relation.key if part.name != label]
    names = [c.made.column for c in columns if isinstance(c.made, Prior)]
    kept = list(dict.fromkeys(one for name in names for one in (name, name + sql.WHY)))
    parts: list[exp.Query] = []
    for period, looks in results.items():
        own = [*map(sql.column, [*keys, *kept]), *_marks(label, period)]
        parts.append(exp.select(*own).from_(sql.table(looks.near, sql.OWN)))
        if looks.far is not None:
            latest = _latest(looks, keys, kept).subquery(sql.OWN)
            parts.append(exp.select(*(one.copy() for one in own)).from_(latest))
    together: exp.Query = parts[0]
    for part in parts[1:]:
        together = exp.Union(this=together, expression=part, distinct=False)
    names_on = [*keys, label] if label is not None else keys
    on = sql.both(*(sql.equals(sql.column(n, _EARLIER), sql.column(n)) for n in names_on))
    alias = exp.TableAlias(this=sql.quoted(_EARLIER))
    return exp.Join(this=exp.Subquery(this=together, alias=alias), side="LEFT", on=on)


def _marks(label: str | None, period: str) -> list[exp.Expr]:
    marks: list[exp.Expr] = [sql.named(sql.true(), FOUND)]
    return marks if label is None else [sql.named(sql.text(period), label), *marks]


def _latest(looks: Looks, keys: Sequence[str], kept: Sequence[str]) -> exp.Select:
    """The latest rows of those who have none in the period before."""
    assert looks.far is not None
    assert looks.until is not None
    by = sql.ordered(sql.column(PERIOD_UNTIL), descending=True)
    place = sql.over(exp.RowNumber(), [sql.column(name) for name in keys], [by])
    same = sql.both(*(sql.equals(sql.column(n, _NEAR), sql.column(n, _EARLIER)) for n in keys))
    near = exp.select(sql.whole(1)).from_(sql.table(looks.near, _NEAR))
    near = near.where(same) if same is not None else near
    rows = (
        exp.select(*(sql.column(name, _EARLIER) for name in [*keys, *kept, PERIOD_UNTIL]))
        .from_(sql.table(looks.far, _EARLIER))
        .where(exp.LTE(this=sql.column(PERIOD_UNTIL, _EARLIER), expression=sql.day(looks.until)))
        .where(exp.Not(this=exp.Exists(this=near)))
    )
    if looks.since is not None:
        ends = sql.column(PERIOD_UNTIL, _EARLIER)
        rows = rows.where(exp.GT(this=ends, expression=sql.day(looks.since)))
    names = [sql.column(name) for name in [*keys, *kept]]
    placed = exp.select(*names, sql.named(place, _PLACE)).from_(rows.subquery(sql.OWN))
    first = sql.equals(sql.column(_PLACE), sql.whole(1))
    return exp.select(*(n.copy() for n in names)).from_(placed.subquery(sql.OWN)).where(first)
