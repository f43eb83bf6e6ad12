"""Making a lookup's target unique: of all rows that fit the same tests, one, or the reason why not.

Of several that fit, `take` decides; a tie that remains is ambiguous. Dated rows are cut into
stretches in which the same rows hold, so that a date finds one stretch and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Printer, extended
from attain.engine.primitives.frames import Frame, Reader, lookup_column
from attain.engine.primitives.match import (
    AMBIGUOUS,
    FOUND_WHY,
    VALID_FROM,
    interval,
    looked,
)
from attain.engine.primitives.model import Lookup
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL
from attain.expressions.sql import print_node
from attain.expressions.typed import Node, Operate, references

UNSURE = "__unsure"
"""Why nobody knows whether a candidate fits: the lookup's filter had no data about it."""

STARTS = "__from"
ENDS = "__until"
FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"
_CANDIDATE = "c"


def candidates(lookup: Lookup, target: Frame) -> tuple[exp.Select, bool]:
    """The target's rows that may fit whatever looks: its own part of the filter holds.

    The second value is true when nobody may know that of some row.
    """
    if lookup.where is None:
        return exp.select(sql.every()).from_(target.table()), False
    printer = Printer(Reader(target))
    where = printer(lookup.where)
    query = extended(target, (), printer.lets)
    if where.why is None:
        return query.where(where.value), False
    unknown = sql.is_no_data(where.why)
    reason = sql.named(sql.cases((unknown, where.why.copy())), UNSURE)
    kept = sql.either(sql.is_true(where.value), unknown.copy())
    return query.select(reason).where(kept), True


def asking(lookup: Lookup, own: Frame) -> tuple[exp.Select, Frame] | None:
    """The different questions of the rows that look; None if each row asks with its key.

    Rows that ask the same find the same: thousands of orders of one day and one currency look
    their rate up once. The second value has the columns that are asked with.
    """
    names: dict[str, None] = {}
    for node in (*(node for _, node in lookup.equal), lookup.at, lookup.where):
        for reference in references(node) if node is not None else ():
            if reference.row == sql.THIS:
                names[reference.column] = None
            elif node is not lookup.where:
                beside = lookup_column(reference.row, reference.column)
                names[beside if reference.row else reference.column] = None
    if names.keys() >= set(_key_names(own)):
        return None
    cells = {name: own.cells[name] for name in names}
    asked = replace(own, cells=cells, uncertain=False)
    return exp.select(*asked.all_columns()).distinct().from_(own.table()), asked


def asked_columns(own: Frame, asked: Frame | None) -> list[str]:
    """The columns by which a row that looks finds what fits it: what it asks with, or its key."""
    if asked is None:
        return _key_names(own)
    reasons = (name + sql.WHY for name, cell in asked.cells.items() if cell.may_be_missing)
    return [*asked.cells, *reasons]


def pairs(
    lookup: Lookup, own: Frame, target: Frame, asked: Sequence[str]
) -> tuple[exp.Select, bool]:
    """Every pair of a row that looks and a target row that fits it, what was asked with first."""
    looking = Reader(own, own_alias=sql.THIS)
    tests: list[exp.Expr | None] = []
    for name, node in lookup.equal:
        tests.append(sql.equals(sql.column(name), print_node(node, looking, own.dialect).value))
    bounds = interval(target)
    if lookup.at is not None and bounds is not None:
        at = print_node(lookup.at, looking, own.dialect).value
        columns = (sql.column(bound) for bound in bounds)
        tests.append(sql.falls_in(at, *columns, open_ends=bounds[0] == VALID_FROM))
        tests.append(sql.is_there(at.copy()))
    assert lookup.where is not None
    # Without names beneath: the filter looks at both rows, and beneath there is only one.
    where = print_node(lookup.where, Reader(target, this=own), own.dialect)
    holds: exp.Expr = where.value
    questions = [sql.named(sql.column(n, sql.THIS), looked(n)) for n in asked]
    query = exp.select(sql.every(), *questions).from_(target.table())
    if where.why is not None:
        unknown = sql.is_no_data(where.why)
        query = query.select(sql.named(sql.cases((unknown, where.why.copy())), UNSURE))
        either = sql.either(sql.is_true(holds), unknown.copy())
        assert either is not None
        holds = either
        # What is always known and does not hold decides alone; said apart, it is joined by hash.
        known = (one for one in _conjuncts(lookup.where) if not one.type.may_be_missing)
        this = Reader(target, this=own)
        tests += [print_node(one, this, own.dialect).value for one in known]
    on = sql.both(*tests, holds)
    return query.join(exp.Join(this=own.table(sql.THIS), on=on)), where.why is not None


