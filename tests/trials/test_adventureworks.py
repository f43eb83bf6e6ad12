"""AdventureWorks: quotas from odd dates, attainment, tiers, bonus, roll-up and territories.

Every figure is worked out a second time here, from the files, with Python's Decimal and Fraction
alone. Seasons run from one quota date to the next; the last ends with November 2013.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from trial_company import Company, Results

from attain.core.keys import key_for

LATER = timedelta(days=4170)
"""How much later the other system's dates are."""
LAST = date(2013, 12, 1)
CENT = Decimal("0.01")
Season = tuple[str, str]
"""Who, and the first day of the season."""


class Files:
    """The public files, unpacked, and read without the engine."""

    def __init__(self, data: Path, unpacked) -> None:
        self.lines = data / "dw_fact_reseller_sales.parquet"
        self.territories = data / "raw" / "SalesTerritoryHistory.csv"
        self.quota_history = data / "raw" / "SalesPersonQuotaHistory.csv"
        self.quotas = unpacked(data / "dw_fact_sales_quota.csv.gz")
        self.people = unpacked(data / "dw_dim_employee.csv.gz")
        self.employees = unpacked(data / "oltp_employee.csv.gz")
        self.terms = unpacked(data / "oltp_sales_person.csv.gz")
        # The other database writes 0.0120 as .0120, which no file of ours may say.
        bare = self.terms.read_text()
        self.terms.write_text(re.sub(r"(?<=,)\.(?=\d)", "0.", bare))

    @property
    def quota_dates(self) -> list[date]:
        return sorted({date.fromisoformat(row["Date"]) for row in read(self.quotas)})

    def orders(self) -> list[tuple[str, str, date, Decimal]]:
        """Seller, territory, day and amount of every line."""
        query = (
            "SELECT CAST(EmployeeKey AS VARCHAR), CAST(SalesTerritoryKey AS VARCHAR), OrderDate,"
            f" SalesAmount FROM '{self.lines}'"
        )
        return duckdb.connect().execute(query).fetchall()


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def files(trial_data, unpacked) -> Files:
    return Files(trial_data("adventureworks"), unpacked)


@pytest.fixture(scope="module")
def company(files, company_of, tmp_path_factory) -> Company:
    """The workspace with every file in its lake."""
    made = tmp_path_factory.mktemp("made")
    company = company_of("adventureworks")
    company.bring_in(files.people, "people")
    company.bring_in(files.quotas, "quotas")
    company.bring_in(files.employees, "employees")
    company.bring_in(files.terms, "sales_persons")
    company.bring_in(files.lines, "order_lines")
    tab = ("business_id=A", "territory=B", "start_on=C", "end_on=D")
    company.bring_in(files.territories, "territories_held", tab)
    company.bring_in(edges(files, made / "edges.csv"), "edges")
    company.bring_in(calendar(files, made / "calendars.csv"), "calendars")
    return company


def edges(files: Files, target: Path) -> Path:
    """The column ParentEmployeeKey as a hierarchy."""
    with target.open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["hierarchy", "child", "parent"])
        for row in read(files.people):
            if row["ParentEmployeeKey"]:
                writer.writerow(["reporting", row["EmployeeKey"], row["ParentEmployeeKey"]])
    return target


def calendar(files: Files, target: Path) -> Path:
    """The quota dates as periods, and all of them as one, so that one run calculates them all."""
    days = [*files.quota_dates, LAST]
    with target.open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["calendar", "kind", "label", "from", "until"])
        for start, until in pairwise(days):
            writer.writerow(["quotas", "season", start, start, until])
        writer.writerow(["quotas", "whole", "all", days[0], days[-1]])
    return target


@pytest.fixture(scope="module")
def calculated(company) -> Results:
    return company.calculate("quotas-and-commission", "quotas:all")


@pytest.fixture(scope="module")
def got(calculated) -> dict[Season, dict]:
    """The engine's rows by seller and first day."""
    rows = calculated.rows("seller_season")
    return {(row["seller"], row["season"]): row for row in rows}


@pytest.fixture(scope="module")
def quotas(files) -> dict[Season, Decimal]:
    return {
        (key_for("people", row["EmployeeKey"]), row["Date"]): Decimal(row["SalesAmountQuota"])
        for row in read(files.quotas)
    }


@pytest.fixture(scope="module")
def sales(files) -> dict[Season, Decimal]:
    found: dict[Season, Decimal] = defaultdict(Decimal)
    for seller, _, day, amount in files.orders():
        found[key_for("people", seller), season_of(files, day)] += amount
    return found


def season_of(files: Files, day: date) -> str:
    return max(start for start in files.quota_dates if start <= day).isoformat()


def cents(amount: Fraction | Decimal) -> Decimal:
    exact = Fraction(amount)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)


def narrowed(exact: Fraction) -> Fraction:
    """A ratio as it is stored: 18 decimals, half up."""
    return Fraction(int(exact * 10**18 + Fraction(1, 2)), 10**18)


