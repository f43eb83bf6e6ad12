"""Compiling what comes from other runs: earlier periods of the plan itself, and other plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlglot import exp

from attain.core.errors import AttainError, problem
from attain.core.periods import Period
from attain.engine.compiler.making import Making
from attain.engine.compiler.steps import Keeping
from attain.engine.context import NamedResult
from attain.engine.errors.runs import RESULT_MISSING
from attain.engine.primitives import rows as making_rows
from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.model import Column, MemberRows, Prior, Relation, ResultRows
from attain.engine.primitives.prior import Looks, select_prior
from attain.engine.primitives.rows import period_kind

BALANCES = "balances"
"""What stood open in the system before."""

MONEY = "DECIMAL(24,6)"

OWN = ""
"""How a plan names its own earlier results."""


def result_rows(making: Making, relation: Relation, rows: ResultRows) -> Made:
    """The rows of a relation of other runs, one period under the other."""
    cells = making_rows.stored_cells(relation)
    plan = "" if rows.plan == making.plan.plan else rows.plan
    found = _with_relation(_named(making, plan), rows.relation)
    source = making.result(plan, rows.relation, found, cells)
    query = exp.select(*_with_reasons(cells)).from_(sql.table(source, sql.OWN))
    return Made(query, cells)


def _with_reasons(cells: dict[str, Cell]) -> list[exp.Expr]:
    kept: list[exp.Expr] = []
    for name, cell in cells.items():
        kept.append(sql.column(name))
        if cell.may_be_missing:
            reason = sql.first_there(
                sql.column(name + sql.WHY), making_rows.why_empty(sql.column(name))
            )
            kept.append(sql.named(reason, name + sql.WHY))
    return kept


def _named(making: Making, plan: str) -> tuple[NamedResult, ...]:
    return making.context.named(plan or making.plan.plan)


def _with_relation(results: Sequence[NamedResult], relation: str) -> tuple[NamedResult, ...]:
    return tuple(one for one in results if not one.relations or relation in one.relations)


def prior(making: Making, relation: Relation, columns: Sequence[Column]) -> None:
    """Values of an earlier period of the same rows.

    :raises AttainError: RESULT_MISSING, if the result of a period of the plan is not named.
    """
    first = columns[0].made
    assert isinstance(first, Prior)
    names = [c.made.column for c in columns if isinstance(c.made, Prior)]
    own = making.head(relation.name)
    cells = {part.name: Cell(part.type.storage) for part in relation.key}
    cells |= {n: Cell(sql.storage_of(relation.columns[n]), True) for n in names}
    results: dict[str, Looks] = {}
    for period in making.periods_of(relation) or (making.context.period,):
        looks = _looks_back(making, relation, first, period, cells)
        if looks is not None:
            results[period.label] = looks
    made = select_prior(own, columns, results)
    note = f"From {first.back} period(s) before: {', '.join(names)}."
    making.extend(own, made, note)


def _looks_back(
    making: Making, relation: Relation, made: Prior, period: Period, cells: dict[str, Cell]
) -> Looks | None:
    """The results a period looks back on; None where the state begins (again).

    :raises AttainError: RESULT_MISSING, if one that must be named is not.
    """
    calendar = making.context.calendar
    if made.restart and calendar.begins_within(period, made.back, made.restart):
        return None
    before = calendar.before(period, made.back, making.plan.effective_from)
    found = _result_of(making, relation.name, before)
    if found is None:
        return None
    near = making.result(OWN, relation.name, (found,), cells)
    if made.back > 1 or period_kind(relation) is None:
        return Looks(near)
    since = _since_restart(making, relation, made, period)
    far = [
        one
        for one in _with_relation(_named(making, OWN), relation.name)
        if one != found and one.period.until <= period.from_
        if since is None or one.period.until > since
    ]
    if not far:
        return Looks(near)
    ended = {**cells, making_rows.PERIOD_UNTIL: Cell("DATE")}
    return Looks(near, making.result(OWN, relation.name, far, ended), since, period.from_)


def _since_restart(
    making: Making, relation: Relation, made: Prior, period: Period
) -> dt.date | None:
    """The first day of the span in which a state goes on; each period in it must be named."""
    if made.restart is None:
        return None
    calendar, back = making.context.calendar, made.back + 1
    while not calendar.begins_within(period, back, made.restart):
        _result_of(making, relation.name, calendar.before(period, back))
        back += 1
    return calendar.period_at(made.restart, period.last_day).from_


def staying(making: Making, rows: MemberRows) -> exp.Query | None:
    """The keys of those who stay although nothing of them is in force; None if nobody can.

    :raises AttainError: RESULT_MISSING, if the result of the period before is not named.
    """
    stays = rows.stays
    if stays is None:
        return None
    context, begins = making.context, making.plan.effective_from
    before = context.calendar.before(context.period, 1, begins)
    found = _result_of(making, stays.relation, before)
    if found is not None:
        cells = {stays.subject: Cell("VARCHAR"), stays.column: Cell("BOOLEAN", True)}
        source = making.result(OWN, stays.relation, (found,), cells)
        chosen = exp.select(sql.column(stays.subject)).from_(sql.table(source, sql.OWN))
        return chosen.where(sql.is_true(sql.column(stays.column)))
    if BALANCES not in making.context.datasets:
        return None
    cells = {"subject": Cell("VARCHAR"), "amount": Cell(MONEY, True), "as_of": Cell("DATE", True)}
    source = making.dataset(BALANCES, cells)
    first_day = sql.day(making.context.period.from_)
    return (
        exp.select(sql.column("subject"))
        .from_(sql.table(source, sql.OWN))
        .where(exp.NEQ(this=sql.column("amount"), expression=sql.whole(0)))
        .where(exp.LTE(this=sql.column("as_of"), expression=first_day))
    )


def _result_of(making: Making, relation: str, period: Period | None) -> NamedResult | None:
    """The named run that has rows of this period, or None before the plan or calendar began."""
    if period is None:
        return None
    for one in _named(making, OWN):
        holds = one.period == period or one.period.covers(period)
        ends_with = one.period.until == period.until or (
            period.kind == "week" and one.period.from_ < period.until <= one.period.until
        )
        if (holds or ends_with) and _with_relation((one,), relation):
            return one
    _must_be_first(making, period)
    return None


def _must_be_first(making: Making, period: Period) -> None:
    begins = making.plan.effective_from
    if begins is not None and period.until > begins:
        raise AttainError(problem(RESULT_MISSING, plan=making.plan.plan, period=str(period)))


def _as_declared(finer: Frame, name: str) -> Cell:
    """A column that cannot be missing in this run may have been missing in another."""
    column = finer.relation.columns.get(name)
    declared = column is not None and column.type.may_be_missing
    cell = finer.cells[name]
    return Cell(cell.storage, cell.may_be_missing or declared)


def _of_this_run(finer: Frame, cells: Mapping[str, Cell]) -> list[exp.Expr]:
    kept: list[exp.Expr] = []
    for name, cell in cells.items():
        kept.append(sql.column(name))
        if cell.may_be_missing:
            why = finer.why(name)
            kept.append(why or sql.named(sql.null("VARCHAR"), name + sql.WHY))
    return kept


def with_earlier(
    making: Making, finer: Frame, names: Sequence[str], since: dt.date | None
) -> Frame:
    """The finer rows of this run and, under them, those of the earlier results named.

    :raises AttainError: RESULT_MISSING, if a period since then is not named.
    """
    relation = finer.relation
    kind = period_kind(relation)
    assert kind is not None
    start = min((p.from_ for p in making.periods(kind)), default=making.context.period.from_)
    begins = making.plan.effective_from
    if begins is not None:
        earliest = max(begins, since) if since is not None else begins
        for period in making.context.calendar.periods(kind, earliest, start):
            if period.until <= start:
                _result_of(making, relation.name, period)
    results = _with_relation(_named(making, OWN), relation.name)
    before = tuple(one for one in results if one.period.until <= making.context.period.from_)
    if not before:
        return finer
    keys = [part.name for part in relation.key]
    wanted = dict.fromkeys([*keys, making_rows.PERIOD_FROM, making_rows.PERIOD_UNTIL, *names])
    cells = {name: _as_declared(finer, name) for name in wanted}
    source = making.result(OWN, relation.name, before, cells)
    both = exp.Union(
        this=exp.select(*_of_this_run(finer, cells)).from_(finer.table()),
        expression=exp.select(*_with_reasons(cells)).from_(sql.table(source, sql.OWN)),
        distinct=False,
    )
    name = making.next_name(f"{relation.name}.earlier")
    frame = replace(finer, step=name, cells=cells, uncertain=False)
    note = f"{relation.name} of this run and of the earlier runs named."
    making.add(frame, both, note, Keeping.VIEW)
    return frame
