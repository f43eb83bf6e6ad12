"""The dataset `aliases`: which external code is which opaque key.

Imports only ever add to it: a key is never reused, so an undone import leaves its codes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attain.core.errors import AttainError, codes
from attain.core.systems import system_schema
from attain.lake import sql
from attain.lake.catalog import Lake
from attain.lake.current import ALIASES
from attain.lake.parts import Writing, writing
from attain.lake.stored import row_id

_TRIES: Final = 5


def known_codes(lake: Lake) -> dict[str, frozenset[str]]:
    """The codes of everything the company has, by kind."""
    head = lake.head(ALIASES)
    paths = [path.resolve() for path in lake.part_paths(head)] if head else []
    if not paths:
        return {}
    folder = paths[0].parent
    connection = sql.Connection([folder], folder / "spill")
    try:
        found: dict[str, set[str]] = {}
        for kind, code in connection.rows(f"SELECT kind, code FROM {sql.parquet(paths)}"):
            found.setdefault(kind, set()).add(code)
    finally:
        connection.close()
    return {kind: frozenset(codes) for kind, codes in found.items()}


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
