"""Group: a row against its population.

Somebody about whom there is no data makes the place of all others unknown, unless the plan
skips the missing; who is not applicable is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlglot import exp

from attain.engine.primitives import sql
from attain.engine.primitives.aggregate import exact_mean, sortable
from attain.engine.primitives.formula import Made, extended, project
from attain.engine.primitives.frames import Cell, Frame
from attain.engine.primitives.model import Column, Grouped, GroupFunction

OUTSIDE = "not_applicable.outside_population"


def select_grouped(frame: Frame, columns: Sequence[Column]) -> Made:
    """The rows of a frame with columns that compare them with their population."""
    lets: list[tuple[str, exp.Expr]] = []
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for number, column in enumerate(columns):
        made = column.made
        assert isinstance(made, Grouped)
        comparison = _Comparison(frame, column, made, f"__{number}")
        value, why = comparison.printed()
        lets += comparison.lets
        storage = sql.storage_of(column)
        projections += project(column.name, storage, value, why)
        cells[column.name] = Cell(storage, why is not None)
    return Made(extended(frame, projections, lets), cells)


def compared(frame: Frame, columns: Sequence[Column]) -> list[str]:
    """The columns that a comparison looks at, and the key of the rows."""
    names = dict.fromkeys(part.name for part in frame.relation.key)
    for column in columns:
        made = column.made
        assert isinstance(made, Grouped)
        names |= dict.fromkeys(name for name, _ in made.by)
        names |= dict.fromkeys(made.population.partition)
        if made.population.where is not None:
            names[made.population.where] = None
    return list(names)


def narrowed(frame: Frame, names: Sequence[str], step: str) -> tuple[Frame, exp.Select]:
    """The rows of a frame with some of their columns, as a step of its own."""
    few = replace(frame, cells={name: frame.cells[name] for name in names})
    return replace(few, step=step), exp.select(*few.all_columns()).from_(frame.table())


def hang_compared(frame: Frame, cells: Mapping[str, Cell], step: str) -> Made:
    """The rows of a frame with what a step has found for each of them."""
    alias = "g"
    projections: list[exp.Expr] = []
    for name, cell in cells.items():
        projections.append(sql.column(name, alias))
        if cell.may_be_missing:
            projections.append(sql.column(name + sql.WHY, alias))
    keys = {part.name: frame.cells[part.name].may_be_missing for part in frame.relation.key}
    on = sql.both(
        *(
            sql.same(sql.column(key, alias), sql.column(key), may_be_missing=blank)
            for key, blank in keys.items()
        )
    )
    join = exp.Join(this=sql.table(step, alias), side="LEFT", on=on or sql.true())
    query = exp.select(sql.every(), *projections).from_(frame.table()).join(join)
    return Made(query, dict(cells))


def _outside(frame: Frame, where: str | None) -> exp.Expr | None:
    """Whether a row is no member: the condition is false, or does not apply to it."""
    if where is None:
        return None
    outside: exp.Expr = sql.is_false(frame.value(where))
    why = frame.why(where)
    if why is not None:
        not_applicable = exp.StartsWith(this=why, expression=sql.text("not_applicable."))
        outside = (
            sql.either(outside, exp.Coalesce(this=not_applicable, expressions=[sql.false()]))
            or outside
        )
    return outside


class _Comparison:
    """One group function, with the helpers that must be computed beneath it."""

    def __init__(self, frame: Frame, column: Column, made: Grouped, prefix: str) -> None:
        self.frame, self.column, self.made, self.prefix = frame, column, made, prefix
        self.lets: list[tuple[str, exp.Expr]] = []
        population = made.population
        self.partition: list[exp.Expr] = [frame.value(name) for name in population.partition]
        self.outside = _outside(frame, population.where)
        self.place_why = sql.worst(*(frame.why(name) for name in population.partition))
        where_why = frame.why(population.where) if population.where is not None else None
        own = [frame.why(name) for name, _ in made.by]
        self.own_why = sql.worst(where_why, self.place_why, *own)

    def printed(self) -> tuple[exp.Expr, exp.Expr | None]:
        """The value, and why it is missing."""
        branches: list[tuple[exp.Expr, exp.Expr]] = []
        if self.outside is not None:
            branches.append((self.outside.copy(), sql.text(OUTSIDE)))
        if self.own_why is not None:
            self.own_why = self._helper("why", self.own_why)
            branches += self._unknown()
        if not branches:
            return self._value(None), None
        why = self._helper("out", sql.cases(*branches))
        member = sql.is_missing(why)
        return sql.cases((member, self._value(why))), why.copy()

    def _unknown(self) -> list[tuple[exp.Expr, exp.Expr]]:
        """Rows with a reason of their own, and rows whose population has somebody without data."""
        assert self.own_why is not None
        own = self.own_why
        if self.made.skip_missing:
            return [(sql.is_there(own.copy()), own.copy())]
        spoils = self._helper("spoils", sql.cases((self._spoils(), own.copy())))
        lowest = exp.Filter(
            this=exp.ArgMin(this=spoils, expression=sortable(list(self.frame.key()))),
            expression=exp.Where(this=sql.is_there(spoils.copy())),
        )
        spoilt = self._helper("spoilt", sql.over(lowest, _copies(self.partition)))
        alone = sql.is_there(own.copy())
        by_itself = sql.both(alone, sql.is_missing(spoils.copy()))
        assert by_itself is not None
        return [
            (by_itself, own.copy()),
            (sql.is_there(spoilt), spoilt.copy()),
        ]

    def _spoils(self) -> exp.Expr:
        """No data about a row that may belong to the population."""
        assert self.own_why is not None
        in_doubt = self.outside and exp.Not(this=exp.Paren(this=self.outside.copy()))
        place = sql.is_missing(self.place_why.copy()) if self.place_why is not None else None
        condition = sql.both(in_doubt, place, sql.is_no_data(self.own_why.copy()))
        assert condition is not None
        return condition

    def _helper(self, name: str, expression: exp.Expr) -> exp.Column:
        """Compute something beneath, once, and read it by name."""
        self.lets.append((self.prefix + name, expression))
        return sql.column(self.prefix + name)

    def _value(self, out: exp.Expr | None) -> exp.Expr:
        """The function over the members alone: those whose reason to be out is empty."""
        parts = _copies(self.partition)
        if out is not None:
            parts.append(sql.is_missing(out.copy()))
        by = [sql.ordered(self.frame.value(n), descending=down) for n, down in self.made.by]
        column = self.frame.value(self.made.by[0][0]) if self.made.by else None
        match self.made.function:
            case GroupFunction.RANK:
                return sql.over(sql.function("rank"), parts, by)
            case GroupFunction.DENSE_RANK:
                return sql.over(sql.function("dense_rank"), parts, by)
            case GroupFunction.LAST_RANK:
                return sql.over(exp.Count(this=exp.Star()), parts, by, sql.peers_so_far())
            case GroupFunction.COUNT:
                return sql.over(exp.Count(this=exp.Star()), parts)
        assert column is not None
        if self.made.function is GroupFunction.MEAN:
            return self._mean(column, parts)
        made = {GroupFunction.SUM: exp.Sum, GroupFunction.MIN: exp.Min, GroupFunction.MAX: exp.Max}
        return sql.over(made[self.made.function](this=column), parts)

    def _mean(self, column: exp.Expr, parts: list[exp.Expr]) -> exp.Expr:
        name = self.made.by[0][0]
        kind = self.frame.relation.columns[name].type
        kind = replace(kind, scale=sql.scale_of(self.frame.cells[name].storage))
        total = self._helper("sum", sql.over(exp.Sum(this=column), parts))
        count = self._helper("count", sql.over(exp.Count(this=column.copy()), _copies(parts)))
        return exact_mean(total, count, kind, self.column.type, self.frame.dialect)


def _copies(expressions: Sequence[exp.Expr]) -> list[exp.Expr]:
    return [one.copy() for one in expressions]