def test_attainment_of_all_163_quotas_is_exact(got, quotas, sales):
    assert len(quotas) == 163

    for which, quota in quotas.items():
        wanted = narrowed(Fraction(sales.get(which, Decimal(0))) / Fraction(quota))
        assert Fraction(got[which]["attainment"]) == wanted

    others = [row for which, row in got.items() if which not in quotas]
    assert {row["attainment__why"] for row in others} == {"not_applicable.no_quota"}


def test_the_two_systems_have_the_same_quotas(files, company, quotas):
    columns = ("business_id=A", "quota_from=B", "amount=C")

    company.bring_in(files.quota_history, "quota_history", columns)

    of_person = business_ids(files)
    with files.quota_history.open() as text:
        rows = list(csv.reader(text, delimiter="\t"))
    other = {
        (of_person[row[0]], (date.fromisoformat(row[1][:10]) - LATER).isoformat()): Decimal(row[2])
        for row in rows
    }
    assert other == quotas


def business_ids(files: Files) -> dict[str, str]:
    """The key of the person behind each number of the other system, for those who sell."""
    national = {row["BusinessEntityID"]: row["NationalIDNumber"] for row in read(files.employees)}
    own = {
        row["EmployeeNationalIDAlternateKey"]: key_for("people", row["EmployeeKey"])
        for row in read(files.people)
        if row["SalesPersonFlag"] == "1"
    }
    return {number: own[code] for number, code in national.items() if code in own}


def test_tiers_are_slices_of_the_quota(got, quotas, sales):
    for which, quota in quotas.items():
        sold, edge = sales.get(which, Decimal(0)), quota * Decimal("1.2")
        first = min(sold, quota) * Decimal("0.01")
        second = max(Decimal(0), min(sold, edge) - quota) * Decimal("0.015")
        third = max(Decimal(0), sold - edge) * Decimal("0.02")
        assert got[which]["tiered"] == cents(first + second + third)


def test_commission_at_each_persons_rate_and_bonus_from_ninety_percent(files, got, quotas, sales):
    terms = {
        business_ids(files)[row["BusinessEntityID"]]: (
            Decimal(row["CommissionPct"]),
            Decimal(row["Bonus"]),
        )
        for row in read(files.terms)
    }

    reached = 0
    for which, quota in quotas.items():
        rate, bonus = terms[which[0]]
        sold = sales.get(which, Decimal(0))
        assert got[which]["commission"] == cents(sold * rate)
        if sold * 10 >= quota * 9:
            reached += 1
            assert got[which]["bonus"] == bonus
        else:
            assert got[which]["bonus__why"].startswith("not_applicable.")
    assert 0 < reached < 163


def test_managers_roll_up_everybody_below(files, got, sales):
    parent = {
        key_for("people", row["EmployeeKey"]): key_for("people", row["ParentEmployeeKey"])
        for row in read(files.people)
        if row["ParentEmployeeKey"]
    }
    below: dict[Season, Decimal] = defaultdict(Decimal)
    for (seller, season), amount in sales.items():
        above = parent.get(seller)
        while above is not None:
            below[above, season] += amount
            above = parent.get(above)

    for which, row in got.items():
        assert row["sales_below"] == below.get(which, Decimal(0))
        assert row["team_sales"] == sales.get(which, Decimal(0)) + row["sales_below"]
    assert sum(row["sales_below"] > 0 for row in got.values()) > 12


def test_territories_are_those_held_on_the_day_of_the_order(files, got):
    of_person = business_ids(files)
    held: dict[tuple[str, str], list[tuple[date, date | None]]] = defaultdict(list)
    with files.territories.open() as text:
        for number, territory, start, end, *_ in csv.reader(text, delimiter="\t"):
            until = date.fromisoformat(end[:10]) - LATER if end else None
            span = (date.fromisoformat(start[:10]) - LATER, until)
            held[of_person[number], territory].append(span)
    inside: dict[Season, Decimal] = defaultdict(Decimal)
    for seller, territory, day, amount in files.orders():
        person = key_for("people", seller)
        spans = held.get((person, territory), [])
        if any(start <= day and (end is None or day <= end) for start, end in spans):
            inside[person, season_of(files, day)] += amount

    for which, row in got.items():
        assert row["territory_sales"] == inside.get(which, Decimal(0))
    assert sum(inside.values()) < sum(row["sales"] for row in got.values())


def test_nothing_is_lost_on_the_way(files, got):
    assert sum(row["sales"] for row in got.values()) == Decimal("80450596.9823")


def test_one_season_alone_gives_the_same_numbers(company, got):
    alone = company.calculate("quotas-and-commission", "quotas:2012-06-30").rows("seller_season")

    assert len(alone) == 17
    for row in alone:
        assert row == got[row["seller"], row["season"]]
