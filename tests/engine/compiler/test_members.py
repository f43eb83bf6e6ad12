"""Who is measured: members come from people, never from facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from handmade import (
    TEXT,
    Company,
    context,
    formula,
    key,
    maybe,
    op,
    orders,
    periods,
    plan,
    ref,
    sellers,
    stored,
    word,
)

from attain.engine.primitives.model import Dimension

JANUARY, FEBRUARY, MARCH, APRIL = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))
IN_SALES = op("=", ref("department", maybe(TEXT)), word("sales"))


def test_the_last_version_in_the_period_gives_the_attributes(company: Company) -> None:
    company.people(
        ("li", "sales", None, FEBRUARY),
        ("li", "service", FEBRUARY, None),
        ("wang", "sales", APRIL, None),
        ("zhao", "sales", None, JANUARY),
    )

    results = company.run(plan(sellers()))

    assert results.rows("seller_quarter", "seller", "department?") == [("li", "service")]


def test_a_filter_holds_on_some_day_of_the_period(company: Company) -> None:
    """Li is in sales until February: a member with the attributes of that version."""
    company.people(
        ("li", "sales", None, FEBRUARY),
        ("li", "service", FEBRUARY, None),
        ("wang", "service", None, None),
        ("zhao", None, None, None),
    )

    results = company.run(plan(sellers(where=IN_SALES)))

    assert results.rows("seller_quarter", "seller", "department?") == [("li", "sales")]


def test_each_month_has_its_own_members(company: Company) -> None:
    company.people(("li", "sales", JANUARY, MARCH), ("wang", "sales", MARCH, None))

    results = company.run(plan(sellers(period="month")))

    assert results.rows("seller_month", "month", "seller") == [
        ("2026-01", "li"),
        ("2026-02", "li"),
        ("2026-03", "wang"),
    ]


def test_plan_members_restrict_who_takes_part(company: Company) -> None:
    company.dataset(
        "plan_members",
        "plan VARCHAR, subject VARCHAR, effective_from DATE, effective_until DATE",
        [
            ("quarterly", "li", None, None),
            ("other", "wang", None, None),
            ("quarterly", "zhao", APRIL, None),
        ],
    )
    given = context(datasets=frozenset({"plan_members"}))

    results = company.run(plan(sellers(members_of="quarterly")), given)

    assert results.rows("seller_quarter", "seller") == [("li",)]


def test_a_dimension_crosses_members_with_all_its_values(company: Company) -> None:
    company.people(("li", "sales", None, None))
    company.orders(
        ("1", "2026-01-05", "li", "1", "cold"),
        ("2", "2026-01-05", "li", "1", "warm"),
        ("3", "2026-01-05", "li", "1", "cold"),
    )
    base = sellers(dimensions=(Dimension("status", "orders", "status"),))
    by_line = replace(
        base,
        key=(*key(seller="people", status="text"), *base.key[1:]),
        columns={**base.columns, **{c.name: c for c in stored(status=TEXT)}},
    )

    results = company.run(plan(orders(), by_line))

    assert results.rows("seller_quarter", "seller", "status") == [("li", "cold"), ("li", "warm")]


def test_grains_of_periods_alone_have_a_row_for_each(company: Company) -> None:
    results = company.run(plan(periods("month")))

    assert results.rows("month", "month", "period_from") == [
        ("2026-01", JANUARY),
        ("2026-02", FEBRUARY),
        ("2026-03", MARCH),
    ]


def test_a_coarser_period_has_rows_only_when_it_ends_with_the_run(company: Company) -> None:
    made = plan(periods("quarter"), periods("year"), period="month")

    first = company.run(made, context("2026-11"))
    last = company.run(made, context("2026-12"))

    assert first.rows("quarter", "quarter") + first.rows("year", "year") == []
    assert last.rows("quarter", "quarter") + last.rows("year", "year") == [("2026-Q4",), ("2026",)]


def test_formulas_on_members_say_why_they_are_missing(company: Company) -> None:
    company.people(("li", None, None, None), ("wang", "sales", None, None))

    results = company.run(plan(sellers(formula("in_sales", IN_SALES))))

    assert results.rows("seller_quarter", "seller", "in_sales?") == [
        ("li", "no_data.value"),
        ("wang", "true"),
    ]
