"""DuckDB and the reference give the same digits, and the same reason where one is missing.

Rows hold what goes wrong elsewhere: zeros, negatives, ties of the last digit, amounts whose
quotient is exact in no decimal, leap days, blank texts, and a quarter of all values missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from expression_row import COLUMNS, Row
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from random_formulas import formulas
from sample_rows import Stored, read, sample_rows
from sqlglot import exp

from attain.core.errors import AttainError
from attain.core.units import Type
from attain.expressions.check import check
from attain.expressions.columns import as_column
from attain.expressions.evaluate import evaluate
from attain.expressions.results import Absent
from attain.expressions.sql import print_node, storage
from attain.expressions.typed import Node

OVERFLOWS = ("Out of Range", "out of range", "Could not cast", "Overflow")


def _written(value: Stored, type_: Type) -> list[str]:
    if isinstance(value, Absent):
        return ["NULL", f"'{value.reason}'"]
    written = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return [f"CAST('{written}' AS {storage(type_)})", "NULL"]


@pytest.fixture(scope="module")
def rows(database: duckdb.DuckDBPyConnection) -> list[dict[str, Stored]]:
    """The rows, also as table `sample` in the database."""
    made = sample_rows()
    columns = ", ".join(
        f'"{name}" {storage(type_)}, "{name}__why" VARCHAR' for name, type_ in COLUMNS.items()
    )
    database.execute(f"CREATE OR REPLACE TABLE sample (place INTEGER, {columns})")
    for place, row in enumerate(made):
        values = [one for name, type_ in COLUMNS.items() for one in _written(row[name], type_)]
        database.execute(f"INSERT INTO sample VALUES ({place}, {', '.join(values)})")
    return made


def select(node: Node, prefix: str) -> str:
    """Value and reason of a node over the sample rows."""
    printed = print_node(node, read, prefix=prefix)
    source = "sample"
    for name, part in printed.lets:
        source = f'(SELECT *, {_sql(part)} AS "{name}" FROM {source})'
    why = _sql(printed.why) if printed.why is not None else "NULL"
    return f"SELECT {_sql(printed.value)}, {why} FROM {source} ORDER BY place"


def _sql(part: exp.Expr) -> str:
    return part.sql("duckdb", normalize_functions=False)


def reference(node: Node, row: Mapping[str, Stored]) -> tuple[object, str | None]:
    result = evaluate(node, lambda column: row[column.column])
    return (None, result.reason) if isinstance(result, Absent) else (result, None)


def in_database(database: duckdb.DuckDBPyConnection, node: Node, prefix: str) -> list[tuple]:
    found = database.execute(select(node, prefix)).fetchall()
    return [
        (Fraction(value) if node.type.is_number and value is not None else value, why)
        for value, why in found
    ]


@settings(max_examples=350)
@given(text=formulas())
# Zero by what is missing is missing, not zero.
@example(text="(score + score) / (0% / visits)")
# Between points along two inputs that are no finite decimals.
@example(text="curve(tilted, amount / price, visits / quantity)")
@example(text="curve(tilted, 0.9 + rate / 7, 1 - share / 300) * amount")
# Quotients by eighteen decimals, cut into finer steps than six decimals.
@example(text="round(quantity / share, 0.000000001)")
@example(text="floor(share / rate, 0.0000001) + ceil(rate / pieces, 0.0000001)")
@example(text="mod(share / rate, 0.0000001)")
def test_every_formula_gives_the_digits_of_the_reference(text: str, database, rows) -> None:
    _agrees(text, "part_", database, rows)


@settings(max_examples=60)
@given(text=formulas(depth=2))
def test_parts_bound_in_place_give_them_too(text: str, database, rows) -> None:
    _agrees(text, "", database, rows)


def _agrees(text: str, prefix: str, database, rows) -> None:
    checked = check(text, Row())
    assume(checked.is_sound)  # a literal 0 as divisor, for one
    node = as_column(checked.node)
    try:
        found = in_database(database, node, prefix)
    except duckdb.Error as error:
        # More than 38 digits: loud in the database, and possible only with such digits.
        assume(not any(word in str(error) for word in OVERFLOWS))
        raise
    try:
        expected = [reference(node, row) for row in rows]
    except AttainError:
        assume(False)
    assert found == expected, text


@settings(max_examples=300)
@given(
    numerator=st.integers(-(10**19), 10**19),
    power=st.integers(0, 44),
    odd=st.sampled_from([1, 3, 5, -1, -7]),
    scale=st.sampled_from([6, 18]),
)
def test_ties_of_the_last_digit_go_away_from_zero(
    numerator: int, power: int, odd: int, scale: int, database
) -> None:
    from attain.core.rounding import divide

    above, below = Decimal(numerator).scaleb(-6), Decimal(odd * 2**power).scaleb(-6)
    query = f"SELECT attain_divide_{scale}(CAST(? AS DECIMAL(38, 6)), CAST(? AS DECIMAL(38, 6)))"

    (found,) = database.execute(query, [str(above), str(below)]).fetchone()

    assert found == divide(above, below, scale)


@settings(max_examples=100)
@given(
    first=st.integers(-(10**30), 10**30),
    second=st.integers(-(10**20), 10**20),
)
def test_a_product_of_36_decimals_is_narrowed_exactly(first: int, second: int, database) -> None:
    from attain.core.rounding import narrow

    one, other = Decimal(first).scaleb(-18), Decimal(second).scaleb(-18)
    exact = Fraction(one) * Fraction(other)
    assume(abs(exact) < 10**20)
    query = "SELECT attain_multiply(CAST(? AS DECIMAL(38, 18)), CAST(? AS DECIMAL(38, 18)))"

    (found,) = database.execute(query, [f"{one:f}", f"{other:f}"]).fetchone()

    assert found == narrow(exact, 18)


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("price * quantity", 'CAST("price" * "quantity" AS DECIMAL(24, 6))'),
        (
            "price / quantity",
            'CAST(attain_divide_6("price", nullif("quantity", 0)) AS DECIMAL(24, 6))',
        ),
        (
            "amount / price >= 120%",
            'CASE WHEN nullif("price", 0) < 0 THEN -"amount" ELSE "amount" END '
            '>= (1.20 * abs(nullif("price", 0)))',
        ),
        ("round(share, 0.01)", 'CAST(round("share", 2) AS DECIMAL(38, 18))'),
        (
            "if(is_head, 5%, 3%)",
            'CAST(CASE WHEN "is_head" THEN 0.05 ELSE 0.03 END AS DECIMAL(38, 18))',
        ),
    ],
)
def test_sql_can_be_read(text: str, sql: str, checked) -> None:
    node = as_column(checked(text).required())

    assert _sql(print_node(node, read).value) == sql


@pytest.mark.parametrize(
    "text", ["share * rate / 3", "price / quantity", "growth(price, amount)", "fill(boxes, pieces)"]
)
def test_no_floating_point_is_ever_asked_for(text: str, checked, database, rows) -> None:
    query = select(as_column(checked(text).required()), "part_")

    types = database.execute(f"DESCRIBE {query}").fetchall()

    assert " / " not in query
    assert not {row[1] for row in types} & {"DOUBLE", "FLOAT"}
