"""From source rows over a gather and a formula to a number: the shortest whole plan."""

from __future__ import annotations

from handmade import (
    AMOUNT,
    CNY,
    SIGNED,
    Company,
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


def test_sales_are_added_up_per_seller_and_compared_with_a_target(company: Company) -> None:
    """Li sells 60 000 + 40 000, Wang 50 000, against 80 000: 1.25 and 0.625; Zhao nothing."""
    company.orders(
        ("1", "2026-01-10", "li", "60000.00"),
        ("2", "2026-03-31", "li", "40000.00"),
        ("3", "2026-02-01", "wang", "50000.00"),
        ("4", "2026-02-01", "wang", "99999.00", "draft"),
        ("5", "2026-04-01", "li", "77777.00"),
        ("6", "2025-12-31", "li", "77777.00"),
    )
    made = plan(
        orders(),
        sellers(
            gather("sales", "sum", AMOUNT, where=SIGNED),
            gather("deals", "count", where=SIGNED),
            formula("completion", ratio(ref("sales", maybe(CNY)), number("80000", CNY))),
        ),
    )

    results = company.run(made)

    assert results.rows(
        "seller_quarter", "seller", "quarter", "sales?", "deals", "completion?"
    ) == [
        ("li", "2026-Q1", "100000", 2, "1.25"),
        ("wang", "2026-Q1", "50000", 1, "0.625"),
        ("zhao", "2026-Q1", "0", 0, "0"),
    ]
