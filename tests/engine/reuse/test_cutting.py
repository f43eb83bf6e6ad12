"""What may be made part by part: proved from SQL, and never believed without proof."""

from __future__ import annotations

import duckdb
import pytest
from sqlglot import parse_one

from attain.engine.compiler import Compiled, Input, Keeping, Origin, Step
from attain.engine.reuse.addresses import Texts
from attain.engine.reuse.cutting import cut_of, over_part

FACTS = "data:facts"


def texts(query: str, view: str = 'SELECT * FROM "data:facts" AS r WHERE r.v <> 7') -> Texts:
    """A list of one view over facts and one table over it."""
    steps = (
        Step("rows#1", "rows", (), (), parse_one(view, dialect="duckdb"), "", Keeping.VIEW),
        Step("sums#1", "sums", (), (), parse_one(query, dialect="duckdb"), "", Keeping.TABLE),
    )
    inputs = (
        Input(FACTS, Origin.DATASET, "facts", {}),
        Input("data:few", Origin.DATASET, "few", {}),
    )
    return Texts(Compiled("plan", inputs, steps, {}))


CUT = [
    'SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "rows#1" GROUP BY k',
    "SELECT k AS k, CAST(COUNT(*) FILTER (WHERE v > 2) AS BIGINT) AS n, MIN(v) AS low, "
    'MAX(v) AS high FROM "rows#1" AS r GROUP BY k',
    'SELECT CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "rows#1"',
    "SELECT f.g AS g, BOOL_OR(r.v > 4) AS any, CAST(SUM(r.v) AS DECIMAL(24,6)) AS s "
    'FROM (SELECT x.* FROM "rows#1" AS x WHERE x.v < 90) AS r LEFT JOIN "data:few" AS f '
    "ON f.k = r.k GROUP BY f.g",
]
NOT_CUT = [
    'SELECT k AS k, CAST(COUNT(DISTINCT v) AS BIGINT) AS n FROM "rows#1" GROUP BY k',
    'SELECT k AS k, AVG(v) AS m FROM "rows#1" GROUP BY k',
    'SELECT k AS k, v AS v FROM "rows#1"',
    'SELECT k AS k, ARG_MIN(v, k) AS v FROM "rows#1" GROUP BY k',
    'SELECT k AS k, CAST(SUM(v) + 1 AS DECIMAL(24,6)) AS s FROM "rows#1" GROUP BY k',
    'SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "rows#1" GROUP BY k HAVING k > 1',
    'SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "rows#1" GROUP BY k LIMIT 3',
    'SELECT a.k AS k, CAST(SUM(a.v) AS DECIMAL(24,6)) AS s FROM "rows#1" AS a '
    'JOIN "rows#1" AS b ON a.k = b.k GROUP BY a.k',
    'SELECT f.k AS k, CAST(SUM(r.v) AS DECIMAL(24,6)) AS s FROM "data:few" AS f '
    'LEFT JOIN "rows#1" AS r ON f.k = r.k GROUP BY f.k',
    'SELECT r.k AS k, CAST(SUM(r.v) AS DECIMAL(24,6)) AS s FROM "rows#1" AS r '
    'RIGHT JOIN "data:few" AS f ON f.k = r.k GROUP BY r.k',
    'SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "rows#1" '
    'WHERE v > (SELECT MIN(v) FROM "data:few") GROUP BY k',
    'SELECT k AS k, CAST(SUM(strange(v)) AS DECIMAL(24,6)) AS s FROM "rows#1" GROUP BY k',
    "SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "
    '(SELECT DISTINCT k, v FROM "rows#1") AS r GROUP BY k',
    "SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "
    '(SELECT * FROM "rows#1" UNION ALL SELECT * FROM "data:few") AS r GROUP BY k',
]


@pytest.mark.parametrize("query", CUT)
def test_parts_put_together_are_the_whole(query: str) -> None:
    """Facts in three parts, none of which has all keys; one part has no row at all."""
    found = texts(query)
    cut = cut_of(found, "sums#1", [FACTS])
    assert cut is not None
    assert cut.views == ("rows#1",)
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE all_facts AS SELECT range % 3 AS part, range % 5 AS k, "
        "CAST(range % 97 AS DECIMAL(24,6)) AS v FROM range(1000) WHERE range % 3 < 2"
    )
    connection.execute('CREATE TABLE "data:few" AS SELECT range AS k, range % 2 AS g FROM range(4)')
    whole = over_part(found, cut.views, FACTS, "SELECT k, v FROM all_facts", query)
    parts = " UNION ALL ".join(
        f"SELECT * FROM ({over_part(found, cut.views, FACTS, rows, cut.partial)})"
        for rows in (f"SELECT k, v FROM all_facts WHERE part = {part}" for part in range(3))
    )
    by = f" GROUP BY {', '.join(cut.keys)}" if cut.keys else ""
    again = connection.execute(f"SELECT {cut.together} FROM ({parts}){by}").fetchall()
    assert sorted(again, key=str) == sorted(connection.execute(whole).fetchall(), key=str)
    assert again


@pytest.mark.parametrize("query", NOT_CUT)
def test_what_is_not_proved_stays_one_pass(query: str) -> None:
    assert cut_of(texts(query), "sums#1", [FACTS]) is None


@pytest.mark.parametrize(
    "view",
    [
        'SELECT *, ROW_NUMBER() OVER (ORDER BY r.v) AS n FROM "data:facts" AS r',
        'SELECT DISTINCT * FROM "data:facts" AS r',
        'SELECT * FROM "data:facts" AS r LIMIT 5',
        'SELECT r.k, SUM(r.v) AS v FROM "data:facts" AS r GROUP BY r.k',
        'SELECT *, strange(r.v) AS w FROM "data:facts" AS r',
        'SELECT * FROM "data:facts" AS r QUALIFY RANK() OVER (ORDER BY r.v) < 3',
    ],
)
def test_a_view_that_looks_at_other_rows_is_not_cut(view: str) -> None:
    assert cut_of(texts(CUT[0], view), "sums#1", [FACTS]) is None


def test_sums_are_rounded_once_after_all_parts() -> None:
    """0.0000004 in each of two parts: 0.0000008 is 0.000001. Rounded before, both would be 0."""
    query = 'SELECT k AS k, CAST(SUM(v) AS DECIMAL(24,6)) AS s FROM "rows#1" GROUP BY k'
    found = texts(query)
    cut = cut_of(found, "sums#1", [FACTS])
    assert cut is not None
    one = over_part(
        found, cut.views, FACTS, "SELECT 1 AS k, CAST(0.0000004 AS DECIMAL(24,9)) AS v", cut.partial
    )
    both = f"SELECT * FROM ({one}) UNION ALL SELECT * FROM ({one})"
    [(_, total)] = duckdb.execute(
        f"SELECT {cut.together} FROM ({both}) GROUP BY {cut.keys[0]}"
    ).fetchall()
    assert str(total) == "0.000001"
