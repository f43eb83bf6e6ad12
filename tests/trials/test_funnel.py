"""A marketing funnel: fees split between two roles, prizes shared by equals, shops never opened.

Real deals with the time of day, of which 462 of 842 lead to a shop that never sold. Worked out a
second time from the csv files with Python's Fraction alone.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from trial_company import Results

from attain.core.keys import key_for

FEES = {
    "home_decor": Fraction(350),
    "health_beauty": Fraction(420),
    "car_accessories": Fraction(310),
    "household_utilities": Fraction("333.33"),
}
UP_TO_PLACE = (0, 1500, 2400, 3000)
"""The prizes of the first places together."""


def cents(exact: Fraction) -> Decimal:
    return Decimal(int(exact * 100 + Fraction(1, 2))).scaleb(-2)


class Files:
    """The public files, read without the engine."""

    def __init__(self, data: Path, unpacked: Any, folder: Path) -> None:
        packed = sorted(data.glob("*.csv.gz"))
        self.deals, self.leads, self.sellers = (unpacked(one) for one in packed)
        self.won = self.rows(self.deals)
        self.staff = sorted({row[role] for row in self.won for role in ("sdr_id", "sr_id")})
        self.people = folder / "people.csv"
        self.people.write_text("\n".join(["person", *self.staff]) + "\n", encoding="utf-8")
        self.contacts = {row["mql_id"]: row["first_contact_date"] for row in self.rows(self.leads)}
        self.shops = {row["seller_id"] for row in self.rows(self.sellers)}

    @staticmethod
    def rows(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as text:
            return list(csv.DictReader(text))

    def fee(self, row: dict[str, str]) -> Fraction:
        """By segment, and more the sooner the deal was won."""
        first, won = self.contacts[row["mql_id"]], row["won_date"][:10]
        days = max(0, (date.fromisoformat(won) - date.fromisoformat(first)).days)
        factor = 120 if days < 15 else 110 if days < 45 else 100 if days < 120 else 85
        return FEES.get(row["business_segment"], Fraction(250)) * factor / 100


@pytest.fixture(scope="module")
def files(trial_data, unpacked, tmp_path_factory) -> Files:
    return Files(trial_data("olist_funnel"), unpacked, tmp_path_factory.mktemp("olist"))


@pytest.fixture(scope="module")
def may(company_of, files) -> Results:
    company = company_of("funnel")
    for dataset, file in (
        ("people", files.people),
        ("leads", files.leads),
        ("sellers", files.sellers),
        ("deals", files.deals),
    ):
        company.bring_in(file, dataset)
    return company.calculate("funnel", "2018-05")


def found(results: Results, component: str) -> dict[str, Any]:
    rows = [row for row in results.rows("outcomes") if row["component"] == component]
    return {row["subject"]: row["value"] for row in rows}


def expected(files: Files, figures: dict[str, Any]) -> dict[str, Any]:
    return {key_for("people", one): figures.get(one, 0) for one in files.staff}


def test_each_fee_is_split_between_opener_and_closer(may, files):
    credit: dict[str, Decimal] = defaultdict(Decimal)
    for row in files.won:
        if row["won_date"].startswith("2018-05"):
            credit[row["sdr_id"]] += cents(files.fee(row) * 3 / 10)
            credit[row["sr_id"]] += cents(files.fee(row) * 7 / 10)

    assert found(may, "credit") == expected(files, credit)


def test_what_was_credited_for_shops_that_never_sold(may, files):
    lost: dict[str, Decimal] = defaultdict(Decimal)
    for row in files.won:
        if "2018-03" <= row["won_date"][:7] <= "2018-05" and row["seller_id"] not in files.shops:
            lost[row["sdr_id"]] += cents(files.fee(row) * 3 / 10)
            lost[row["sr_id"]] += cents(files.fee(row) * 7 / 10)

    assert found(may, "lost_shops") == expected(files, lost)


def test_equals_share_the_prizes_of_their_places(may, files):
    closed = Counter(row["sr_id"] for row in files.won if row["won_date"].startswith("2018-05"))
    prizes: dict[str, Any] = dict.fromkeys(files.staff)
    for one, count in closed.items():
        place = 1 + sum(other > count for other in closed.values())
        last = sum(other >= count for other in closed.values())
        together = UP_TO_PLACE[min(last, 3)] - UP_TO_PLACE[min(place - 1, 3)]
        prizes[one] = Decimal(together * 100 // (last - place + 1)).scaleb(-2)

    assert found(may, "prize") == expected(files, prizes)
    assert found(may, "kickers") == expected(
        files, {one: count // 5 * 100 for one, count in closed.items()}
    )
