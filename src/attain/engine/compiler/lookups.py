"""Compiling lookups: the target made unique where it is not, then joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attain.engine.compiler.graph import Looked
from attain.engine.compiler.making import Making, read_names
from attain.engine.compiler.steps import Keeping
from attain.engine.primitives import uniquely
from attain.engine.primitives.frames import Frame
from attain.engine.primitives.match import (
    Read,
    interval,
    is_unique,
    join_lookups,
    looked,
    looks_at_row,
    periods_known,
)
from attain.engine.primitives.model import Lookup


def look_up(making: Making, relation: str, items: Sequence[Looked]) -> None:
    """Join what a relation looks up by now, several lookups in one step."""
    wanted: dict[str, list[str]] = {}
    for item in items:
        wanted.setdefault(item.lookup, []).append(item.column)
    reads = []
    for name, names in wanted.items():
        lookup = making.relation(relation).lookups[name]
        if not _by_dates_alone(making, relation, lookup, names):
            reads.append(_read(making, relation, lookup, names))
    if reads:
        found = ", ".join(read.lookup.name for read in reads)
        made = join_lookups(making.head(relation), reads)
        making.extend(making.head(relation), made, f"With what fits each row: {found}.")


def _by_dates_alone(making: Making, relation: str, lookup: Lookup, names: list[str]) -> bool:
    target = making.head(lookup.relation)
    periods = making.periods_of(target.relation)
    own = making.head(relation)
    made = periods_known(own, lookup, target, names, periods) if periods is not None else None
    if made is not None:
        making.extend(own, made, f"The period each row falls in: {lookup.name}.")
    return made is not None


def _read(making: Making, relation: str, lookup: Lookup, names: Sequence[str]) -> Read:
    tested = [name for name, _ in (*lookup.equal, *lookup.take)]
    target = making.reading(lookup.relation, [*names, *tested, *read_names(lookup.where)])
    bounds = interval(target) if lookup.at is not None else None
    if is_unique(lookup, target):
        return Read(lookup, target, tuple(names), bounds)
    if looks_at_row(lookup):
        return _by_row(making, relation, lookup, target, names)
    return _by_tests(making, relation, lookup, target, names, bounds)


def _by_row(
    making: Making, relation: str, lookup: Lookup, target: Frame, names: Sequence[str]
) -> Read:
    """The filter looks at the row: pairs first, then the one to take of each."""
    own = looking = making.head(relation)
    asking = uniquely.asking(lookup, own)
    if asking is not None:
        different, looking = asking[0], replace(asking[1], step=making.next_name(relation))
        note = f"What rows of {relation} ask with, each once: {lookup.name}."
        making.aside(looking.step, relation, looking.cells, different, note)
    asked = uniquely.asked_columns(own, looking if asking is not None else None)
    source, unsure = uniquely.pairs(lookup, looking, target, asked)
    query = uniquely.one_each(lookup, target, source, list(map(looked, asked)), unsure=unsure)
    prepared = replace(target, step=_name(making, relation, lookup))
    note = f"For each row of {relation} the one row of {lookup.relation} that fits: {lookup.name}."
    making.add(prepared, query, note, Keeping.TABLE)
    return Read(lookup, prepared, tuple(names), prepared=True, asked=tuple(asked))


def _by_tests(
    making: Making,
    relation: str,
    lookup: Lookup,
    target: Frame,
    names: Sequence[str],
    bounds: tuple[str, str] | None,
) -> Read:
    """One target row for each value of the tests, and for each stretch of time."""
    source, unsure = uniquely.candidates(lookup, target)
    by = [name for name, _ in lookup.equal]
    if bounds is not None:
        source = uniquely.stretches(source, bounds, by)
        query = uniquely.one_each(lookup, target, source, [*by, uniquely.STARTS], unsure=unsure)
        bounds = (uniquely.STARTS, uniquely.ENDS)
    else:
        query = uniquely.one_each(lookup, target, source, by, unsure=unsure)
    prepared = replace(target, step=_name(making, relation, lookup))
    note = f"{lookup.relation} with one row for all that {relation} asks: {lookup.name}."
    making.add(prepared, query, note, Keeping.TABLE)
    return Read(lookup, prepared, tuple(names), bounds, prepared=True)


def _name(making: Making, relation: str, lookup: Lookup) -> str:
    return making.next_name(f"{relation}.{lookup.name}")
