"""Cut: a member's period in stretches, wherever something that holds for a time changes.

Exclusive ends, so that a change on the 21st counts no day twice: 20 days and 10 days are a
month of 30.
"""

from __future__ import annotations

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.match import AMBIGUOUS, VALID_FROM, VALID_UNTIL
from attain.engine.primitives.model import CutRows, Relation
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL, stored_cells

FROM, UNTIL, DAYS = "from", "until", "days"
BY = "by"
BY_PREFIX = f"{BY}."
NO_MATCH = "no_data.no_match"

_SPAN = "s"
_MADE = (FROM, UNTIL, DAYS)


def cut_rows(
    relation: Relation, rows: CutRows, base: Frame, by: Frame, numbered: str | None
) -> Made:
    """One row per stretch of a member's period, with the version in force in it.

    Two versions on one day are ambiguous: which one counts is nothing that rows can tell.
    `numbered` names the table of days by number, when working days or months are counted.
    """
    keys = [part.name for part in base.relation.key]
    subject = base.relation.subject or keys[0]
    columns, cells = _columns(relation, rows, base, by, keys)
    version = [sql.ordered(one) for one in by.key(BY)]
    first = sql.over(exp.RowNumber(), _stretch(keys), version)
    query = (
        exp.select(*columns)
        .from_(base.table())
        .join(_spans(rows, base, by, subject, keys))
        .join(_version_in_force(rows, base, by, subject))
        .qualify(sql.equals(first, sql.whole(1)))
    )
    if numbered is not None:
        query = _with_numbers(query, numbered)
    return Made(query, cells)


def _columns(
    relation: Relation, rows: CutRows, base: Frame, by: Frame, keys: list[str]
) -> tuple[list[exp.Expr], dict[str, Cell]]:
    """What a stretch shows: its own days, the member's columns, the version's if there is one."""
    cells: dict[str, Cell] = {}
    columns: list[exp.Expr] = []
    number = sql.over(exp.Count(this=sql.column(rows.link, BY)), _stretch(keys))
    branches: list[tuple[exp.Expr, exp.Expr]] = [
        (sql.is_missing(sql.column(rows.link, BY)), sql.text(NO_MATCH)),
        (exp.GT(this=number, expression=sql.whole(1)), sql.text(AMBIGUOUS)),
    ]
    for name, cell in stored_cells(relation).items():
        if name in _MADE:
            cells[name] = Cell(cell.storage)
            columns.append(sql.named(sql.cast(_made(name, rows.basis), cell.storage), name))
        elif name.startswith(BY_PREFIX):
            source = name.removeprefix(BY_PREFIX)
            cells[name] = Cell(by.cells[source].storage, True)
            alone = sql.equals(number.copy(), sql.whole(1))
            columns.append(sql.named(sql.cases((alone, by.value(source, BY))), name))
            why = sql.cases(*_copies(branches), otherwise=by.why(source, BY))
            columns.append(sql.named(why, name + sql.WHY))
        else:
            cells[name] = base.cells[name]
            columns.append(base.value(name))
            own_why = base.why(name)
            columns += [own_why] if own_why is not None else []
    return columns, cells


def _version_in_force(rows: CutRows, base: Frame, by: Frame, subject: str) -> exp.Join:
    """The versions in force on the first day of a stretch: the same on all of its days."""
    bounds = (sql.column(VALID_FROM, BY), sql.column(VALID_UNTIL, BY))
    on = sql.both(
        sql.equals(sql.column(rows.link, BY), base.value(subject)),
        sql.falls_in(sql.column(FROM, _SPAN), *bounds, open_ends=True),
    )
    return exp.Join(this=by.table(BY), side="LEFT", on=on)


def _copies(branches: list[tuple[exp.Expr, exp.Expr]]) -> list[tuple[exp.Expr, exp.Expr]]:
    return [(condition.copy(), result.copy()) for condition, result in branches]


def _stretch(keys: list[str]) -> list[exp.Expr]:
    return [*(sql.column(name) for name in keys), sql.column(FROM, _SPAN)]


def _made(name: str, basis: str) -> exp.Expr:
    from_, until = sql.column(FROM, _SPAN), sql.column(UNTIL, _SPAN)
    if name == FROM:
        return from_
    if name == UNTIL:
        return until
    if basis in ("working_days", "whole_months"):
        return exp.Sub(this=sql.column(NUMBER, "b"), expression=sql.column(NUMBER, "a"))
    return sql.function("date_diff", sql.text("day"), from_, until)


NUMBER = "number"
"""How much of what is counted lies before a day, in the table of days by number."""


def _with_numbers(query: exp.Select, table: str) -> exp.Select:
    for alias, name in (("a", FROM), ("b", UNTIL)):
        on = sql.equals(sql.column("day", alias), sql.column(name, _SPAN))
        query = query.join(exp.Join(this=sql.table(table, alias), side="LEFT", on=on))
    return query


def _spans(rows: CutRows, base: Frame, by: Frame, subject: str, keys: list[str]) -> exp.Join:
    """Each member's days of change inside the period, each until the next."""
    cuts: exp.Query = exp.select(
        *(sql.column(name) for name in keys),
        sql.column(PERIOD_UNTIL),
        sql.named(sql.column(PERIOD_FROM), FROM),
    ).from_(base.table())
    for bound in (VALID_FROM, VALID_UNTIL):
        day = sql.column(bound, BY)
        on = sql.both(
            sql.equals(sql.column(rows.link, BY), base.value(subject)),
            exp.LT(this=sql.column(PERIOD_FROM), expression=day),
            exp.LT(this=day.copy(), expression=sql.column(PERIOD_UNTIL)),
        )
        changed = (
            exp.select(
                *(sql.column(name) for name in keys),
                sql.column(PERIOD_UNTIL),
                sql.named(day.copy(), FROM),
            )
            .from_(base.table())
            .join(exp.Join(this=by.table(BY), on=on))
        )
        cuts = exp.Union(this=cuts, expression=changed, distinct=True)
    group = [sql.column(name) for name in keys]
    following = sql.over(
        exp.Lead(this=sql.column(FROM)), list(group), [sql.ordered(sql.column(FROM))]
    )
    until = sql.first_there(following, sql.column(PERIOD_UNTIL))
    spans = exp.select(
        *(one.copy() for one in group), sql.column(FROM), sql.named(until, UNTIL)
    ).from_(exp.Subquery(this=cuts, alias=exp.TableAlias(this=sql.quoted(sql.OWN))))
    on = sql.both(*(sql.equals(sql.column(n, _SPAN), sql.column(n)) for n in keys))
    alias = exp.TableAlias(this=sql.quoted(_SPAN))
    return exp.Join(this=exp.Subquery(this=spans, alias=alias), on=on)
