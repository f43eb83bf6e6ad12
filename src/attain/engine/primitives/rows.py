"""How rows come about: from a dataset, from the plan itself, from members and periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from attain.core.periods import Period
from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made
from attain.engine.primitives.frames import UNCERTAIN, Cell, Frame, Reader
from attain.engine.primitives.model import MemberRows, PlanRows, Relation, Stored
from attain.expressions.sql import Printed, print_node
from attain.expressions.typed import Node, Reference

EMPTY = "no_data.value"
"""The reason of a stored cell in which nothing stands."""

PERIOD_FROM = "period_from"
PERIOD_UNTIL = "period_until"
PERIOD_PREFIX = "period:"


def period_kind(relation: Relation) -> str | None:
    """The kind of period in a relation's key, such as "month", or None."""
    for part in relation.key:
        if part.kind.startswith(PERIOD_PREFIX):
            return part.kind.removeprefix(PERIOD_PREFIX)
    return None


def period_column(relation: Relation) -> str | None:
    """The key column that holds the period's label, or None."""
    return next((p.name for p in relation.key if p.kind.startswith(PERIOD_PREFIX)), None)


def stored_cells(relation: Relation) -> dict[str, Cell]:
    """The columns that come with a relation's rows, key first."""
    cells = {part.name: Cell(part.type.storage) for part in relation.key}
    for name, column in relation.columns.items():
        if isinstance(column.made, Stored):
            cells[name] = Cell(sql.storage_of(column), column.type.may_be_missing)
    return cells


def stored(cells: Mapping[str, Cell], alias: str = sql.OWN) -> list[exp.Expr]:
    """Stored columns as they are, each with the reason where its cell is empty."""
    kept: list[exp.Expr] = []
    for name, cell in cells.items():
        kept.append(sql.column(name, alias))
        if cell.may_be_missing:
            kept.append(sql.named(why_empty(sql.column(name, alias)), name + sql.WHY))
    return kept


def why_empty(value: exp.Expr) -> exp.Expr:
    return sql.cases((sql.is_missing(value), sql.text(EMPTY)))


def source_rows(relation: Relation, source: str) -> Made:
    """The rows of a dataset version, one for one."""
    cells = stored_cells(relation)
    return Made(exp.select(*stored(cells)).from_(sql.table(source, sql.OWN)), cells)


def filtered(frame: Frame, where: Node) -> tuple[exp.Select, bool]:
    """The rows for which the filter holds; a row whose filter has no data stays, and says so.

    The second value is true when there may be such rows.
    """
    printed = print_node(where, Reader(frame), frame.dialect)
    if printed.why is None:
        return exp.select(sql.every()).from_(frame.table()).where(printed.value), False
    unknown = sql.is_no_data(printed.why)
    reason = sql.cases((unknown, printed.why.copy()))
    query = (
        exp.select(sql.every(), sql.named(reason, UNCERTAIN))
        .from_(frame.table())
        .where(sql.either(sql.is_true(printed.value), unknown.copy()))
    )
    return query, True


def plan_rows(relation: Relation, rows: PlanRows) -> Made:
    """Rows that stand in the plan itself, written out."""
    cells = stored_cells(relation)
    lines = [
        [
            sql.literal(value, cells[name].storage)
            for name, value in zip(rows.columns, row, strict=True)
        ]
        for row in rows.rows
    ]
    source = values(lines, rows.columns, [cells[name].storage for name in rows.columns])
    return Made(exp.select(*stored(cells)).from_(source), cells)


def values(
    lines: Sequence[Sequence[exp.Expr]],
    names: Sequence[str],
    storages: Sequence[str],
    alias: str = sql.OWN,
) -> exp.Expr:
    """A small table written out: `(VALUES …) AS r(a, b)`; without lines an empty one."""
    if not lines:
        nothing = exp.select(
            *(sql.named(sql.null(s), n) for n, s in zip(names, storages, strict=True))
        ).where(sql.false())
        return exp.Subquery(this=nothing, alias=exp.TableAlias(this=sql.quoted(alias)))
    return exp.Values(
        expressions=[exp.Tuple(expressions=list(line)) for line in lines],
        alias=exp.TableAlias(this=sql.quoted(alias), columns=[sql.quoted(name) for name in names]),
    )


def select_all(source: exp.Expr) -> exp.Select:
    """A small table as a query."""
    return exp.select(sql.every()).from_(source)


