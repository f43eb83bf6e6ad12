"""Readers are told a ratio as its author writes it, in tables as in explanations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from attain.core.units import Unit
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Readers

PLAN = """plan: told
period: month
currency: USD
subjects: {rep: people}
sources:
  visits:
    key: [visit]
    date: day
    columns: {visit: visits, day: date, rep: people, mark: {type: ratio, required: true}}
measures:
  mean_mark: {mean: mark, from: visits}
  number: {count: true, from: visits}
formulas:
  weight: "if(number > 10, 3.5, 0.8)"
  rate: "if(number > 10, 80%, 50%)"
  quotient: number / (number + number)
  floored: floor(number / 2)
"""


@pytest.fixture(scope="module")
def plan() -> ResolvedPlan:
    return resolve(expand(load_plan(PLAN)))


@pytest.mark.parametrize(
    ("component", "value", "told"),
    [
        ("weight", "3.5", Unit.count),
        ("weight", None, Unit.count),
        ("rate", "0.8", Unit.ratio),
        ("quotient", "0.5", Unit.ratio),
        ("floored", "6", Unit.count),
        ("number", "6", Unit.count),
        ("mean_mark", "68.3", Unit.count),
        ("mean_mark", "0.92", Unit.ratio),
    ],
)
def test_a_number_without_a_percent_sign_is_told_as_one(
    plan: ResolvedPlan, component: str, value: str | None, told: Unit
) -> None:
    found = next(one for one in plan.components if one.name == component)
    exact = None if value is None else Decimal(value)
    assert Readers(plan).type_of(found, exact).unit is told
