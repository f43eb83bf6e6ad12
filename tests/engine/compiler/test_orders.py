"""A row looks at those before it: totals, previous values, places, columns that read themselves."""

from __future__ import annotations

from handmade import (
    AMOUNT,
    CNY,
    COUNT,
    SIGNED,
    Company,
    column,
    formula,
    gone,
    maybe,
    narrowed,
    number,
    op,
    orders,
    plan,
    ref,
)

from attain.engine.primitives.model import Column, Fold, Ordered, OrderFunction, Ordering
from attain.expressions.typed import Apply, Node

IN_TIME = Ordering("in_time", ("seller",), (("signed_on", False), ("order_id", False)))


def ordered(
    name: str, function: str, of: str | None = "amount", start: Node | None = None
) -> Column:
    kind = COUNT if function in ("position", "count_so_far") else CNY
    return column(name, maybe(kind), Ordered(OrderFunction(function), of, IN_TIME, start))


def three(company: Company) -> Company:
    """Li's orders in time: 700, 600, -600; Wang's single one of 5."""
    return company.orders(
        ("b", "2026-01-02", "li", "600"),
        ("a", "2026-01-01", "li", "700"),
        ("c", "2026-01-03", "li", "-600"),
        ("d", "2026-01-03", "wang", "5"),
    )


def values(company: Company, *made: Column) -> list[object]:
    names = [f"{one.name}?" for one in made]
    return company.run(plan(orders(*made))).rows("orders", "order_id", *names)


def test_total_includes_the_row_and_before_does_not(company: Company) -> None:
    rows = values(three(company), ordered("total", "total"), ordered("before", "before"))

    assert rows == [("a", "700", "0"), ("b", "1300", "700"), ("c", "700", "1300"), ("d", "5", "0")]


def test_previous_and_increase(company: Company) -> None:
    rows = values(
        three(company),
        ordered("before", "previous"),
        ordered("from_zero", "previous", start=number("0", CNY)),
        ordered("increase", "increase"),
    )

    assert rows == [
        ("a", "no_data.previous", "0", "700"),
        ("b", "700", "700", "-100"),
        ("c", "600", "600", "-1200"),
        ("d", "no_data.previous", "0", "5"),
    ]


def test_highest_lowest_count_and_place(company: Company) -> None:
    rows = values(
        three(company),
        ordered("high", "highest_so_far"),
        ordered("high_before", "highest_before", start=number("0", CNY)),
        ordered("low_before", "lowest_before"),
        ordered("place", "position", None),
        ordered("count", "count_so_far", None),
    )

    assert rows == [
        ("a", "700", "0", "no_data.no_rows", "1", "1"),
        ("b", "700", "700", "700", "2", "2"),
        ("c", "700", "700", "600", "3", "3"),
        ("d", "5", "0", "no_data.no_rows", "1", "1"),
    ]


def test_count_so_far_counts_what_is_true(company: Company) -> None:
    company.orders(
        ("a", "2026-01-01", "li", "1", "draft"),
        ("b", "2026-01-02", "li", "1"),
        ("c", "2026-01-03", "li", "1"),
    )

    rows = values(company, formula("ok", SIGNED), ordered("so_far", "count_so_far", "ok"))

    assert [row[2] for row in rows] == ["0", "1", "2"]


def test_no_data_sticks_with_the_first_reason(company: Company) -> None:
    """The second order has no amount: its total and all later ones are unknown."""
    company.orders(
        ("a", "2026-01-01", "li", "1"),
        ("b", "2026-01-02", "li", None),
        ("c", "2026-01-03", "li", "1"),
    )

    rows = values(
        company, ordered("total", "total"), ordered("before", "before"), ordered("step", "increase")
    )

    missing = "no_data.value"
    assert rows == [
        ("a", "1", "0", "1"),
        ("b", missing, "1", missing),
        ("c", missing, missing, missing),
    ]


