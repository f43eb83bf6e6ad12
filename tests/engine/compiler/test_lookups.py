"""The one fitting row of another relation: by key, at a date, or by a filter on both rows."""

from __future__ import annotations

from handmade import (
    AMOUNT,
    CNY,
    COUNT,
    DATE,
    PEOPLE,
    RATIO,
    TEXT,
    Company,
    compiled,
    context,
    formula,
    gather,
    key,
    maybe,
    number,
    op,
    orders,
    periods,
    plan,
    ratio,
    ref,
    relation,
    sellers,
    stored,
    word,
)

from attain.engine.primitives.model import Lookup, SourceRows

SELLER = ref("seller", maybe(PEOPLE))
SIGNED_ON = ref("signed_on", DATE)
RATES = (
    "person VARCHAR, rate DECIMAL(38,18), level BIGINT, effective_from DATE, effective_until DATE"
)


def rates(*rows: tuple[object, ...], company: Company | None = None) -> object:
    """Rates of people, in force for a time."""
    if company is not None:
        company.dataset("rates", RATES, rows)
    columns = stored(
        person=PEOPLE,
        rate=maybe(RATIO),
        level=maybe(COUNT),
        effective_from=maybe(DATE),
        effective_until=maybe(DATE),
    )
    return relation(
        "rates", key(person="people", effective_from="text"), SourceRows("rates"), columns
    )


def with_rate(lookup: Lookup) -> object:
    return orders(formula("rate", ref("rate", maybe(RATIO), lookup.name)), lookups=[lookup])


def rate_of(company: Company, lookup: Lookup, *rows: tuple[object, ...]) -> list[object]:
    made = plan(rates(*rows, company=company), with_rate(lookup))
    return company.run(made).rows("orders", "order_id", "rate?")


def by_person(**more: object) -> Lookup:
    return Lookup("r", "rates", (("person", SELLER),), **more)  # type: ignore[arg-type]


def three_orders(company: Company) -> None:
    company.orders(
        ("1", "2026-01-31", "li", "1"),
        ("2", "2026-02-01", "li", "1"),
        ("3", "2026-02-01", None, "1"),
    )


def test_the_version_in_force_on_the_rows_date_is_read(company: Company) -> None:
    """A change on 1 February counts from that day on."""
    three_orders(company)

    rows = rate_of(
        company,
        by_person(at=SIGNED_ON),
        ("li", "0.03", 1, None, "2026-02-01"),
        ("li", "0.04", 1, "2026-02-01", None),
    )

    assert rows == [("1", "0.03"), ("2", "0.04"), ("3", "no_data.value")]


def test_two_versions_on_one_day_are_ambiguous_on_that_day_only(company: Company) -> None:
    three_orders(company)

    rows = rate_of(
        company,
        by_person(at=SIGNED_ON),
        ("li", "0.03", 1, None, None),
        ("li", "0.04", 1, "2026-02-01", None),
    )

    assert rows[:2] == [("1", "0.03"), ("2", "no_data.ambiguous_match")]


def test_take_decides_among_several_and_ties_stay_ambiguous(company: Company) -> None:
    three_orders(company)
    lookup = by_person(at=SIGNED_ON, take=(("level", True),))

    rows = rate_of(
        company,
        lookup,
        ("li", "0.03", 1, None, None),
        ("li", "0.04", 2, "2026-02-01", None),
        ("li", "0.05", None, "2026-01-01", None),
    )
    tied = rate_of(
        company, lookup, ("li", "0.03", 1, None, None), ("li", "0.04", 1, "2026-02-01", None)
    )

    assert rows[:2] == [("1", "0.03"), ("2", "0.04")]
    assert tied[:2] == [("1", "0.03"), ("2", "no_data.ambiguous_match")]


def test_nothing_in_force_gives_the_lookups_own_reason(company: Company) -> None:
    three_orders(company)
    lookup = by_person(at=SIGNED_ON, absent="no_data.rate")

    rows = rate_of(company, lookup, ("li", "0.04", 1, "2026-02-01", "2026-02-02"))

    assert rows[:2] == [("1", "no_data.rate"), ("2", "0.04")]


def test_a_found_row_without_the_value_says_so(company: Company) -> None:
    three_orders(company)

    rows = rate_of(company, by_person(at=SIGNED_ON), ("li", None, 1, None, None))

    assert rows[0] == ("1", "no_data.value")


def test_a_filter_on_the_target_alone(company: Company) -> None:
    """Level 2 is meant; a version without a level leaves it open which one fits."""
    three_orders(company)
    lookup = by_person(where=op("=", ref("level", maybe(COUNT)), number("2", COUNT)))

    sure = rate_of(
        company,
        lookup,
        ("li", "0.03", 1, None, "2026-02-01"),
        ("li", "0.04", 2, "2026-02-01", None),
    )
    unsure = rate_of(
        company,
        lookup,
        ("li", "0.03", None, None, "2026-02-01"),
        ("li", "0.04", 2, "2026-02-01", None),
    )

    assert sure[0] == ("1", "0.04")
    assert unsure[0] == ("1", "no_data.value")


