"""The SQL of a few plans as it is printed: recorded, so that a person reads what changes.

`ATTAIN_RECORD=1 pytest tests/engine/compiler/test_snapshots.py` records it anew. Numbers are
never recorded; they are authored in `tests/golden`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from handmade import (
    AMOUNT,
    CNY,
    DATE,
    PEOPLE,
    SIGNED,
    Lookup,
    column,
    compiled,
    formula,
    gather,
    maybe,
    number,
    orders,
    plan,
    ratio,
    ref,
    sellers,
)

from attain.engine.compiler import Compiled, Guard
from attain.engine.primitives.model import (
    Grouped,
    GroupFunction,
    Ordered,
    OrderFunction,
    Ordering,
    Population,
    ResolvedPlan,
)

SNAPSHOTS = Path(__file__).parents[2] / "snapshots" / "duckdb"
SELLER = ref("seller", maybe(PEOPLE))


def appraisal() -> ResolvedPlan:
    """Sales against a target, and the place among all."""
    rank = Grouped(GroupFunction.RANK, (("completion", True),), Population("all", ()))
    return plan(
        orders(),
        sellers(
            gather("sales", "sum", AMOUNT, where=SIGNED),
            gather("deals", "count", where=SIGNED),
            formula("completion", ratio(ref("sales", maybe(CNY)), number("80000", CNY))),
            column("place", maybe(ref("sales", CNY).type), rank),
        ),
    )


def order_by_order() -> ResolvedPlan:
    """Each order's part of its seller's quarter, and the running total."""
    in_time = Ordering("in_time", ("seller",), (("signed_on", False), ("order_id", False)))
    quarter = Lookup("quarter", "seller_quarter", (("seller", SELLER),), ref("signed_on", DATE))
    sales = ref("sales", maybe(CNY), "quarter")
    return plan(
        sellers(gather("sales", "sum", AMOUNT)),
        orders(
            column("so_far", maybe(CNY), Ordered(OrderFunction.TOTAL, "amount", in_time)),
            formula("part", ratio(AMOUNT, sales)),
            lookups=[quarter],
        ),
    )


def as_text(made: Compiled) -> str:
    """Every step as a statement, guards among them as questions."""
    parts = [
        f"-- must find nothing: {step.note}\n{step.query.sql('duckdb', pretty=True, identify=True)}"
        if isinstance(step, Guard)
        else step.sql()
        for step in made
    ]
    return ";\n\n".join(parts) + ";\n"


@pytest.mark.parametrize("make", [appraisal, order_by_order], ids=lambda make: make.__name__)
def test_the_sql_is_the_recorded_one(make: type[ResolvedPlan]) -> None:
    path = SNAPSHOTS / f"{make.__name__}.sql"
    text = as_text(compiled(make()))
    if os.environ.get("ATTAIN_RECORD"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


def test_no_step_divides_or_averages_with_the_engines_own_operations() -> None:
    """`/` and avg are floating point in DuckDB; unordered choices differ from run to run."""
    from sqlglot import exp

    unwanted = (exp.Div, exp.Avg, exp.AnyValue, exp.GroupConcat, exp.Rand)
    for make in (appraisal, order_by_order):
        for step in compiled(make()):
            assert not list(step.query.find_all(*unwanted)), step.name
