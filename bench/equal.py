"""Whether what two contenders left says the same, to the last digit."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from attain.core.manifests import Manifest
from bench.layout import COLUMNS, RENAMED

Columns = dict[str, str]
"""Names with the types in which they are compared."""

_EXACT: Final = "DECIMAL(38, 18)"
COMPARED: Final[dict[str, Columns]] = {
    "statement": {"seller": "VARCHAR", "month": "VARCHAR", **dict.fromkeys(COLUMNS, _EXACT)},
    "outcomes": {
        "subject": "VARCHAR", "period": "VARCHAR", "component": "VARCHAR", "value": _EXACT
    },
    "lines": {
        "participant": "VARCHAR", "earned": "VARCHAR", "amount_minor": "BIGINT", "pay_on": "DATE"
    },
    "credits": {"order_id": "VARCHAR", "credit": _EXACT},
}  # fmt: skip
_CALLED: Final = {"statement": "seller_month", "credits": "orders"}
"""What the engine calls the files that are compared, where it calls them otherwise."""


class ResultsDiffer(Exception):
    """Times of contenders that calculate different numbers mean nothing."""


def must_agree(one: Path, other: Path, keep: str) -> int:
    """How many rows were compared.

    :raises ResultsDiffer: with the first row that only one of them has.
    """
    compared = 0
    connection = duckdb.connect()
    for name, columns in COMPARED.items():
        if name == "credits" and keep != "all":
            continue
        left, right = (_select(_relation(folder, name), columns) for folder in (one, other))
        for here, there, folder in ((left, right, one), (right, left, other)):
            only = connection.execute(f"({here}) EXCEPT ALL ({there}) LIMIT 1").fetchone()
            if only is not None:
                raise ResultsDiffer(f"{name}: only in {folder.name}: {only}")
        [rows] = connection.execute(f"SELECT count(*) FROM ({left})").fetchall()[0]
        compared += rows
    return compared


def _relation(folder: Path, name: str) -> tuple[str, bool]:
    """SQL of a contender's rows, and whether the engine left them."""
    manifest = folder / "manifest.json"
    if manifest.exists():
        relation = Manifest.from_json(manifest.read_bytes()).relation(_CALLED.get(name, name))
        return f"read_parquet({[str(folder / file) for file in relation.files]!r})", True
    table = folder / f"{name}.csv"
    if table.exists():
        return f"read_csv('{table}', all_varchar = true)", False
    return f"read_parquet('{folder / name}.parquet')", False


def _select(relation: tuple[str, bool], columns: Columns) -> str:
    source, is_engine = relation
    read = ", ".join(
        f"CAST({RENAMED.get(name, name) if is_engine else name} AS {type_}) AS {name}"
        for name, type_ in columns.items()
    )
    return f"SELECT {read} FROM {source}"
