"""Path: every member of a tree under every ancestor, as the tree stands on a date.

Roll-ups never copy facts to all managers: sums are made first and then fan out over these
rows, which grow with people and not with orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.core.periods import Period
from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made
from attain.engine.primitives.frames import Cell
from attain.engine.primitives.match import VALID_FROM, VALID_UNTIL
from attain.engine.primitives.model import PathRows, Relation
from attain.engine.primitives.rows import (
    EMPTY,
    PERIOD_FROM,
    PERIOD_UNTIL,
    in_force_during,
    in_force_on,
    period_column,
    periods_table,
    why_empty,
)

NO_LEG = "not_applicable.self"
"""Reason of the leg of somebody's path to themselves."""


def edge_cells(rows: PathRows) -> dict[str, Cell]:
    """What is read of the dataset with the edges of a tree."""
    hierarchy = {"hierarchy": Cell("VARCHAR")} if rows.hierarchy is not None else {}
    return {
        **hierarchy,
        rows.child: Cell("VARCHAR"),
        rows.parent: Cell("VARCHAR", True),
        VALID_FROM: Cell("DATE", True),
        VALID_UNTIL: Cell("DATE", True),
    }


_EDGE = "e"
_WALK = "path"


def edges_by_period(
    rows: PathRows, source: str, periods: Sequence[Period], label: str
) -> exp.Select:
    """The tree as it stands on the last day of each period."""
    span = "p"
    times = (label, PERIOD_FROM, PERIOD_UNTIL)
    columns: list[exp.Expr] = [sql.column(name, span) for name in times]
    columns += _ends(rows)
    last_day = exp.Sub(this=sql.column(PERIOD_UNTIL, span), expression=sql.whole(1))
    return (
        exp.select(*columns)
        .distinct()
        .from_(sql.table(source, _EDGE))
        .join(periods_table(periods, label, span), on=in_force_on(_EDGE, last_day))
        .where(*_of_tree(rows))
    )


def edges_in_time(rows: PathRows, source: str) -> exp.Select:
    """The tree with the days each edge holds."""
    columns = [*_ends(rows), *(sql.column(name, _EDGE) for name in (VALID_FROM, VALID_UNTIL))]
    return exp.select(*columns).from_(sql.table(source, _EDGE)).where(*_of_tree(rows))


def _of_tree(rows: PathRows) -> list[exp.Expr]:
    """Edges of the tree; one without a parent says that somebody stands at the top of it."""
    if rows.hierarchy is None:
        return []
    return [sql.equals(sql.column("hierarchy", _EDGE), sql.text(rows.hierarchy))]


def _ends(rows: PathRows) -> list[exp.Expr]:
    """Both ends of an edge, under whatever names the dataset has them."""
    named = {"child": rows.child, "parent": rows.parent}
    return [sql.named(sql.column(own, _EDGE), name) for name, own in named.items()]


@dataclass(frozen=True, slots=True)
class Known:
    """Where those who may stand in a tree are found: a dataset, and its own key column."""

    source: str
    key: str


def paths(
    relation: Relation,
    rows: PathRows,
    edges: str,
    known: Known | None,
    periods: Sequence[Period] | None,
) -> Made:
    """Every (member, ancestor, distance, leg), walked upwards from edge to edge.

    The edges hold no cycle: a guard before this step has seen to that.
    """
    label = period_column(relation)
    carried = [label, PERIOD_FROM, PERIOD_UNTIL] if label else [VALID_FROM, VALID_UNTIL]
    first = exp.select(
        *(sql.column(name) for name in carried),
        sql.named(sql.column("child"), "member"),
        sql.named(sql.column("parent"), "ancestor"),
        sql.named(sql.cast(sql.whole(1), "BIGINT"), "distance"),
        sql.named(sql.column("child"), "leg"),
    )
    first = first.from_(sql.table(edges, sql.OWN)).where(sql.is_there(sql.column("parent")))
    walked = exp.Union(this=first, expression=_further(label, edges), distinct=False)
    own = exp.select(
        *(sql.column(name) for name in _columns(carried)), *_why_open(carried), *_why_no_leg(rows)
    )
    query: exp.Query = own.from_(sql.table(_WALK, sql.OWN))
    if rows.include_self:
        selves = _selves(label, edges, carried, known, periods or ())
        query = exp.Union(this=query, expression=selves, distinct=False)
    query = query.with_(sql.quoted(_WALK), as_=walked, recursive=True)
    cells = {
        name: Cell("VARCHAR" if name == label else "DATE", name in (VALID_FROM, VALID_UNTIL))
        for name in carried
    }
    cells |= {
        "member": Cell("VARCHAR"),
        "ancestor": Cell("VARCHAR"),
        "distance": Cell("BIGINT"),
        "leg": Cell("VARCHAR", rows.include_self),
    }
    return Made(query, cells)