def test_a_filter_on_both_rows(company: Company) -> None:
    """The rate whose level is at most the amount; of several the highest."""
    company.orders(
        ("1", "2026-01-31", "li", "1"),
        ("2", "2026-01-31", "li", "2"),
        ("3", "2026-01-31", "li", "0"),
        ("4", "2026-01-31", "li", None),
    )
    small = op("<=", ref("rate", maybe(RATIO)), ref("share", maybe(RATIO), "this"))
    lookup = by_person(where=small, take=(("rate", True),))
    company.dataset(
        "rates", RATES, [("li", "0.5", 1, None, "2026-01-01"), ("li", "1.5", 1, "2026-01-01", None)]
    )
    own = orders(
        formula("share", ratio(AMOUNT, number("1", CNY))),
        formula("rate", ref("rate", maybe(RATIO), "r")),
        lookups=[lookup],
    )
    rows = company.run(plan(rates(), own)).rows("orders", "order_id", "rate?")

    assert rows == [
        ("1", "0.5"),
        ("2", "1.5"),
        ("3", "no_data.no_match"),
        ("4", "no_data.value"),
    ]


def test_rows_that_ask_the_same_are_looked_up_once(company: Company) -> None:
    """Of five orders, one without an amount, three differ in what the filter looks at."""
    company.orders(
        ("1", "2026-01-31", "li", "1"),
        ("2", "2026-02-10", "li", "1"),
        ("3", "2026-01-31", "li", None),
        ("4", "2026-03-31", "li", None),
        ("5", "2026-03-31", None, "1"),
    )
    company.dataset("rates", RATES, [("li", "0.5", 1, None, None), ("wu", "0.7", 1, None, None)])
    small = op("<=", ref("rate", maybe(RATIO)), ref("share", maybe(RATIO), "this"))
    own = orders(
        formula("share", ratio(AMOUNT, number("1", CNY))),
        formula("rate", ref("rate", maybe(RATIO), "r")),
        lookups=[by_person(where=small)],
    )
    made = plan(rates(), own)

    assert company.run(made).rows("orders", "order_id", "rate?") == [
        ("1", "0.5"),
        ("2", "0.5"),
        ("3", "no_data.value"),
        ("4", "no_data.value"),
        ("5", "no_data.value"),
    ]
    [asked] = [one for one in compiled(made) if "ask with" in one.note]
    assert "SELECT DISTINCT" in asked.sql()
    assert [column.name for column in asked.columns] == ["seller", "share"]


def test_facts_read_the_sums_of_their_seller_and_quarter(company: Company) -> None:
    """An order's part of the quarter's sales: 30 of 40 is three quarters."""
    company.orders(
        ("1", "2026-01-31", "li", "30"),
        ("2", "2026-03-31", "li", "10"),
        ("3", "2025-12-31", "li", "5"),
    )
    quarter = Lookup("sq", "seller_quarter", (("seller", SELLER),), at=SIGNED_ON)
    part = formula("part", ratio(AMOUNT, ref("sales", maybe(CNY), "sq")))
    made = plan(sellers(gather("sales", "sum", AMOUNT)), orders(part, lookups=[quarter]))

    rows = company.run(made).rows("orders", "order_id", "part?")

    assert rows == [("1", "0.75"), ("2", "0.25"), ("3", "no_data.no_match")]


def test_the_period_of_a_date_is_told_without_a_join(company: Company) -> None:
    company.orders(("1", "2026-01-31", "li", "1"), ("2", "2026-04-01", "li", "1"))
    lookup = Lookup("m", "month", (), at=SIGNED_ON)
    made = plan(
        periods("month"), orders(formula("month", ref("month", maybe(TEXT), "m")), lookups=[lookup])
    )

    assert company.run(made).rows("orders", "order_id", "month?") == [
        ("1", "2026-01"),
        ("2", "no_data.no_match"),
    ]
    assert "JOIN" not in compiled(made).step("orders#2").sql()


def test_a_lookup_by_key_is_a_plain_left_join() -> None:
    products = relation(
        "products", key(product="text"), SourceRows("products"), stored(product=TEXT, rate=RATIO)
    )
    lookup = Lookup("p", "products", (("product", ref("status", TEXT)),))
    made = plan(products, orders(formula("rate", ref("rate", maybe(RATIO), "p")), lookups=[lookup]))

    steps = [step.name for step in compiled(made)]

    assert steps[:4] == ["products#1", "orders#1", "orders#2", "orders#3"]
    assert 'LEFT JOIN "products#1" AS "p"' in compiled(made).step("orders#2").sql()


def test_a_word_is_compared_with_a_key_column(company: Company) -> None:
    company.orders(("1", "2026-01-31", "li", "1"))
    lookup = Lookup("r", "rates", (("person", word("li")),), at=SIGNED_ON)

    assert rate_of(company, lookup, ("li", "0.03", 1, None, None)) == [("1", "0.03")]


def test_context_names_no_dataset_that_is_not_read(company: Company) -> None:
    three_orders(company)
    made = plan(rates(company=company), with_rate(by_person(at=SIGNED_ON)))

    names = {one.name for one in compiled(made, context()).inputs}

    assert names == {"data:rates", "data:orders"}
