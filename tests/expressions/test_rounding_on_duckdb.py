"""Rounding in 64 bits where they hold a number, and in 128 where they do not: the same digits."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from attain.expressions.sql import figures
from attain.expressions.sql.build import cast, text
from attain.expressions.sql.duckdb import DuckDB
from attain.expressions.sql.figures import Figure, Quotient

# Eight decimals leave ten digits before the point in 64 bits: 9999999999.99999999 is the last.
CASES = [
    ("0.00500000", "0.01"),
    ("-0.00500000", "-0.01"),
    ("0.00499999", "0.00"),
    ("9999999999.99499999", "9999999999.99"),
    ("9999999999.99500000", "10000000000.00"),
    ("-9999999999.99500000", "-10000000000.00"),
    ("10000000000.00500000", "10000000000.01"),
    ("-10000000000.00500000", "-10000000000.01"),
    ("123456789012345678.12500000", "123456789012345678.13"),
]


@pytest.mark.parametrize(("given", "wanted"), CASES)
def test_half_a_cent_goes_away_from_zero_on_both_sides_of_64_bits(given: str, wanted: str) -> None:
    number = Quotient(Figure(cast(text(given), "DECIMAL(27, 8)"), 8, 8, 27))

    printed = DuckDB().narrow(number, 2).sql.sql("duckdb")

    assert "DECIMAL(18, 8)" in printed, "the short way is there"
    with duckdb.connect() as database:
        assert database.execute(f"SELECT {printed}").fetchone() == (Decimal(wanted),)


def test_a_number_without_room_for_it_is_rounded_the_long_way() -> None:
    number = Quotient(Figure(cast(text("0.1250"), "DECIMAL(38, 18)"), 18, 18, 38))

    assert DuckDB().narrow(number, 2).sql.sql("duckdb").startswith("ROUND(")


# Worked out on paper: the point moves, then half away from zero.
BY_TENS = [
    ("0.000000000000000050", "DECIMAL(38, 18)", 100, 18, "0.000000000000000001"),
    ("-0.000000000000000050", "DECIMAL(38, 18)", 100, 18, "-0.000000000000000001"),
    ("0.000000000000000049", "DECIMAL(38, 18)", 100, 18, "0"),
    ("99999999999999999999.999999999999999999", "DECIMAL(38, 18)", 10, 18, "10000000000000000000"),
    ("84.5", "DECIMAL(38, 18)", 1000, 3, "0.085"),
    ("-84.499999", "DECIMAL(24, 6)", 1000, 3, "-0.084"),
    ("999999999999999999.999999", "DECIMAL(24, 6)", 100, 18, "9999999999999999.99999999"),
    ("-7", "BIGINT", 10, 6, "-0.7"),
    ("999999999999999999", "BIGINT", 100, 2, "9999999999999999.99"),
    ("5", "BIGINT", 1000, 3, "0.005"),
]


@pytest.mark.parametrize(("given", "storage", "by", "scale", "wanted"), BY_TENS)
def test_to_divide_by_a_hundred_the_point_is_moved(
    given: str, storage: str, by: int, scale: int, wanted: str
) -> None:
    held = 0 if storage == "BIGINT" else int(storage.removesuffix(")").split(", ")[1])
    above = Figure(cast(text(given), storage), held, held, {0: 20, 6: 24}.get(held, 38))
    number = Quotient(above, figures.literal(Decimal(by)))

    printed = DuckDB().narrow(number, scale).sql.sql("duckdb")

    assert "attain_" not in printed
    with duckdb.connect() as database:
        assert database.execute(f"SELECT {printed}").fetchone() == (Decimal(wanted),)


@pytest.mark.parametrize("by", ["-100", "12", "0.1", "100.5", "1"])
def test_other_numbers_are_divided_by(by: str) -> None:
    above = Figure(cast(text("5"), "DECIMAL(24, 6)"), 6, 6, 24)
    number = Quotient(above, figures.literal(Decimal(by)))

    assert "attain_divide" in DuckDB().narrow(number, 18).sql.sql("duckdb").lower()
