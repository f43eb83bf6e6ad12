"""Rows made of rows: stacked, paired, cut into stretches, and the paths of a tree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from handmade import (
    AMOUNT,
    CNY,
    COUNT,
    DATE,
    DAYS,
    PEOPLE,
    SIGNED,
    TEXT,
    Company,
    Constant,
    Results,
    context,
    gather,
    key,
    maybe,
    narrowed,
    number,
    op,
    orders,
    plan,
    ref,
    relation,
    sellers,
    stored,
)

from attain.engine.compiler import Guard, compile_plan
from attain.engine.primitives.model import (
    CutRows,
    KeyPart,
    Lookup,
    PairRows,
    PathRows,
    Relation,
    SourceRows,
    StackPart,
    StackRows,
)

SELLER = ref("seller", maybe(PEOPLE))


# --- stacked ------------------------------------------------------------------------------------


def credits(*parts: StackPart) -> Relation:
    columns = stored(
        part=TEXT, order_id=TEXT, participant=maybe(PEOPLE), amount=maybe(CNY), date=DATE
    )
    return relation(
        "credits",
        (KeyPart("part", "text", TEXT), KeyPart("order_id", "text", TEXT)),
        StackRows(("order_id", "participant", "amount", "date"), parts),
        columns,
        date="date",
        covered_by=("orders",),
    )


def test_rules_of_credit_stand_one_under_the_other(company: Company) -> None:
    """Direct: all of it to the seller; overlay: half of what is signed to Zhao as well."""
    company.orders(
        ("1", "2026-01-05", "li", "100"),
        ("2", "2026-01-06", "wang", "40", "draft"),
    )
    order_id, date = ref("order_id", TEXT), ref("signed_on", DATE)
    half = narrowed(op("*", AMOUNT, number("0.5"), kind=CNY), CNY)
    made = plan(
        orders(),
        credits(
            StackPart("direct", "orders", (order_id, SELLER, AMOUNT, date)),
            StackPart(
                "overlay", "orders", (order_id, Constant("zhao", PEOPLE), half, date), SIGNED
            ),
        ),
        sellers(
            gather(
                "credited",
                "sum",
                AMOUNT,
                relation="credits",
                date="date",
                match=(("seller", ref("participant", maybe(PEOPLE))),),
            )
        ),
    )

    results = company.run(made)

    assert results.rows("credits", "part", "order_id", "participant?", "amount?") == [
        ("direct", "1", "li", "100"),
        ("direct", "2", "wang", "40"),
        ("overlay", "1", "zhao", "50"),
    ]
    assert results.rows("seller_quarter", "seller", "credited?") == [
        ("li", "100"),
        ("wang", "40"),
        ("zhao", "50"),
    ]


# --- paired -------------------------------------------------------------------------------------


def test_pairs_of_orders_and_the_people_assigned_at_the_time(company: Company) -> None:
    """Account x is Li's until 1 February, then Li's and Wang's."""
    company.dataset(
        "accounts",
        "account VARCHAR, person VARCHAR, effective_from DATE, effective_until DATE",
        [("x", "li", None, None), ("x", "wang", "2026-02-01", None)],
    )
    company.orders(("1", "2026-01-31", None, "10", "x"), ("2", "2026-02-01", None, "20", "x"))
    accounts = relation(
        "accounts",
        key(account="text", person="people", effective_from="text"),
        SourceRows("accounts"),
        stored(
            account=TEXT, person=PEOPLE, effective_from=maybe(DATE), effective_until=maybe(DATE)
        ),
    )
    pairs = relation(
        "pairs",
        key(**{"order_id": "text", "right.account": "text", "right.person": "people"}),
        PairRows("orders", "accounts", (("status", "account"),), at="signed_on"),
        stored(
            **{"order_id": TEXT, "signed_on": DATE, "amount": maybe(CNY), "right.person": PEOPLE}
        ),
        date="signed_on",
    )

    results = company.run(plan(accounts, orders(), pairs))

    assert results.rows("pairs", "order_id", "right.person", "amount?") == [
        ("1", "li", "10"),
        ("2", "li", "20"),
        ("2", "wang", "20"),
    ]


