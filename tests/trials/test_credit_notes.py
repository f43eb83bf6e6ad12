"""A wholesaler's invoices: credit notes that name no sale take back the oldest one that is left.

541,909 real lines, 135,080 of them without a customer. Each month is worked out a second time with
a queue of sales for every customer and stock code, and Fraction alone.
"""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from trial_company import Company

MONTH = "2011-06"
Thing = tuple[str, str]
"""A customer and what was bought."""


def cents(exact: Fraction) -> Decimal:
    """Rounded half up; nothing here is negative."""
    return Decimal(int(exact * 100 + Fraction(1, 2))).scaleb(-2)


def rate(day: date) -> Fraction:
    return Fraction(5 if day.year == 2010 else 3, 100)


class Invoices:
    """Sales and credit notes of known customers, in the order of their days and lines."""

    def __init__(self, file: Path) -> None:
        query = (
            "SELECT CAST(CustomerID AS VARCHAR), StockCode, CAST(InvoiceDate AS DATE), Quantity,"
            f" UnitPrice, InvoiceNo FROM '{file}' WHERE CustomerID IS NOT NULL"
            " ORDER BY CAST(InvoiceDate AS DATE), CAST(line_no AS VARCHAR)"
        )
        rows = duckdb.connect().execute(query).fetchall()
        self.sales: dict[Thing, list[tuple[date, int, Fraction]]] = defaultdict(list)
        self.notes: dict[Thing, list[tuple[date, int]]] = defaultdict(list)
        for customer, code, day, pieces, price, number in rows:
            if pieces > 0:
                self.sales[customer, code].append((day, pieces, Fraction(price)))
            elif number.startswith("C"):
                self.notes[customer, code].append((day, -pieces))

    def earned(self) -> Decimal:
        lines = (one for of_thing in self.sales.values() for one in of_thing)
        return sum(
            (cents(n * price * rate(day)) for day, n, price in lines if f"{day:%Y-%m}" == MONTH),
            Decimal(0),
        )

    def taken_back(self) -> tuple[Decimal, int]:
        """What the notes of the month take back, and the pieces that no earlier sale covers."""
        back, uncovered = Decimal(0), 0
        for thing, notes in self.notes.items():
            left = deque(self.sales.get(thing, ()))
            for day, pieces in notes:
                is_counted = f"{day:%Y-%m}" == MONTH
                while pieces and left and left[0][0] <= day:
                    sold_on, n, price = left.popleft()
                    taken = min(pieces, n)
                    pieces -= taken
                    if n > taken:
                        left.appendleft((sold_on, n - taken, price))
                    back += cents(taken * price * rate(sold_on)) if is_counted else Decimal(0)
                uncovered += pieces if is_counted else 0
        return back, uncovered


@pytest.fixture(scope="module")
def company(company_of, trial_data, tmp_path_factory) -> Company:
    company = company_of("giftshop")
    shop = tmp_path_factory.mktemp("shop") / "units.csv"
    shop.write_text("unit\nshop\n", encoding="utf-8")
    company.bring_in(shop, "units")
    company.bring_in(trial_data("online_retail") / "online_retail.parquet", "online_retail")
    return company


def test_credit_notes_take_back_the_oldest_sale_that_is_left(company, trial_data):
    invoices = Invoices(trial_data("online_retail") / "online_retail.parquet")
    back, uncovered = invoices.taken_back()

    results = company.calculate("credit-notes", MONTH)

    [month] = results.rows("month")
    assert (month["earned"], month["taken_back"]) == (invoices.earned(), back)
    assert month["untold"] == uncovered
    [paid] = [row["value"] for row in results.rows("outcomes") if row["component"] == "bonus"]
    assert paid == invoices.earned() - back
    assert back > 0 < uncovered
