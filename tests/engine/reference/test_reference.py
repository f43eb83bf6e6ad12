"""What the reference refuses, and what it does where data is not complete."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from attain.core.errors import AttainError
from attain.core.periods import parse_period
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.reference import EarlierRun, Inputs, run_plan

HEAD = """
plan: judged
period: month
effective: {from: 2026-01-01}
subjects: {seller: people}
sources:
  orders: {key: [order_id], date: signed_on, columns: {order_id: code, signed_on: date, seller: people, amount: money}}
columns:
"""  # noqa: E501

YEAR = (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 2, 1))


def order(number: int, day: str, amount: str | None, seller: str | None = "li") -> dict[str, Any]:
    return {
        "order_id": f"o{number}",
        "signed_on": dt.date.fromisoformat(day),
        "seller": seller,
        "amount": None if amount is None else Decimal(amount),
    }


def members(
    columns: str, period: str, orders: list[dict[str, Any]], **more: Any
) -> list[dict[str, Any]]:
    plan = resolve(load_plan(HEAD + columns))
    people = [{"person": "li", "effective_from": None, "effective_until": None}]
    inputs = Inputs(parse_period(period), {"people": people, "orders": orders}, **more)
    return run_plan(plan, inputs)["seller_month"]


SALES = "  sales: {each: [seller, month], sum: amount, from: orders}\n"
RUNNING = SALES + '  running: "previous(running, 0) + sales"\n'
TO_DATE = "  sales: {each: [seller, month], sum: amount, from: orders, in: year to date}\n"


def test_an_order_of_nobody_is_not_theirs() -> None:
    rows = members(
        SALES, "2026-01", [order(1, "2026-01-05", "5"), order(2, "2026-01-06", "7", None)]
    )

    assert rows[0]["sales"] == 5


def test_a_window_must_lie_in_one_stretch_of_coverage() -> None:
    broken = {"orders": (JANUARY, (dt.date(2026, 3, 1), dt.date(2027, 1, 1)))}

    assert members(TO_DATE, "2026-01", [], coverage=broken)[0]["sales"] == 0
    assert members(TO_DATE, "2026-03", [], coverage=broken)[0]["sales__why"] == (
        "no_data.outside_coverage"
    )


def test_touching_stretches_of_coverage_are_one() -> None:
    touching = {"orders": (JANUARY, (dt.date(2026, 2, 1), dt.date(2026, 4, 1)))}

    assert members(TO_DATE, "2026-03", [], coverage=touching)[0]["sales"] == 0


def test_a_provisional_run_looks_at_covered_days_only() -> None:
    until_15 = {"orders": ((dt.date(2026, 1, 1), dt.date(2026, 1, 16)),)}
    orders = [order(1, "2026-01-15", "5"), order(2, "2026-01-16", "7")]

    live = members(SALES, "2026-01", orders, coverage=until_15)
    provisional = members(SALES, "2026-01", orders, coverage=until_15, provisional=True)

    assert live[0]["sales__why"] == "no_data.outside_coverage"
    assert provisional[0]["sales"] == 5


def test_an_unnamed_earlier_result_refuses_the_run() -> None:
    with pytest.raises(AttainError, match="RESULT_MISSING"):
        members(RUNNING, "2026-02", [])


def test_earlier_results_carry_their_reasons() -> None:
    past = EarlierRun(
        "judged",
        parse_period("2026-01"),
        {
            "seller_month": [
                {"seller": "li", "month": "2026-01", "running": None, "running__why": "no_data.x"}
            ]
        },
    )

    rows = members(RUNNING, "2026-02", [], earlier=(past,))

    assert rows[0]["running__why"] == "no_data.x"


def test_whoever_is_new_begins_with_the_start_value() -> None:
    past = EarlierRun("judged", parse_period("2026-01"), {"seller_month": []})

    rows = members(RUNNING, "2026-02", [order(1, "2026-02-01", "3")], earlier=(past,))

    assert rows[0]["running"] == 3


def test_an_amount_too_long_to_store_refuses_the_run() -> None:
    column = SALES + '  huge: "sales * 1000000000000000"\n'

    with pytest.raises(AttainError, match="AMOUNT_OVERFLOW"):
        members(column, "2026-01", [order(1, "2026-01-05", "100000")])


def test_binary_numbers_are_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        members(SALES, "2026-01", [{**order(1, "2026-01-05", "1"), "amount": 0.1}])


def test_values_are_written_with_their_scale_and_without_negative_zero() -> None:
    rows = members(
        SALES, "2026-01", [order(1, "2026-01-05", "1.5"), order(2, "2026-01-06", "-1.5")]
    )

    assert str(rows[0]["sales"]) == "0.000000"
