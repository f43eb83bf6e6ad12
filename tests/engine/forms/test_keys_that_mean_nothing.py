"""What an author says must change something: keys that a form would overlook are refused."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.plans.loading import load_plan

HEAD = "plan: p\nperiod: month\nsubjects: {seller: people}\n"


@pytest.mark.parametrize(
    ("text", "option", "maker"),
    [
        ("{rows: [{row: a, add: 3, weight: 10}]}", "weight", "add"),
        ("{rows: [{row: a, info: 3, weight: 10}]}", "weight", "info"),
        ("{rows: [{row: a, veto: late, weight: 10}]}", "weight", "veto"),
        ("{rows: [{row: a, score: 90, to: 0}]}", "to", "score"),
        ("{rows: [{row: a, rows: [{row: b, score: 3}], to: 0}]}", "to", "rows"),
        ("{rows: [{row: a, deduct: {points: 2, events: 3, step: 5}}]}", "step", "events"),
        ("{rows: [{row: a, deduct: {points: 2, events: 3, below: 5}}]}", "below", "events"),
    ],
)
def test_in_a_scorecard(text: str, option: str, maker: str) -> None:
    assert refused(f"scorecard: {{total: {text}}}") == (option, maker)


@pytest.mark.parametrize("maker", ["base", "multiply", "add", "cap", "floor", "round"])
def test_an_else_behind_a_step_that_asks_nothing(maker: str) -> None:
    steps = f"[{{base: 5}}, {{{maker}: 1, else: 0}}]"

    assert refused(f"incentives: {{bonus: {{steps: {steps}}}}}") == ("else", maker)


@pytest.mark.parametrize(
    ("events", "option", "maker"),
    [
        ("{from: incidents, restart: year}", "restart", "from"),
        ("{every: 3, of: warnings, where: is_grave}", "where", "every"),
        ("{every: 3, of: warnings, amount: 2}", "amount", "every"),
    ],
)
def test_in_a_counter(events: str, option: str, maker: str) -> None:
    assert refused(f"counters: {{demerits: {{events: [{events}]}}}}") == (option, maker)


@pytest.mark.parametrize(
    ("rule", "option", "maker"),
    [
        ("{rule: a, participant: owner, levels: 2}", "levels", "rule"),
        ("{rule: a, participant: owner, on: {line: line}}", "on", "rule"),
        ("{rule: a, participant: owner, along: teams, fact: order}", "fact", "along"),
    ],
)
def test_in_a_rule_of_credits(rule: str, option: str, maker: str) -> None:
    credits = f"{{from: orders, amount: amount, rules: [{rule}]}}"

    assert refused(f"credits: {{credited: {credits}}}") == (option, maker)


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(AttainError) as found:
        load_plan(f"{HEAD}{text}\n", "plan.yaml")

    [one] = found.value.problems
    assert one.code == "PLAN_COLUMN_OPTION"
    assert one.where is not None
    assert one.where.line == 4
    return one.values["option"], one.values["maker"]
