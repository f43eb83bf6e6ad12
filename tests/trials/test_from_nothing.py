"""From nothing to a payment: declarations read off public files, imported, calculated, corrected.

Nobody wrote a declaration for this company: `--declare` did, from the files as they are published.
Every figure is worked out a second time from the csv files with Fraction alone.
"""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from trial_company import Company, Results

from attain.cli.importing.declaring import declare
from attain.cli.importing.flow import Wishes
from attain.cli.workspace import Workspace
from attain.core.keys import key_for

Rows = list[dict[str, str]]
RATES = {5: 12, 4: 8, 3: 5, 2: 2}
KICKERS = {1: 3000, 2: 2000, 3: 1000}
FROM, UNTIL = "2017-07-01", "2017-10-01"


def cents(exact: Fraction) -> Decimal:
    """Rounded half up; nothing here is negative."""
    return Decimal(int(exact * 100 + Fraction(1, 2))).scaleb(-2)


def read(file: Path) -> Rows:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def bring_in(company: Company, file: Path, dataset: str | None = None) -> None:
    """Declare what a file holds, and import it by that."""
    [written] = declare(Workspace(company.folder), [file], Wishes(dataset=dataset))
    company.bring_in(file, written.stem)


def found(results: Results, component: str) -> dict[str, Any]:
    rows = [row for row in results.rows("outcomes") if row["component"] == component]
    return {row["subject"]: row["value"] for row in rows}


def expected(figures: dict[str, Any]) -> dict[str, Any]:
    return {key_for("people", one): value for one, value in figures.items()}


# --- deals, with the price realised ---


