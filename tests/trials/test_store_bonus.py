"""A year of a grocer's transactions: stores that are measured, and campaigns that are.

The transactions are those of 25 stores in six months, so that it takes seconds; the campaigns
are told by the same six months. Worked out a second time with Decimal and Fraction alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from trial_company import Company
from trial_numbers import places, rounded, same

from attain.core.keys import key_for

STORES = 25
SINCE, UNTIL = "2017-01-01", "2017-07-01"
LEVELS = ((Fraction(-1, 10), "0"), (Fraction(0), "0.5"), (Fraction(1, 20), "1"))
PRIZES = {1: 500, 2: 300, 3: 200}


@dataclass
class Month:
    """What a store sold in a month."""

    sales: Decimal = Decimal(0)
    private_sales: Decimal = Decimal(0)
    line_bonuses: Decimal = Decimal(0)
    baskets: set[int] = field(default_factory=set)
    households: set[int] = field(default_factory=set)


def rows(query: str) -> list[tuple[Any, ...]]:
    return duckdb.connect().execute(query).fetchall()


@pytest.fixture(scope="module")
def data(trial_data, tmp_path_factory) -> dict[str, Path]:
    """The files, of the transactions only a part."""
    folder, own = trial_data("complete_journey"), tmp_path_factory.mktemp("journey")
    all_rows, some = folder / "transactions.parquet", own / "transactions.parquet"
    largest = (
        f"SELECT store_id FROM '{all_rows}' GROUP BY store_id "
        f"ORDER BY count(*) DESC, store_id LIMIT {STORES}"
    )
    duckdb.sql(
        f"COPY (SELECT * FROM '{all_rows}' WHERE store_id IN ({largest}) AND "
        f"transaction_timestamp < DATE '{UNTIL}') TO '{some}'"
    )
    duckdb.sql(f"COPY (SELECT DISTINCT store_id FROM '{some}') TO '{own / 'stores.csv'}' (HEADER)")
    names = ("products", "campaign_descriptions", "campaigns", "coupon_redemptions")
    files = {name: folder / f"{name}.parquet" for name in names}
    return {"stores": own / "stores.csv", **files, "transactions": some}


@pytest.fixture(scope="module")
def company(company_of, data) -> Company:
    made = company_of("journey")
    for dataset, file in data.items():
        made.bring_in(file, dataset)
    return made


def months(data: dict[str, Path]) -> dict[tuple[str, str], Month]:
    """By store and month, from the rows as they are."""
    own = dict(rows(f"SELECT product_id, brand = 'Private' FROM '{data['products']}'"))
    found: dict[tuple[str, str], Month] = defaultdict(Month)
    for store, basket, product, household, value, matched, when in rows(
        "SELECT store_id, basket_id, product_id, household_id, sales_value, coupon_match_disc, "
        f"transaction_timestamp FROM '{data['transactions']}'"
    ):
        one = found[str(store), f"{when:%Y-%m}"]
        rate = Decimal("0.015") if own.get(product) else Decimal("0.004")
        part = max(Decimal(0), value - matched) * rate
        one.sales += value
        one.private_sales += value if own.get(product) else 0
        one.line_bonuses += part.quantize(Decimal("0.0001"), ROUND_HALF_UP)
        one.baskets.add(basket)
        one.households.add(household)
    return found


def factor(growth: Fraction) -> Fraction:
    for edge, rate in LEVELS:
        if growth < edge:
            return Fraction(rate)
    return Fraction("1.2") if growth < Fraction(1, 5) else Fraction("1.5")


def test_every_store_gets_what_its_rows_say(company, data):
    found = months(data)
    stores = {store for store, _ in found}
    wanted: dict[str, dict[str, Any]] = {}
    for store in stores:
        now, before = found[store, "2017-03"], found[store, "2017-02"].sales
        growth = (Fraction(now.sales) - Fraction(before)) / Fraction(before) if before else None
        base = Fraction(now.line_bonuses) if len(now.baskets) >= 30 else Fraction(0)
        wanted[store] = {
            "sales": now.sales,
            "before": before,
            "private_sales": now.private_sales,
            "line_bonuses": now.line_bonuses,
            "baskets": len(now.baskets),
            "households": len(now.households),
            "growth_rate": growth,
            "store_bonus": None if growth is None else rounded(min(base * factor(growth), 400)),
        }
    large = {
        store: (own["growth_rate"], own["baskets"])
        for store, own in wanted.items()
        if own["baskets"] >= 100 and own["before"] > 0
    }
    order = places(large)
    for store, own in wanted.items():
        own["place"] = order.get(store)
        own["prize"] = PRIZES.get(order[store], 0) if store in order else None

    got = {
        row["store"]: row for row in company.calculate("store-month", "2017-03").rows("store_month")
    }

    assert len(got) == len(wanted) == STORES
    wrong = [
        (store, name, got[key_for("stores", store)][name], value)
        for store, own in wanted.items()
        for name, value in own.items()
        if not same(got[key_for("stores", store)][name], value)
    ]
    assert wrong == []


def spent(own: list[tuple[date, Decimal]], start: date, until: date) -> Decimal:
    return sum((value for day, value in own if start <= day < until), Decimal(0))


def test_a_campaign_is_told_by_what_its_households_spent(company, data):
    by_household: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for household, value, when in rows(
        f"SELECT household_id, sales_value, transaction_timestamp FROM '{data['transactions']}'"
    ):
        assert isinstance(when, datetime)
        by_household[household].append((when.date(), value))
    used: dict[tuple[int, int], int] = defaultdict(int)
    for household, campaign in rows(
        f"SELECT household_id, campaign_id FROM '{data['coupon_redemptions']}'"
    ):
        used[household, campaign] += 1
    got = {
        row["campaign"]: row
        for row in company.calculate("campaign-result", "2017").rows("campaign_year")
    }
    told = 0
    for campaign, _, start, end in rows(f"SELECT * FROM '{data['campaign_descriptions']}'"):
        if start < date(2017, 1, 1) or end > date(2017, 12, 31):
            continue
        row = got[key_for("campaign_descriptions", str(campaign))]
        households = [
            one
            for (one,) in rows(
                f"SELECT household_id FROM '{data['campaigns']}' WHERE campaign_id = {campaign}"
            )
        ]
        assert row["targeted"] == len(households)
        assert row["responded"] == sum(used[one, campaign] > 0 for one in households)
        assert row["used"] == sum(used[one, campaign] for one in households)
        length = end - start + timedelta(1)
        is_known = end < date.fromisoformat(UNTIL) and start - length >= date.fromisoformat(SINCE)
        if not is_known:
            continue
        told += 1
        now = [spent(by_household[one], start, end + timedelta(1)) for one in households]
        before = [spent(by_household[one], start - length, start) for one in households]
        assert (row["sales"], row["sales_before"]) == (sum(now), sum(before))
        assert row["winners"] == sum(a > b for a, b in zip(now, before, strict=True))
    # What the six months do not cover is no data, and not nothing.
    assert 0 < told == sum(row["uplift"] is not None for row in got.values())
