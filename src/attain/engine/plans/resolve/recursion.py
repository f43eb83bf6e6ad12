"""Which columns read their own earlier values, through whichever others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

ColumnId = tuple[str, str]


def recursive_sets(
    reads: Mapping[ColumnId, Set[ColumnId]], earlier: Mapping[ColumnId, Set[ColumnId]]
) -> dict[ColumnId, frozenset[ColumnId]]:
    """For each column that reads itself at an earlier row: all columns of its circle.

    `reads` are columns read on the same row (or gathered, matched ...), `earlier` those read
    strictly earlier. A circle without an earlier reading is none of ours: it is an error.
    """
    graph = {
        which: {*reads.get(which, ()), *earlier.get(which, ())} for which in {*reads, *earlier}
    }
    found: dict[ColumnId, frozenset[ColumnId]] = {}
    for circle in _circles(graph):
        if any(earlier.get(which, frozenset()) & circle for which in circle):
            found.update(dict.fromkeys(circle, circle))
    return found


def _circles(graph: Mapping[ColumnId, Set[ColumnId]]) -> Iterator[frozenset[ColumnId]]:
    """The strongly connected components that are circles, found without recursion."""
    order = _finished(graph)
    back: dict[ColumnId, set[ColumnId]] = {}
    for which, others in graph.items():
        for other in others:
            back.setdefault(other, set()).add(which)
    seen: set[ColumnId] = set()
    for which in reversed(order):
        if which in seen:
            continue
        component, waiting = set(), [which]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            component.add(one)
            waiting.extend(back.get(one, ()))
        if len(component) > 1 or which in graph.get(which, ()):
            yield frozenset(component)


def _finished(graph: Mapping[ColumnId, Set[ColumnId]]) -> list[ColumnId]:
    """Every column after all that can be reached from it."""
    order: list[ColumnId] = []
    seen: set[ColumnId] = set()
    for root in sorted(graph):
        waiting: list[tuple[ColumnId, bool]] = [(root, False)]
        while waiting:
            which, is_done = waiting.pop()
            if is_done:
                order.append(which)
            elif which not in seen:
                seen.add(which)
                waiting.append((which, True))
                waiting.extend((other, False) for other in sorted(graph.get(which, ())))
    return order
