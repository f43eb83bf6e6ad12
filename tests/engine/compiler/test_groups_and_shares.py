"""A row against its population, and an exact amount split over rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from handmade import (
    AMOUNT,
    CNY,
    COUNT,
    PEOPLE,
    TEXT,
    Company,
    column,
    formula,
    gather,
    maybe,
    narrowed,
    number,
    op,
    orders,
    plan,
    ratio,
    ref,
    sellers,
    word,
)

from attain.engine.primitives.model import (
    Column,
    Grouped,
    GroupFunction,
    Population,
    Residue,
    Shared,
)

ALL = Population("all", ())


def grouped(
    name: str, function: str, *by: tuple[str, bool], population: Population = ALL, **more: object
) -> Column:
    counting = function in ("rank", "dense_rank", "last_rank", "count")
    made = Grouped(GroupFunction(function), by, population, **more)  # type: ignore[arg-type]
    return column(name, maybe(COUNT if counting else CNY), made)


def of_sellers(company: Company, *made: Column) -> list[object]:
    names = [f"{one.name}?" for one in made]
    rows = company.run(plan(orders(), sellers(gather("sales", "sum", AMOUNT), *made)))
    return rows.rows("seller_quarter", "seller", *names)


def sales(company: Company, li: str | None, wang: str | None, zhao: str | None) -> Company:
    day = "2026-01-05"
    return company.orders(("1", day, "li", li), ("2", day, "wang", wang), ("3", day, "zhao", zhao))


def test_ties_share_the_place(company: Company) -> None:
    """9, 9, 7: places 1, 1, 3; dense 1, 1, 2; last of the tie 2, 2, 3."""
    sales(company, "9", "9", "7")
    by = ("sales", True)

    rows = of_sellers(
        company,
        grouped("rank", "rank", by),
        grouped("dense", "dense_rank", by),
        grouped("last", "last_rank", by),
    )

    assert rows == [("li", "1", "1", "2"), ("wang", "1", "1", "2"), ("zhao", "3", "2", "3")]


def test_sums_and_means_of_the_population(company: Company) -> None:
    """10 + 10 + 5 = 25, mean 8.333333."""
    sales(company, "10", "10", "5")

    rows = of_sellers(
        company,
        grouped("sum", "sum", ("sales", True)),
        grouped("mean", "mean", ("sales", True)),
        grouped("least", "min", ("sales", True)),
        grouped("most", "max", ("sales", True)),
        grouped("count", "count"),
    )

    assert rows[0] == ("li", "25", "8.333333", "5", "10", 3)


def test_somebody_without_data_makes_every_place_unknown(company: Company) -> None:
    sales(company, "9", None, "7")
    by = ("sales", True)

    rows = of_sellers(
        company, grouped("strict", "rank", by), grouped("skipped", "rank", by, skip_missing=True)
    )

    missing = "no_data.value"
    assert rows == [("li", missing, "1"), ("wang", missing, missing), ("zhao", missing, "2")]


def test_who_is_outside_the_population_is_not_ranked(company: Company) -> None:
    sales(company, "9", "8", "7")
    not_li = formula("counts", op("<>", ref("seller", PEOPLE), word("li")))
    population = Population("others", (), "counts")

    rows = of_sellers(
        company, not_li, grouped("rank", "rank", ("sales", True), population=population)
    )

    assert [row[2] for row in rows] == ["not_applicable.outside_population", "1", "2"]


def test_a_partition_compares_its_own_members_only(company: Company) -> None:
    company.people(
        ("li", "a", None, None),
        ("wang", "b", None, None),
        ("zhao", "b", None, None),
        ("qian", None, None, None),
    )
    sales(company, "1", "8", "9")
    by_department = Population("by", ("department",))

    rows = of_sellers(company, grouped("rank", "rank", ("sales", True), population=by_department))

    assert rows == [("li", "1"), ("qian", "no_data.value"), ("wang", "2"), ("zhao", "1")]


# --- sharing out --------------------------------------------------------------------------------


def parts(company: Company, pot: str, weights: list[str | None], **how: object) -> list[object]:
    """The pot over orders with these amounts as weights, in the order of their numbers."""
    given = {"residue": Residue.LARGEST, "order": (("order_id", False),), **how}
    company.orders(*((str(n), "2026-01-01", "li", w) for n, w in enumerate(weights, 1)))
    made = Shared("pot", "amount", ("seller",), "0.01", **given)  # type: ignore[arg-type]
    kept = plan(
        orders(formula("pot", narrowed(number(pot, CNY), CNY)), column("part", maybe(CNY), made))
    )
    return [row[1] for row in company.run(kept).rows("orders", "order_id", "part?")]


@pytest.mark.parametrize(
    ("pot", "weights", "shares"),
    [
        # 33.333… each: three times 33.33, and the cent that is left to the first of equals.
        ("100", ["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        ("-100", ["1", "1", "1"], ["-33.34", "-33.33", "-33.33"]),
        # 5.994 and 3.996: cut to 5.99 and 3.99, the larger remainder is the second's.
        ("9.99", ["60", "40"], ["5.99", "4"]),
        # Nothing by a weight of zero.
        ("10", ["0", "5"], ["0", "10"]),
        # Half a cent cannot be a step: it goes to the next in line.
        ("0.015", ["1", "1", "1"], ["0.01", "0.005", "0"]),
    ],
)
def test_the_largest_remainders_get_what_is_left(
    company: Company, pot: str, weights: list[str | None], shares: list[str]
) -> None:
    assert parts(company, pot, weights) == shares


def test_the_first_the_last_or_a_named_row_gets_the_residue(company: Company) -> None:
    """9.99 at 60/40 with the rest to the first: 6.00 and 3.99; to the second: 5.99 and 4.00."""
    second = op("=", ref("order_id", TEXT), word("2"))

    assert parts(company, "9.99", ["60", "40"], residue=Residue.FIRST) == ["6", "3.99"]
    assert parts(company, "9.99", ["60", "40"], residue=Residue.LAST) == ["5.99", "4"]
    named = parts(company, "9.99", ["60", "40"], residue=Residue.NAMED, named=second)
    assert named == ["5.99", "4"]


def test_nothing_to_share_by_and_missing_weights(company: Company) -> None:
    assert set(parts(company, "10", ["0", "0"])) == {"no_data.nothing_to_share_by"}
    assert set(parts(company, "10", ["1", None])) == {"no_data.value"}


def test_of_an_empty_pot_everybody_gets_nothing(company: Company) -> None:
    assert parts(company, "0", ["0", "0"]) == ["0", "0"]
    assert parts(company, "0", ["1", "2"]) == ["0", "0"]


def test_in_order_fills_each_up_to_its_capacity(company: Company) -> None:
    """100 into 60, 60, 60: 60, 40, 0."""
    assert parts(company, "100", ["60", "60", "60"], capacity="amount") == ["60", "40", "0"]


def test_weights_of_eighteen_decimals_do_not_overflow(company: Company) -> None:
    """1000.01 by 0.89 and 0.11: 890.0089 and 110.0011, the cent left goes to the first."""
    made = Shared("pot", "share", (), "0.01", Residue.LARGEST, (("order_id", False),))
    company.orders(("1", "2026-01-01", "li", "89"), ("2", "2026-01-01", "li", "11"))
    kept = plan(
        orders(
            formula("pot", narrowed(number("1000.01", CNY), CNY)),
            formula("share", ratio(AMOUNT, number("100", CNY))),
            column("part", maybe(CNY), made),
        )
    )

    rows = company.run(kept).rows("orders", "order_id", "part?")

    assert rows == [("1", "890.01"), ("2", "110")]


def test_shares_always_add_up_to_the_pot(company: Company) -> None:
    """INV-C10: 1 000 000 000.07 over weights 1, 2, … 40: no cent is lost or made."""
    shares = parts(company, "1000000000.07", [str(n) for n in range(1, 41)])

    assert sum(Decimal(str(share)) for share in shares) == Decimal("1000000000.07")