def _columns(carried: Sequence[str]) -> list[str]:
    return [*carried, "member", "ancestor", "distance", "leg"]


def _why_open(carried: Sequence[str]) -> list[exp.Expr]:
    """An open beginning or end is an empty cell like any other."""
    return [
        sql.named(why_empty(sql.column(name)), name + sql.WHY)
        for name in carried
        if name in (VALID_FROM, VALID_UNTIL)
    ]


def _why_no_leg(rows: PathRows) -> list[exp.Expr]:
    return [sql.named(sql.null("VARCHAR"), "leg" + sql.WHY)] if rows.include_self else []


def _further(label: str | None, edges: str) -> exp.Select:
    """One step up: the ancestor's own parent, over the leg that leads there."""
    up = "up"
    if label:
        kept: list[exp.Expr] = [sql.column(n) for n in (label, PERIOD_FROM, PERIOD_UNTIL)]
        when: exp.Expr | None = sql.equals(sql.column(label, up), sql.column(label))
    else:
        latest = _latest(sql.column(VALID_FROM), sql.column(VALID_FROM, up))
        earliest = _earliest(sql.column(VALID_UNTIL), sql.column(VALID_UNTIL, up))
        kept = [sql.named(latest, VALID_FROM), sql.named(earliest, VALID_UNTIL)]
        open_end = sql.either(sql.is_missing(latest.copy()), sql.is_missing(earliest.copy()))
        when = sql.either(open_end, exp.LT(this=latest.copy(), expression=earliest.copy()))
    on = sql.both(
        sql.equals(sql.column("child", up), sql.column("ancestor")),
        sql.is_there(sql.column("parent", up)),
        when,
    )
    one_more = exp.Add(this=sql.column("distance"), expression=sql.whole(1))
    return (
        exp.select(
            *kept,
            sql.column("member"),
            sql.column("parent", up),
            sql.named(sql.cast(one_more, "BIGINT"), "distance"),
            sql.named(sql.column("ancestor"), "leg"),
        )
        .from_(sql.table(_WALK, sql.OWN))
        .join(sql.table(edges, up), on=on)
    )


def _latest(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """The later of two beginnings; an open one is the earliest of all."""
    later = exp.Greatest(this=a, expressions=[b])
    return sql.cases(
        (sql.is_missing(a.copy()), b.copy()), (sql.is_missing(b.copy()), a.copy()), otherwise=later
    )


def _earliest(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """The earlier of two ends; an open one is the latest of all."""
    earlier = exp.Least(this=a, expressions=[b])
    return sql.cases(
        (sql.is_missing(a.copy()), b.copy()),
        (sql.is_missing(b.copy()), a.copy()),
        otherwise=earlier,
    )


def _everyone(known: Known, label: str | None, periods: Sequence[Period]) -> exp.Select:
    """All who are known, in each period those with a version in force on some day of it."""
    member, span = "m", "p"
    key = sql.named(sql.column(known.key, member), "member")
    if label is None:
        return exp.select(key).from_(sql.table(known.source, member))
    times = [sql.column(name, span) for name in (label, PERIOD_FROM, PERIOD_UNTIL)]
    return (
        exp.select(*times, key)
        .from_(sql.table(known.source, member))
        .join(periods_table(periods, label, span), on=in_force_during(member, span))
    )


def _selves(
    label: str | None,
    edges: str,
    carried: Sequence[str],
    known: Known | None,
    periods: Sequence[Period],
) -> exp.Select:
    """Everybody under themselves at distance 0, over no leg, in the tree or not.

    Who has no manager and nobody below has a team all the same: themselves.
    """
    times = [label, PERIOD_FROM, PERIOD_UNTIL] if label else []

    def end(name: str) -> exp.Select:
        columns = [sql.column(one) for one in times]
        query = exp.select(*columns, sql.named(sql.column(name), "member"))
        return query.from_(sql.table(edges, sql.OWN)).where(sql.is_there(sql.column(name)))

    everybody = exp.Union(this=end("child"), expression=end("parent"), distinct=True)
    if known is not None:
        others = _everyone(known, label, periods)
        everybody = exp.Union(this=everybody, expression=others, distinct=True)
    alias = exp.TableAlias(this=sql.quoted(sql.OWN))
    kept = [sql.column(n) if n in times else sql.named(sql.null("DATE"), n) for n in carried]
    return exp.select(
        *kept,
        sql.column("member"),
        sql.named(sql.column("member"), "ancestor"),
        sql.named(sql.cast(sql.whole(0), "BIGINT"), "distance"),
        sql.named(sql.null("VARCHAR"), "leg"),
        *(
            sql.named(sql.text(EMPTY), name + sql.WHY)
            for name in carried
            if name in (VALID_FROM, VALID_UNTIL)
        ),
        sql.named(sql.text(NO_LEG), "leg" + sql.WHY),
    ).from_(exp.Subquery(this=everybody, alias=alias))
