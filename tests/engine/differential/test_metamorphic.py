"""What must not change a result, and what must change it in proportion (INV-C11 to C18)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from trials.around import CALENDARS, SCHEMAS, resolved_text, runs_before
from trials.comparing import differing, resolved
from trials.duck import Duck
from trials.plans import make_trial
from trials.trial import Trial
from trials.world import World, make_world

from attain.core.errors import AttainError
from attain.core.periods import parse_period
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import Inputs, run_plan

LINEAR = """
plan: linear
period: month
subjects: {seller: people}
sources: {orders: {links: {seller: people}}}
columns:
  margin: {each: orders, is: "(if_missing(amount, 0) - cost) * 2%"}
  sales: {each: [seller, month], sum: "if_missing(amount, 0)", from: orders}
  earned: {each: [seller, month], sum: margin, from: orders}
  to_date: {each: [seller, month], sum: "if_missing(amount, 0)", from: orders, in: year to date}
  pay: "earned * 0.9 + to_date * 1%"
"""
SUMS = ("sales", "earned", "to_date", "pay")
COUPLED = {"grades", "group", "share", "path", "state", "earlier"}


@pytest.fixture(scope="module")
def linear() -> ResolvedPlan:
    return resolve(load_plan(LINEAR), SCHEMAS)


@pytest.fixture(scope="module")
def duck() -> Duck:
    return Duck()


def inputs_of(plan: ResolvedPlan, world: World, label: str) -> Inputs:
    period = parse_period(f"{plan.calendar}:{label}", CALENDARS)
    return Inputs(
        period=period,
        calendar=CALENDARS[plan.calendar],
        earlier=runs_before(plan, world, period),
        datasets={name: world.datasets.get(name, ()) for name in plan.datasets},
        coverage=world.coverage,
    )


def ran(plan: ResolvedPlan, world: World, label: str = "2026-03") -> Mapping[str, Any]:
    return run_plan(plan, inputs_of(plan, world, label))


def sums(plan: ResolvedPlan, world: World) -> list[tuple[Any, ...]]:
    rows = ran(plan, world)["seller_month"]
    return [(row["seller"], *(row[name] for name in SUMS)) for row in rows]


def with_orders(world: World, orders: list[dict[str, Any]]) -> World:
    return World({**world.datasets, "orders": orders}, world.coverage)


def sensible(seed: int) -> tuple[Trial, ResolvedPlan]:
    trial, plan, _ = resolved(make_trial(seed))
    assert plan is not None
    return trial, plan


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_rows_changes_nothing(seed: int, duck: Duck) -> None:
    """INV-C11."""
    trial, plan = sensible(seed)
    shuffled = {name: Random(seed).sample(rows, len(rows))
                for name, rows in trial.world.datasets.items()}  # fmt: skip
    label = trial.periods[0]
    other = World(shuffled, trial.world.coverage)
    try:
        expected = ran(plan, trial.world, label)
    except AttainError:
        return
    if not any(expected.values()):
        return

    differences, cells = differing(plan, label, expected, ran(plan, other, label))
    by_duck, _ = differing(plan, label, expected, duck.run(plan, inputs_of(plan, other, label)))

    assert cells
    assert not differences
    assert not by_duck


@pytest.mark.parametrize("seed", range(8))
def test_running_twice_is_running_once(seed: int) -> None:
    """INV-C16."""
    trial, plan = sensible(seed)
    label = trial.periods[0]
    try:
        once = ran(plan, trial.world, label)
    except AttainError:
        return

    assert ran(plan, trial.world, label) == once


@pytest.mark.parametrize("seed", range(40))
def test_people_whom_no_rule_couples_are_independent(seed: int) -> None:
    """INV-C12: without ranks, pots, trees and states, fewer people change nobody's numbers."""
    trial, plan = sensible(seed)
    if trial.features & COUPLED:
        return
    people = trial.world.datasets["people"]
    some = {row["person"] for row in people[: len(people) // 2]}
    kept = [row for row in people if row["person"] in some]
    fewer = World({**trial.world.datasets, "people": kept}, trial.world.coverage)
    label = trial.periods[0]
    try:
        whole, part = ran(plan, trial.world, label), ran(plan, fewer, label)
    except AttainError:
        return
    member = f"seller_{plan.period}"

    remaining = [row for row in whole[member] if row["seller"] in some]

    assert remaining == part[member]


@pytest.mark.parametrize("seed", range(10))
def test_renaming_columns_and_the_plan_changes_no_number(seed: int) -> None:
    """INV-C18."""
    trial, plan = sensible(seed)
    label = trial.periods[0]
    columns = trial.sections["columns"]
    names = sorted(columns, key=len, reverse=True)
    text = trial.text().replace('plan: "trial"', 'plan: "renamed"')
    for name in names:
        if name != "sales":
            text = re.sub(rf"\b{name}\b", f"列{name}", text)
    renamed = resolved_text(text)
    try:
        expected, got = ran(plan, trial.world, label), ran(renamed, trial.world, label)
    except AttainError:
        return

    def numbers(outcomes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return sorted(
            (row["subject"], row["component"].removeprefix("列"), str(row["value"]), row["status"])
            for row in outcomes
        )

    assert numbers(expected["outcomes"]) == numbers(got["outcomes"])


@pytest.mark.parametrize("seed", range(20))
def test_amounts_times_k_make_linear_results_times_k(seed: int, linear: ResolvedPlan) -> None:
    """INV-C13."""
    world = make_world(Random(seed))
    world.coverage = {}
    scaled = [{**row, "cost": row["cost"] * 7,
               "amount": row["amount"] * 7 if row["amount"] is not None else None}
              for row in world.datasets["orders"]]  # fmt: skip

    before, after = sums(linear, world), sums(linear, with_orders(world, scaled))

    expected = [(seller, *(value * 7 for value in values)) for seller, *values in before]
    assert after == expected


@pytest.mark.parametrize("seed", range(20))
def test_a_transaction_of_zero_changes_nothing(seed: int, linear: ResolvedPlan) -> None:
    """INV-C13."""
    world = make_world(Random(seed))
    world.coverage = {}
    orders = world.datasets["orders"]
    nothing = {**orders[0], "order_id": "orders-x", "amount": Decimal(0), "cost": Decimal(0)}

    assert sums(linear, with_orders(world, [*orders, nothing])) == sums(linear, world)


@pytest.mark.parametrize("seed", range(20))
def test_one_transaction_or_two_halves_come_to_the_same(seed: int, linear: ResolvedPlan) -> None:
    """INV-C14."""
    world = make_world(Random(seed))
    world.coverage = {}
    first, *others = world.datasets["orders"]
    one = {**first, "amount": Decimal("100.01"), "cost": Decimal("10.00")}
    halves = [
        {**one, "order_id": "orders-x", "amount": Decimal("50.00"), "cost": Decimal("3.33")},
        {**one, "order_id": "orders-y", "amount": Decimal("50.01"), "cost": Decimal("6.67")},
    ]

    whole = sums(linear, with_orders(world, [one, *others]))
    split = sums(linear, with_orders(world, [*halves, *others]))

    assert whole == split


@pytest.mark.parametrize("seed", range(20))
def test_a_transaction_and_its_reversal_leave_nothing(seed: int, linear: ResolvedPlan) -> None:
    """INV-C15."""
    world = make_world(Random(seed))
    world.coverage = {}
    orders = world.datasets["orders"]
    made = {**orders[0], "order_id": "orders-x", "amount": Decimal("77.70"), "cost": Decimal(5)}
    back = {**made, "order_id": "orders-y", "amount": Decimal("-77.70"), "cost": Decimal(-5)}

    assert sums(linear, with_orders(world, [*orders, made, back])) == sums(linear, world)


@pytest.mark.parametrize("seed", range(6))
def test_the_optimiser_changes_nothing(seed: int, duck: Duck) -> None:
    trial, plan = sensible(seed)
    label = trial.periods[0]
    inputs = inputs_of(plan, replace(trial).world, label)
    plain = Duck(optimise=False)
    try:
        expected = duck.run(plan, inputs)
    except AttainError:
        return

    differences, _ = differing(plan, label, expected, plain.run(plan, inputs))

    assert not differences