# --- cut ----------------------------------------------------------------------------------------


def stretches(basis: str) -> tuple[Relation, ...]:
    assigned = relation(
        "assigned",
        key(person="people", effective_from="text"),
        SourceRows("assigned"),
        stored(
            person=PEOPLE,
            target=maybe(CNY),
            effective_from=maybe(DATE),
            effective_until=maybe(DATE),
        ),
    )
    parts = {"seller": PEOPLE, "month": TEXT, "period_from": DATE, "period_until": DATE}
    made = {"from": DATE, "until": DATE, "days": DAYS, "by.target": maybe(CNY)}
    cut = relation(
        "stretches",
        key(**{"seller": "people", "month": "period:month", "from": "text"}),
        CutRows("seller_month", "assigned", "person", basis),
        stored(**parts, **made),
    )
    return assigned, sellers(period="month"), cut


def assign(company: Company, *rows: tuple[object, ...]) -> Company:
    columns = "person VARCHAR, target DECIMAL(24,6), effective_from DATE, effective_until DATE"
    return company.people(("li", "sales", None, None)).dataset("assigned", columns, rows)


def test_a_month_is_cut_where_the_target_changes(company: Company) -> None:
    """Until 21 June 3000, then 6000: 20 and 10 days of 30."""
    assign(company, ("li", "3000", None, "2026-06-21"), ("li", "6000", "2026-06-21", None))

    results = company.run(plan(*stretches("calendar_days"), period="month"), context("2026-06"))

    assert results.rows("stretches", "from", "until", "days", "by.target?") == [
        (dt.date(2026, 6, 1), dt.date(2026, 6, 21), 20, "3000"),
        (dt.date(2026, 6, 21), dt.date(2026, 7, 1), 10, "6000"),
    ]


def test_days_without_and_with_two_versions_say_so(company: Company) -> None:
    assign(company, ("li", "1", "2026-06-11", None), ("li", "2", "2026-06-21", None))

    results = company.run(plan(*stretches("calendar_days"), period="month"), context("2026-06"))

    assert [row[1:] for row in results.rows("stretches", "from", "days", "by.target?")] == [
        (10, "no_data.no_match"),
        (10, "1"),
        (10, "no_data.ambiguous_match"),
    ]


def test_stretches_are_counted_in_working_days_or_months(company: Company) -> None:
    """June 2026: the 19th is a holiday; 13 working days before the 21st less one, then 7."""
    assign(company, ("li", "1", None, "2026-06-21"), ("li", "2", "2026-06-21", None))

    working = company.run(plan(*stretches("working_days"), period="month"), context("2026-06"))
    months = company.run(plan(*stretches("whole_months"), period="month"), context("2026-06"))

    assert [row[1] for row in working.rows("stretches", "from", "days")] == [14, 7]
    assert [row[1] for row in months.rows("stretches", "from", "days")] == [1, 0]


def test_working_days_are_counted_to_the_end_of_the_last_year_whose_holidays_are_known(
    company: Company,
) -> None:
    """December 2026 has 23 weekdays and no holiday; of 2027 nothing is known yet."""
    assign(company, ("li", "1", None, "2026-12-21"), ("li", "2", "2026-12-21", None))

    found = company.run(plan(*stretches("working_days"), period="month"), context("2026-12"))

    # 1 to 20 December: 14; 21 to 31: 9
    assert [row[1] for row in found.rows("stretches", "from", "days")] == [14, 9]


# --- trees --------------------------------------------------------------------------------------

EDGES = (
    "hierarchy VARCHAR, child VARCHAR, parent VARCHAR, effective_from DATE, effective_until DATE"
)


