"""What a slice of a step needs of what it reads: proved from SQL, tried on rows."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from sqlglot import parse_one

from attain.engine.compiler import Compiled, Input, Keeping, Origin, Step, StepColumn
from attain.engine.reuse.addresses import Texts
from attain.engine.reuse.seams import Early
from attain.engine.reuse.slices import Labels, Rows
from attain.engine.reuse.slicing import Slicing

STARTS = [date(2026, month, 1) for month in range(1, 6)]
MONTHS = {f"2026-0{n}": (STARTS[n - 1], STARTS[n]) for n in range(1, 5)}
HALVES = {"2026-H1": (STARTS[0], STARTS[2]), "2026-H2": (STARTS[2], STARTS[4])}


def listed(spans: dict[str, tuple[date, date]], label: str) -> str:
    lines = (
        f"('{name}', CAST('{low}' AS DATE), CAST('{high}' AS DATE))"
        for name, (low, high) in spans.items()
    )
    return f'(VALUES {", ".join(lines)}) AS "w"("{label}", "period_from", "period_until")'


TO_DATE = {name: (STARTS[0], until) for name, (_, until) in MONTHS.items()}
INSIDE = 'w."period_from" <= r."period_from" AND r."period_until" <= w."period_until"'

SAME = [
    'SELECT r.*, r.v + 1 AS x FROM "sums" AS r',
    'SELECT r."month" AS "period", r.v AS v FROM "sums" AS r WHERE r.v > 30',
    'SELECT r.*, e.parent AS parent FROM "sums" AS r LEFT JOIN "edges" AS e '
    'ON e.child = r.seller AND e."month" = r."month"',
    'SELECT e.parent AS seller, r."month" AS "month", SUM(r.v) AS v FROM "sums" AS r '
    'JOIN "edges" AS e ON e.child = r.seller AND r."month" = e."month" '
    'GROUP BY e.parent, r."month"',
    'SELECT r.*, RANK() OVER (PARTITION BY r."month" ORDER BY r.v DESC) AS place FROM "sums" AS r',
    'SELECT DISTINCT r."month", r.v % 3 AS v FROM "sums" AS r',
    'SELECT r."month", r.seller FROM "sums" AS r UNION ALL '
    'SELECT e."month", e.child FROM "edges" AS e',
    'WITH RECURSIVE path AS (SELECT e."month", e.child AS member, e.parent AS ancestor '
    'FROM "edges" AS e UNION ALL SELECT p."month", p.member, up.parent FROM path AS p '
    'JOIN "edges" AS up ON up.child = p.ancestor AND up."month" = p."month") '
    "SELECT r.* FROM path AS r",
    'SELECT r.* FROM "sums" AS r QUALIFY '
    'ROW_NUMBER() OVER (PARTITION BY r."month" ORDER BY r.seller) = 1',
    'SELECT r.*, p.name AS name FROM "sums" AS r JOIN "data:people" AS p ON p.person = r.seller',
]
SO_FAR = [
    f'SELECT r.seller, r."__w" AS "month", SUM(r.v) AS v FROM (SELECT r.*, w."month" AS "__w" '
    f'FROM "sums" AS r JOIN {listed(TO_DATE, "month")} ON {INSIDE}) AS r '
    'GROUP BY r.seller, r."__w"',
    'SELECT r.*, SUM(r.v) OVER (PARTITION BY r.seller ORDER BY r."month" '
    'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS total FROM "sums" AS r',
    'SELECT r.*, LAG(r.v) OVER (PARTITION BY r.seller ORDER BY r."period_from") AS b '
    'FROM "sums" AS r',
    'SELECT r.*, MAX(r.v) OVER (PARTITION BY r.seller ORDER BY r."month" '
    'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best FROM "sums" AS r',
]
OF_A_HALF = [
    f'SELECT r.seller, r."__w" AS "half", SUM(r.v) AS v FROM (SELECT r.*, w."half" AS "__w" '
    f'FROM "sums" AS r JOIN {listed(HALVES, "half")} ON {INSIDE}) AS r '
    'GROUP BY r.seller, r."__w"',
]
EVERYTHING = [
    # A sum over all months, shown beside each.
    'SELECT r.*, SUM(r.v) OVER (PARTITION BY r.seller) AS total FROM "sums" AS r',
    'SELECT r.*, LEAD(r.v) OVER (PARTITION BY r.seller ORDER BY r."month") AS n FROM "sums" AS r',
    'SELECT r.*, LAG(r.v) OVER (PARTITION BY r.seller ORDER BY r."month" DESC) AS n '
    'FROM "sums" AS r',
    'SELECT r.*, RANK() OVER (ORDER BY r.v) AS place FROM "sums" AS r',
    'SELECT r.*, SUM(r.v) OVER (PARTITION BY r.seller ORDER BY r."month" '
    'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS n FROM "sums" AS r',
    # No month in what they show, or not that of their rows.
    'SELECT r.seller, SUM(r.v) AS v FROM "sums" AS r GROUP BY r.seller',
    'SELECT r.seller, MAX(r."month") AS "month" FROM "sums" AS r GROUP BY r.seller',
    'SELECT \'2026-01\' AS "month", r.seller FROM "sums" AS r',
    'SELECT r.seller, CONCAT(r."month") AS "month" FROM "sums" AS r',
    # The month of what may not be there.
    'SELECT e."month" AS "month", p.person FROM "data:people" AS p LEFT JOIN "edges" AS e '
    "ON e.child = p.person",
    'SELECT r."month" AS "month", e.child FROM "sums" AS r FULL JOIN "edges" AS e '
    'ON e.child = r.seller AND e."month" = r."month"',
    'SELECT r."month" AS "month", r.v FROM "sums" AS r ORDER BY r.v LIMIT 3',
    'SELECT DISTINCT ON (r.seller) r."month", r.seller FROM "sums" AS r',
    'SELECT r."month", r.v FROM "sums" AS r WHERE r.v > (SELECT AVG(s.v) FROM "sums" AS s)',
    'SELECT r."month", SUM(r.v) AS v FROM "sums" AS r GROUP BY ROLLUP (r."month")',
]


def slicing(query: str) -> Slicing:
    """A list of two seams, `sums` and `edges`, and one step over them."""
    days = [StepColumn(name, "DATE") for name in ("period_from", "period_until")]
    columns = (StepColumn("month", "VARCHAR"), *days)
    seams = [
        Step(
            name,
            name,
            (),
            columns,
            parse_one('SELECT * FROM "data:people"', dialect="duckdb"),
            "",
            Keeping.TABLE,
        )
        for name in ("sums", "edges")
    ]
    step = Step(
        "step",
        "step",
        (),
        tuple(StepColumn(name, "VARCHAR") for name in ("month", "half", "period")),
        parse_one(query, dialect="duckdb"),
        "",
        Keeping.TABLE,
    )
    inputs = (Input("data:people", Origin.DATASET, "people", {}),)
    texts = Texts(Compiled("plan", inputs, (*seams, step), {}))
    periods = {"month": MONTHS, "half": HALVES}
    return Slicing(texts, periods, Early(texts, periods).seams)


def company() -> duckdb.DuckDBPyConnection:
    """Five people in four months; who stands under whom changes in March; some have no row."""
    connection = duckdb.connect()
    lines = listed(MONTHS, "month")
    connection.execute(
        f'CREATE TABLE every_sums AS SELECT w.*, p.i AS seller, (p.i * 37 + month(w."period_from") '
        f"* 11) % 60 AS v FROM {lines}, range(5) AS p(i) WHERE (p.i + month(period_from)) % 4 <> 0"
    )
    connection.execute(
        f"CREATE TABLE every_edges AS SELECT w.*, p.i AS child, CASE WHEN month(period_from) < 3 "
        f"THEN p.i - 1 ELSE (p.i - 1) // 2 END AS parent FROM {lines}, range(1, 5) AS p(i)"
    )
    connection.execute(
        "CREATE TABLE \"data:people\" AS SELECT i AS person, 'n' || i AS name FROM range(5) AS p(i)"
    )
    return connection


def rows_of(query: str, rows: Rows, label: str, seen: dict[str, Labels]) -> list[object]:
    """One slice of a query, over only some slices of what it reads."""
    connection = company()
    for name in ("sums", "edges"):
        some = ", ".join(f"'{one}'" for one in seen.get(name, MONTHS)) or "NULL"
        connection.execute(
            f'CREATE VIEW {name} AS SELECT * FROM every_{name} WHERE "month" IN ({some})'
        )
    own = min(rows.labels)
    slice_ = f"SELECT * FROM ({query}) WHERE \"{own}\" = '{label}' ORDER BY ALL"
    return connection.execute(slice_).fetchall()


@pytest.mark.parametrize("query", [*SAME, *SO_FAR, *OF_A_HALF])
def test_a_slice_is_the_same_over_the_slices_that_it_needs(query: str) -> None:
    found = slicing(query)
    rows = found.of("step")
    assert rows is not None
    several = 0
    for label in rows.spans:
        needed = {name: found.needed("step", name, [label]) for name in ("sums", "edges")}
        seen = {name: some for name, some in needed.items() if some is not None}
        whole = rows_of(query, rows, label, {})
        assert rows_of(query, rows, label, seen) == whole
        several += len(whole)
    assert several > 3


FIRST_THREE = {"2026-01", "2026-02", "2026-03"}
NEEDED = [
    *((query, "2026-03", {"2026-03"}) for query in SAME),
    *((query, "2026-03", FIRST_THREE) for query in SO_FAR),
    *((query, "2026-H2", {"2026-03", "2026-04"}) for query in OF_A_HALF),
]


@pytest.mark.parametrize(("query", "label", "needed"), NEEDED)
def test_a_slice_needs_no_more_than_its_months(query: str, label: str, needed: set[str]) -> None:
    found = slicing(query)
    read = [name for name in ("sums", "edges") if f'"{name}"' in query]
    for name in read:
        assert set(found.needed("step", name, [label]) or ()) == needed


@pytest.mark.parametrize("query", EVERYTHING)
def test_what_is_not_proved_is_not_sliced(query: str) -> None:
    assert slicing(query).of("step") is None
