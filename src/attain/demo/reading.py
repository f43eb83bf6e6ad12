"""The written files read back as tables with names and types, for checks and for people.

Nothing here knows how the files were made: what is checked is what stands in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from attain.core.schemas import ColumnSchema, DatasetSchema
from attain.core.schemas.columns import ColumnType
from attain.demo.declared import schemas
from attain.demo.files import INBOX

_SQL: Final = {
    ColumnType.money: "DECIMAL(18,2)",
    ColumnType.ratio: "DECIMAL(18,6)",
    ColumnType.points: "DECIMAL(18,6)",
    ColumnType.count: "BIGINT",
    ColumnType.days: "BIGINT",
    ColumnType.date: "DATE",
}

# What the proofs of the boundary cases are written with. A month is a text such as 2026-09.
_VIEWS: Final = """
CREATE VIEW signed AS
  SELECT seller AS person, strftime(signed_on, '%Y-%m') AS month, sum(amount) AS amount
  FROM orders WHERE status = 'signed' GROUP BY ALL;
CREATE VIEW returned AS
  SELECT seller AS person, strftime(returned_on, '%Y-%m') AS month, sum(amount) AS amount
  FROM returns GROUP BY ALL;
CREATE VIEW received AS
  SELECT seller AS person, strftime(received_on, '%Y-%m') AS month, sum(amount) AS amount
  FROM collections GROUP BY ALL;
CREATE VIEW credited AS
  SELECT coalesce(s.person, c.seller) AS person, strftime(c.received_on, '%Y-%m') AS month,
    sum(c.amount * coalesce(s.share, 1)) AS amount
  FROM collections AS c LEFT JOIN order_splits AS s
    ON s.order_no = c.order_no AND NOT s.is_overlay
  GROUP BY ALL;
CREATE VIEW month_targets AS
  SELECT subject AS person, indicator, period AS month, value
  FROM targets WHERE period LIKE '____-__';
CREATE MACRO signed_in(who, these) AS
  (SELECT coalesce(sum(amount), 0) FROM signed WHERE person = who AND list_contains(these, month));
CREATE MACRO credited_in(who, these) AS
  (SELECT coalesce(sum(amount), 0) FROM credited
   WHERE person = who AND list_contains(these, month));
CREATE MACRO target_of(who, what, these) AS
  (SELECT sum(value) FROM month_targets
   WHERE person = who AND indicator = what AND list_contains(these, month));
CREATE MACRO q3() AS ['2026-07', '2026-08', '2026-09'];
CREATE MACRO q3_before() AS ['2025-07', '2025-08', '2025-09'];
"""


def open_workspace(folder: Path) -> duckdb.DuckDBPyConnection:
    """The files of a workspace as tables: `raw_orders` as written, `orders` with types."""
    database = duckdb.connect()
    for dataset, schema in schemas().items():
        path = folder / INBOX / f"{dataset}.parquet"
        if path.exists():
            relation = database.read_parquet(str(path))
        else:
            source = str(path.with_suffix(".csv"))
            relation = database.read_csv(
                source, all_varchar=True, header=True, delimiter=",", quotechar='"'
            )
        relation.create(f"raw_{dataset}")
        by_header = {schema.column_of_header(name): name for name in relation.columns}
        cells = [
            f"{_typed(column, quoted(header))} AS {quoted(column.name)}"
            for column, header in by_header.items()
            if column is not None
        ]
        database.execute(f"CREATE TABLE {dataset} AS SELECT {', '.join(cells)} FROM raw_{dataset}")
    database.execute(_VIEWS)
    return database


def header_of(schema: DatasetSchema, column: str) -> str:
    return schema.columns[column].labels.zh


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it contains."""
    return '"' + name.replace('"', '""') + '"'


def sql_type(column: ColumnSchema) -> str | None:
    """The SQL type of a column's cells; None for text."""
    return _SQL.get(column.type)


def _typed(column: ColumnSchema, cell: str) -> str:
    if column.type is ColumnType.boolean:
        return f"{cell} = '是'"
    typed = _SQL.get(column.type)
    return f"TRY_CAST({cell} AS {typed})" if typed else f"NULLIF({cell}, '')"
