"""What must not be in a tree: second parents and cycles, found before it is walked."""

from __future__ import annotations

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.match import VALID_FROM, VALID_UNTIL
from attain.engine.primitives.path import Known

_REACHED = "reached"


def second_parents(edges: str, label: str | None) -> exp.Select:
    """Children with two parents at the same time, told with both."""
    other = "o"
    parents = (sql.column("parent"), sql.column("parent", other))
    another: exp.Expr | None = exp.LT(this=parents[0], expression=parents[1])
    tests: list[exp.Expr | None] = [sql.equals(sql.column("child", other), sql.column("child"))]
    if label is not None:
        tests.append(sql.equals(sql.column(label, other), sql.column(label)))
    else:
        tests.append(_meet(other))
        # The same edge told twice for the same days would count everything below it twice.
        twice = sql.both(
            sql.equals(*(one.copy() for one in parents)),
            exp.LT(this=_begin(sql.OWN), expression=_begin(other)),
        )
        another = sql.either(another, twice)
    tests.append(another)
    return (
        exp.select(
            sql.column("child"),
            sql.named(sql.column("parent"), "one"),
            sql.named(sql.column("parent", other), "other"),
        )
        .from_(sql.table(edges, sql.OWN))
        .join(sql.table(edges, other), on=sql.both(*tests))
        .order_by(*(sql.ordered(sql.column(n, None)) for n in ("child", "one", "other")))
        .limit(1)
    )


def unknown_parents(edges: str, known: Known) -> exp.Select:
    """Edges whose parent is none of those who may stand in the tree."""
    found = exp.Exists(
        this=exp.select(sql.whole(1))
        .from_(sql.table(known.source, "k"))
        .where(sql.equals(sql.column(known.key, "k"), sql.column("parent")))
    )
    return (
        exp.select(sql.column("child"), sql.column("parent"))
        .from_(sql.table(edges, sql.OWN))
        .where(sql.is_there(sql.column("parent")), exp.Not(this=found))
        .order_by(*(sql.ordered(sql.column(n, None)) for n in ("child", "parent")))
        .limit(1)
    )


def _begin(alias: str) -> exp.Expr:
    """When an edge begins; open beginnings count as the first day of all."""
    return sql.first_there(sql.column(VALID_FROM, alias), sql.cast(sql.text("0001-01-01"), "DATE"))


def _meet(other: str) -> exp.Expr | None:
    """Two edges hold on some same day."""

    def begins_before_end(a: str, b: str) -> exp.Expr | None:
        begins, ends = sql.column(VALID_FROM, a), sql.column(VALID_UNTIL, b)
        return sql.either(
            sql.is_missing(begins),
            sql.is_missing(ends),
            exp.LT(this=begins.copy(), expression=ends.copy()),
        )

    return sql.both(begins_before_end(sql.OWN, other), begins_before_end(other, sql.OWN))


def unreached(edges: str, moments: exp.Query | None, label: str | None) -> exp.Query:
    """Edges that no root leads down to: those of a cycle, and what hangs on one.

    A tree in time is looked at on every day on which an edge begins, because a cycle can
    only come to be on such a day.
    """
    when = label or "moment"
    standing = _Standing(edges, moments)
    roots = _roots(standing, when)
    down = "d"
    further = (
        exp.select(sql.column(when, down), sql.column("child", down))
        .from_(sql.table(_REACHED, sql.OWN))
        .join(
            standing(down),
            on=sql.both(
                sql.equals(sql.column("parent", down), sql.column("child")),
                sql.equals(sql.column(when, down), sql.column(when)),
            ),
        )
    )
    walked = exp.Union(this=roots, expression=further, distinct=False)
    missed = exp.Exists(
        this=exp.select(sql.whole(1))
        .from_(sql.table(_REACHED, "x"))
        .where(
            sql.equals(sql.column("child", "x"), sql.column("child")),
            sql.equals(sql.column(when, "x"), sql.column(when)),
        )
    )
    found = (
        exp.select(sql.named(sql.column(when), "moment"), sql.column("child"), sql.column("parent"))
        .from_(standing(sql.OWN))
        .where(exp.Not(this=missed))
        .order_by(*(sql.ordered(sql.column(n, None)) for n in ("moment", "child", "parent")))
    )
    return found.with_(sql.quoted(_REACHED), as_=walked, recursive=True)


class _Standing:
    """The edges as they stand at each moment: a period's last day, or a day of change."""

    def __init__(self, edges: str, moments: exp.Query | None) -> None:
        self.edges, self.moments = edges, moments

    def __call__(self, alias: str) -> exp.Expr:
        if self.moments is None:
            return sql.table(self.edges, alias)
        day = sql.column("moment", "t")
        from_, until = sql.column(VALID_FROM, "s"), sql.column(VALID_UNTIL, "s")
        inner = (
            exp.select(day, sql.column("child", "s"), sql.column("parent", "s"))
            .from_(sql.table(self.edges, "s"))
            .join(
                exp.Subquery(this=self.moments.copy(), alias=exp.TableAlias(this=sql.quoted("t"))),
                on=sql.falls_in(day.copy(), from_, until, open_ends=True),
            )
        )
        return exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.quoted(alias)))


def _roots(standing: _Standing, when: str) -> exp.Select:
    """Children of those who are nobody's child at the time."""
    above = exp.Exists(
        this=exp.select(sql.whole(1))
        .from_(standing("a"))
        .where(
            sql.equals(sql.column("child", "a"), sql.column("parent")),
            sql.equals(sql.column(when, "a"), sql.column(when)),
        )
    )
    return (
        exp.select(sql.column(when), sql.column("child"))
        .from_(standing(sql.OWN))
        .where(exp.Not(this=above))
    )


def days_of_change(edges: str) -> exp.Select:
    """Every day on which an edge begins; open beginnings count as the first day of all."""
    return (
        exp.select(sql.named(_begin(sql.OWN), "moment")).distinct().from_(sql.table(edges, sql.OWN))
    )
