"""Prior: the value a column had some periods earlier, from the results named in the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, Printer, extended, project
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Column, Prior
from attain.engine.primitives.order import NO_PREVIOUS
from attain.engine.primitives.rows import period_column

_EARLIER = "earlier"


def select_prior(frame: Frame, columns: Sequence[Column], results: Mapping[str, str]) -> Made:
    """The rows of a frame with values of an earlier period.

    `results` says for each period of the run, by its label, under which name the earlier
    result is read. Where none is, or where it does not know the row, the start value stands:
    it is the subject's first period.
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


def _join(frame: Frame, columns: Sequence[Column], results: Mapping[str, str]) -> exp.Join:
    """Earlier rows by key, each result under the period that looks back on it."""
    label = period_column(frame.relation)
    keys = [part.name for part in frame.relation.key if part.name != label]
    names = [c.made.column for c in columns if isinstance(c.made, Prior)]
    parts: list[exp.Query] = []
    for period, source in results.items():
        kept: list[exp.Expr] = [sql.column(name) for name in keys]
        for name in dict.fromkeys(names):
            kept += [sql.column(name), sql.column(name + sql.WHY)]
        if label is not None:
            kept.append(sql.named(sql.text(period), label))
        kept.append(sql.named(sql.true(), FOUND))
        parts.append(exp.select(*kept).from_(sql.table(source, sql.OWN)))
    together: exp.Query = parts[0]
    for part in parts[1:]:
        together = exp.Union(this=together, expression=part, distinct=False)
    names_on = [*keys, label] if label is not None else keys
    on = sql.both(*(sql.equals(sql.column(n, _EARLIER), sql.column(n)) for n in names_on))
    alias = exp.TableAlias(this=sql.quoted(_EARLIER))
    return exp.Join(this=exp.Subquery(this=together, alias=alias), side="LEFT", on=on)
