"""Every way up a tree: who stands under whom, how far, and on which leg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.engine.primitives.model import PathRows, Relation
from attain.engine.reference.inputs import StoredRow
from attain.engine.reference.rows.periods import period_values, periods_of
from attain.engine.reference.rows.sources import keyed
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

NO_LEG = Absent("not_applicable.self")

Parents = Mapping[str, str | None]
Stretch = tuple[date | None, date | None]


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """(member, ancestor, distance, leg) of a dated tree (language.md 39, 40).

    Per period as the tree stands on its last day; or, to be read on any day, per stretch of
    days between two changes of the tree. A cycle, a second parent or an unknown one stops the
    run.
    """
    made = relation.rows
    assert isinstance(made, PathRows)
    edges = [
        row
        for row in run.inputs.datasets.get(made.dataset, ())
        if row["hierarchy"] == made.hierarchy
    ]
    known = _known(run, relation)
    if made.period is not None:
        for period in periods_of(run, made.period):
            parents = parents_on(edges, period.last_day, known)
            yield from _rows(relation, made, parents, period_values(relation, period))
        return
    for start, until in stretches(edges):
        bounds: dict[str, Result] = {
            "effective_from": _bound(start),
            "effective_until": _bound(until),
        }
        yield from _rows(relation, made, parents_on(edges, start, known), bounds)


def _bound(day: date | None) -> Result:
    return Absent("no_data.value") if day is None else day


def stretches(edges: Iterable[StoredRow]) -> list[Stretch]:
    """The stretches of days between changes; before the first and after the last are open."""
    days = {edge.get(name) for edge in edges for name in ("effective_from", "effective_until")}
    changes: list[date | None] = sorted(day for day in days if isinstance(day, date))  # type: ignore[assignment]
    return list(zip([None, *changes], [*changes, None], strict=True))


def _known(run: Calculation, relation: Relation) -> set[object] | None:
    """Everyone the tree may name; None where the run has no dataset of them."""
    kind = relation.key[0].kind
    rows = run.inputs.datasets.get(kind)
    if rows is None:
        return None
    own_key = {"people": "person", "units": "unit", "positions": "position"}.get(kind, kind)
    return {row.get(own_key) for row in rows}


def parents_on(edges: Sequence[StoredRow], day: date | None, known: set[object] | None) -> Parents:
    """Each child's parent on a day; a day of None is before every dated change.

    :raises AttainError: TREE_SECOND_PARENT, TREE_UNKNOWN_PARENT, TREE_CYCLE
    """
    parents: dict[str, str | None] = {}
    for edge in edges:
        if not _in_force(edge, day):
            continue
        child, parent = str(edge["child"]), edge.get("parent")
        if child in parents and parents[child] != parent:
            _refuse("TREE_SECOND_PARENT", [child, str(parents[child]), str(parent)])
        if parent is not None and known is not None and parent not in known:
            _refuse("TREE_UNKNOWN_PARENT", [child, str(parent)])
        parents[child] = None if parent is None else str(parent)
    for child in sorted(parents):
        ancestors(parents, child)
    return parents


def _in_force(edge: StoredRow, day: date | None) -> bool:
    start, until = edge.get("effective_from"), edge.get("effective_until")
    if day is None:
        return start is None
    return (not isinstance(start, date) or start <= day) and (
        not isinstance(until, date) or day < until
    )


def ancestors(parents: Parents, member: str) -> list[str]:
    """The way up from a member, outward: parent, grandparent, and so on.

    :raises AttainError: TREE_CYCLE, naming the chain.
    """
    chain = [member]
    while (parent := parents.get(chain[-1])) is not None:
        if parent in chain:
            _refuse("TREE_CYCLE", [*chain, parent])
        chain.append(parent)
    return chain[1:]


def _refuse(code: str, chain: Sequence[str]) -> None:
    raise AttainError(problem(code, chain=list(chain)))


def _rows(
    relation: Relation, made: PathRows, parents: Parents, given: dict[str, Result]
) -> Iterator[Row]:
    everyone = set(parents) | {parent for parent in parents.values() if parent is not None}
    for member in sorted(everyone):
        chain = [member, *ancestors(parents, member)]
        for distance, ancestor in enumerate(chain):
            if distance == 0 and not made.include_self:
                continue
            values: dict[str, Result] = {
                "member": member,
                "ancestor": ancestor,
                "distance": Fraction(distance),
                "leg": chain[distance - 1] if distance else NO_LEG,
            }
            yield keyed(relation, values | given)
