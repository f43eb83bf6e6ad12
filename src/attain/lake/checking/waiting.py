"""Rows that came in before the list they refer to, and what that list does not have (B41)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain.core.errors import Problem, problem
from attain.lake import sql
from attain.lake.checking.bench import Bench
from attain.lake.current import ALIASES, Current
from attain.lake.errors import cells as codes

_NAMED: Final = 5
"""Codes that are named of each column; the others are only counted."""


def waiting_for(current: Current, kind: str) -> Iterator[tuple[str, str]]:
    """Datasets with rows and their columns that refer to a list which has no rows yet.

    Once a list has rows, a code that it lacks is refused where it stands in a file.
    """
    if current.identity_column(kind) is None or current.relation(kind) is not None:
        return
    for schema in current.schemas():
        if schema.dataset not in (kind, ALIASES) and current.relation(schema.dataset) is not None:
            yield from ((schema.dataset, one.name) for one in schema if kind in one.kinds)


def note_absent(bench: Bench, current: Current) -> list[Problem]:
    """Codes of stored rows that are not in the list of this file: they belong to nobody."""
    kind = bench.schema.dataset
    own = current.identity_column(kind)
    if own is None or own not in bench.mapping.columns:
        return []
    found = []
    for dataset, column in waiting_for(current, kind):
        absent = _absent(bench, current, (dataset, column), own)
        if absent:
            named = absent[:_NAMED]
            found.append(
                problem(
                    codes.REFERENCES_ABSENT,
                    bench.where,
                    kind=kind,
                    dataset=dataset,
                    column=column,
                    count=len(absent),
                    codes=named if len(named) == len(absent) else [*named, "…"],
                )
            )
    return found


def _absent(bench: Bench, current: Current, said: tuple[str, str], own: str) -> list[str]:
    """The codes of a stored column that mean this kind of thing and are not in the file."""
    dataset, column = said
    kind, key = bench.schema.dataset, sql.name(column)
    keys = (
        f"SELECT DISTINCT {key} AS key FROM {current.relation(dataset)} "
        f"WHERE regexp_extract({key}, '^(.*)-[^-]*$', 1) = {sql.literal(kind)} "
        f"AND {key} NOT IN (SELECT {sql.name(own)} FROM resolved WHERE {sql.name(own)} IS NOT NULL)"
    )
    aliases = current.relation(ALIASES)
    if aliases is None:
        return [one for (one,) in bench.rows(f"SELECT key FROM ({keys}) ORDER BY 1")]
    query = (
        f"SELECT coalesce(min(aliases.code), keys.key) FROM ({keys}) AS keys "
        f"LEFT JOIN {aliases} AS aliases ON aliases.key = keys.key GROUP BY keys.key ORDER BY 1"
    )
    return [one for (one,) in bench.rows(query)]
