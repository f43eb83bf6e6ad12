"""Every way up a tree: who stands under whom, how far, and on which leg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attain.core.errors import AttainError, problem
from attain.core.periods import Period
from attain.engine.primitives.model import PathRows, Relation
from attain.engine.reference.inputs import StoredRow
from attain.engine.reference.rows.members import overlaps
from attain.engine.reference.rows.periods import period_values, periods_of
from attain.engine.reference.rows.sources import keyed
from attain.engine.reference.values import Row
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

NO_LEG = Absent("not_applicable.self")
OPEN = Absent("no_data.value")

Parents = Mapping[str, str | None]
Stretch = tuple[date | None, date | None]


def make(run: Calculation, relation: Relation) -> Iterator[Row]:
    """(member, ancestor, distance, leg) of a dated tree (language.md 39, 40).

    Per period as the tree stands on its last day; or, to be read on any day, each way up with
    the days on which all its edges hold. A cycle, a second parent or an unknown one stops the
    run.
    """
    made = relation.rows
    assert isinstance(made, PathRows)
    edges = [
        {**row, "child": row[made.child], "parent": row.get(made.parent)}
        for row in run.inputs.datasets.get(made.dataset, ())
        if made.hierarchy is None or row["hierarchy"] == made.hierarchy
    ]
    known = _known(run, relation)
    if made.period is not None:
        for period in periods_of(run, made.period):
            parents = parents_on(edges, period.last_day, known)
            alone = _present(run, relation, period) if made.include_self else set()
            given = period_values(relation, period)
            yield from _rows(relation, made, parents, given, alone)
        return
    for start, _ in stretches(edges):
        parents_on(edges, start, known)
    alone = _present(run, relation, None) if made.include_self else set()
    yield from _rows_in_time(relation, made, edges, alone)


def _rows_in_time(
    relation: Relation, made: PathRows, edges: Sequence[StoredRow], alone: set[str]
) -> Iterator[Row]:
    """Every way up with the days on which it stands; everybody is always under themselves."""
    everyone = {str(edge[end]) for edge in edges for end in ("child", "parent") if edge.get(end)}
    for member in sorted(everyone | alone):
        if made.include_self:
            yield _row(relation, (member,), {"effective_from": OPEN, "effective_until": OPEN})
        for chain, (start, until) in _ways_up(edges, (member,), (None, None)):
            bounds = {"effective_from": _bound(start), "effective_until": _bound(until)}
            yield _row(relation, chain, bounds)


def _ways_up(
    edges: Sequence[StoredRow], chain: tuple[str, ...], days: Stretch
) -> Iterator[tuple[tuple[str, ...], Stretch]]:
    """The chains from a member outward, each with the days that all its edges share."""
    for edge in edges:
        if str(edge["child"]) != chain[-1] or edge.get("parent") is None:
            continue
        shared = _shared(days, (edge.get("effective_from"), edge.get("effective_until")))
        if shared is not None:
            longer = (*chain, str(edge["parent"]))
            yield longer, shared
            yield from _ways_up(edges, longer, shared)


def _shared(one: Stretch, two: tuple[object, object]) -> Stretch | None:
    """The days in both; a bound of None is open. None where there is no such day."""
    starts = [day for day in (one[0], two[0]) if isinstance(day, date)]
    untils = [day for day in (one[1], two[1]) if isinstance(day, date)]
    start, until = max(starts, default=None), min(untils, default=None)
    if start is not None and until is not None and until <= start:
        return None
    return start, until


def _bound(day: date | None) -> Result:
    return OPEN if day is None else day


def stretches(edges: Iterable[StoredRow]) -> list[Stretch]:
    """The stretches of days between changes; before the first and after the last are open."""
    days = {edge.get(name) for edge in edges for name in ("effective_from", "effective_until")}
    changes: list[date | None] = sorted(day for day in days if isinstance(day, date))  # type: ignore[assignment]
    return list(zip([None, *changes], [*changes, None], strict=True))


OWN_KEYS: Final = {"people": "person", "units": "unit", "positions": "position"}
"""The key column of each dataset that trees are about."""


def _members(run: Calculation, relation: Relation) -> Sequence[StoredRow] | None:
    """The versions of those the tree is about; None where the run has no dataset of them."""
    return run.inputs.datasets.get(relation.key[0].kind)


def _key_of(relation: Relation, version: StoredRow) -> str:
    kind = relation.key[0].kind
    name = OWN_KEYS.get(kind, next(iter(_own_columns(version))))
    return str(version.get(name))


def _own_columns(version: StoredRow) -> Iterator[str]:
    return (name for name in version if not name.startswith("_"))


def _known(run: Calculation, relation: Relation) -> set[str] | None:
    """Everyone the tree may name; None where the run does not know."""
    versions = _members(run, relation)
    return None if versions is None else {_key_of(relation, one) for one in versions}


def _present(run: Calculation, relation: Relation, period: Period | None) -> set[str]:
    """Who is there on some day of the period, in the tree or not; without a period, ever."""
    return {
        _key_of(relation, one)
        for one in _members(run, relation) or ()
        if period is None or overlaps(one, period)
    }


def parents_on(edges: Sequence[StoredRow], day: date | None, known: set[str] | None) -> Parents:
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
    relation: Relation,
    made: PathRows,
    parents: Parents,
    given: dict[str, Result],
    alone: set[str],
) -> Iterator[Row]:
    everyone = set(parents) | {parent for parent in parents.values() if parent is not None}
    for member in sorted(everyone | alone):
        chain = (member, *ancestors(parents, member))
        for distance in range(len(chain)):
            if distance or made.include_self:
                yield _row(relation, chain[: distance + 1], given)


def _row(relation: Relation, chain: Sequence[str], given: Mapping[str, Result]) -> Row:
    """The way from a member to the last of a chain; the leg is the one before it."""
    distance = len(chain) - 1
    values: dict[str, Result] = {
        "member": chain[0],
        "ancestor": chain[-1],
        "distance": Fraction(distance),
        "leg": chain[-2] if distance else NO_LEG,
    }
    return keyed(relation, {**values, **given})