def periods_table(periods: Iterable[Period], label: str, alias: str) -> exp.Expr:
    """The periods that have rows: label, first day, day after the last."""
    lines = [[sql.text(p.label), sql.day(p.from_), sql.day(p.until)] for p in periods]
    storages = ["VARCHAR", "DATE", "DATE"]
    return values(lines, [label, PERIOD_FROM, PERIOD_UNTIL], storages, alias)


def period_rows(relation: Relation, periods: Sequence[Period]) -> Made:
    """One row per period of the kind."""
    label = period_column(relation)
    assert label is not None
    cells = {label: Cell("VARCHAR"), PERIOD_FROM: Cell("DATE"), PERIOD_UNTIL: Cell("DATE")}
    source = periods_table(periods, label, sql.OWN)
    return Made(exp.select(*(sql.column(name) for name in cells)).from_(source), cells)


def member_rows(
    relation: Relation,
    rows: MemberRows,
    source: str,
    periods: Sequence[Period],
    restricted_by: str | None,
    dimensions: Mapping[str, Frame],
    dialect: str = "duckdb",
    staying: exp.Query | None = None,
) -> Made:
    """Who is measured: subjects with a version in force in the period for which `where` holds.

    So are those `staying`, by their last version that has begun.

    Members come from people and assignments, never from facts: who sold nothing has a row.
    The last fitting version inside the period gives the attributes.
    """
    member = "m"
    label = period_column(relation)
    own = relation.key[0].name
    attributes = _attributes(relation, rows, label)
    span = "p"
    columns: list[exp.Expr] = [sql.named(sql.column(rows.subject, member), own)]
    cells: dict[str, Cell] = {own: Cell(relation.key[0].type.storage)}
    if label is not None:
        columns += [sql.column(name, span) for name in (label, PERIOD_FROM, PERIOD_UNTIL)]
        cells |= {label: Cell("VARCHAR"), PERIOD_FROM: Cell("DATE"), PERIOD_UNTIL: Cell("DATE")}
    columns += stored(attributes, member)
    cells |= attributes
    for dimension in rows.dimensions:
        columns.append(sql.column(dimension.name, dimension.name))
        # A row whose cell is empty makes no value of the dimension: a key is never missing.
        cells[dimension.name] = Cell(dimensions[dimension.name].cells[dimension.column].storage)
    query = (
        exp.select(*columns)
        .from_(periods_table(periods, label or "period", span))
        .join(sql.table(source, member), on=has_begun(member, span))
    )
    fits = sql.both(
        in_force_during(member, span),
        _for_whom_it_holds(rows, relation, member, span, dialect),
        _listed(restricted_by, rows, member, span) if restricted_by is not None else None,
    )
    assert fits is not None
    who: exp.Expr | None = fits
    if staying is not None:
        stays = exp.In(this=sql.column(rows.subject, member), query=exp.Subquery(this=staying))
        who = sql.either(fits.copy(), stays)
    query = query.where(who)
    for dimension in rows.dimensions:
        query = query.join(_distinct(dimensions[dimension.name], dimension.column, dimension.name))
    better = fits if staying is not None else None
    return Made(_last_version(query, rows, member, span, label or "period", better), cells)


def rowless(
    relation: Relation,
    rows: MemberRows,
    source: str,
    periods: Sequence[Period],
    listed_in: str | None,
    dialect: str = "duckdb",
    staying: exp.Query | None = None,
) -> Made:
    """Who would be measured on other days, but is in force on no day of a period."""
    member, other, span = "m", "o", "p"
    label = period_column(relation)
    assert label is not None
    subject = relation.key[0].name
    versions = exp.select(sql.whole(1)).from_(sql.table(source, other))
    same_one = sql.equals(sql.column(rows.subject, other), sql.column(rows.subject, member))
    in_force = exp.Exists(this=versions.where(same_one, in_force_during(other, span)))
    conditions = [
        # Most are in force: they are seen by this one row, before all of theirs are looked at.
        sql.no(in_force_during(member, span)),
        _for_whom_it_holds(rows, relation, member, span, dialect),
        _listed(listed_in, rows, member, None) if listed_in is not None else None,
        sql.no(in_force),
    ]
    if staying is not None:
        stays = exp.In(this=sql.column(rows.subject, member), query=exp.Subquery(this=staying))
        conditions.append(sql.no(stays))
    columns = [sql.column(name, span) for name in (label, PERIOD_FROM, PERIOD_UNTIL)]
    query = (
        exp.select(sql.named(sql.column(rows.subject, member), subject), *columns)
        .distinct()
        .from_(periods_table(periods, label, span))
        .join(sql.table(source, member), join_type="cross")
        .where(*(one for one in conditions if one is not None))
    )
    cells = {name: Cell("DATE") for name in (PERIOD_FROM, PERIOD_UNTIL)}
    return Made(query, {subject: Cell("VARCHAR"), label: Cell("VARCHAR"), **cells})


