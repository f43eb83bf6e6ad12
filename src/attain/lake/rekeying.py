"""Datasets whose codes became keys because another dataset refers to them since.

A list of products is imported with its codes as they are. When orders are declared that refer
to products, the codes have to be keys in both. The stored rows are brought up by a version of
their own, just before the import or the run that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.lake import sql
from attain.lake.aliases import add_aliases
from attain.lake.catalog import Lake
from attain.lake.current import KEYED, Current
from attain.lake.stored import make_keys, with_keys

REKEYED: Final = "rekeyed"


def rekey(lake: Lake, dataset: str, column: str, staging: Path) -> tuple[str, str]:
    """Store a dataset's codes as keys; says the version before and the one after.

    :raises AttainError: VERSION_CONFLICT.
    """
    head = lake.head(dataset)
    assert head is not None
    paths = [path.resolve() for path in lake.part_paths(head)]
    folder = staging.resolve()
    connection = sql.Connection((paths[0].parent, folder), folder / "spill")
    try:
        make_keys(connection, sql.parquet(paths), dataset, column, "keys")
        codes = folder / f"rekeyed-{dataset}.parquet"
        connection.run(f"COPY keys TO {sql.literal(str(codes))} (FORMAT parquet)")
        add_aliases(lake, codes, {REKEYED: dataset})
        parts = []
        for part, path in zip(head.parts, paths, strict=True):
            target = lake.new_part(dataset).resolve()
            query = with_keys(sql.parquet([path]), column, "keys")
            connection.run(
                f"COPY ({query} ORDER BY {sql.name(column)}) TO {sql.literal(str(target))} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
            parts.append(lake.keep_part(dataset, target, part.month, part.rows))
    finally:
        connection.close()
    receipt = {KEYED: column, REKEYED: dataset}
    version = head.model_copy(
        update={"parent": head.hash, "parts": tuple(parts), "receipt": receipt}
    )
    version = DatasetVersion.from_json(version.to_json())
    lake.commit(version, head.hash)
    return head.hash, version.hash


def bring_up(lake: Lake, schemas: Mapping[str, DatasetSchema], datasets: Iterable[str]) -> None:
    """Store as keys what other datasets refer to by now, before a plan compares the two.

    :raises AttainError: VERSION_CONFLICT.
    """
    current = Current(lake, schemas)
    for dataset in datasets:
        column = current.outdated(dataset)
        if column is not None:
            with TemporaryDirectory() as staging:
                rekey(lake, dataset, column, Path(staging))
