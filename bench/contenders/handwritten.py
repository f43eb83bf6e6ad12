"""The plan as somebody who knows these data would write it in SQL by hand, for DuckDB.

    python -m bench.contenders.handwritten COMPANY OUT results|all

It knows what the engine must not assume: that nothing is missing, that sums of fen and every credit
fit into 64 bits, that people and targets are there for the whole year. (A credit is rounded in 64
bits: in 128 that takes ten times as long. Giving amounts fewer decimals first would be a rounding.)
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import duckdb

from bench.contenders.statement import RANKED, RATES, SCORED, STATEMENT, TO_DATE, outcomes
from bench.layout import FACTORS, MONTHS, YEAR, parts

_CREDIT: Final = (
    "round(CAST(amount * CASE line "
    + " ".join(f"WHEN '{line}' THEN {factor:.2f}" for line, factor in FACTORS.items())
    + " END AS DECIMAL(18, 8)), 2)"
)

_SUMS: Final = """
CREATE TEMP TABLE sums AS
SELECT seller, month(signed_on) AS m, sum(credit) AS sales,
    sum(credit) FILTER (NOT is_return) AS gross, -sum(credit) FILTER (is_return) AS returned,
    sum(credit) FILTER (line = 'milk') AS milk, sum(credit) FILTER (line = 'ice') AS ice,
    count(*) FILTER (NOT is_return) AS deals
FROM (SELECT seller, signed_on, is_return, line, {credit} AS credit FROM {orders}
    WHERE signed_on BETWEEN DATE '{year}-01-01' AND DATE '{year}-12-31')
GROUP BY ALL
"""

# Every seller has a row in every month, sold or not.
_GRID: Final = """
CREATE TEMP TABLE grid AS
SELECT p.person AS seller, q.m, CAST(coalesce(s.sales, 0) AS DECIMAL(18, 2)) AS sales,
    CAST(coalesce(s.gross, 0) AS DECIMAL(18, 2)) AS gross,
    CAST(coalesce(s.returned, 0) AS DECIMAL(18, 2)) AS returned,
    CAST(coalesce(s.milk, 0) AS DECIMAL(18, 2)) AS milk,
    CAST(coalesce(s.ice, 0) AS DECIMAL(18, 2)) AS ice, coalesce(s.deals, 0) AS deals, q.goal
FROM {people} AS p
JOIN (SELECT subject, month(period_from) AS m, CAST(value AS DECIMAL(18, 2)) AS goal
    FROM {targets} WHERE indicator = 'sales' AND dimension IS NULL) AS q ON q.subject = p.person
LEFT JOIN sums AS s ON s.seller = p.person AND s.m = q.m
"""

# The tree of each stretch of months between two changes of it: here one stretch, the year.
_TEAM: Final = """
CREATE TEMP TABLE team AS
WITH RECURSIVE months AS (
    SELECT unnest(range(1, 13)) AS m, last_day(make_date({year}, m, 1)) AS day),
edges AS (SELECT * FROM {edges} WHERE hierarchy = 'reporting'),
changes AS (SELECT effective_from AS day FROM edges UNION SELECT effective_until FROM edges),
stretches AS (SELECT m, day, (SELECT count(*) FROM changes AS c WHERE c.day <= months.day) AS s
    FROM months),
days AS (SELECT s, min(day) AS day FROM stretches GROUP BY s),
up AS (SELECT d.s, e.child, e.parent FROM days AS d JOIN edges AS e
    ON coalesce(e.effective_from <= d.day, true) AND coalesce(d.day < e.effective_until, true)),
above AS (SELECT s, child AS member, parent AS ancestor FROM up
    UNION ALL SELECT a.s, a.member, u.parent FROM above AS a
    JOIN up AS u ON u.s = a.s AND u.child = a.ancestor)
SELECT grid.m, ancestor, CAST(sum(sales) AS DECIMAL(18, 2)) AS sales,
    CAST(sum(goal) AS DECIMAL(18, 2)) AS goal
FROM above JOIN stretches USING (s) JOIN grid ON grid.seller = above.member AND grid.m = stretches.m
GROUP BY ALL
"""


def calculate(folder: Path, out: Path, keep: str) -> None:
    """The statement, its lines and its long form; with `all` each order's credit as well."""
    out.mkdir(parents=True)
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '2GB'")
    connection.execute("SET preserve_insertion_order = false")
    read = {
        name: f"read_parquet({parts(folder, name)!r})"
        for name in ("orders", "people", "targets", "edges")
    }
    known = {**read, "year": YEAR, "credit": _CREDIT}
    for step in (_SUMS, _GRID, _TEAM):
        connection.execute(step.format(**known))
    if keep == "all":
        credits = f"SELECT order_id, seller, signed_on, {_CREDIT} AS credit FROM {read['orders']}"
        write(connection, credits, out / "credits.parquet")
    labels = " ".join(f"WHEN {number} THEN '{label}'" for number, label in enumerate(MONTHS, 1))
    for step in (TO_DATE, RATES, RANKED, SCORED):
        connection.execute(step)
    connection.execute(STATEMENT.format(labels=labels))
    write(connection, "FROM statement ORDER BY seller, month", out / "statement.parquet")
    write(connection, outcomes(), out / "outcomes.parquet")
    lines = """
        SELECT seller AS participant, month AS earned, CAST(commission * 100 AS BIGINT)
            AS amount_minor, CAST(strptime(month, '%Y-%m') + INTERVAL 1 MONTH + INTERVAL 9 DAY
            AS DATE) AS pay_on FROM statement ORDER BY 1, 2"""
    write(connection, lines, out / "lines.parquet")


def write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")


if __name__ == "__main__":
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
