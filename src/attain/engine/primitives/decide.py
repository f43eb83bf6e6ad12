"""Decided: a calculated column after people's decisions, which only `interventions` bring in."""

from __future__ import annotations

from sqlglot import exp

from attain.core.units import Unit
from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, project
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.model import Column, Decided
from attain.engine.primitives.rows import EMPTY, PERIOD_FROM, PERIOD_UNTIL

WAIVED = "not_applicable.waived"

COLUMNS = {
    "id": Cell("VARCHAR"),
    "kind": Cell("VARCHAR"),
    "subject": Cell("VARCHAR"),
    "component": Cell("VARCHAR"),
    "period_from": Cell("DATE"),
    "period_until": Cell("DATE"),
    "value": Cell("DECIMAL(38,18)", True),
    "text_value": Cell("VARCHAR", True),
}
"""What is read of the dataset `interventions`."""

_SET = "set_to"
_ADDED = "added"
_IS_SET = "is_set"
_IS_WAIVED = "is_waived"


def decisions(made: Decided, source: str, kind: Unit) -> Made:
    """What was decided about one component, per subject and period.

    The last set or override counts, then every adjustment, then a waiver.
    """
    value = sql.column("value" if kind.is_number else "text_value")
    sets = exp.In(this=sql.column("kind"), expressions=[sql.text("set"), sql.text("override")])
    # The value may be empty, and is then the last decision all the same.
    latest = sql.function("arg_max_null", value, sql.column("id"))
    columns: dict[str, exp.Expr] = {
        _SET: _only(latest, sets),
        _IS_SET: exp.LogicalOr(this=sets.copy()),
        _IS_WAIVED: exp.LogicalOr(this=_is("waive")),
    }
    cells = {
        "subject": Cell("VARCHAR"),
        PERIOD_FROM: Cell("DATE"),
        PERIOD_UNTIL: Cell("DATE"),
        _SET: Cell("DECIMAL(38,18)" if kind.is_number else "VARCHAR"),
        _IS_SET: Cell("BOOLEAN"),
        _IS_WAIVED: Cell("BOOLEAN"),
    }
    if kind.is_number:
        columns[_ADDED] = sql.cast(
            _only(exp.Sum(this=sql.column("value")), _is("adjust")), "DECIMAL(38,18)"
        )
        cells[_ADDED] = Cell("DECIMAL(38,18)")
    keys = [sql.column(name) for name in ("subject", PERIOD_FROM, PERIOD_UNTIL)]
    query = (
        exp.select(*keys, *(sql.named(e, n) for n, e in columns.items()))
        .from_(sql.table(source, sql.OWN))
        .where(sql.equals(sql.column("component"), sql.text(made.component)))
        .group_by(*(key.copy() for key in keys))
    )
    return Made(query, cells)


def _only(function: exp.Expr, condition: exp.Expr) -> exp.Filter:
    return exp.Filter(this=function, expression=exp.Where(this=condition.copy()))


def _is(kind: str) -> exp.EQ:
    return sql.equals(sql.column("kind"), sql.text(kind))


def select_decided(frame: Frame, column: Column, step: str, run: tuple[exp.Expr, exp.Expr]) -> Made:
    """The rows of a frame with a column as people decided it, the calculated value beside it.

    `run` are the bounds of the run's period, for rows that have no period of their own.
    """
    made = column.made
    assert isinstance(made, Decided)
    decided = "d"
    own, own_why = frame.value(made.calculated), frame.why(made.calculated)
    is_set = sql.is_true(sql.column(_IS_SET, decided))
    waived = sql.is_true(sql.column(_IS_WAIVED, decided))
    storage = sql.storage_of(column)
    value: exp.Expr = sql.cases(
        (is_set, sql.cast(sql.column(_SET, decided), storage)), otherwise=own
    )
    if column.type.is_number:
        added = sql.cast(
            sql.first_there(sql.column(_ADDED, decided), sql.whole(0)), "DECIMAL(38,18)"
        )
        value = exp.Add(this=exp.Paren(this=value), expression=sql.cast(added, storage))
    value = sql.cases((sql.no(exp.Paren(this=waived)), value))
    set_why = sql.cases((sql.is_missing(sql.column(_SET, decided)), sql.text(EMPTY)))
    why = sql.cases((waived.copy(), sql.text(WAIVED)), (is_set.copy(), set_why), otherwise=own_why)
    query = exp.select(sql.every(), *project(column.name, storage, value, why))
    query = query.from_(frame.table()).join(_join(frame, made, step, decided, run))
    return Made(query, {column.name: Cell(storage, True)})


def undecided(frame: Frame, column: Column) -> Made:
    """No decisions were named for this run: the calculated value stands."""
    made = column.made
    assert isinstance(made, Decided)
    storage = sql.storage_of(column)
    why = frame.why(made.calculated)
    kept = project(column.name, storage, frame.value(made.calculated), why)
    query = exp.select(sql.every(), *kept).from_(frame.table())
    return Made(query, {column.name: Cell(storage, why is not None)})


def _join(
    frame: Frame, made: Decided, step: str, alias: str, run: tuple[exp.Expr, exp.Expr]
) -> exp.Join:
    bounds: tuple[exp.Expr, exp.Expr] = run
    if frame.has([PERIOD_FROM, PERIOD_UNTIL]):
        bounds = (sql.column(PERIOD_FROM), sql.column(PERIOD_UNTIL))
    on = sql.both(
        sql.equals(sql.column("subject", alias), frame.value(made.subject)),
        sql.equals(sql.column(PERIOD_FROM, alias), bounds[0]),
        sql.equals(sql.column(PERIOD_UNTIL, alias), bounds[1]),
    )
    return exp.Join(this=sql.table(step, alias), side="LEFT", on=on)
