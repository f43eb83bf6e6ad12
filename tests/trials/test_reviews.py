"""A year's appraisal of a company: scores, quotas in each role, a pot of each department, raises.

Real columns under other names, days written month first, people without a review and people who
have left. Worked out a second time from the csv files with Python's Fraction alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from trial_company import Results

from attain.core.keys import key_for

FIRST, LAST = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
FACTOR = {"A": Fraction(8, 5), "B": Fraction(6, 5), "C": Fraction(1), "D": Fraction(1, 2)}
PLACES = (("A", 90, 10), ("B", 75, 30))


@dataclass
class Employee:
    """Whoever is there at the end of the year, and what the rules make of the reviews."""

    role: str
    department: str
    hired: dt.date
    salary: Fraction
    manager: int = 0
    lowest: int = 0
    score: int | None = None
    grade: str | None = None
    bonus: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        return self.score or 0, self.manager, (LAST - self.hired).days

    @property
    def weight(self) -> Fraction:
        started = max(self.hired, FIRST)
        months = 12 - (started.month - 1) - (started.day > 1)
        return self.salary * FACTOR[self.grade] * months / 12 if self.grade else Fraction(0)

    def raised(self, mean: Fraction) -> int:
        low, middle = self.salary < mean * 4 / 5, self.salary < mean * 6 / 5
        of_a = 8 if low else 6 if middle else 4
        percent = {"A": of_a, "B": 5 if self.salary < mean else 3, "C": 2}.get(self.grade or "", 0)
        return math.ceil(self.salary * (100 + percent) / 100 / 100) * 100


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def reviewed_on(row: dict[str, str]) -> dt.date:
    month, day, year = map(int, row["ReviewDate"].split("/"))
    return dt.date(year, month, day)


def judged(employee: Employee, reviews: list[dict[str, str]]) -> None:
    in_order = sorted(reviews, key=reviewed_on)
    now = [row for row in in_order if reviewed_on(row) >= FIRST]
    if not now:
        return
    before = [int(row["ManagerRating"]) for row in in_order if reviewed_on(row) < FIRST]
    employee.manager = int(now[-1]["ManagerRating"])
    employee.lowest = min(int(row["EnvironmentSatisfaction"]) for row in now)
    taken = sum(int(row["TrainingOpportunitiesTaken"]) for row in now)
    offered = sum(int(row["TrainingOpportunitiesWithinYear"]) for row in now)
    growth = employee.manager - before[-1] if before else 0
    own = min(int(now[-1]["SelfRating"]), employee.manager + 1)
    extra = max(-2, min(3, taken - offered))
    employee.score = employee.manager * 14 + own * 6 + extra + growth * 2


def graded(peers: list[Employee]) -> None:
    for grade, edge, percent in PLACES:
        may = [one for one in peers if one.grade is None and (one.score or 0) >= edge]
        may = [one for one in may if grade != "A" or one.lowest >= 3]
        places = len(peers) * percent // 100
        for one in may:
            if sum(other.order >= one.order for other in may) <= places:
                one.grade = grade
    for one in peers:
        one.grade = one.grade or ("C" if (one.score or 0) >= 50 else "D")


def paid(department: list[Employee]) -> None:
    pot = math.floor(sum(one.salary for one in department) * 2 / 100 + Fraction(1, 2))
    whole = sum(one.weight for one in department)
    for one in department:
        one.bonus = math.floor(pot * one.weight / whole)
    first = max(department, key=lambda one: (one.weight, one.order[2]))
    first.bonus += pot - sum(one.bonus for one in department)


@pytest.fixture(scope="module")
def files(trial_data, unpacked) -> list[Path]:
    return [unpacked(one) for one in sorted(trial_data("hr_performance").glob("*.csv.gz"))]


@pytest.fixture(scope="module")
def employees(files) -> dict[str, Employee]:
    reviews = defaultdict(list)
    for row in read(files[1]):
        if reviewed_on(row) <= LAST:
            reviews[row["EmployeeID"]].append(row)
    found = {}
    for row in read(files[0]):
        hired = dt.date.fromisoformat(row["HireDate"])
        if row["Attrition"] == "No" and hired <= LAST:
            salary = Fraction(row["Salary"])
            one = Employee(row["JobRole"], row["Department"], hired, salary)
            judged(one, reviews[row["EmployeeID"]])
            found[key_for("people", row["EmployeeID"])] = one
    for role in {one.role for one in found.values()}:
        graded([one for one in found.values() if one.role == role and one.score is not None])
    for name in {one.department for one in found.values()}:
        paid([one for one in found.values() if one.department == name])
    return found


@pytest.fixture(scope="module")
def year(company_of, files) -> Results:
    company = company_of("reviews")
    company.bring_in(files[0], "people")
    company.bring_in(files[1], "reviews")
    return company.calculate("appraisal", "2022")


def found(results: Results, component: str) -> dict[str, Any]:
    rows = [row for row in results.rows("outcomes") if row["component"] == component]
    return {row["subject"]: row["value"] or row["text_value"] for row in rows}


def test_scores_and_grades_within_the_quotas_of_each_role(year, employees):
    assert found(year, "score") == {one: each.score for one, each in employees.items()}
    assert found(year, "grade") == {one: each.grade for one, each in employees.items()}


def test_a_pot_of_each_department_to_the_last_dollar(year, employees):
    bonus = found(year, "bonus")

    assert {one: value or 0 for one, value in bonus.items()} == {
        one: each.bonus for one, each in employees.items()
    }


def test_raises_by_grade_and_by_the_mean_of_the_role(year, employees):
    salaries = defaultdict(list)
    for one in employees.values():
        salaries[one.role].append(one.salary)
    means = {role: sum(paid) / len(paid) for role, paid in salaries.items()}

    assert found(year, "new_salary") == {
        one: each.raised(means[each.role]) for one, each in employees.items()
    }
