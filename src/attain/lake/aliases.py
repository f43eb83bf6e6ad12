"""The dataset `aliases`: which external code is which opaque key.

Imports only ever add to it: a key is never reused, so an undone import leaves its codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from attain.core.errors import AttainError, codes
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, system_schema
from attain.lake import sql
from attain.lake.catalog import Lake
from attain.lake.current import ALIASES
from attain.lake.parts import Writing, writing
from attain.lake.stored import row_id

_TRIES: Final = 5
_LIST_ROWS: Final = 100_000
"""Of a dataset with more rows nobody asks whether a file means its codes: it is no list."""


def known_codes(lake: Lake, schemas: Iterable[DatasetSchema] = ()) -> dict[str, frozenset[str]]:
    """The codes of everything the company has, by kind.

    :param schemas: the company's own lists; one that nothing refers to yet has codes as well.
    """
    found: dict[str, set[str]] = {}
    for kind, code in _rows(lake, ALIASES, "kind, code"):
        found.setdefault(kind, set()).add(code)
    for schema in schemas:
        own = schema.own_code if schema.dataset not in SYSTEM_DATASETS else None
        if own is not None:
            codes_of = found.setdefault(schema.dataset, set())
            codes_of.update(code for (code,) in _rows(lake, schema.dataset, sql.name(own)))
    return {kind: frozenset(codes) for kind, codes in found.items() if codes}


def _rows(lake: Lake, dataset: str, columns: str) -> list[tuple[str, ...]]:
    """The different values of some columns of a dataset as it is now."""
    head = lake.head(dataset)
    paths = [path.resolve() for path in lake.part_paths(head)] if head else []
    if head is None or not paths or (dataset != ALIASES and head.rows > _LIST_ROWS):
        return []
    connection = sql.Connection([path.parent for path in paths], paths[0].parent / "spill")
    try:
        return connection.rows(f"SELECT DISTINCT {columns} FROM {sql.parquet(paths)}")
    finally:
        connection.close()


def add_aliases(lake: Lake, found: Path, receipt: dict[str, str]) -> int:
    """Add the codes of a Parquet file (kind, code, key) that are not known yet; says how many.

    :raises AttainError: VERSION_CONFLICT if others add codes again and again at the same time.
    """
    for attempt in range(_TRIES):
        try:
            return _add(lake, found, receipt)
        except AttainError as error:
            if error.code != codes.VERSION_CONFLICT or attempt == _TRIES - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def _add(lake: Lake, found: Path, receipt: dict[str, str]) -> int:
    with writing(lake, system_schema(ALIASES), found.parent) as new:
        count = _load(new, found, receipt.get("file", ""))
        if count:
            version = new.version(new.head.coverage if new.head else (), receipt)
            lake.commit(version, version.parent)
        return count


def _load(new: Writing, found: Path, file: str) -> int:
    schema = new.schema
    new.connection.run(
        f"CREATE TABLE accepted AS SELECT kind, code, key, {row_id(schema.key)} AS _row, "
        f"{sql.literal(file)} AS _file, CAST(NULL AS VARCHAR) AS _sheet, "
        f"CAST(NULL AS BIGINT) AS _line FROM {sql.parquet([found.resolve()])} "
        f"WHERE {row_id(schema.key)} NOT IN (SELECT _row FROM existing)"
    )
    new.connection.run("CREATE TABLE gone (_row VARCHAR)")
    return int(new.connection.one("SELECT count(*) FROM accepted"))
