"""A B2B pipeline: marginal slices deal by deal, teams over a named manager, places, grades, a pot.

Of 8,800 opportunities 2,089 are still open and have no closing day. Every figure of every agent is
worked out a second time here, from the csv, with Python's integers and Fraction alone.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from trial_company import Results

from attain.core.keys import key_for

Figures = dict[str, Any]
"""A figure for each agent."""
SPRING, SUMMER, AUTUMN = "2017-04-01", "2017-07-01", "2017-10-01"


def cents(exact: Fraction) -> Decimal:
    """Rounded half up; nothing here is negative."""
    return Decimal(int(exact * 100 + Fraction(1, 2))).scaleb(-2)


def slices(won: int) -> Fraction:
    """2 % up to 100,000, 3.5 % to 250,000, 6 % beyond."""
    middle, high = max(0, min(won, 250_000) - 100_000), max(0, won - 250_000)
    return Fraction(min(won, 100_000) * 20 + middle * 35 + high * 60, 1000)


class Files:
    """The public files, read without the engine."""

    def __init__(self, data: Path, unpacked: Any, folder: Path) -> None:
        self.deals = unpacked(data / "sales_pipeline.csv.gz")
        with (data / "sales_teams.csv").open(encoding="utf-8") as text:
            teams = list(csv.DictReader(text))
        managers = {row["manager"]: row["regional_office"] for row in teams}
        self.rows = [*((one, "", office) for one, office in sorted(managers.items()))]
        self.rows += [(one["sales_agent"], one["manager"], one["regional_office"]) for one in teams]
        # Managers stand only beside their agents: a list of people has a line for each of them.
        self.people = folder / "people.csv"
        lines = ["sales_agent,manager,regional_office", *(",".join(row) for row in self.rows)]
        self.people.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with self.deals.open(encoding="utf-8") as text:
            closed = [row for row in csv.DictReader(text) if row["close_date"]]
        self.closed = sorted(closed, key=lambda one: (one["close_date"], one["opportunity_id"]))

    def sums(self, stage: str, from_: str, until: str) -> tuple[Figures, Figures]:
        """What and how many of a stage each agent closed."""
        amount, count = (dict.fromkeys((one for one, *_ in self.rows), 0) for _ in range(2))
        for row in self.closed:
            if row["deal_stage"] == stage and from_ <= row["close_date"] < until:
                amount[row["sales_agent"]] += int(row["close_value"] or 0)
                count[row["sales_agent"]] += 1
        return amount, count


@pytest.fixture(scope="module")
def files(trial_data, unpacked, tmp_path_factory) -> Files:
    return Files(trial_data("crm_opportunities"), unpacked, tmp_path_factory.mktemp("crm"))


@pytest.fixture(scope="module")
def summer(company_of, files) -> Results:
    company = company_of("pipeline")
    company.bring_in(files.people, "people")
    company.bring_in(files.deals, "deals")
    return company.calculate("team", "2017-Q3")


def found(results: Results, component: str) -> Figures:
    rows = [row for row in results.rows("outcomes") if row["component"] == component]
    return {row["subject"]: row["text_value"] or row["value"] for row in rows}


def expected(figures: Figures) -> Figures:
    return {key_for("people", one): value for one, value in figures.items()}


def test_what_was_won_and_lost_in_the_quarter_and_the_one_before(summer, files):
    won, won_no = files.sums("Won", SUMMER, AUTUMN)
    _, lost_no = files.sums("Lost", SUMMER, AUTUMN)
    before, _ = files.sums("Won", SPRING, SUMMER)

    for component, figures in (
        ("won", won), ("won_no", won_no), ("lost_no", lost_no), ("before", before)
    ):  # fmt: skip
        assert found(summer, component) == expected(figures)


def test_lines_go_through_the_slices_deal_by_deal(summer, files):
    so_far: dict[str, int] = defaultdict(int)
    lines = dict.fromkeys((one for one, *_ in files.rows), Decimal(0))
    for row in files.closed:
        if not SUMMER <= row["close_date"] < AUTUMN or row["deal_stage"] != "Won":
            continue
        agent = row["sales_agent"]
        after = so_far[agent] + int(row["close_value"])
        lines[agent] += cents(slices(after) - slices(so_far[agent]))
        so_far[agent] = after

    assert found(summer, "by_lines") == expected(lines)


def test_managers_are_paid_by_their_teams_up_to_the_cap(summer, files):
    won, _ = files.sums("Won", SUMMER, AUTUMN)
    team: dict[str, int] = dict.fromkeys(won, 0)
    for agent, manager, _ in files.rows:
        if manager:
            team[manager] += won[agent]

    override = {
        one: cents(min(Fraction(sum_ * 75, 10_000), Fraction(4_000))) if sum_ else None
        for one, sum_ in team.items()
    }
    assert found(summer, "team_won") == expected(team)
    assert found(summer, "override") == expected(override)


def test_the_bonus_goes_by_a_tenth_more_than_last_quarter(summer, files):
    won, _ = files.sums("Won", SUMMER, AUTUMN)
    before, _ = files.sums("Won", SPRING, SUMMER)

    bonus: Figures = {}
    for one in won:
        if not before[one]:
            bonus[one] = None
            continue
        attainment = Fraction(won[one] * 10, before[one] * 11)
        tens = int(2000 * min(Fraction(3, 2), attainment) / 10)
        bonus[one] = tens * 10 if attainment >= Fraction(4, 5) else 0
    assert found(summer, "bonus") == expected(bonus)


def test_the_pot_is_shared_to_the_cent_by_largest_remainders(summer, files):
    won, _ = files.sums("Won", SUMMER, AUTUMN)
    whole = sum(won.values())
    parts = {one: 10_000_000 * amount // whole for one, amount in won.items()}
    rests = sorted(won, key=lambda one: 10_000_000 * won[one] % whole, reverse=True)
    for one in rests[: 10_000_000 - sum(parts.values())]:
        parts[one] += 1

    assert found(summer, "pot_share") == expected(
        {one: Decimal(part).scaleb(-2) for one, part in parts.items()}
    )


def test_places_and_grades_are_those_of_the_own_office(summer, files):
    won, won_no = files.sums("Won", SUMMER, AUTUMN)
    _, lost_no = files.sums("Lost", SUMMER, AUTUMN)
    offices: dict[str, list[str]] = defaultdict(list)
    for one, _, office in files.rows:
        if won_no[one] + lost_no[one]:
            offices[office].append(one)

    def last(one: str, among: list[str]) -> int:
        """The place of the last of those equal to one."""
        own = (won[one], won_no[one])
        return sum((won[other], won_no[other]) >= own for other in among)

    place: Figures = dict.fromkeys(won)
    grade: Figures = dict.fromkeys(won)
    for members in offices.values():
        through = [m for m in members if won_no[m] * 10 >= (won_no[m] + lost_no[m]) * 6]
        best = [m for m in through if last(m, through) <= len(members) * 20 // 100]
        others = [m for m in members if m not in best]
        for one in members:
            place[one] = 1 + sum((won[m], won_no[m]) > (won[one], won_no[one]) for m in members)
            is_b = one in others and last(one, others) <= len(members) * 50 // 100
            grade[one] = "A" if one in best else "B" if is_b else "C"
    assert found(summer, "place") == expected(place)
    assert found(summer, "grade") == expected(grade)
