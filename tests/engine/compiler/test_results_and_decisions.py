"""What comes from other runs, and what people decided."""

from __future__ import annotations

import datetime as dt

import pytest
from handmade import (
    AMOUNT,
    CNY,
    DATE,
    PEOPLE,
    TEXT,
    Company,
    column,
    context,
    formula,
    gather,
    key,
    maybe,
    narrowed,
    number,
    on,
    op,
    orders,
    parquet,
    plan,
    ref,
    relation,
    sellers,
    stored,
)

from attain.core.errors import AttainError
from attain.core.periods import parse_period
from attain.engine.context import NamedResult
from attain.engine.primitives.model import Column, Decided, Prior, ResultRows, Window
from attain.expressions.typed import Node

OWED = maybe(CNY)


def earlier(period: str) -> NamedResult:
    return NamedResult(
        "quarterly", parse_period(period), frozenset({"seller_month", "seller_quarter"})
    )


def owing(company: Company, start: Node | None, **given: object) -> list[object]:
    """What is owed: as before, less this quarter's sales."""
    before = column("before", OWED, Prior("owed", 1, start))
    owed = formula("owed", narrowed(op("-", ref("before", OWED), ref("sales", maybe(CNY))), CNY))
    made = plan(
        orders(),
        sellers(gather("sales", "sum", AMOUNT), before, owed),
        effective_from=dt.date(2025, 7, 1),
    )
    return company.run(made, context(**given)).rows("seller_quarter", "seller", "owed?")  # type: ignore[arg-type]


def result(company: Company, name: str, columns: str, *rows: tuple[object, ...]) -> None:
    path = company.folder / f"{name.replace(':', '_')}.parquet"
    company.parts[name] = [parquet(path, columns, rows)]


def test_state_is_read_from_the_result_of_the_period_before(company: Company) -> None:
    """Li owed 300 and sold 100: 200; Wang's was missing; Zhao had no row and starts at 0."""
    company.orders(("1", "2026-01-05", "li", "100"))
    result(
        company,
        "result::seller_quarter:2025-Q4",
        "seller VARCHAR, quarter VARCHAR, owed DECIMAL(24,6), owed__why VARCHAR",
        ("li", "2025-Q4", "300", None),
        ("wang", "2025-Q4", None, "no_data.value"),
    )

    rows = owing(company, number("0", CNY), results=(earlier("2025-Q4"),))

    assert rows == [("li", "200"), ("wang", "no_data.value"), ("zhao", "0")]


def test_an_unnamed_result_refuses_the_run(company: Company) -> None:
    company.orders(("1", "2026-01-05", "li", "100"))

    with pytest.raises(AttainError) as refused:
        owing(company, number("0", CNY))

    assert refused.value.code == "RESULT_MISSING"


def test_before_the_plans_first_period_the_start_value_stands(company: Company) -> None:
    company.orders(("1", "2025-07-05", "li", "100"))

    from_start = owing(company, number("500", CNY), period="2025-Q3")
    without = owing(company, None, period="2025-Q3")

    assert from_start[0] == ("li", "400")
    assert without[0] == ("li", "no_data.previous")


def test_windows_over_computed_columns_reach_into_earlier_results(company: Company) -> None:
    """Quarter to date over months: 1 in January from its run, 2 in February now."""
    company.orders(("1", "2026-01-05", "li", "99"), ("2", "2026-02-05", "li", "2"))
    result(
        company,
        "result::seller_month:2026-01",
        "seller VARCHAR, month VARCHAR, period_from DATE, period_until DATE, "
        "sales DECIMAL(24,6), sales__why VARCHAR",
        ("li", "2026-01", "2026-01-01", "2026-02-01", "1", None),
    )
    since = Window(ref("period_from", DATE), ref("period_until", DATE))
    to_date = Window(on("2026-01-01"), since.until)
    months = gather(
        "to_date",
        "sum",
        ref("sales", maybe(CNY)),
        relation="seller_month",
        date=None,
        match=(("seller", ref("seller", PEOPLE)),),
        window=to_date,
        covered_by=(),
        earlier=True,
    )
    made = plan(
        orders(),
        sellers(gather("sales", "sum", AMOUNT), months, period="month"),
        period="month",
        effective_from=dt.date(2026, 1, 1),
    )

    rows = company.run(made, context("2026-02", results=(earlier("2026-01"),)))

    assert rows.rows("seller_month", "seller", "to_date?")[0] == ("li", "3")


def test_another_plans_results_are_rows_like_any(company: Company) -> None:
    result(
        company,
        "result:appraisal:grades:2026-Q1",
        "seller VARCHAR, quarter VARCHAR, grade VARCHAR, grade__why VARCHAR",
        ("li", "2026-Q1", "A", None),
        ("wang", "2026-Q1", None, "not_applicable.leave"),
    )
    grades = relation(
        "appraised",
        key(seller="people", quarter="period:quarter"),
        ResultRows("appraisal", "grades"),
        stored(seller=PEOPLE, quarter=TEXT, grade=maybe(TEXT)),
    )
    named = NamedResult("appraisal", parse_period("2026-Q1"), frozenset({"grades"}))

    results = company.run(plan(grades), context(results=(named,)))

    assert results.rows("appraised", "seller", "grade?") == [
        ("li", "A"),
        ("wang", "not_applicable.leave"),
    ]


# --- decisions ----------------------------------------------------------------------------------

INTERVENTIONS = (
    "id VARCHAR, kind VARCHAR, subject VARCHAR, component VARCHAR, period VARCHAR, "
    "period_from DATE, period_until DATE, value DECIMAL(38,18), text_value VARCHAR"
)


def decided(company: Company, *rows: tuple[str, str, str, str | None]) -> list[object]:
    """Sales after decisions (id, kind, subject, value) about the first quarter."""
    full = [
        (number_, kind, who, "sales", "2026-Q1", "2026-01-01", "2026-04-01", value, None)
        for number_, kind, who, value in rows
    ]
    company.dataset("interventions", INTERVENTIONS, full)
    company.orders(("1", "2026-01-05", "li", "100"), ("2", "2026-01-05", "wang", None))
    made = Decided("sales", "sales", "seller")
    kept: Column = column("final", maybe(CNY), made)
    given = context(datasets=frozenset({"interventions"}))
    run = company.run(plan(orders(), sellers(gather("sales", "sum", AMOUNT), kept)), given)
    return run.rows("seller_quarter", "seller", "final?")


def test_without_a_decision_the_calculated_value_stands(company: Company) -> None:
    assert decided(company) == [("li", "100"), ("wang", "no_data.value"), ("zhao", "0")]


def test_the_last_set_counts_then_adjustments_then_a_waiver(company: Company) -> None:
    """Li: set 50, set 60, less 5 and plus 1 is 56; Wang set 7; Zhao waived."""
    rows = decided(
        company,
        ("1", "set", "li", "50"),
        ("2", "override", "li", "60"),
        ("3", "adjust", "li", "-5"),
        ("4", "adjust", "li", "1"),
        ("5", "set", "wang", "7"),
        ("6", "set", "zhao", "7"),
        ("7", "waive", "zhao", None),
    )

    assert rows == [("li", "56"), ("wang", "7"), ("zhao", "not_applicable.waived")]


def test_setting_nothing_makes_it_no_data(company: Company) -> None:
    rows = decided(company, ("1", "set", "li", "50"), ("2", "set", "li", None))

    assert rows[0] == ("li", "no_data.value")