def test_what_is_not_applicable_contributes_nothing(company: Company) -> None:
    company.orders(
        ("a", "2026-01-01", "li", "1"),
        ("b", "2026-01-02", "li", "2", "draft"),
        ("c", "2026-01-03", "li", "4"),
    )
    left_out = gone("not_applicable.draft", CNY)
    counted = Apply("if", (SIGNED, AMOUNT, left_out), maybe(CNY))

    rows = values(company, formula("counted", counted), ordered("total", "total", "counted"))

    assert [row[2] for row in rows] == ["1", "1", "5"]


def test_a_row_without_a_seller_stands_outside_the_order(company: Company) -> None:
    company.orders(("a", "2026-01-01", None, "1"), ("b", "2026-01-02", "li", "2"))

    rows = values(company, ordered("total", "total"))

    assert rows == [("a", "no_data.value"), ("b", "2")]


# --- columns that read their own earlier rows ---------------------------------------------------

NET = maybe(CNY)


def capped(cap: str) -> tuple[Column, Column]:
    """`room: max(0, cap - previous(net, 0))`, `net: previous(net, 0) + min(amount, room)`."""
    before = ref("net", NET, "previous")
    room = Apply("max", (number("0", CNY), op("-", number(cap, CNY), before)), NET)
    taken = Apply("min", (AMOUNT, ref("room", NET)), NET)
    steps = (("room", narrowed(room, CNY)), ("net", narrowed(op("+", before, taken), CNY)))
    starts = (("net", number("0", CNY)),)
    fold = [Fold(name, steps, starts, IN_TIME) for name, _ in steps]
    return column("room", NET, fold[0]), column("net", NET, fold[1])


def test_a_refundable_cap_walks_row_by_row(company: Company) -> None:
    """Cap 1000: 700 fits, of 600 only 300; -600 gives room again, of the next 700 it takes 600."""
    three(company)
    company.orders(
        ("a", "2026-01-01", "li", "700"),
        ("b", "2026-01-02", "li", "600"),
        ("c", "2026-01-03", "li", "-600"),
        ("e", "2026-01-04", "li", "700"),
        ("d", "2026-01-03", "wang", "5"),
    )

    rows = values(company, *capped("1000"))

    assert rows == [
        ("a", "1000", "700"),
        ("b", "300", "1000"),
        ("c", "0", "400"),
        ("d", "1000", "5"),
        ("e", "600", "1000"),
    ]


def test_a_fold_passes_reasons_on_and_leaves_out_rows_without_a_place(company: Company) -> None:
    company.orders(
        ("a", "2026-01-01", "li", "700"),
        ("b", "2026-01-02", "li", None),
        ("c", "2026-01-03", "li", "1"),
        ("d", "2026-01-03", None, "1"),
    )

    rows = values(company, *capped("1000"))

    missing = "no_data.value"
    assert rows == [
        ("a", "1000", "700"),
        ("b", "300", missing),
        ("c", missing, missing),
        ("d", missing, missing),
    ]


def test_a_fold_without_a_start_has_no_previous(company: Company) -> None:
    three(company)
    steps = (("net", narrowed(op("+", ref("net", NET, "previous"), AMOUNT), CNY)),)
    made = column("net", NET, Fold("net", steps, (), IN_TIME))

    assert {row[1] for row in values(company, made)} == {"no_data.previous"}


def test_folds_and_totals_may_be_read_by_formulas(company: Company) -> None:
    """Twice the room: a formula after a fold."""
    three(company)
    room, net = capped("1000")
    twice = formula("twice", narrowed(op("*", ref("net", NET), number("2"), kind=CNY), CNY))

    rows = values(company, room, net, twice)

    assert [row[3] for row in rows] == ["1400", "2000", "800", "10"]


def test_descending_orders_put_missing_values_last(company: Company) -> None:
    company.orders(
        ("a", "2026-01-01", "li", "1"),
        ("b", "2026-01-02", "li", "2"),
        ("c", "2026-01-03", "li", "3"),
    )
    latest_first = Ordering("x", ("seller",), (("signed_on", True), ("order_id", False)))
    made = column("total", NET, Ordered(OrderFunction.TOTAL, "amount", latest_first))

    assert [row[1] for row in values(company, made)] == ["6", "5", "3"]
