"""One SELECT by the slices of one of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlglot import exp

from attain.engine.reuse.reading import has_only, own_of
from attain.engine.reuse.slices import (
    Needs,
    Rows,
    Source,
    beside,
    either,
    itself,
    through,
    up_to,
)

_SO_FAR: Final = (
    exp.RowNumber,
    exp.Rank,
    exp.DenseRank,
    exp.Lag,
    exp.Sum,
    exp.Count,
    exp.CountIf,
    exp.Min,
    exp.Max,
    exp.FirstValue,
)
"""Functions that look at no row behind the frame they are given, or behind their own row."""


def sliced_by(query: exp.Select, sources: Sequence[Source], number: int, way: Rows) -> Rows | None:
    """The rows of a SELECT by the slices of one of its sources."""
    own = sources[number]
    met = {own.alias: (way, itself(way.spans))}
    for source in [*sources[:number], *sources[number + 1 :]]:
        meeting = [_met(source, one, met) for one in source.ways]
        if meeting:
            met[source.alias] = min(meeting, key=lambda one: sum(map(len, one[1].values())))
    labels = {(own.alias, label) for label in way.labels}
    reach = _reach(query, way, labels, own.alias)
    if reach is None:
        return None
    needs: dict[str, Needs | None] = {}
    for source in sources:
        if source.alias not in met:
            needs |= dict.fromkeys(source.reads)
            continue
        rows, slices = met[source.alias]
        for read, need in rows.needs.items():
            further = through(through(reach, slices) or {}, need)
            needs[read] = either(needs[read], further) if read in needs else further
    return _shown(query, replace(way, needs=needs), own.alias, labels)


def _met(source: Source, way: Rows, met: Mapping[str, tuple[Rows, Needs]]) -> tuple[Rows, Needs]:
    """Of a source the slices whose rows can stand beside those of others, by its conditions."""
    found: Needs | None = None
    for name, (rows, slices) in met.items():
        pairs = beside((name, rows), (source.alias, way), source.tests)
        own = through(slices, pairs) or {}
        found = own if found is None else {k: one & own[k] for k, one in found.items()}
    return way, found or {}


def _reach(query: exp.Select, way: Rows, labels: set[tuple[str, str]], alias: str) -> Needs | None:
    """How far beyond its own slice a row looks, when rows are put in order.

    None if rows of several slices are grouped together.
    """
    group, distinct = query.args.get("group"), query.args.get("distinct")
    if group is not None and not has_only(group, {"expressions"}):
        return None
    if group is not None and not any(_is_among(one, labels) for one in group.expressions):
        return None
    if distinct is not None and distinct.args.get("on") is not None:
        return None
    reach = itself(way.spans)
    for window in (one for one in own_of(query) if isinstance(one, exp.Window)):
        if any(_is_among(one, labels) for one in window.args.get("partition_by") or ()):
            continue
        so_far = _so_far(window, way, alias) if group is None else None
        everything = {label: frozenset(way.spans) for label in way.spans}
        reach = either(reach, so_far or everything) or everything
    return reach


def _so_far(window: exp.Window, way: Rows, alias: str) -> Needs | None:
    """The slices up to each, if a window goes no further than its own row in their order."""
    function = window.this
    while isinstance(function, exp.IgnoreNulls | exp.Filter):
        function = function.this
    order = window.args.get("order")
    first = order.expressions[0] if order is not None else None
    if not isinstance(function, _SO_FAR) or first is None or first.args.get("desc"):
        return None
    column = first.this
    if not isinstance(column, exp.Column) or column.table != alias:
        return None
    spec = window.args.get("spec")
    if spec is not None:
        end, side = spec.args.get("end"), spec.args.get("end_side")
        if not (end == "CURRENT ROW" or side == "PRECEDING") or spec.args.get("exclude"):
            return None
    if isinstance(function, exp.Lag) and not _is_count(function.args.get("offset")):
        return None
    return up_to(way, column.name)


def _is_count(offset: exp.Expr | None) -> bool:
    return offset is None or (isinstance(offset, exp.Literal) and not offset.is_string)


def _shown(query: exp.Select, rows: Rows, alias: str, labels: set[tuple[str, str]]) -> Rows | None:
    """What of the columns that tell the slice a query shows, and under which names."""
    stars = [one for one in query.expressions if one.is_star]
    given: dict[str, list[exp.Expr]] = {}
    for one in query.expressions:
        if not one.is_star:
            given.setdefault(one.alias_or_name.casefold(), []).append(one)
    shown: list[set[str]] = []
    for columns in (rows.labels, rows.starts, rows.ends):
        wanted = {(alias, name) for name in columns}
        wanted |= labels if columns is rows.labels else set()
        names = {
            one.alias_or_name
            for some in given.values()
            for one in some
            if len(some) == 1 and _is_among(one.unalias(), wanted)
        }
        if len(stars) == 1 and _is_all_of(stars[0], query, alias):
            names |= {name for name in columns if name.casefold() not in given}
        shown.append(names)
    if not shown[0]:
        return None
    return replace(
        rows, labels=frozenset(shown[0]), starts=frozenset(shown[1]), ends=frozenset(shown[2])
    )


def _is_all_of(star: exp.Expr, query: exp.Select, alias: str) -> bool:
    """True for all columns of a source as they are."""
    inner = star.this if isinstance(star, exp.Column) else star
    if any(inner.args.get(name) for name in ("except_", "except", "replace", "rename")):
        return False
    return star.table == alias if isinstance(star, exp.Column) else not query.args.get("joins")


def _is_among(expression: exp.Expr, columns: set[tuple[str, str]]) -> bool:
    """True for one of these columns, also as one of few words."""
    while isinstance(expression, exp.Cast) and expression.is_type("ENUM", "TEXT", "VARCHAR"):
        expression = expression.this
    if not isinstance(expression, exp.Column):
        return False
    return (expression.table, expression.name) in columns
