"""Finer rows into one coarser row: what counts, what is missing, and which passes fuse."""

from __future__ import annotations

import datetime as dt

import pytest
from handmade import (
    AMOUNT,
    CNY,
    COUNT,
    DATE,
    PEOPLE,
    RATIO,
    SIGNED,
    TEXT,
    Company,
    compiled,
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
    plan,
    ref,
    relation,
    sellers,
    stored,
    word,
)

from attain.engine.primitives.model import Lookup, SourceRows, Window


def seller_rows(company: Company, *columns: str, made: object, **given: object) -> list[object]:
    results = company.run(made, context(**given))  # type: ignore[arg-type]
    return results.rows("seller_quarter", "seller", *columns)


def test_mean_is_exact_and_narrowed_once(company: Company) -> None:
    """100 + 100 + 200 = 400, by three: 133.333333 at the six decimals of money."""
    company.orders(
        ("1", "2026-01-10", "li", "100"),
        ("2", "2026-01-11", "li", "100"),
        ("3", "2026-01-12", "li", "200"),
    )
    made = plan(orders(), sellers(gather("typical", "mean", AMOUNT)))

    rows = seller_rows(company, "typical?", made=made)

    assert rows == [
        ("li", "133.333333"),
        ("wang", "no_data.no_rows"),
        ("zhao", "no_data.no_rows"),
    ]


def test_min_max_first_latest_and_distinct(company: Company) -> None:
    """Li: 30 on the 5th, 10 and 20 on the 9th; the later of equal days is the higher key."""
    company.orders(
        ("a", "2026-01-05", "li", "30", "draft"),
        ("c", "2026-01-09", "li", "20"),
        ("b", "2026-01-09", "li", "10"),
    )
    made = plan(
        orders(),
        sellers(
            gather("least", "min", AMOUNT),
            gather("most", "max", AMOUNT),
            gather("first", "first", AMOUNT),
            gather("last", "latest", AMOUNT),
            gather("kinds", "distinct", ref("status", TEXT)),
        ),
    )

    rows = seller_rows(company, "least?", "most?", "first?", "last?", "kinds", made=made)

    assert rows[0] == ("li", "10", "30", "30", "20", 2)


def test_a_value_without_data_spoils_the_sum_with_the_reason_of_the_lowest_key(
    company: Company,
) -> None:
    company.orders(("1", "2026-01-10", "li", "100"), ("2", "2026-01-11", "li", None))
    strict = gather("strict", "sum", AMOUNT)
    lenient = gather("lenient", "sum", AMOUNT, skip_missing=True)
    made = plan(orders(), sellers(strict, lenient))

    rows = seller_rows(company, "strict?", "lenient?", made=made)

    assert rows[0] == ("li", "no_data.value", "100")
    assert rows[1] == ("wang", "0", "0")


def test_a_row_that_the_filter_leaves_out_spoils_nothing(company: Company) -> None:
    company.orders(("1", "2026-01-10", "li", "100"), ("2", "2026-01-11", "li", None, "draft"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT, where=SIGNED)))

    assert seller_rows(company, "sales?", made=made)[0] == ("li", "100")


def test_a_filter_without_data_spoils_the_sum(company: Company) -> None:
    company.orders(("1", "2026-01-10", "li", "100"), ("2", "2026-01-11", "li", None))
    large = op(">", AMOUNT, number("50", CNY))
    made = plan(orders(), sellers(gather("large", "count", where=large)))

    rows = seller_rows(company, "large?", made=made)

    assert rows[0] == ("li", "no_data.value")
    assert rows[1] == ("wang", "0")


def test_rows_of_which_nobody_knows_whether_they_belong_spoil_every_gather(
    company: Company,
) -> None:
    """The relation keeps orders above 50; order 2 has no amount, so nobody knows."""
    company.orders(
        ("1", "2026-01-10", "li", "100"),
        ("2", "2026-01-11", "li", None),
        ("3", "2026-01-11", "wang", "40"),
    )
    large = op(">", AMOUNT, number("50", CNY))
    made = plan(orders(where=large), sellers(gather("deals", "count")))

    rows = seller_rows(company, "deals?", made=made)

    assert rows == [("li", "no_data.value"), ("wang", "0"), ("zhao", "0")]


