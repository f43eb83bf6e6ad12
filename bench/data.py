"""A sales company of any size, the same on every machine: `python -m bench.data 1000000`.

Orders of a year with returns, sellers in a tree of eight under each, and a target for each
seller and month. It is written once, as an import would leave it in the lake: one part a month,
ordered by seller and day, with the days that are covered. All contenders read these files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from attain.core.digests import digest_of
from attain.core.manifests import Coverage, DatasetVersion, Part
from attain.lake import FileCatalog
from bench.layout import MONTHS, YEAR, company, sellers_of

_ROWS_IN_GROUP: Final = 122_880
_LINEAGE: Final = "'made' AS _file, '' AS _sheet"

_SETTING_UP: Final = """
CREATE MACRO pick(i, salt, n) AS CAST(hash(i * 31 + salt) % n AS BIGINT);
-- Keys in the shape of real ones, twenty-odd letters, so that nobody gains from short ones.
CREATE MACRO key_of(i) AS 'people-' || left(
    translate(sha256('seller ' || i), '0123456789abcdef', 'abcdefghijklmnop'), 16);
CREATE MACRO row_of(text) AS left(sha256(text), 16);
CREATE TABLE sellers AS SELECT range AS i, key_of(range) AS seller FROM range({sellers});
"""

_ORDERS: Final = """
CREATE TABLE orders AS
SELECT 'O' || lpad(CAST(no AS VARCHAR), 10, '0') AS order_id,
    DATE '{year}-01-01' + CAST(pick(no, 1, 365) AS INTEGER) AS signed_on,
    s.seller,
    ['milk', 'ice', 'juice', 'water', 'tea', 'beer', 'snack', 'other'][pick(no, 2, 8) + 1] AS line,
    pick(no, 3, 25) = 0 AS is_return,
    CAST((CASE WHEN pick(no, 3, 25) = 0 THEN -1 ELSE 1 END)
        * CAST(1000 + pick(no, 4, 499000) AS DECIMAL(18, 0)) / 100 AS DECIMAL(24, 6)) AS amount
FROM (SELECT range AS no, pick(range, 5, {sellers}) AS seller_no FROM range({rows})) AS o
JOIN sellers AS s ON s.i = o.seller_no
"""

_PEOPLE: Final = """
SELECT seller AS person, 'Seller ' || i AS name,
    CAST(NULL AS DATE) AS effective_from, CAST(NULL AS DATE) AS effective_until
FROM sellers ORDER BY person
"""

# Eight under each; nobody above the first.
_EDGES: Final = """
SELECT 'reporting' AS hierarchy, c.seller AS child, p.seller AS parent,
    CAST(NULL AS DATE) AS effective_from, CAST(NULL AS DATE) AS effective_until
FROM sellers AS c JOIN sellers AS p ON p.i = (c.i - 1) // 8 WHERE c.i > 0 ORDER BY child
"""

# 500 orders a year of 2,510 on average come to about 95,000 a month: targets lie around that.
_TARGETS: Final = """
SELECT seller AS subject, 'sales' AS indicator,
    strftime(month, '%Y-%m') AS period, month AS period_from,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_until, CAST(NULL AS VARCHAR) AS dimension,
    CAST(60000 + 10 * pick(i * 12 + month(month), 6, 8000) AS DECIMAL(38, 18)) AS value
FROM sellers, (SELECT unnest(generate_series(DATE '{year}-01-01', DATE '{year}-12-01',
    INTERVAL 1 MONTH))::DATE AS month)
ORDER BY subject, period
"""


@dataclass(frozen=True)
class Maker:
    """Writes datasets into the lake of one company."""

    connection: duckdb.DuckDBPyConnection
    lake: FileCatalog
    dataset: str

    def part(self, query: str, month: str, key: str) -> Part:
        """One Parquet file as an import leaves it, with the columns that say where a row is from.

        `query` gives the rows in their order; `key` is SQL of what the row's id is made from.
        """
        target = self.lake.new_part(self.dataset).resolve()
        lined = f"SELECT *, row_of({key}) AS _row, {_LINEAGE}, row_number() OVER () AS _line"
        self.connection.execute(
            f"COPY ({lined} FROM ({query})) TO '{target}' "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_IN_GROUP})"
        )
        [rows] = self.connection.execute(
            f"SELECT count(*) FROM read_parquet('{target}')"
        ).fetchall()[0]
        return self.lake.keep_part(self.dataset, target, month, rows)

    def commit(self, parts: Iterator[Part], *coverage: Coverage) -> None:
        """Make the parts the dataset's only version."""
        version = DatasetVersion(
            dataset=self.dataset,
            schema_=digest_of(self.dataset),
            parts=tuple(parts),
            coverage=coverage,
        )
        self.lake.commit(version, None)


def make(rows: int) -> Path:
    """The folder of the company; made if it is not there yet."""
    folder = company(rows)
    lake = FileCatalog(folder / "lake")
    if lake.head("orders") is not None:
        return folder
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '4GB'; SET threads = 2")
    sellers = sellers_of(rows)
    connection.execute(_SETTING_UP.format(sellers=sellers))
    for dataset, query, key in (
        ("people", _PEOPLE, "person"),
        ("edges", _EDGES, "child"),
        ("targets", _TARGETS.format(year=YEAR), "subject || period"),
    ):
        maker = Maker(connection, lake, dataset)
        maker.commit(iter([maker.part(query, "", key)]))
    connection.execute(_ORDERS.format(year=YEAR, rows=rows, sellers=sellers))
    whole_year = Coverage(from_=date(YEAR, 1, 1), until=date(YEAR + 1, 1, 1))
    maker = Maker(connection, lake, "orders")
    maker.commit(_months(maker), whole_year)
    connection.close()
    return folder


def _months(maker: Maker) -> Iterator[Part]:
    for month in MONTHS:
        query = (
            f"SELECT * FROM orders WHERE strftime(signed_on, '%Y-%m') = '{month}' "
            "ORDER BY seller, signed_on, order_id"
        )
        yield maker.part(query, month, "order_id")


if __name__ == "__main__":
    print(make(int(sys.argv[1])))
