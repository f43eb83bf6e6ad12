"""Which slices of what is read decide one slice of a step: the proof, from nothing but its SQL.

A slice is what has one period in a column. Every row of a query that shows such a column of one
of its sources unchanged was made of rows of that slice; of the other sources it met those
that the conditions of the joins let stand beside them. Rows that are grouped, ranked or
added up lie in one slice if the column is among what they are grouped by, or in this and
earlier ones if they are taken in its order up to the row. Whatever is not recognised needs
everything; a step that always does is not sliced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from sqlglot import exp

from attain.engine.compiler import Keeping, Step
from attain.engine.reuse.addresses import Texts
from attain.engine.reuse.reading import conditions, has_only, own_of
from attain.engine.reuse.selects import sliced_by
from attain.engine.reuse.slices import (
    Labels,
    Needs,
    Periods,
    Rows,
    Source,
    columns_of,
    either,
    itself,
    shown_by,
    through,
    values_of,
)

_KNOWN: Final = frozenset(
    {"expressions", "from_", "joins", "where", "group", "having", "qualify", "order", "distinct"}
    | {"with_"}
)
Scope = Mapping[str, Source]
Ways = tuple[Rows, ...]


class _NotKnownError(Exception):
    """Something in a query that this does not understand."""


class Slicing:
    """By what the steps of a list are sliced. `seams` are sliced by their content.

    Without a seam nothing is: periods that are written down in SQL would slice what stands on
    them, but nobody would know which of its slices have changed.
    """

    def __init__(self, texts: Texts, periods: Periods, seams: Mapping[str, Rows]) -> None:
        self.texts, self.periods, self.seams = texts, periods, seams
        self._found: dict[str, Rows | None] = {} if seams else dict.fromkeys(texts.steps)
        for name in texts.steps:
            # In the order of the list: asked for from its end, it would be asked a long way down.
            self.of(name)

    def of(self, name: str) -> Rows | None:
        """How a step or an input is sliced, None if it is not."""
        if name in self.seams:
            return self.seams[name]
        if name not in self._found:
            step = self.texts.steps.get(name)
            self._found[name] = self._of(step) if step is not None else None
        return self._found[name]

    def needed(self, name: str, read: str, labels: Iterable[str]) -> Labels | None:
        """The slices of something that some slices of a step read; None for all of it."""
        rows, there = self.of(name), self.of(read)
        if rows is None or there is None:
            return None
        if read not in rows.needs:
            # It only says whether the step is worth asking, which one slice answers for itself.
            return frozenset(labels) & there.spans.keys()
        needs = rows.needs[read]
        if needs is None:
            return None
        return frozenset(one for label in labels for one in needs.get(label, ()))

    def _of(self, step: Step) -> Rows | None:
        names = columns_of(step)
        ways = [way for way in self._query(step.query, {}) if way.labels & names]
        # Periods that are written down are taken as they are; a table of them is a seam.
        is_plain = step.keeping is Keeping.VIEW and not any(self.of(read) for read in step.reads)
        useful = [way for way in ways if is_plain or self._is_useful(way)]
        best = min(useful, key=lambda way: way.reading, default=None)
        return replace(best, labels=best.labels & names) if best is not None else None

    def _is_useful(self, way: Rows) -> bool:
        for name, needs in way.needs.items():
            rows = self.of(name) if needs is not None else None
            if rows is not None and any(len(one) < len(rows.spans) for one in needs.values()):  # type: ignore[union-attr]
                return True
        return False

    # --- queries --------------------------------------------------------------------------------

    def _query(self, query: exp.Expr, scope: Scope) -> Ways:
        """All ways to slice what a query gives; none if it is not understood."""
        try:
            if isinstance(query, exp.Subquery) and has_only(query, {"this", "alias"}):
                return self._query(query.this, scope)
            if isinstance(query, exp.Union) and has_only(query, _OF_UNION):
                return self._union(query, self._named(query, scope))
            if isinstance(query, exp.Select) and has_only(query, _KNOWN):
                return self._select(query, self._named(query, scope))
        except _NotKnownError:
            pass
        return ()

    def _named(self, query: exp.Query, scope: Scope) -> Scope:
        """The queries that are named before a query, beside those that were named outside."""
        named = query.args.get("with_")
        found = dict(scope)
        for one in named.expressions if named is not None else ():
            name, inner = one.alias, one.this
            is_own = any(table.name == name for table in inner.find_all(exp.Table))
            ways = self._walk(name, inner, found) if is_own else self._query(inner, found)
            found[name] = Source(name, ways, _reads(inner, {**found, name: Source(name, (), ())}))
        return found

    def _walk(self, name: str, query: exp.Expr, scope: Scope) -> Ways:
        """A query that goes on from its own rows: a slice needs what those before it need."""
        if not isinstance(query, exp.Union):
            raise _NotKnownError
        ways = []
        for first in self._query(query.this, scope):
            own = replace(first, needs={name: itself(first.spans)})
            within = {**scope, name: Source(name, (own,), ())}
            for later in self._query(query.expression, within):
                both = _alike(query, first, later)
                steps = later.needs.get(name)
                if both is not None and steps is not None:
                    needs = {read: need for read, need in both.needs.items() if read != name}
                    ways.append(replace(both, needs=_before(needs, steps, first.spans)))
        return tuple(ways)

    def _union(self, query: exp.Union, scope: Scope) -> Ways:
        found = []
        for one in self._query(query.this, scope):
            for other in self._query(query.expression, scope):
                both = _alike(query, one, other)
                if both is not None:
                    found.append(both)
        return tuple(found)

    def _select(self, query: exp.Select, scope: Scope) -> Ways:
        sources = self._sources(query, scope)
        found = []
        for number, source in enumerate(sources):
            for way in source.ways if source.is_certain else ():
                rows = sliced_by(query, sources, number, way)
                inner = _asked_inside(query, scope)
                found += [replace(rows, needs={**rows.needs, **inner})] if rows else []
        return tuple(found)

    def _sources(self, query: exp.Select, scope: Scope) -> list[Source]:
        where = tuple(conditions(query.args.get("where")))
        from_ = query.args.get("from_")
        if from_ is None:
            raise _NotKnownError
        first = self._source(from_.this, scope)
        found = [replace(first, tests=where)]
        for join in query.args.get("joins") or []:
            side, kind = (join.args.get(one) or "" for one in ("side", "kind"))
            is_known = side in ("", "LEFT") and kind in ("", "INNER", "OUTER", "CROSS")
            if not is_known or not has_only(join, {"this", "side", "kind", "on"}):
                raise _NotKnownError
            tests = tuple(conditions(join.args.get("on")))
            source = self._source(join.this, scope)
            source = replace(source, tests=(*where, *tests), is_certain=not side)
            if not side:
                # An inner join lets nobody pass who does not meet its conditions.
                found = [replace(one, tests=(*one.tests, *tests)) for one in found]
            found.append(source)
        if len({one.alias for one in found}) < len(found):
            raise _NotKnownError
        return found

    def _source(self, source: exp.Expr, scope: Scope) -> Source:
        if isinstance(source, exp.Values):
            return Source(source.alias, values_of(source, self.periods), ())
        if isinstance(source, exp.Subquery) and has_only(source, {"this", "alias"}):
            ways = self._query(source.this, scope)
            return Source(source.alias, ways, _reads(source.this, scope))
        if not isinstance(source, exp.Table) or not has_only(source, {"this", "alias"}):
            raise _NotKnownError
        if source.name in scope:
            return replace(scope[source.name], alias=source.alias_or_name)
        rows = self.of(source.name)
        own = rows and replace(rows, needs={source.name: itself(rows.spans)})
        return Source(source.alias_or_name, (own,) if own else (), (source.name,))


# --- all queries ---------------------------------------------------------------------------------

_OF_UNION: Final = frozenset({"this", "expression", "distinct", "with_"})


def _alike(query: exp.Union, one: Rows, other: Rows) -> Rows | None:
    """Two queries under each other, if both tell their slices in the same column."""
    places = [shown_by(side) for side in (query.this, query.expression)]
    if one.kind != other.kind or None in places:
        return None
    left, right = places

    def same(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
        pairs = zip(left or (), right or (), strict=True)
        return frozenset(name for name, there in pairs if name in mine and there in theirs)

    labels = same(one.labels, other.labels)
    if not labels:
        return None
    has_days = one.spans == other.spans
    needs = dict(one.needs)
    for read, need in other.needs.items():
        needs[read] = either(needs[read], need) if read in needs else need
    return Rows(
        one.kind,
        {**other.spans, **one.spans},
        labels,
        same(one.starts, other.starts) if has_days else frozenset(),
        same(one.ends, other.ends) if has_days else frozenset(),
        needs,
    )


def _before(
    needs: Mapping[str, Needs | None], steps: Needs, labels: Mapping[str, object]
) -> dict[str, Needs | None]:
    """What is needed when the slices a slice goes on from need something themselves."""
    reach = itself(labels)
    while True:
        further = either(reach, through(reach, steps)) or {}
        if further == reach:
            return {read: through(reach, need) for read, need in needs.items()}
        reach = further


def _asked_inside(query: exp.Select, scope: Scope) -> dict[str, None]:
    """What questions inside expressions read: all of it."""
    inside: list[str] = []
    for one in own_of(query):
        if isinstance(one, exp.Query):
            names = _reads(one, {})
            if any(name in scope for name in names):
                raise _NotKnownError
            inside += names
    return dict.fromkeys(inside)


def _reads(query: exp.Expr, scope: Scope) -> tuple[str, ...]:
    """The steps and inputs that a query reads, also through queries that are named outside."""
    own = {one.alias for one in query.find_all(exp.CTE)}
    names = dict.fromkeys(one.name for one in query.find_all(exp.Table) if one.name not in own)
    outside = (scope[name].reads if name in scope else (name,) for name in names)
    return tuple(dict.fromkeys(name for some in outside for name in some))
