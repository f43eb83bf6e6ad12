"""Rounding in 64 bits where they hold a number, and in 128 where they do not: the same digits."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

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