def _conjuncts(node: Node) -> Iterator[Node]:
    """The conditions that all have to hold."""
    if isinstance(node, Operate) and node.operator == "and":
        for operand in node.operands:
            yield from _conjuncts(operand)
    else:
        yield node


def _key_names(frame: Frame) -> list[str]:
    return [part.name for part in frame.relation.key]


def one_each(
    lookup: Lookup, target: Frame, source: exp.Query, by: list[str], *, unsure: bool
) -> exp.Select:
    """Of the candidates that agree in `by`, the one to take; `__why` tells if there is none.

    A candidate about which the filter has no data spoils the choice, the lowest key's reason
    is told; ties after `take` are ambiguous.
    """
    group = [sql.column(name, _CANDIDATE) for name in by]
    taken = [
        sql.ordered(sql.column(name, _CANDIDATE), descending=down) for name, down in lookup.take
    ]
    key = [sql.ordered(sql.column(name, _CANDIDATE)) for name in _key_names(target)]
    place = sql.over(exp.RowNumber(), _copy(group), [*taken, *key])
    tied = [sql.column(name, _CANDIDATE) for name, _ in lookup.take]
    alike = sql.over(exp.Count(this=exp.Star()), [*_copy(group), *tied])
    branches: list[tuple[exp.Expr, exp.Expr]] = []
    if unsure:
        reason = _lowest_reason(target, group)
        branches.append((sql.is_there(reason), reason.copy()))
    branches.append((exp.GT(this=alike, expression=sql.whole(1)), sql.text(AMBIGUOUS)))
    why = sql.named(sql.cases(*branches), FOUND_WHY)
    alias = exp.TableAlias(this=sql.quoted(_CANDIDATE))
    return (
        exp.select(sql.every(_CANDIDATE), why)
        .from_(exp.Subquery(this=source, alias=alias))
        .qualify(sql.equals(place, sql.whole(1)))
    )


def _copy(columns: list[exp.Column]) -> list[exp.Expr]:
    return [column.copy() for column in columns]


def _lowest_reason(target: Frame, group: list[exp.Column]) -> exp.Expr:
    """The reason of the lowest key: reasons first, in the order of keys."""
    unsure = sql.column(UNSURE, _CANDIDATE)
    known_last = sql.ordered(sql.is_missing(unsure))
    key = [sql.ordered(sql.column(name, _CANDIDATE)) for name in _key_names(target)]
    first = exp.FirstValue(this=unsure.copy())
    return sql.over(first, _copy(group), [known_last, *key], sql.rows_all())


def stretches(source: exp.Query, bounds: tuple[str, str], by: list[str]) -> exp.Select:
    """The candidates cut wherever one that agrees in `by` begins or ends.

    Inside a stretch the same rows hold all the time; an open end is the calendar's end.
    """
    from_, until = (
        _closed(bound, day) for bound, day in zip(bounds, (FIRST_DAY, LAST_DAY), strict=True)
    )
    group = [sql.column(name) for name in by]

    def cuts(day: exp.Expr) -> exp.Select:
        return exp.select(*_copy(group), sql.named(day.copy(), STARTS)).from_(_source(source))

    days = exp.Union(this=cuts(from_), expression=cuts(until), distinct=True)
    alias = exp.TableAlias(this=sql.quoted(sql.OWN))
    ends = sql.over(
        exp.Lead(this=sql.column(STARTS)), _copy(group), [sql.ordered(sql.column(STARTS))]
    )
    spans = exp.select(*_copy(group), sql.column(STARTS), sql.named(ends, ENDS)).from_(
        exp.Subquery(this=days, alias=alias)
    )
    span = "s"
    on = sql.both(
        *(sql.equals(sql.column(name, span), sql.column(name)) for name in by),
        exp.LTE(this=from_.copy(), expression=sql.column(STARTS, span)),
        exp.LT(this=sql.column(STARTS, span), expression=until.copy()),
    )
    joined = exp.Join(
        this=exp.Subquery(this=spans, alias=exp.TableAlias(this=sql.quoted(span))), on=on
    )
    return (
        exp.select(sql.every(), sql.column(STARTS, span), sql.column(ENDS, span))
        .from_(_source(source))
        .join(joined)
    )


def _source(source: exp.Query) -> exp.Subquery:
    return exp.Subquery(this=source.copy(), alias=exp.TableAlias(this=sql.quoted(sql.OWN)))


def _closed(bound: str, day: str) -> exp.Expr:
    value = sql.column(bound)
    if bound in (PERIOD_FROM, PERIOD_UNTIL):
        return value
    return sql.first_there(value, sql.cast(sql.text(day), "DATE"))