@dataclass(frozen=True)
class Deals:
    """Won deals of a quarter, read without the engine."""

    agents: list[str]
    prices: dict[str, int]
    won: dict[str, dict[str, str]]

    @classmethod
    def of(cls, data: Path, pipeline: Path) -> Deals:
        agents = [row["sales_agent"] for row in read(data / "sales_teams.csv")]
        prices = {row["product"]: int(row["sales_price"]) for row in read(data / "products.csv")}
        won = {
            row["opportunity_id"]: row
            for row in read(pipeline)
            if row["deal_stage"] == "Won" and FROM <= row["close_date"] < UNTIL
        }
        return cls(agents, prices, won)

    def line(self, row: dict[str, str]) -> Decimal:
        value = int(row["close_value"])
        price = self.prices[row["product"].replace("GTXPro", "GTX Pro")]
        rate = 3 if value >= price else 2 if value * 5 >= price * 4 else 1
        opened = date.fromisoformat(row["engage_date"])
        is_quick = (date.fromisoformat(row["close_date"]) - opened).days <= 30
        return cents(Fraction(value * rate, 100) * (Fraction(11, 10) if is_quick else 1))

    def figures(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """What each agent earns, the value of the three largest deals, and the last thirty days."""
        of_agent: dict[str, Rows] = {agent: [] for agent in self.agents}
        for row in self.won.values():
            of_agent[row["sales_agent"]].append(row)
        last = (date.fromisoformat(UNTIL) - timedelta(30)).isoformat()
        best = {
            agent: sum(sorted((int(row["close_value"]) for row in rows), reverse=True)[:3])
            for agent, rows in of_agent.items()
        }
        late = {
            agent: sum(int(row["close_value"]) for row in rows if row["close_date"] >= last)
            for agent, rows in of_agent.items()
        }
        earned = {
            agent: sum((self.line(row) for row in rows), Decimal(0))
            + cents(Fraction(best[agent], 1000))
            for agent, rows in of_agent.items()
        }
        return earned, best, late


def written_otherwise(folder: Path) -> Path:
    """The one product that deals write otherwise than the list does; they are refused without."""
    file = folder / "aliases.csv"
    file.write_text("kind,code,key\nproducts,GTXPro,GTX Pro\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def seller(company_of, trial_data, unpacked, tmp_path_factory) -> tuple[Company, Deals]:
    data = trial_data("crm_opportunities")
    pipeline = unpacked(data / "sales_pipeline.csv.gz")
    company = company_of("newcomer")
    bring_in(company, data / "sales_teams.csv", "people")
    bring_in(company, data / "products.csv")
    company.bring_in(written_otherwise(tmp_path_factory.mktemp("aliases")), "aliases")
    bring_in(company, pipeline)
    return company, Deals.of(data, pipeline)


def test_the_rate_of_a_deal_goes_by_the_price_it_realised(seller):
    company, deals = seller
    earned, best, late = deals.figures()

    results = company.calculate("realisation", "2017-Q3")

    assert found(results, "best_three") == expected(best)
    assert found(results, "by_thirty_days") == expected(late)
    assert found(results, "commission") == expected(earned)


def test_corrected_and_late_rows_count_once(seller, tmp_path):
    company, deals = seller
    again = Company(Path(shutil.copytree(company.folder, tmp_path / "company")))
    changed = dict(deals.won["0MNAGD91"], close_value="3999")
    late = dict(changed, opportunity_id="LATE0001", product="GTXPro", close_value="1000")
    total = {**dict.fromkeys(changed, ""), "sales_agent": "Total", "close_value": "8,998.00"}
    file = tmp_path / "sales_pipeline_fix.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as text:
        writer = csv.DictWriter(text, list(changed))
        writer.writeheader()
        writer.writerows([{**changed, "close_value": "3,999"}, late, changed, total])

    told = again.bring_in(file, "sales_pipeline")

    assert told["status"] == "stored"
    deals_now = replace(deals, won={**deals.won, "0MNAGD91": changed, "LATE0001": late})
    results = again.calculate("realisation", "2017-Q3")
    assert found(results, "commission") == expected(deals_now.figures()[0])


# --- reviews, months before days ---


@pytest.fixture(scope="module")
def staff(company_of, trial_data, unpacked) -> tuple[Results, Rows, Rows]:
    data = trial_data("hr_performance")
    people = unpacked(data / "Employee.csv.gz")
    reviews = unpacked(data / "PerformanceRating.csv.gz")
    company = company_of("newcomer")
    bring_in(company, people, "people")
    bring_in(company, reviews)
    return company.calculate("yearly-bonus", "2021"), read(people), read(reviews)


def last_reviews(reviews: Rows) -> dict[str, Rows]:
    """The reviews of 2021 by person; of one day, the one whose key comes last is the latest."""
    of_person: dict[str, Rows] = defaultdict(list)
    for row in reviews:
        if row["ReviewDate"].endswith("/2021"):
            of_person[row["EmployeeID"]].append(row)
    return of_person


def satisfaction(rows: Rows) -> Fraction:
    columns = ("JobSatisfaction", "EnvironmentSatisfaction", "RelationshipSatisfaction")
    return Fraction(sum(int(row[one]) for row in rows for one in columns), 3 * len(rows))


def test_the_bonus_of_a_year_by_rating_days_and_place(staff):
    results, people, reviews = staff
    of_person = last_reviews(reviews)
    assert {len(rows) for rows in of_person.values()} == {1}
    score = {
        one: (int(rows[-1]["ManagerRating"]), satisfaction(rows)) for one, rows in of_person.items()
    }
    dept = {row["EmployeeID"]: row["Department"] for row in people}

    bonus: dict[str, Any] = {}
    for row in people:
        one, hired = row["EmployeeID"], date.fromisoformat(row["HireDate"])
        days = max(0, (date(2022, 1, 1) - max(hired, date(2021, 1, 1))).days)
        if not days or one not in score:
            bonus[one] = None
            continue
        rating = score[one][0]
        better = sum(dept[other] == dept[one] and score[other] > score[one] for other in score)
        amount = Fraction(int(row["Salary"]) * RATES.get(rating, 0) * days, 100 * 365)
        bonus[one] = cents(amount + KICKERS.get(better + 1, 0))

    assert found(results, "bonus") == expected(bonus)
