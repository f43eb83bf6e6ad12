"""The second half of the hand-written SQL: everything at the size of sellers and months."""

from __future__ import annotations

from typing import Final

from bench.layout import COLUMNS

TO_DATE: Final = """
CREATE TEMP VIEW to_date AS
SELECT g.*, CAST(sum(g.sales) OVER w AS DECIMAL(18, 2)) AS sales_to_date,
    CAST(sum(g.goal) OVER w AS DECIMAL(18, 2)) AS goal_to_date,
    CAST(g.sales + coalesce(t.sales, 0) AS DECIMAL(18, 2)) AS team_sales,
    CAST(g.goal + coalesce(t.goal, 0) AS DECIMAL(18, 2)) AS team_goal
FROM grid AS g LEFT JOIN team AS t ON t.ancestor = g.seller AND t.m = g.m
WINDOW w AS (PARTITION BY g.seller ORDER BY g.m)
"""


def _ratio(above: str, below: str) -> str:
    """Eighteen exact decimals, half up, by quotient and remainder of fen in 128 bits."""
    top, bottom = f"abs(CAST({above} * 100 AS HUGEINT))", f"CAST({below} * 100 AS HUGEINT)"
    rest = f"((({top} % {bottom}) * 2000000000000000000 + {bottom}) // (2 * {bottom}))"
    one = "CAST(0.000000000000000001 AS DECIMAL(18, 18))"
    return (
        f"CAST(sign({above}) * (CAST({top} // {bottom} AS DECIMAL(19, 0)) "
        f"+ CAST({rest} AS DECIMAL(19, 0)) * {one}) AS DECIMAL(38, 18))"
    )


RATES: Final = f"""
CREATE TEMP TABLE rates AS
SELECT *, {_ratio("sales_to_date", "goal_to_date")} AS attainment,
    {_ratio("team_sales", "team_goal")} AS team_attainment,
    CASE WHEN gross = 0 THEN 0 ELSE {_ratio("returned", "nullif(gross, 0)")} END AS return_rate,
    CAST(0.01 * least(greatest(sales, 0), 0.8 * goal)
        + 0.02 * greatest(0, least(sales, goal) - 0.8 * goal)
        + 0.035 * greatest(0, least(sales, 1.2 * goal) - goal)
        + 0.05 * greatest(0, sales - 1.2 * goal) AS DECIMAL(18, 6)) AS earned,
    CAST(greatest(0, team_sales - sales) * 0.005 AS DECIMAL(18, 6)) AS override
FROM to_date
"""

RANKED: Final = """
CREATE TEMP VIEW ranked AS
SELECT *, rank() OVER (PARTITION BY m ORDER BY attainment DESC) AS place FROM rates
"""


def _completion(value: str) -> str:
    return (
        f"CASE WHEN {value} >= 1.2 THEN 120 WHEN {value} >= 1 THEN 100 "
        f"WHEN {value} >= 0.9 THEN 85 WHEN {value} >= 0.7 THEN 60 ELSE 20 END"
    )


SCORED: Final = f"""
CREATE TEMP VIEW scored AS
SELECT *, {_completion("attainment")} AS completion_score,
    {_completion("team_attainment")} AS team_score,
    CASE WHEN return_rate < 0 THEN 0 WHEN return_rate < 0.01 THEN 100
        WHEN return_rate < 0.03 THEN 80 ELSE 50 END AS returns_score,
    CAST(0.60 * completion_score + 0.25 * team_score + 0.15 * returns_score
        AS DECIMAL(8, 2)) AS score
FROM ranked
"""

STATEMENT: Final = f"""
CREATE TEMP TABLE statement AS
SELECT seller, CASE m {{labels}} END AS month, {", ".join(COLUMNS)}
FROM (SELECT *, CAST(CAST(least(6000, (earned + override) * score * 0.01)
    AS DECIMAL(18, 2)) AS DECIMAL(18, 6)) AS commission FROM scored)
"""

_POINTS: Final = {"completion": "0.60", "team": "0.25", "returns": "0.15"}


def outcomes() -> str:
    """One row for each seller, month and column, as the engine leaves it beside the statement."""
    values = {name: name for name in COLUMNS}
    for row, weight in _POINTS.items():
        del values[f"{row}_score"]
        values[f"row({row})"] = f"{weight} * {row}_score"
    words = ", ".join(f"'{name}'" for name in values)
    names = ", ".join(f"CAST('{name}' AS ENUM({words}))" for name in values)
    numbers = ", ".join(f"CAST({value} AS DECIMAL(38, 18))" for value in values.values())
    return (
        "SELECT seller AS subject, month AS period, unnest(names) AS component, "
        f"unnest(numbers) AS value FROM (SELECT seller, month, [{names}] AS names, "
        f"[{numbers}] AS numbers FROM (FROM statement ORDER BY seller, month))"
    )