def team(*, self: bool, period: str | None = "quarter") -> Relation:
    parts = {"member": "people", "ancestor": "people"}
    by = {period: f"period:{period}"} if period else {"effective_from": "text"}
    dates = (
        {"period_from": DATE, "period_until": DATE} if period else {"effective_until": maybe(DATE)}
    )
    if not period:
        dates["effective_from"] = maybe(DATE)
    leg = maybe(PEOPLE) if self else PEOPLE
    return relation(
        "team",
        key(**parts, **by),
        PathRows("edges", "reporting", self, period),
        stored(member=PEOPLE, ancestor=PEOPLE, distance=COUNT, leg=leg, **dates),
    )


def edges(company: Company, *rows: tuple[object, ...]) -> Company:
    return company.dataset("edges", EDGES, [("reporting", *row) for row in rows])


def test_everybody_stands_under_every_ancestor(company: Company) -> None:
    """Zhao over Wang over Li: Li's leg under Zhao is Wang."""
    edges(
        company,
        ("li", "wang", None, None),
        ("wang", "zhao", None, None),
        ("zhao", None, None, None),
    )

    results = company.run(plan(team(self=True)))

    assert results.rows("team", "member", "ancestor", "distance", "leg?") == [
        ("li", "li", 0, "not_applicable.self"),
        ("li", "wang", 1, "li"),
        ("li", "zhao", 2, "wang"),
        ("wang", "wang", 0, "not_applicable.self"),
        ("wang", "zhao", 1, "wang"),
        ("zhao", "zhao", 0, "not_applicable.self"),
    ]


def test_the_tree_is_read_on_the_last_day_of_the_period(company: Company) -> None:
    edges(company, ("li", "wang", None, "2026-03-31"), ("li", "zhao", "2026-03-31", None))

    results = company.run(plan(team(self=False)))

    assert results.rows("team", "member", "ancestor") == [("li", "zhao")]


def test_paths_in_time_hold_while_all_their_edges_do(company: Company) -> None:
    """Li is under Wang until February, Wang under Zhao from 15 January."""
    edges(company, ("li", "wang", None, "2026-02-01"), ("wang", "zhao", "2026-01-15", None))

    results = company.run(plan(team(self=False, period=None)))

    rows = results.rows("team", "member", "ancestor", "effective_from", "effective_until")
    assert rows == [
        ("li", "wang", None, dt.date(2026, 2, 1)),
        ("li", "zhao", dt.date(2026, 1, 15), dt.date(2026, 2, 1)),
        ("wang", "zhao", dt.date(2026, 1, 15), None),
    ]


@pytest.mark.parametrize("period", ["quarter", None])
@pytest.mark.parametrize(
    ("rows", "code", "chain"),
    [
        (
            [
                ("a", "b", None, None),
                ("b", "c", None, None),
                ("c", "a", None, None),
                ("x", "b", None, None),
            ],
            "TREE_CYCLE",
            "a → b → c → a",
        ),
        ([("a", "a", None, None)], "TREE_CYCLE", "a → a"),
        (
            [("a", "b", None, None), ("a", "c", "2026-03-01", None)],
            "TREE_SECOND_PARENT",
            "a → b, c",
        ),
    ],
)
def test_what_is_no_tree_stops_the_run_and_names_the_chain(
    company: Company, rows: list[tuple[object, ...]], code: str, chain: str, period: str | None
) -> None:
    company.people(*((name, "sales", None, None) for name in "abcx"))
    edges(company, *rows)

    found = first_guard(company, team(self=False, period=period))

    assert found == (code, {"chain": chain})


def first_guard(company: Company, tree: Relation) -> tuple[str, dict[str, object]]:
    class Stopped(Exception):
        pass

    class Watched(Results):
        def guarded(self, guard: Guard) -> None:
            found = self.session.found(guard)
            if found:
                raise Stopped(guard.code, dict(guard.tell(found)))

    with pytest.raises(Stopped) as stopped:
        Watched(company, compile_plan(plan(tree), context()))
    return stopped.value.args  # type: ignore[return-value]


