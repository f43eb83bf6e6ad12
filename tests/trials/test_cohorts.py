"""Channels of a marketplace: what became of the leads of a month, and a budget shared by it."""

from __future__ import annotations

import csv
import itertools
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from trial_company import Company
from trial_numbers import places, rounded, same

FILES = {
    "leads": "olist_marketing_qualified_leads_dataset.csv.gz",
    "sellers": "olist_sellers_dataset.csv.gz",
    "deals": "olist_closed_deals_dataset.csv.gz",
}
POINTS = (
    (Fraction(0), Fraction(1, 2)),
    (Fraction(8, 100), Fraction(1)),
    (Fraction(1, 5), Fraction(9, 5)),
)
PRIZES = {1: 200, 2: 100}


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def files(trial_data, unpacked, tmp_path_factory) -> dict[str, Path]:
    data, own = trial_data("olist_funnel"), tmp_path_factory.mktemp("lists")
    found = {name: unpacked(data / packed) for name, packed in FILES.items()}
    people = sorted({one[role] for one in read(found["deals"]) for role in ("sdr_id", "sr_id")})
    origins = sorted({one["origin"] for one in read(found["leads"])} - {""})
    lists = {"people": ("person", people), "origins": ("origin", origins)}
    for name, (header, codes) in lists.items():
        (own / f"{name}.csv").write_text("\n".join([header, *codes, ""]), encoding="utf-8")
    return {**{name: own / f"{name}.csv" for name in lists}, **found}


@pytest.fixture(scope="module")
def company(company_of, files) -> Company:
    made = company_of("cohorts")
    for dataset, file in files.items():
        made.bring_in(file, dataset)
    return made


def between(rate: Fraction) -> Fraction:
    """Straight lines between the points, flat at both ends."""
    for (left, low), (right, high) in itertools.pairwise(POINTS):
        if rate <= right:
            return low + (high - low) * (rate - left) / (right - left)
    return POINTS[-1][1]


def shared(pot: int, weights: dict[str, int]) -> dict[str, int]:
    """Whole units, what is left to the largest remainders, and among equals by code."""
    exact = {one: Fraction(pot * weight, sum(weights.values())) for one, weight in weights.items()}
    parts = {one: int(share) for one, share in exact.items()}
    order = sorted(exact, key=lambda one: (parts[one] - exact[one], one))
    for one in order[: pot - sum(parts.values())]:
        parts[one] += 1
    return parts


@pytest.mark.parametrize("month", ["2017-12", "2018-03", "2018-05"])
def test_each_channel_gets_by_what_became_of_its_leads(company, files, month):
    deals = {one["mql_id"]: one for one in read(files["deals"])}
    active = {one["seller_id"] for one in read(files["sellers"])}
    leads = [one for one in read(files["leads"]) if one["first_contact_date"].startswith(month)]
    wanted: dict[str, dict[str, Any]] = {}
    for (origin,) in csv.reader(files["origins"].read_text(encoding="utf-8").splitlines()[1:]):
        own = [one for one in leads if one["origin"] == origin]
        won = [(one, deals[one["mql_id"]]) for one in own if one["mql_id"] in deals]
        days = [
            (
                date.fromisoformat(deal["won_date"][:10])
                - date.fromisoformat(lead["first_contact_date"])
            ).days
            for lead, deal in won
        ]
        wanted[origin] = {
            "leads_no": len(own),
            "pages": len({one["landing_page_id"] for one in own}),
            "after_30": sum(0 <= one <= 30 for one in days),
            "after_90": sum(0 <= one <= 90 for one in days),
            "ever": len(won),
            "active": sum(deal["seller_id"] in active for _, deal in won),
            "mean_days": Fraction(sum(days), len(days)) if days else None,
            "conversion": Fraction(sum(0 <= one <= 90 for one in days), len(own)) if own else None,
        }
    pot = 2000 + 5 * sum(own["leads_no"] for own in wanted.values())
    parts = shared(pot, {one: own["after_90"] for one, own in wanted.items()})
    large = {one: own for one, own in wanted.items() if own["leads_no"] >= 30}
    order = places({one: (own["conversion"], own["after_30"]) for one, own in large.items()})
    for origin, own in wanted.items():
        own["part"] = Decimal(parts[origin])
        own["place"] = order.get(origin)
        own["marketing_bonus"] = (
            rounded(parts[origin] * between(own["conversion"]) + PRIZES.get(order[origin], 0))
            if origin in order
            else None
        )

    got = {row["channel"]: row for row in company.calculate("cohorts", month).rows("channel_month")}

    wrong = [
        (origin, name, got[origin][name], value)
        for origin, own in wanted.items()
        for name, value in own.items()
        if not same(got[origin][name], value)
    ]
    assert len(got) == len(wanted)
    assert wrong == []