def _attributes(relation: Relation, rows: MemberRows, label: str | None) -> dict[str, Cell]:
    """The stored columns that come from the subject's own version."""
    made_here = {part.name for part in relation.key} | {PERIOD_FROM, PERIOD_UNTIL}
    if label is None:
        made_here -= {PERIOD_FROM, PERIOD_UNTIL}
    cells = {n: c for n, c in stored_cells(relation).items() if n not in made_here}
    cells.pop(rows.subject, None)
    if rows.subject != relation.key[0].name:
        cells = {rows.subject: Cell(relation.key[0].type.storage), **cells}
    return cells


def has_begun(version: str, span: str) -> exp.Expr:
    """A dated row has begun before the period is over."""
    begun = sql.either(
        sql.is_missing(sql.column("effective_from", version)),
        exp.LT(
            this=sql.column("effective_from", version), expression=sql.column(PERIOD_UNTIL, span)
        ),
    )
    assert begun is not None
    return begun


def in_force_during(version: str, span: str) -> exp.Expr:
    """A dated row is in force on some day of the period."""
    not_over = sql.either(
        sql.is_missing(sql.column("effective_until", version)),
        exp.GT(
            this=sql.column("effective_until", version), expression=sql.column(PERIOD_FROM, span)
        ),
    )
    condition = sql.both(has_begun(version, span), not_over)
    assert condition is not None
    return condition


def in_force_on(version: str, moment: exp.Expr) -> exp.Expr | None:
    """A dated row is in force on a day; a blank bound does not bound."""
    bounds = (sql.column("effective_from", version), sql.column("effective_until", version))
    return sql.falls_in(moment, *bounds, open_ends=True)


def _for_whom_it_holds(
    rows: MemberRows, relation: Relation, member: str, span: str, dialect: str
) -> exp.Expr | None:
    if rows.where is None:
        return None

    own = relation.key[0].name

    def read(reference: Reference) -> Printed:
        if reference.column in (PERIOD_FROM, PERIOD_UNTIL):
            return Printed(sql.column(reference.column, span), None)
        name = rows.subject if reference.column == own else reference.column
        value = sql.column(name, member)
        missing = reference.type.may_be_missing
        return Printed(value, why_empty(value.copy()) if missing else None)

    # Only true counts: who may or may not be a member is none.
    return print_node(rows.where, read, dialect).value


def _listed(source: str, rows: MemberRows, member: str, span: str | None) -> exp.Expr:
    """The subject is listed for the plan on some day of the period, or on any day at all."""
    assert rows.members_of is not None
    listed = "l"
    inner = (
        exp.select(sql.whole(1))
        .from_(sql.table(source, listed))
        .where(sql.equals(sql.column("plan", listed), sql.text(rows.members_of)))
        .where(sql.equals(sql.column("subject", listed), sql.column(rows.subject, member)))
    )
    return exp.Exists(this=inner if span is None else inner.where(in_force_during(listed, span)))


def _distinct(frame: Frame, column: str, name: str) -> exp.Join:
    """Every value a dimension takes, crossed with the members."""
    value = sql.column(column)
    inner = (
        exp.select(sql.named(value, name))
        .distinct()
        .from_(frame.table())
        .where(sql.is_there(value.copy()))
    )
    alias = exp.TableAlias(this=sql.quoted(name))
    return exp.Join(this=exp.Subquery(this=inner, alias=alias), kind="CROSS")


def _last_version(
    query: exp.Select,
    rows: MemberRows,
    member: str,
    span: str,
    label: str,
    better: exp.Expr | None = None,
) -> exp.Select:
    """Of several versions in a period the last counts; any that is `better` before all others."""
    first = (
        []
        if better is None
        else [
            sql.ordered(
                sql.cases((sql.is_true(better), sql.whole(1)), otherwise=sql.whole(0)),
                descending=True,
            )
        ]
    )
    place = sql.over(
        exp.RowNumber(),
        [
            sql.column(rows.subject, member),
            sql.column(label, span),
            *(sql.column(one.name, one.name) for one in rows.dimensions),
        ],
        [*first, sql.ordered(sql.column("effective_from", member), descending=True)],
    )
    return query.qualify(sql.equals(place, sql.whole(1)))
