"""Stored rows in SQL: their columns, their ids and their control totals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from attain.core.keys import key_for
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake import sql

ROWS: Final = "rows"
"""The control total that counts rows."""

_ID_CHARACTERS: Final = 16


def existing_rows(connection: sql.Connection, schema: DatasetSchema, paths: list[Path]) -> str:
    """SQL of stored rows with the columns of the declaration; a column added since is blank."""
    there = set(columns_of(connection, paths)) if paths else set()
    selected = []
    for column in schema.stored(lineage=True):
        own = sql.name(column.name)
        absent = f"CAST(NULL AS {column.type.storage}) AS {own}"
        selected.append(own if column.name in there else absent)
    source = sql.parquet(paths) if paths else "(SELECT 1 WHERE false)"
    return f"SELECT {', '.join(selected)} FROM {source}"


def columns_of(connection: sql.Connection, paths: list[Path]) -> dict[str, str]:
    """Names and types of the columns of some Parquet files."""
    described = connection.rows(f"DESCRIBE SELECT * FROM {sql.parquet(paths)}")
    return {name: kind for name, kind, *_ in described}


def row_id(key: Sequence[str]) -> str:
    """SQL of a row's stable id: the first 96 bits of a hash of its natural key.

    The same key gives the same id in every import and every installation, so a corrected row
    is known for the one it corrects. Blank is a value of a key like any other.
    """
    parts = ", ".join(f"coalesce(CAST({sql.name(name)} AS VARCHAR), chr(30))" for name in key)
    digest = f"base64(unhex(left(sha256(concat_ws(chr(31), {parts})), 24)))"
    return f"left(translate({digest}, '+/', '-_'), {_ID_CHARACTERS})"


def is_summed(column: ColumnSchema) -> bool:
    """True for columns whose sum means something: control totals are kept of them."""
    return column.type in (
        ColumnType.money,
        ColumnType.count,
        ColumnType.points,
        ColumnType.days,
    )


def summed_columns(schema: DatasetSchema) -> list[tuple[str, ColumnSchema]]:
    """Columns with a control total, by the name of the total."""
    return [
        (column.name, column)
        for column in schema
        if is_summed(column) and column.name not in schema.key
    ]


def version_totals(
    connection: sql.Connection, relation: str, schema: DatasetSchema
) -> dict[str, str]:
    """Row count and control totals of stored rows as exact texts; amounts apart by currency."""
    totals = {ROWS: str(connection.one(f"SELECT count(*) FROM {relation}"))}
    for name, column in summed_columns(schema):
        own = sql.name(name)
        apart = sql.name(column.currency_from) if column.currency_from else "NULL"
        for currency, text in connection.rows(
            f"SELECT {apart}, CAST(sum({own}) AS VARCHAR) FROM {relation} "
            f"WHERE {own} IS NOT NULL GROUP BY 1 ORDER BY 1"
        ):
            totals[f"{name}.{currency}" if currency else name] = format(exact(text), "f")
    return totals


def exact(text: str) -> Decimal:
    """A sum as DuckDB prints it, without zeros at the end."""
    bare = text.rstrip("0").rstrip(".") if "." in text else text
    return Decimal(bare)


def make_keys(
    connection: sql.Connection, relation: str, dataset: str, column: str, table: str
) -> None:
    """Make a table with kind, code and key of everything in a column of codes."""
    own = sql.name(column)
    found = connection.rows(f"SELECT DISTINCT {own} FROM {relation} WHERE {own} IS NOT NULL")
    connection.run(f"CREATE TABLE {table} (kind VARCHAR, code VARCHAR, key VARCHAR)")
    connection.add(table, ((dataset, code, key_for(dataset, code)) for (code,) in found))


def with_keys(relation: str, column: str, table: str) -> str:
    """SQL of rows with keys in place of the codes of their sole key column."""
    own = sql.name(column)
    return (
        f"SELECT * REPLACE ({row_id([column])} AS _row) FROM (SELECT rows.* REPLACE "
        f"({table}.key AS {own}) FROM {relation} AS rows "
        f"JOIN {table} ON {table}.code = rows.{own})"
    )