def test_no_row_is_zero_inside_coverage_and_no_data_outside(company: Company) -> None:
    """Orders are covered until 1 March only: the first quarter is not complete."""
    company.orders(("1", "2026-01-10", "li", "100"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT)))
    covered = {"orders": ((dt.date(2026, 1, 1), dt.date(2026, 3, 1)),)}

    rows = seller_rows(company, "sales?", made=made, coverage=covered)

    assert {reason for _, reason in rows} == {"no_data.outside_coverage"}


def test_coverage_in_touching_parts_is_one(company: Company) -> None:
    company.orders(("1", "2026-01-10", "li", "100"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT)))
    january, rest = dt.date(2026, 2, 1), dt.date(2026, 4, 1)
    covered = {"orders": ((january, rest), (dt.date(2026, 1, 1), january))}

    assert seller_rows(company, "sales?", made=made, coverage=covered)[0] == ("li", "100")


def test_a_provisional_run_looks_at_covered_days_only(company: Company) -> None:
    company.orders(("1", "2026-01-10", "li", "100"), ("2", "2026-03-10", "li", "7"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT)))
    covered = {"orders": ((dt.date(2026, 1, 1), dt.date(2026, 3, 1)),)}

    rows = seller_rows(company, "sales?", made=made, coverage=covered, provisional=True)

    assert rows[:2] == [("li", "100"), ("wang", "0")]


def test_each_month_of_a_quarter_has_its_own_sum(company: Company) -> None:
    company.orders(
        ("1", "2026-01-31", "li", "1"),
        ("2", "2026-02-01", "li", "2"),
        ("3", "2026-03-31", "li", "4"),
        ("4", "2026-04-01", "li", "8"),
    )
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT), period="month"))

    results = company.run(made)

    assert results.rows("seller_month", "seller", "month", "sales?")[:3] == [
        ("li", "2026-01", "1"),
        ("li", "2026-02", "2"),
        ("li", "2026-03", "4"),
    ]


def test_windows_that_overlap_count_a_row_in_each(company: Company) -> None:
    """Year to date: January 1, February 1 + 2, March 1 + 2 + 4."""
    company.orders(
        ("1", "2026-01-31", "li", "1"),
        ("2", "2026-02-01", "li", "2"),
        ("3", "2026-03-31", "li", "4"),
    )
    to_date = Window(on("2026-01-01"), ref("period_until", DATE))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT, window=to_date), period="month"))

    results = company.run(made)

    assert [row[1] for row in results.rows("seller_month", "seller", "sales?")[:3]] == [
        "1",
        "3",
        "7",
    ]


def test_a_window_without_ends_takes_everything(company: Company) -> None:
    company.orders(("1", "2025-01-31", "li", "1"), ("2", "2026-06-01", "li", "2"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT, window=Window(None, None))))

    assert seller_rows(company, "sales?", made=made)[0] == ("li", "3")


def test_a_window_may_hang_on_the_gathering_row(company: Company) -> None:
    """Trainings count the orders of the 60 days before them: 1 + 2, not 4 nor 8."""
    company.orders(
        ("1", "2026-01-01", "li", "1"),
        ("2", "2026-03-01", "li", "2"),
        ("3", "2026-03-02", "li", "4"),
        ("4", "2025-12-31", "li", "8"),
    )
    company.dataset(
        "trainings",
        "training VARCHAR, person VARCHAR, held_on DATE",
        [("t1", "li", "2026-03-02"), ("t2", "wang", "2026-03-02"), ("t3", "li", None)],
    )
    held_on = ref("held_on", maybe(DATE))
    before = Window(op("-", held_on, number("60", COUNT), kind=DATE), held_on)
    trainings = relation(
        "trainings",
        key(training="text"),
        SourceRows("trainings"),
        [
            *stored(training=TEXT, person=PEOPLE, held_on=maybe(DATE)),
            gather(
                "sales", "sum", AMOUNT, match=(("person", ref("seller", PEOPLE)),), window=before
            ),
        ],
    )

    results = company.run(plan(orders(), trainings))

    assert results.rows("trainings", "training", "sales?") == [
        ("t1", "3"),
        ("t2", "0"),
        ("t3", "no_data.value"),
    ]


def test_a_filter_may_look_at_the_gathering_row(company: Company) -> None:
    """Orders above the seller's own best: Li's best is 30, nobody has more."""
    company.orders(
        ("1", "2026-01-05", "li", "30"),
        ("2", "2026-01-09", "li", "10"),
        ("3", "2026-01-09", "wang", "20"),
    )
    as_good = op(">=", AMOUNT, ref("best", maybe(CNY), "this"))
    made = plan(
        orders(),
        sellers(
            gather("best", "max", AMOUNT),
            gather("at_best", "count", where=as_good),
        ),
    )

    rows = seller_rows(company, "at_best?", made=made)

    assert rows == [("li", "1"), ("wang", "1"), ("zhao", "0")]


