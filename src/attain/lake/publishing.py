"""Rows that the product itself keeps, stored as a version like any other.

A run reads nothing but versions: people, members of plans and targets, which live in tables
of the product, become one whenever a run freezes its inputs. Equal rows are the same version.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from attain.core.digests import digest_of
from attain.core.errors import AttainError, codes
from attain.core.manifests import Coverage, DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.lake import sql
from attain.lake.catalog import Lake, storage_errors
from attain.lake.parts import Writing, writing
from attain.lake.stored import row_id

PUBLISHED: Mapping[str, str] = {"source": "provider"}
"""In the receipt of versions that no file brought."""
_TRIES = 5


def publish(
    lake: Lake,
    schema: DatasetSchema,
    rows: Iterable[Mapping[str, object]],
    *,
    coverage: tuple[Coverage, ...] = (),
    receipt: Mapping[str, str] | None = None,
    adds: bool = False,
) -> DatasetVersion:
    """Store exactly these rows; the current version is kept where it holds the same.

    Rows give the stored columns by name, keys as opaque keys; a column that is not given is
    missing. With `adds`, rows with other keys stay.

    :raises AttainError: VERSION_CONFLICT if others commit again and again, STORAGE_FULL.
    """
    names = [column.name for column in schema.stored()]
    listed = [tuple(row.get(name) for name in names) for row in rows]
    for left in reversed(range(_TRIES)):
        try:
            with storage_errors():
                said = {**PUBLISHED, **(receipt or {})}
                return _publish(lake, schema, listed, coverage, said, adds=adds)
        except AttainError as error:
            if error.code != codes.VERSION_CONFLICT or not left:
                raise
    raise AssertionError("the last attempt returns or raises")


def _publish(
    lake: Lake,
    schema: DatasetSchema,
    rows: list[tuple[object, ...]],
    coverage: tuple[Coverage, ...],
    receipt: dict[str, str],
    *,
    adds: bool,
) -> DatasetVersion:
    with (
        tempfile.TemporaryDirectory(prefix="attain-publish-") as folder,
        writing(lake, schema, Path(folder)) as new,
    ):
        _load(new, rows, adds=adds)
        if new.head is not None and _is_there(new, new.head, coverage, adds=adds):
            return new.head
        version = new.version(coverage, receipt)
        if new.head is not None and version.content == new.head.content:
            return new.head
        lake.commit(version, version.parent)
        return version


def _is_there(
    new: Writing, head: DatasetVersion, coverage: tuple[Coverage, ...], *, adds: bool
) -> bool:
    """Whether the current version has these very rows, told by rows and not by files.

    The same rows may make another file: a column without any value is written otherwise when
    some of them came from a file themselves.
    """
    declared = digest_of(new.schema.model_dump(mode="json"))
    if head.schema_ != declared or set(head.coverage) != set(coverage):
        return False
    names = sql.names(new.schema.stored())
    pairs = (
        [("accepted", "existing")]
        if adds
        else [
            ("accepted", "existing"),
            ("existing", "accepted"),
        ]
    )
    return not any(
        new.connection.one(
            f"SELECT count(*) FROM (SELECT {names} FROM {one} EXCEPT ALL "
            f"SELECT {names} FROM {other})"
        )
        for one, other in pairs
    )


def _load(new: Writing, rows: list[tuple[object, ...]], *, adds: bool) -> None:
    """All rows come, all rows that were there go, or those with the same keys only."""
    stored = new.schema.stored()
    declared = ", ".join(f"{sql.name(one.name)} {one.type.storage}" for one in stored)
    new.connection.run(f"CREATE TABLE given ({declared})")
    if rows:
        new.connection.add("given", rows)
    new.connection.run(
        f"CREATE TABLE accepted AS SELECT *, {row_id(new.schema.key)} AS _row, "
        "CAST(NULL AS VARCHAR) AS _file, CAST(NULL AS VARCHAR) AS _sheet, "
        "CAST(NULL AS BIGINT) AS _line FROM given"
    )
    replaced = "accepted" if adds else "existing"
    new.connection.run(f"CREATE TABLE gone AS SELECT DISTINCT _row FROM {replaced}")
