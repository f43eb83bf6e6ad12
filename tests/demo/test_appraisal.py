"""The third quarter's appraisal comes out of the files as the story tells it (S14).

Worked out here with fractions, apart from the generator and from any engine.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from duckdb import DuckDBPyConnection

from attain.demo.story import Story, story

WEIGHTS = {"sales": 40, "growth": 20, "satisfaction": 15, "share": 15, "new_customers": 10}
POINTS = {"A": 100, "B": 80, "C": 60, "D": 40}
PEOPLE = sorted(story().appraisal.people)


def _one(database: DuckDBPyConnection, query: str, *values: object) -> Fraction:
    return Fraction(database.execute(query, list(values)).fetchall()[0][0])


def _letter(value: Fraction, edges: tuple[int, int, int]) -> str:
    for letter, edge in zip("ABC", edges, strict=True):
        if value * 100 >= edge:
            return letter
    return "D"


def _ratios(database: DuckDBPyConnection, person: str) -> dict[str, Fraction]:
    def target(indicator: str) -> Fraction:
        return _one(
            database,
            "SELECT value FROM targets WHERE subject = ? AND indicator = ? AND period = '2026-Q3'",
            person, indicator,
        )  # fmt: skip

    def share(period: str) -> Fraction:
        return _one(
            database,
            "SELECT share FROM market_shares WHERE person = ? AND period = ?",
            person, period,
        )  # fmt: skip

    sales = _one(database, "SELECT signed_in(?, q3())", person)
    before = _one(database, "SELECT signed_in(?, q3_before())", person)
    developed = _one(database, "SELECT count(*) FROM customers WHERE developed_by = ?", person)
    answers = database.execute("SELECT score FROM surveys WHERE person = ?", [person]).fetchall()
    scores = [Fraction(score) for (score,) in answers]
    return {
        "sales": sales / _one(database, "SELECT target_of(?, 'sales', q3())", person),
        "growth": (sales - before) / before / target("sales_growth"),
        "satisfaction": sum(scores) / len(scores) / 100,
        "share": (share("2026-Q3") - share("2025-Q3")) / target("market_share_change"),
        "new_customers": developed / target("new_customers"),
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_letters_and_score_are_as_told(
    database: DuckDBPyConnection, story: Story, person: str
) -> None:
    ratios = _ratios(database, person)

    letters = {
        row: _letter(ratio, (90, 80, 70) if row == "satisfaction" else (120, 100, 80))
        for row, ratio in ratios.items()
    }
    score = sum(Fraction(WEIGHTS[row] * POINTS[letter], 100) for row, letter in letters.items())

    told = story.appraisal.people[person]
    assert "".join(letters.values()) == told.letters
    assert score == Fraction(told.score)


def test_everything_of_one_person_is_exactly_on_its_target(database: DuckDBPyConnection) -> None:
    ratios = _ratios(database, "E-1009")

    assert ratios == {
        "sales": 1,
        "growth": 1,
        "satisfaction": Fraction(80, 100),
        "share": 1,
        "new_customers": 1,
    }


def test_the_mean_score_is_78_09(story: Story) -> None:
    """1,718 points of 22 people."""
    scores = [told.score for told in story.appraisal.people.values()]

    assert (len(scores), sum(scores)) == (22, 1718)


def test_grades_fill_no_more_than_their_places(story: Story) -> None:
    """22 people: 10 % are 2.2, so 2 places in A; 20 % are 4.4, so 4 in B."""
    grades = {grade: len(people) for grade, people in story.appraisal.grades.items()}

    assert grades == {"A": 1, "B": 4, "C": 11, "D": 4, "E": 2}


def test_two_people_of_east_do_not_take_part(database: DuckDBPyConnection) -> None:
    members = database.execute(
        """SELECT DISTINCT subject FROM plan_members
           WHERE plan = 'quarterly-sales-appraisal' AND subject LIKE 'E-10%'
             AND effective_from <= '2026-09-30'
             AND coalesce(effective_until, 'infinity') > '2026-09-30' ORDER BY subject"""
    ).fetchall()

    assert [member for (member,) in members] == PEOPLE
