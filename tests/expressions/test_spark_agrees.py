"""Spark and the reference give the same digits, expression by expression."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from expression_row import COLUMNS, Row
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from random_formulas import formulas
from sample_rows import Stored, read, sample_rows
from sqlglot import exp

from attain.core.errors import AttainError
from attain.core.rounding import divide, narrow
from attain.engine.backends.spark.functions import needed
from attain.expressions.check import check
from attain.expressions.columns import as_column
from attain.expressions.evaluate import evaluate
from attain.expressions.results import Absent
from attain.expressions.sql import print_node, storage
from attain.expressions.typed import Node

pytestmark = pytest.mark.xdist_group("spark")


@pytest.fixture(scope="module")
def asked(spark: Any) -> Callable[[str], list[Any]]:
    """Asks Spark a query over the sample rows, after making the functions it calls."""

    def ask(query: str) -> list[Any]:
        for statement in needed(spark, query):
            spark.sql(statement)
        return spark.sql(query).collect()

    _create_sample(spark)
    return ask


def _create_sample(session: Any) -> None:
    selects = []
    for place, row in enumerate(sample_rows()):
        columns = [f"{place} AS place"]
        for name, type_ in COLUMNS.items():
            kind = storage(type_).replace("VARCHAR", "STRING")
            value, why = _written(row[name])
            columns.append(f"CAST({value} AS {kind}) AS `{name}`")
            columns.append(f"CAST({why} AS STRING) AS `{name}__why`")
        selects.append("SELECT " + ", ".join(columns))
    session.sql(" UNION ALL ".join(selects)).coalesce(1).createOrReplaceTempView("sample")


def _written(value: Stored) -> tuple[str, str]:
    if isinstance(value, Absent):
        return "NULL", f"'{value.reason}'"
    return (f"'{value:f}'" if isinstance(value, Decimal) else f"'{value}'"), "NULL"


def _sql(part: exp.Expr) -> str:
    return part.sql("spark", normalize_functions=False)


def _decimal(value: Decimal, scale: int) -> str:
    return f"CAST('{value:f}' AS DECIMAL(38, {scale}))"


def select(node: Node) -> str:
    printed = print_node(node, read, dialect="spark", prefix="part_")
    source = "sample"
    for name, part in printed.lets:
        source = f"(SELECT *, {_sql(part)} AS `{name}` FROM {source})"
    why = _sql(printed.why) if printed.why is not None else "CAST(NULL AS STRING)"
    return f"SELECT {_sql(printed.value)} AS v, {why} AS w FROM {source} ORDER BY place"


# No shrinking: a query takes a second.
@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
@given(text=formulas(depth=2))
def test_every_formula_gives_the_digits_of_the_reference(
    text: str, asked: Callable[[str], list[Any]]
) -> None:
    checked = check(text, Row())
    assume(checked.is_sound)
    node = as_column(checked.node)
    try:
        expected = [evaluate(node, lambda one, row=row: row[one.column]) for row in sample_rows()]
    except AttainError:
        assume(False)

    found = [
        Absent(why) if why is not None else Fraction(value) if node.type.is_number else value
        for value, why in asked(select(node))
    ]

    assert found == expected, text


@settings(max_examples=5, phases=(Phase.explicit, Phase.generate))
@given(
    pairs=st.lists(
        st.tuples(st.integers(-(10**19), 10**19), st.integers(0, 44), st.sampled_from([1, 3, -5])),
        min_size=8,
        max_size=8,
    )
)
def test_ties_of_the_last_digit_go_away_from_zero(
    pairs: list[tuple[int, int, int]], asked: Callable[[str], list[Any]]
) -> None:
    divisions = [
        (Decimal(above).scaleb(-6), Decimal(odd * 2**power).scaleb(-6))
        for above, power, odd in pairs
    ]
    columns = ", ".join(
        f"attain_divide_18({_decimal(above, 6)}, {_decimal(below, 6)})"
        for above, below in divisions
    )

    (found,) = asked(f"SELECT {columns}")

    assert list(found) == [divide(above, below, 18) for above, below in divisions]


def test_a_product_of_36_decimals_is_narrowed_exactly(asked: Callable[[str], list[Any]]) -> None:
    one, other = Decimal("-123456.123456789012345678"), Decimal("9876.5")
    query = f"SELECT attain_multiply({_decimal(one, 18)}, {_decimal(other, 18)})"

    ((found,),) = asked(query)

    assert found == narrow(Fraction(one) * Fraction(other), 18)
