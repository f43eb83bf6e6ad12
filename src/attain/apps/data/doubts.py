"""What is doubtful in stored rows: months, references, twins, and people who had left.

Looked for once in each state of what it depends on: the rows of a dataset, the things they refer
to, and how both are declared. The worker looks soon after something was stored and keeps what it
found for all processes; a reader who is faster than that has it looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from django.core.cache import cache

from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.pages.datasets import month_strip
from attain.apps.data.selectors import schemas
from attain.core.manifests import DatasetVersion
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.current import ALIASES, PEOPLE, Current
from attain.lake.stored import existing_rows

EXAMPLES: Final = 5
_SEEN: Final = 512
_MADE_BY: Final = 1
"""Which way of looking found what is kept; another number forgets it all."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: what, how often, and some of them."""

    kind: str
    """`gap`, `open`, `reference`, `twin` or `leaver`."""
    column: str
    """The name of the column it is about, or ""."""
    count: int
    examples: tuple[str, ...]


Doubts = tuple[Doubt, ...]


@dataclass(frozen=True)
class Stored:
    """Every dataset with rows as it is now, and how it is declared."""

    heads: Mapping[str, DatasetVersion]
    schemas: Mapping[str, DatasetSchema]

    @classmethod
    def now(cls) -> Stored:
        """As it is at this moment."""
        return cls(DatabaseCatalog().heads(), schemas())

    def examined(self) -> Iterator[str]:
        """The datasets that are looked at."""
        for name, head in self.heads.items():
            if name in self.schemas and head.rows and name != ALIASES:
                yield name

    def kinds(self, name: str) -> set[str]:
        """The datasets that doubts about one depend on, itself among them."""
        refers = {kind for column in self.schemas[name] for kind in column.kinds}
        return refers | {PEOPLE, ALIASES, name}

    def place(self, name: str) -> str:
        """What doubts about a dataset are kept by: all that they depend on."""
        versions = [
            (kind, self.heads[kind].hash if kind in self.heads else "")
            for kind in sorted(self.kinds(name))
        ]
        written = json.dumps([_MADE_BY, name, versions, self._declared])
        return f"data.doubts.{sha256(written.encode()).hexdigest()}"

    @cached_property
    def _declared(self) -> str:
        """Of all datasets: whether a code is stored as a key depends on who refers to it."""
        texts = (self.schemas[name].model_dump_json() for name in sorted(self.schemas))
        return sha256("\n".join(texts).encode()).hexdigest()


def doubts_of_all(stored: Stored) -> dict[str, Doubts]:
    """The doubts of every dataset with rows, as they were found before where nothing changed."""
    places = {name: stored.place(name) for name in stored.examined()}
    found = {name: _seen[place] for name, place in places.items() if place in _seen}
    found |= _kept({name: place for name, place in places.items() if name not in found})
    found |= look(stored, [name for name in places if name not in found])
    _remember({places[name]: doubts for name, doubts in found.items()})
    return found


def keep_all() -> int:
    """Look at what nobody has looked at yet, and keep it for everybody; how many datasets."""
    stored = Stored.now()
    places = {name: stored.place(name) for name in stored.examined()}
    kept = _kept(places)
    found = look(stored, [name for name in places if name not in kept])
    for name, doubts in found.items():
        written = json.dumps([asdict(one) for one in doubts], ensure_ascii=False)
        cache.set(places[name], written, timeout=None)
    return len(found)


_seen: Final[dict[str, Doubts]] = {}
"""What this process has found or read; the places say what it was made of."""


def _remember(found: Mapping[str, Doubts]) -> None:
    if len(_seen) + len(found) > _SEEN:
        _seen.clear()
    _seen.update(found)


def _kept(places: Mapping[str, str]) -> dict[str, Doubts]:
    """What has been kept for all processes."""
    texts = cache.get_many(list(places.values())) if places else {}
    return {name: _read(texts[place]) for name, place in places.items() if place in texts}


def _read(text: str) -> Doubts:
    return tuple(
        Doubt(one["kind"], one["column"], one["count"], tuple(one["examples"]))
        for one in json.loads(text)
    )


# --- looking ---


def look(stored: Stored, names: Sequence[str]) -> dict[str, Doubts]:
    """Look for doubts in the rows of some datasets."""
    if not names:
        return {}
    catalog = DatabaseCatalog()
    current = Current(catalog, stored.schemas, stored.heads)
    with _session(current, {kind for name in names for kind in stored.kinds(name)}) as connection:
        return {name: tuple(_look(connection, current, name)) for name in names}


@contextmanager
def _session(current: Current, datasets: set[str]) -> Iterator[sql.Connection]:
    """One session for all of them: starting one takes longer than most questions."""
    folders = sorted(current.folders(datasets))
    connection = sql.Connection(folders, DatabaseCatalog().folder / ".staging" / "spill")
    try:
        yield connection
    finally:
        connection.close()


def _look(connection: sql.Connection, current: Current, name: str) -> Iterator[Doubt]:
    head, schema = current.version(name), current.schema(name)
    if head is None or schema is None:
        return
    rows = existing_rows(connection, schema, current.paths(name))
    connection.run(f"CREATE OR REPLACE VIEW stored AS {rows}")
    yield from _months(head)
    yield from _references(connection, schema, current)
    yield from _twins(connection, schema)
    yield from _leavers(connection, schema, current)


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
            yield Doubt("reference", column.name, int(count), examples)


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
    if schema.day is None or people is None or relation is None or schema.dataset == PEOPLE:
        return
    for column in _people_columns(schema):
        own, day = (f"stored.{sql.name(name)}" for name in (column.name, schema.day))
        left = (
            f"(SELECT person, max(coalesce(effective_until, DATE '9999-12-31')) AS gone "
            f"FROM {relation} GROUP BY person)"
        )
        late = f"FROM stored JOIN {left} AS left_ ON left_.person = {own} WHERE {day} >= left_.gone"
        count = connection.one(f"SELECT count(*) {late}")
        if count:
            keys = [key for (key,) in connection.rows(f"SELECT DISTINCT {own} {late} LIMIT 5")]
            examples = tuple(_codes(connection, current, keys))
            yield Doubt("leaver", column.name, int(count), examples)


def _people_columns(schema: DatasetSchema) -> Iterator[ColumnSchema]:
    yield from (one for one in schema if one.kinds == (PEOPLE,))
