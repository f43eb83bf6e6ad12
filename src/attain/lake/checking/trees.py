"""Who is above whom: nobody above themselves on any day, no gaps, not endlessly deep (B53).

The rows of a tree are dated, so a circle counts only if it closes on one and the same day.
Circles are first looked for without dates, which is quick and finds none in a sound tree;
only what remains is looked at day by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from attain.core.errors import problem
from attain.core.schemas import Check
from attain.lake import sql
from attain.lake.checking.bench import Bench
from attain.lake.errors import rows

MAX_LEVELS: Final = 60

_FIRST_DAY, _LAST_DAY = date.min, date.max


@dataclass(frozen=True, slots=True)
class Edge:
    """One stretch of time in which somebody is above somebody; `line` if the file says so."""

    line: int | None
    group: tuple[object, ...]
    child: str
    parent: str
    from_: date
    until: date


def judge_tree(bench: Bench, check: Check) -> None:
    """Report what is wrong with a tree, at the rows of the file that have a part in it."""
    edges = _edges(bench, check)
    spoken = dict(bench.rows("SELECT key, code FROM codes"))
    place = bench.place(check.tree or "")
    _report_self(bench, check, edges, spoken)
    by_group: dict[tuple[object, ...], list[Edge]] = {}
    for edge in edges:
        if edge.child != edge.parent:
            by_group.setdefault(edge.group, []).append(edge)
    for group in by_group.values():
        for circle in circles(group):
            _report_circle(bench, place, circle, spoken)
        for edge in too_deep(group):
            if edge.line is not None:
                name = spoken.get(edge.child, edge.child)
                fault = problem(rows.HIERARCHY_TOO_DEEP, value=name, limit=MAX_LEVELS)
                bench.report([(edge.line, place, fault)])
        for before, after in gaps(group):
            _report_gap(bench, place, before, after, spoken)


def _edges(bench: Bench, check: Check) -> list[Edge]:
    by = ", ".join(f", {sql.name(name)}" for name in check.by)
    child, parent = sql.name(check.child or ""), sql.name(check.tree or "")
    dates = "effective_from, effective_until" if bench.schema.dated else "NULL, NULL"
    found = bench.rows(
        f"SELECT _line, {child}, {parent}, {dates} {by} FROM result "
        f"WHERE {child} IS NOT NULL AND {parent} IS NOT NULL"
    )
    return [
        Edge(line, tuple(group), below, above, from_ or _FIRST_DAY, until or _LAST_DAY)
        for line, below, above, from_, until, *group in found
        if (from_ or _FIRST_DAY) < (until or _LAST_DAY)
    ]


def _report_self(bench: Bench, check: Check, edges: Iterable[Edge], spoken: dict[str, str]) -> None:
    place = bench.place(check.tree or "")
    bench.report(
        (
            edge.line,
            place,
            problem(rows.HIERARCHY_SELF, value=spoken.get(edge.child, edge.child)),
        )
        for edge in edges
        if edge.child == edge.parent and edge.line is not None
    )


def _report_circle(
    bench: Bench, place: int, circle: tuple[date, list[Edge]], spoken: dict[str, str]
) -> None:
    day, edges = circle
    names = [spoken.get(edge.child, edge.child) for edge in edges]
    path = " → ".join([*names, names[0]])
    start = "-∞" if day == _FIRST_DAY else day.isoformat()
    fault = problem(rows.HIERARCHY_CYCLE, path=path, start=start)
    bench.report((edge.line, place, fault) for edge in edges if edge.line is not None)


def _report_gap(
    bench: Bench, place: int, before: Edge, after: Edge, spoken: dict[str, str]
) -> None:
    line = after.line if after.line is not None else before.line
    if line is not None:
        name = spoken.get(after.child, after.child)
        fault = problem(rows.HIERARCHY_GAP, value=name, start=before.until, until=after.from_)
        bench.report([(line, place, fault)])


# --- on edges alone ---


def circles(edges: list[Edge]) -> Iterator[tuple[date, list[Edge]]]:
    """Every circle with the first day on which it is closed.

    >>> def edge(child, parent, from_=_FIRST_DAY, until=_LAST_DAY):
    ...     return Edge(1, (), child, parent, from_, until)
    >>> [day for day, _ in circles([edge("a", "b"), edge("b", "a")])] == [_FIRST_DAY]
    True
    >>> list(circles([edge("a", "b", until=date(2026, 1, 1)), edge("b", "a", date(2026, 1, 1))]))
    []
    """
    suspects = _in_some_circle(edges)
    seen: set[frozenset[str]] = set()
    for day in sorted({edge.from_ for edge in suspects}):
        above = {edge.child: edge for edge in suspects if edge.from_ <= day < edge.until}
        for circle in _closed(above):
            members = frozenset(edge.child for edge in circle)
            if members not in seen:
                seen.add(members)
                yield day, circle


def _in_some_circle(edges: list[Edge]) -> list[Edge]:
    """What remains when everybody who is above nobody is taken away, again and again.

    Then the same from the top; in a sound tree nothing remains.
    """
    for below in (True, False):
        edges = _peeled(edges, below=below)
    return edges


def _peeled(edges: list[Edge], *, below: bool) -> list[Edge]:
    waiting: dict[str, int] = {}
    touching: dict[str, list[int]] = {}
    for number, edge in enumerate(edges):
        one, other = (edge.parent, edge.child) if below else (edge.child, edge.parent)
        waiting[one] = waiting.get(one, 0) + 1
        waiting.setdefault(other, 0)
        touching.setdefault(other, []).append(number)
    free = [node for node, count in waiting.items() if not count]
    gone: set[int] = set()
    while free:
        for number in touching.get(free.pop(), ()):
            gone.add(number)
            edge = edges[number]
            other = edge.parent if below else edge.child
            waiting[other] -= 1
            if not waiting[other]:
                free.append(other)
    return [edge for number, edge in enumerate(edges) if number not in gone]


def _closed(above: dict[str, Edge]) -> Iterator[list[Edge]]:
    """The circles of one day, where everybody has at most one superior."""
    done: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        node = start
        while node in above and node not in done and node not in path:
            path[node] = len(path)
            node = above[node].parent
        if node in path:
            yield [above[each] for each in list(path)[path[node] :]]
        done.update(path)


def too_deep(edges: list[Edge]) -> Iterator[Edge]:
    """Edges from which there are more than the allowed levels upward on their first day."""
    if len(edges) <= MAX_LEVELS:
        return
    by_child: dict[str, list[Edge]] = {}
    for edge in edges:
        by_child.setdefault(edge.child, []).append(edge)
    longest = _heights(edges)
    for edge in edges:
        if longest.get(edge.child, 0) > MAX_LEVELS and _levels(edge, by_child) > MAX_LEVELS:
            yield edge


def _heights(edges: list[Edge]) -> dict[str, int]:
    """For everybody, at least as many levels as there ever are above them."""
    heights: dict[str, int] = {edge.child: 1 for edge in edges}
    for _ in range(MAX_LEVELS):
        grown = dict(heights)
        for edge in edges:
            grown[edge.child] = max(grown[edge.child], heights.get(edge.parent, 0) + 1)
        if grown == heights:
            return heights
        heights = grown
    return heights


def _levels(edge: Edge, by_child: dict[str, list[Edge]]) -> int:
    levels, day, node = 1, edge.from_, edge.parent
    while levels <= MAX_LEVELS:
        above = [each for each in by_child.get(node, ()) if each.from_ <= day < each.until]
        if not above:
            break
        levels, node = levels + 1, above[0].parent
    return levels


def gaps(edges: list[Edge]) -> Iterator[tuple[Edge, Edge]]:
    """Stretches between which a child has nobody above; only where both sides are dated."""
    by_child: dict[str, list[Edge]] = {}
    for edge in edges:
        by_child.setdefault(edge.child, []).append(edge)
    for own in by_child.values():
        own.sort(key=lambda edge: (edge.from_, edge.until))
        last = own[0]
        for edge in own[1:]:
            if edge.from_ > last.until:
                yield last, edge
            if edge.until > last.until:
                last = edge
