"""Rows made of other relations' rows: stacked one under the other, or paired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, Printer, layered, project
from attain.engine.primitives.frames import UNCERTAIN, Cell, Frame, Reader
from attain.engine.primitives.match import VALID_FROM, interval
from attain.engine.primitives.model import PairRows, Relation, StackPart, StackRows
from attain.engine.primitives.rows import stored_cells
from attain.expressions.sql import print_node

PART = "part"
"""The key column of stacked rows that names the part they come from."""

RIGHT = "right"
RIGHT_PREFIX = f"{RIGHT}."


@dataclass(frozen=True, slots=True)
class Combined:
    """A SELECT of combined rows; `uncertain` when some rows may not belong."""

    made: Made
    uncertain: bool


def stacked(relation: Relation, rows: StackRows, frames: Sequence[Frame]) -> Combined:
    """Rows of several relations one under the other, each part with its own values."""
    cells = {PART: Cell("VARCHAR")}
    for name, cell in stored_cells(relation).items():
        cells[name] = cell if name == PART else Cell(cell.storage, True)
    parts = [_Part(part, frame) for part, frame in zip(rows.parts, frames, strict=True)]
    uncertain = any(part.doubt is not None for part in parts)
    selects = [part.select(rows.columns, cells, uncertain=uncertain) for part in parts]
    query: exp.Query = selects[0]
    for select in selects[1:]:
        query = exp.Union(this=query, expression=select, distinct=False)
    return Combined(Made(query, cells), uncertain)


class _Part:
    """One stacked relation, its filter printed."""

    def __init__(self, part: StackPart, frame: Frame) -> None:
        self.part, self.frame = part, frame
        self.printer = Printer(Reader(frame))
        self.where = self.printer(part.where) if part.where is not None else None
        unsure = sql.column(UNCERTAIN) if frame.uncertain else None
        where_why = self.where.why if self.where is not None else None
        self.doubt = sql.worst(unsure, where_why)

    def select(
        self, names: Sequence[str], cells: dict[str, Cell], *, uncertain: bool
    ) -> exp.Select:
        columns: list[exp.Expr] = [sql.named(sql.text(self.part.name), PART)]
        for name, node in zip(names, self.part.values, strict=True):
            printed = self.printer(node)
            why = printed.why if printed.why is not None else sql.null("VARCHAR")
            columns += project(name, cells[name].storage, printed.value, why)
        if uncertain:
            columns.append(sql.named(self._doubt(), UNCERTAIN))
        query = exp.select(*columns).from_(layered(self.frame.table(), self.printer.lets))
        return query.where(self._kept()) if self.where is not None else query

    def _doubt(self) -> exp.Expr:
        if self.doubt is None:
            return sql.null("VARCHAR")
        return sql.cases((sql.is_no_data(self.doubt.copy()), self.doubt.copy()))

    def _kept(self) -> exp.Expr:
        assert self.where is not None
        if self.where.why is None:
            return self.where.value
        kept = sql.either(sql.is_true(self.where.value), sql.is_no_data(self.where.why.copy()))
        assert kept is not None
        return kept


def paired(relation: Relation, rows: PairRows, left: Frame, right: Frame) -> Combined:
    """Every pair of a left and a right row that belong together."""
    reader = Reader(left, others={RIGHT: (right, RIGHT)})
    # Without names beneath: the filter looks at both rows, and beneath there is only one.
    where = None
    if rows.where is not None:
        where = print_node(rows.where, reader, left.dialect)
    cells: dict[str, Cell] = {}
    columns: list[exp.Expr] = []
    for name in stored_cells(relation):
        side, alias = (right, RIGHT) if name.startswith(RIGHT_PREFIX) else (left, sql.OWN)
        source = name.removeprefix(RIGHT_PREFIX)
        cells[name] = side.cells[source]
        columns.append(sql.named(side.value(source, alias), name))
        why = side.why(source, alias)
        if why is not None:
            columns.append(sql.named(why, name + sql.WHY))
    doubts = [sql.column(UNCERTAIN, a) for f, a in ((left, sql.OWN), (right, RIGHT)) if f.uncertain]
    doubt = sql.worst(*doubts, where.why if where is not None else None)
    if doubt is not None:
        in_doubt = sql.cases((sql.is_no_data(doubt), doubt.copy()))
        columns.append(sql.named(in_doubt, UNCERTAIN))
    tests = _tests(rows, left, right)
    if where is not None:
        unknown = sql.is_no_data(where.why.copy()) if where.why is not None else None
        holds = where.value if unknown is None else sql.is_true(where.value)
        tests.append(sql.either(holds, unknown))
    join = exp.Join(this=right.table(RIGHT), on=sql.both(*tests) or sql.true())
    query = exp.select(*columns).from_(left.table()).join(join)
    return Combined(Made(query, cells), doubt is not None)


def _tests(rows: PairRows, left: Frame, right: Frame) -> list[exp.Expr | None]:
    tests: list[exp.Expr | None] = [
        sql.equals(left.value(mine), right.value(theirs, RIGHT)) for mine, theirs in rows.equal
    ]
    bounds = interval(right)
    if rows.at is not None and bounds is not None:
        columns = (sql.column(bound, RIGHT) for bound in bounds)
        open_ends = bounds[0] == VALID_FROM
        tests.append(sql.falls_in(left.value(rows.at), *columns, open_ends=open_ends))
        if left.why(rows.at) is not None:
            # Two open ends hold all days, but no day is not one of them.
            tests.append(sql.is_there(left.value(rows.at)))
    return tests


def fetched(frame: Frame, source: Frame, names: Mapping[str, str], prefix: str) -> Made:
    """Columns of a source row, found by its key: `names` are own names to the source's."""
    alias = "s"
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for own, name in names.items():
        projections.append(sql.named(source.value(name, alias), own))
        why = source.why(name, alias)
        if why is not None:
            projections.append(sql.named(why, own + sql.WHY))
        cells[own] = source.cells[name]
    keys = {part.name: source.cells[part.name].may_be_missing for part in source.relation.key}
    on = sql.both(
        *(
            sql.same(sql.column(key, alias), sql.column(prefix + key), may_be_missing=blank)
            for key, blank in keys.items()
        )
    )
    join = exp.Join(this=source.table(alias), side="LEFT", on=on)
    return Made(exp.select(sql.every(), *projections).from_(frame.table()).join(join), cells)
