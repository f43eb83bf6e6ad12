"""What is doubtful in what is stored: months, references, twins, and people who had left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.pages.datasets import month_strip
from attain.apps.data.pages.words import column_name
from attain.apps.data.selectors import schemas
from attain.core.manifests import DatasetVersion
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.current import ALIASES, PEOPLE, Current
from attain.lake.stored import existing_rows

EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: what, how often, and some of them."""

    kind: str
    """`gap`, `open`, `reference`, `twin` or `leaver`."""
    column: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The doubts of one dataset."""

    name: str
    schema: DatasetSchema
    rows: int
    doubts: tuple[Doubt, ...]


def quality_reports() -> list[Report]:
    """Every dataset with rows; those with doubts first."""
    catalog = DatabaseCatalog()
    known = schemas()
    heads = {name: catalog.head(name) for name in catalog.datasets()}
    state = tuple(sorted((name, head.hash) for name, head in heads.items() if head))
    found = []
    for name, head in heads.items():
        if head is None or name not in known or not head.rows or name == ALIASES:
            continue
        doubts = _doubts_of(name, head.hash, state)
        found.append(Report(name, known[name], head.rows, doubts))
    return sorted(found, key=lambda one: (not one.doubts, one.name))


@lru_cache(maxsize=256)
def _doubts_of(name: str, version: str, state: tuple[tuple[str, str], ...]) -> tuple[Doubt, ...]:
    """Looked for once in each state of all datasets: versions never change."""
    catalog = DatabaseCatalog()
    head = catalog.version(name, version)
    schema = schemas()[name]
    current = Current(catalog, schemas())
    kinds = {kind for column in schema for kind in column.kinds} | {PEOPLE, ALIASES, name}
    folders = current.folders(kinds)
    connection = sql.Connection(sorted(folders), catalog.folder / ".staging" / "spill")
    try:
        paths = [path.resolve() for path in catalog.part_paths(head)]
        connection.run(f"CREATE VIEW stored AS {existing_rows(connection, schema, paths)}")
        return (
            *_months(head),
            *_references(connection, schema, current),
            *_twins(connection, schema),
            *_leavers(connection, schema, current),
        )
    finally:
        connection.close()


def _months(head: DatasetVersion) -> Iterator[Doubt]:
    months = [
        (f"{year.number}-{month.number:02}", month.state)
        for year in month_strip(head)
        for month in year.months
    ]
    seen = [at for at, (_, state) in enumerate(months) if state != "none"]
    if not seen:
        return
    inside = months[seen[0] : seen[-1] + 1]
    gaps = tuple(name for name, state in inside if state == "none")
    left_open = tuple(name for name, state in inside if state == "open")
    if gaps:
        yield Doubt("gap", "", len(gaps), gaps[:EXAMPLES])
    if left_open:
        yield Doubt("open", "", len(left_open), left_open[:EXAMPLES])


def _references(
    connection: sql.Connection, schema: DatasetSchema, current: Current
) -> Iterator[Doubt]:
    """Keys of things that are in no dataset of their kind any more, or never were."""
    for column in schema:
        known = [query for kind in column.kinds if (query := _keys(current, kind, schema))]
        if not column.kinds or len(known) < len(column.kinds):
            continue
        own = sql.name(column.name)
        missing = (
            f"FROM stored WHERE {own} IS NOT NULL AND {own} NOT IN ({' UNION ALL '.join(known)})"
        )
        count = connection.one(f"SELECT count(*) {missing}")
        if count:
            keys = [key for (key,) in connection.rows(f"SELECT DISTINCT {own} {missing} LIMIT 5")]
            examples = tuple(_codes(connection, current, keys))
            yield Doubt("reference", column_name(column), int(count), examples)


def _keys(current: Current, kind: str, schema: DatasetSchema) -> str | None:
    identity, relation = current.identity_column(kind), current.relation(kind)
    if identity is None or relation is None or current.outdated(kind) is not None:
        return None
    return f"SELECT {sql.name(identity)} FROM {relation} WHERE {sql.name(identity)} IS NOT NULL"


def _codes(connection: sql.Connection, current: Current, keys: list[str]) -> list[str]:
    relation = current.relation(ALIASES)
    if relation is None:
        return keys
    marks = ", ".join("?" * len(keys))
    found = connection.rows(f"SELECT code FROM {relation} WHERE key IN ({marks})", keys)
    return sorted({code for (code,) in found}) or keys


def _twins(connection: sql.Connection, schema: DatasetSchema) -> Iterator[Doubt]:
    """Rows that are the same in everything but a running number."""
    if schema.date is None or len(schema.key) != 1:
        return
    others = [
        one.name
        for one in schema
        if one.name not in schema.key and one.type is not ColumnType.period
    ]
    amounts = [one for one in schema if one.type is ColumnType.money]
    if len(others) < 3 or not amounts:
        return
    listed = ", ".join(sql.name(name) for name in others)
    first_key = f"min({sql.name(schema.key[0])}) AS first"
    groups = f"SELECT count(*) AS n, {first_key} FROM stored GROUP BY {listed} HAVING count(*) > 1"
    count, first = connection.rows(f"SELECT coalesce(sum(n - 1), 0), min(first) FROM ({groups})")[0]
    if count:
        yield Doubt("twin", "", int(count), (str(first),) if first else ())


def _leavers(
    connection: sql.Connection, schema: DatasetSchema, current: Current
) -> Iterator[Doubt]:
    """Rows that name a person on a day after they had left."""
    people, relation = current.schema(PEOPLE), current.relation(PEOPLE)
    if schema.date is None or people is None or relation is None or schema.dataset == PEOPLE:
        return
    for column in _people_columns(schema):
        own, day = (f"stored.{sql.name(name)}" for name in (column.name, schema.date))
        left = (
            f"(SELECT person, max(coalesce(effective_until, DATE '9999-12-31')) AS gone "
            f"FROM {relation} GROUP BY person)"
        )
        late = f"FROM stored JOIN {left} AS left_ ON left_.person = {own} WHERE {day} >= left_.gone"
        count = connection.one(f"SELECT count(*) {late}")
        if count:
            keys = [key for (key,) in connection.rows(f"SELECT DISTINCT {own} {late} LIMIT 5")]
            examples = tuple(_codes(connection, current, keys))
            yield Doubt("leaver", column_name(column), int(count), examples)


def _people_columns(schema: DatasetSchema) -> Iterator[ColumnSchema]:
    yield from (one for one in schema if one.kinds == (PEOPLE,))
