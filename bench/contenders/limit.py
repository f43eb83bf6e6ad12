"""The bare cost: read the columns the plan needs and write a statement's bytes, no rule at all.

python -m bench.contenders.limit COMPANY OUT results|all
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from bench.contenders.handwritten import write
from bench.layout import COLUMNS, parts


def calculate(folder: Path, out: Path, keep: str) -> None:
    """Scan the orders; write as many rows as the statement and its long form have."""
    out.mkdir(parents=True)
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '2GB'")
    connection.execute("SET preserve_insertion_order = false")
    read = {name: f"read_parquet({parts(folder, name)!r})" for name in ("orders", "targets")}
    connection.execute(
        "SELECT min(seller), min(signed_on), min(line), bool_or(is_return), min(amount) "
        f"FROM {read['orders']}"
    )
    if keep == "all":
        kept = f"SELECT order_id, seller, signed_on, amount AS credit FROM {read['orders']}"
        write(connection, kept, out / "credits.parquet")
    values = ", ".join(f"value AS {name}" for name in COLUMNS)
    write(
        connection, f"SELECT subject, period, {values} FROM {read['targets']}", out / "wide.parquet"
    )
    long = f"SELECT subject, period, unnest({list(COLUMNS)!r}), value FROM {read['targets']}"
    write(connection, long, out / "long.parquet")


if __name__ == "__main__":
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
