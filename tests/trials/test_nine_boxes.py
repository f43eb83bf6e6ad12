"""Nine boxes, a forced distribution in each department, raises and a bonus by months of service."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from trial_numbers import rounded, same

from attain.core.keys import key_for

YEAR = 2021
SHARES = {"S": Fraction(1, 10), "A": Fraction(1, 5), "B": Fraction(3, 5), "C": Fraction(1, 10)}
RAISES = {
    "明星": Fraction(7, 100),
    "骨干": Fraction(5, 100),
    "潜力": Fraction(45, 1000),
    "稳定": Fraction(225, 10000),
    "待改进": Fraction(0),
}
BONUS = {"S": Fraction(15, 100), "A": Fraction(9, 100), "B": Fraction(4, 100)}
Reviews = dict[tuple[str, int], list[dict[str, str]]]


@dataclass
class Employee:
    """Whoever was there at the end of the year."""

    department: str
    salary: Fraction
    months: int
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def mark(self) -> tuple[Any, ...]:
        return tuple(self.figures[name] for name in ("two_years", "potential", "trainings"))


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def mean(values: list[Any]) -> Fraction | None:
    return Fraction(sum(values), len(values)) if values else None


def level(value: Fraction) -> str:
    return "低" if value < 3 else "中" if value < 4 else "高"


def box(result: Fraction | None, potential: Fraction | None) -> str | None:
    if result is None or potential is None:
        return None
    is_high = level(potential) == "高"
    return {
        "高": "明星" if is_high else "骨干",
        "中": "潜力" if is_high else "稳定",
        "低": "待改进",
    }[level(result)]


def figures(reviews: Reviews, who: str) -> dict[str, Any]:
    own = reviews[who, YEAR]
    marks = [int(one["ManagerRating"]) for one in own]
    both = marks + [int(one["ManagerRating"]) for one in reviews[who, YEAR - 1]]
    seen = ("EnvironmentSatisfaction", "JobSatisfaction", "SelfRating")
    result, own_view = mean(marks), mean([int(one["SelfRating"]) for one in own])
    potential = mean([Fraction(sum(int(one[name]) for name in seen), 3) for one in own])
    offered, taken = "TrainingOpportunitiesWithinYear", "TrainingOpportunitiesTaken"
    return {
        "result": result,
        "potential": potential,
        "trainings": sum(min(int(one[taken]), int(one[offered])) for one in own),
        "reviews_no": len(own),
        "two_years": mean(both),
        "box": box(result, potential),
        "gap": abs(result - own_view) if result is not None and own_view is not None else None,
    }


def apportioned(heads: int) -> dict[str, int]:
    """Whole people: floors, and what is left to the largest fractions, the better grade first."""
    exact = {grade: heads * share for grade, share in SHARES.items()}
    places = {grade: int(one) for grade, one in exact.items()}
    order = sorted(exact, key=lambda grade: places[grade] - exact[grade])
    for grade in order[: heads - sum(places.values())]:
        places[grade] += 1
    return places


def graded(group: dict[str, Employee]) -> dict[str, str]:
    """From the best down; equals who do not all fit fall whole."""
    places, left, found = apportioned(len(group)), dict(group), {}
    for grade in "SAB":
        won = [
            name
            for name, one in left.items()
            if sum(other.mark >= one.mark for other in left.values()) <= places[grade]
        ]
        found.update(dict.fromkeys(won, grade))
        left = {name: one for name, one in left.items() if name not in won}
    return {**dict.fromkeys(left, "C"), **found}


def expected(data: dict[str, Path]) -> dict[str, dict[str, Any]]:
    reviews: Reviews = defaultdict(list)
    for one in read(data["performance_rating"]):
        reviews[one["EmployeeID"], int(one["ReviewDate"].rsplit("/", 1)[1])].append(one)
    there: dict[str, Employee] = {}
    for row in read(data["people"]):
        hired = date.fromisoformat(row["HireDate"])
        if row["Attrition"] != "No" or hired > date(YEAR, 12, 31):
            continue
        late = max(hired, date(YEAR, 1, 1))
        months = 13 - late.month - (late.day > 1)
        one = Employee(row["Department"], Fraction(row["Salary"]), months)
        one.figures = {**figures(reviews, row["EmployeeID"]), "months": months}
        there[row["EmployeeID"]] = one
    grades: dict[str, str] = {}
    for department in {one.department for one in there.values()}:
        grades |= graded(
            {
                name: one
                for name, one in there.items()
                if one.department == department and one.figures["reviews_no"]
            }
        )
    for name, one in there.items():
        own = one.figures
        served = Fraction(one.months, 12)
        own["forced"] = grades.get(name)
        raised = RAISES.get(own["box"], Fraction(0))
        own["new_pay"] = rounded(one.salary * (1 + raised * served), "10")
        if name in grades:
            base = one.salary * BONUS.get(grades[name], Fraction(0)) if own["gap"] < 2 else 0
            own["bonus"] = rounded(base * served, "1", down=True)
    return {name: one.figures for name, one in there.items()}


def test_everybody_gets_what_the_reviews_say(company_of, trial_data, unpacked):
    data = trial_data("hr_performance")
    files = {
        "people": unpacked(data / "Employee.csv.gz"),
        "performance_rating": unpacked(data / "PerformanceRating.csv.gz"),
    }
    company = company_of("nine_boxes")
    for dataset, file in files.items():
        company.bring_in(file, dataset)
    wanted = expected(files)

    got = {
        row["employee"]: row
        for row in company.calculate("nine-box", str(YEAR)).rows("employee_year")
    }

    assert len(got) == len(wanted) > 1000
    wrong = [
        (name, figure, got[key_for("people", name)][figure], value)
        for name, own in wanted.items()
        for figure, value in own.items()
        if not same(got[key_for("people", name)][figure], value)
    ]
    assert wrong == []