def test_who_has_no_row_among_the_members_is_not_counted(company: Company) -> None:
    company.orders(("1", "2026-01-05", "stranger", "30"), ("2", "2026-01-05", None, "30"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT)))

    assert seller_rows(company, "sales?", made=made) == [("li", "0"), ("wang", "0"), ("zhao", "0")]


def test_gathers_over_formulas_and_lookups_of_facts(company: Company) -> None:
    """Commission by the product's rate: 100 at 5 % and 200 at 10 % are 25."""
    company.dataset(
        "products", "product VARCHAR, rate DECIMAL(38,18)", [("p", "0.05"), ("q", "0.1")]
    )
    company.dataset(
        "orders",
        "order_id VARCHAR, signed_on DATE, seller VARCHAR, amount DECIMAL(24,6), status VARCHAR",
        [("1", "2026-01-05", "li", "100", "p"), ("2", "2026-01-06", "li", "200", "q")],
    )
    products = relation(
        "products", key(product="text"), SourceRows("products"), stored(product=TEXT, rate=RATIO)
    )
    product = Lookup("product", "products", (("product", ref("status", TEXT)),))
    fee = op("*", AMOUNT, ref("rate", maybe(RATIO), "product"), kind=CNY)
    made = plan(
        products,
        orders(formula("fee", narrowed(fee, CNY)), lookups=[product]),
        sellers(gather("fees", "sum", ref("fee", maybe(CNY)))),
    )

    assert seller_rows(company, "fees?", made=made)[0] == ("li", "25")


def test_gathers_that_share_source_match_and_window_read_it_once() -> None:
    made = plan(
        orders(formula("net", narrowed(op("-", AMOUNT, number("1", CNY)), CNY))),
        sellers(
            gather("sales", "sum", AMOUNT),
            gather("deals", "count", where=SIGNED),
            gather("net", "sum", ref("net", maybe(CNY))),
            gather("best", "max", AMOUNT),
        ),
    )

    passes = [step.name for step in compiled(made) if step.name.endswith(".orders")]

    assert passes == ["seller_quarter#2.orders"]


def test_a_filter_that_all_gathers_share_goes_before_the_grouping() -> None:
    made = plan(
        orders(),
        sellers(
            gather("deals", "count", where=SIGNED),
            gather("kinds", "distinct", ref("status", TEXT), where=SIGNED),
        ),
    )

    text = compiled(made).step("seller_quarter#2.orders").sql()

    assert text.count("'signed'") == 1
    assert "FILTER" not in text


@pytest.mark.parametrize("how", ["sum", "count", "mean", "latest"])
def test_a_period_without_rows_is_empty_and_does_not_fail(company: Company, how: str) -> None:
    """A run of the first quarter has no row of the year: the year does not end with it."""
    company.orders(("1", "2026-01-05", "li", "30"))
    value = None if how == "count" else AMOUNT
    made = plan(orders(), sellers(gather("x", how, value), period="year"))

    assert company.run(made).rows("seller_year", "seller", "x?") == []


def test_texts_are_compared_as_they_are(company: Company) -> None:
    company.orders(("1", "2026-01-05", "li", "30", "已签"), ("2", "2026-01-05", "li", "5", "草稿"))
    signed = op("=", ref("status", TEXT), word("已签"))
    made = plan(orders(), sellers(gather("销售额", "sum", AMOUNT, where=signed)))

    assert seller_rows(company, "销售额?", made=made)[0] == ("li", "30")


def test_each_month_asks_its_own_coverage(company: Company) -> None:
    """February is not covered; January and March are, each for itself."""
    company.orders(("1", "2026-01-31", "li", "1"), ("2", "2026-02-01", "li", "2"))
    made = plan(orders(), sellers(gather("sales", "sum", AMOUNT), period="month"))
    january = (dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    march = (dt.date(2026, 3, 1), dt.date(2026, 4, 1))

    results = company.run(made, context(coverage={"orders": (january, march)}))

    assert [row[1] for row in results.rows("seller_month", "seller", "sales?")[:3]] == [
        "0",
        "1",
        "no_data.outside_coverage",
    ]