def test_a_cycle_that_never_stood_at_one_time_is_none(company: Company) -> None:
    company.people(("a", "sales", None, None), ("b", "sales", None, None))
    edges(company, ("a", "b", None, "2026-02-01"), ("b", "a", "2026-02-01", None))

    results = company.run(plan(team(self=False, period=None)))

    assert len(results.rows("team", "member")) == 2


def test_a_parent_whom_nobody_knows_stops_the_run(company: Company) -> None:
    edges(company, ("li", "nobody", None, None))

    found = first_guard(company, team(self=True))

    assert found == ("TREE_UNKNOWN_PARENT", {"chain": "li → nobody"})


def test_who_stands_outside_the_tree_stands_under_themselves(company: Company) -> None:
    """Zhao has no manager and nobody below, and is there all the same; so is Wang at the top."""
    edges(company, ("li", "wang", None, None))

    results = company.run(plan(team(self=True)))

    assert results.rows("team", "member", "ancestor", "distance") == [
        ("li", "li", 0),
        ("li", "wang", 1),
        ("wang", "wang", 0),
        ("zhao", "zhao", 0),
    ]


def test_managers_add_up_their_teams(company: Company) -> None:
    """Li 10 and Wang 20 under Zhao: own, plus below: Wang 30, Zhao 30."""
    edges(company, ("li", "wang", None, None), ("wang", "zhao", None, None))
    company.orders(("1", "2026-01-05", "li", "10"), ("2", "2026-01-05", "wang", "20"))
    label = ref("quarter", TEXT)
    of_member = Lookup(
        "m", "seller_quarter", (("seller", ref("member", PEOPLE)), ("quarter", label))
    )
    tree = replace(team(self=True), lookups={"m": of_member})
    below = gather(
        "team_sales",
        "sum",
        ref("sales", maybe(CNY), "m"),
        relation="team",
        date=None,
        match=(("seller", ref("ancestor", PEOPLE)),),
        covered_by=(),
    )

    results = company.run(plan(orders(), sellers(gather("sales", "sum", AMOUNT), below), tree))

    assert results.rows("seller_quarter", "seller", "team_sales?") == [
        ("li", "10"),
        ("wang", "30"),
        ("zhao", "30"),
    ]


def test_pairs_may_read_what_is_gathered_over_them(company: Company) -> None:
    """Order 1 of 10 and order 2 of 20 belong to account x: each order's pairs count 1, and the
    pair shows that count again."""
    company.dataset(
        "accounts",
        "account VARCHAR, effective_from DATE, effective_until DATE",
        [("x", None, None)],
    )
    company.orders(("1", "2026-01-31", None, "10", "x"), ("2", "2026-02-01", None, "20", "y"))
    accounts = relation(
        "accounts",
        key(account="text"),
        SourceRows("accounts"),
        stored(account=TEXT, effective_from=maybe(DATE), effective_until=maybe(DATE)),
    )
    number_of_pairs = gather(
        "pairs_of",
        "count",
        relation="pairs",
        date=None,
        window=None,
        covered_by=(),
        match=(("order_id", ref("order_id", TEXT)),),
    )
    pairs = relation(
        "pairs",
        key(**{"order_id": "text", "right.account": "text"}),
        PairRows("orders", "accounts", (("status", "account"),), at="signed_on"),
        stored(**{"order_id": TEXT, "right.account": TEXT, "pairs_of": maybe(COUNT)}),
    )

    results = company.run(plan(accounts, orders(number_of_pairs), pairs))

    assert results.rows("pairs", "order_id", "pairs_of") == [("1", 1)]
    assert results.rows("orders", "order_id", "pairs_of") == [("1", 1), ("2", 0)]
