"""Compiling what a run says of facts that are dated when whoever they name has no row.

They are sought in three steps, each of which is empty, and costs next to nothing, where the one
before it is: who is in force on no day of a period; for whom of these a pass over facts found any,
whose sums are hung on no row; and what columns would have counted of such facts, which alone looks
at facts again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from attain.engine.compiler.earlier import staying
from attain.engine.compiler.making import Making, read_names
from attain.engine.compiler.standard import NUMBER, joined
from attain.engine.errors.runs import FACT_OUT_OF_DAYS
from attain.engine.primitives import sql
from attain.engine.primitives.formula import Printer, layered
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Aggregate, Gather, MemberRows, Relation
from attain.engine.primitives.moments import Dated, clipped
from attain.engine.primitives.passes import Group
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL, period_column, rowless
from attain.expressions.typed import Node

_MISSED: Final = "n"
_DAYS: Final = {PERIOD_FROM: Cell("DATE"), PERIOD_UNTIL: Cell("DATE")}


@dataclass(frozen=True, slots=True)
class Missed:
    """Columns that one pass over facts adds up, and the step of those it found without a row."""

    relation: Relation
    gathers: tuple[tuple[str, Gather], ...]
    step: str
    since: tuple[tuple[str, dt.date], ...]
    """The periods of which the pass has the last days alone, and the first of these."""


def missed(making: Making, own: Frame, sums: str, keys: Collection[str], group: Group) -> None:
    """Put in order who has sums in a pass but no row; nothing where nobody is told of it."""
    relation = own.relation
    told = {one.column for one in making.plan.by_whom_they_name if one.relation == relation.name}
    gathers = tuple((column.name, made) for column, made in group.gathers if column.name in told)
    label, subject = period_column(relation), relation.key[0].name
    if not gathers or label is None or subject not in keys:
        return
    nobody = _rowless(making, relation)
    names = [name for name in (subject, label) if name in keys]
    on = sql.both(*(sql.equals(sql.column(one, "s"), sql.column(one, _MISSED)) for one in names))
    columns = (sql.column(name, _MISSED) for name in (subject, label, PERIOD_FROM, PERIOD_UNTIL))
    query = (
        exp.select(*columns)
        .distinct()
        .from_(sql.table(nobody, _MISSED))
        .join(sql.table(sums, "s"), on=on)
    )
    name = f"{sums}.missed"
    note = f"Who has rows in {group.first.relation} that count for nobody."
    cells = {subject: Cell("VARCHAR"), label: Cell("VARCHAR"), **_DAYS}
    making.aside(name, relation.name, cells, query, note, only_if=_any(nobody))
    begins = {period.label: period.from_ for period in making.periods_of(relation) or ()}
    since = ((one.label, one.from_) for one in group.spans or () if one.from_ is not None)
    late = tuple((one, day) for one, day in since if one in begins and day > begins[one])
    making.missed.append(Missed(relation, gathers, name, late))


def _rowless(making: Making, relation: Relation) -> str:
    """The step of who would be measured on other days, by the periods without any of theirs."""
    if relation.name in making.rowless:
        return making.rowless[relation.name]
    rows = relation.rows
    assert isinstance(rows, MemberRows)
    listed = None
    if rows.members_of is not None and "plan_members" in making.context.datasets:
        listed = making.dataset("plan_members", {})
    source, periods = making.dataset(rows.dataset, {}), making.periods_of(relation) or ()
    stays = staying(making, rows)
    made = rowless(relation, rows, source, periods, listed, making.dialect, stays)
    name = making.rowless[relation.name] = f"{relation.name}.rowless"
    note = f"Who of {rows.dataset} is in force on no day of a period."
    making.aside(name, relation.name, made.cells, made.query, note)
    return name


def facts_out_of_days(making: Making) -> Iterator[exp.Select]:
    """An issue for each such fact and each column that would have counted it."""
    for one in making.missed:
        yield from _told(one, _counted(making, one))


def _counted(making: Making, one: Missed) -> str:
    """The step that says of such facts which columns would count them, and with what."""
    _, first = one.gathers[0]
    who, label = one.relation.key[0].name, period_column(one.relation) or ""
    subject, date = dict(first.match)[who], first.date or making.relation(first.relation).date
    assert date is not None
    nodes = [subject, *(node for _, made in one.gathers for node in (made.value, made.where))]
    finer = making.reading(first.relation, [*read_names(*nodes), date])
    printer, moment = Printer(Reader(finer)), Dated(finer.value(date))
    key = joined(finer, [part.name for part in finer.relation.key])
    cells = {"fact": Cell("VARCHAR"), "subject": Cell("VARCHAR"), "period": Cell("VARCHAR")}
    told = (key, sql.column(who, _MISSED), sql.column(label, _MISSED))
    columns = [sql.named(value, name) for value, name in zip(told, cells, strict=True)]
    for number, (_, made) in enumerate(one.gathers):
        counts = sql.both(*(sql.is_true(printer(node).value) for node in _tests(made)))
        columns.append(sql.named(counts or sql.true(), f"counts{number}"))
        is_summed = made.value is not None and made.aggregate is Aggregate.SUM
        value = printer(made.value).value if is_summed and made.value else sql.null(NUMBER)
        columns.append(sql.named(sql.cast(value, NUMBER), f"value{number}"))
        cells |= {f"counts{number}": Cell("BOOLEAN"), f"value{number}": Cell(NUMBER)}
    bounds = (sql.column(name, _MISSED) for name in _DAYS)
    clip = making.cover.clip(first.covered_by) if first.window is not None else None
    on = sql.both(
        sql.equals(printer(subject).value, sql.column(who, _MISSED)),
        moment.inside(*bounds, open_ends=False),
        clipped(moment, clip),
        *(_since(moment, sql.column(label, _MISSED), *late) for late in one.since),
    )
    query = (
        exp.select(*columns)
        .from_(layered(finer.table(), printer.lets))
        .join(sql.table(one.step, _MISSED), on=on)
    )
    name = f"{one.step}.facts"
    note = f"What would count of rows of {first.relation} that name somebody without a row."
    making.aside(name, first.relation, cells, query, note, only_if=_any(one.step))
    return name


def _since(moment: Dated, label: exp.Expr, period: str, first: dt.date) -> exp.Expr | None:
    """Of one period the days from one on."""
    is_other = exp.NEQ(this=label, expression=sql.text(period))
    return sql.either(is_other, moment.inside(sql.day(first), None, open_ends=False))


def _tests(made: Gather) -> list[Node]:
    """What must hold of a fact to count: the filter, and what is counted if it is an answer."""
    counted = made.value if made.aggregate is Aggregate.COUNT else None
    return [node for node in (made.where, counted) if node is not None]


def _told(one: Missed, counted: str) -> Iterator[exp.Select]:
    for number, (column, made) in enumerate(one.gathers):
        columns = {
            "code": sql.text(FACT_OUT_OF_DAYS),
            "name": sql.text(column),
            "relation": sql.text(made.relation),
            "key": sql.column("fact"),
            "subject": sql.column("subject"),
            "period": sql.column("period"),
            "value": sql.column(f"value{number}"),
        }
        projections = (sql.named(expression, each) for each, expression in columns.items())
        query = exp.select(*projections, copy=False).from_(sql.table(counted, sql.OWN), copy=False)
        yield query.where(sql.column(f"counts{number}"), copy=False)


def _any(step: str) -> exp.Query:
    return exp.select(sql.whole(1)).from_(sql.table(step)).limit(1)
