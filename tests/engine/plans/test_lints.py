"""Each lint rule has the smallest plan that provokes it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, Severity, catalogue, render
from attain.engine.plans.lints import Lint, lints

Problems = Callable[[str], tuple[Problem, ...]]
ALWAYS = {"LINT_NO_EXAMPLES"}
"""What the small plans here have in common."""


@pytest.mark.parametrize("rule", lints(), ids=lambda rule: rule.code)
def test_its_example_provokes_it(rule: Lint, problems: Problems) -> None:
    found = [one for one in problems(rule.example) if one.severity is Severity.warning]

    assert {one.code for one in found} - ALWAYS == {rule.code} - ALWAYS
    assert all(one.where and one.where.line for one in found)
    assert all(render(one, "zh-Hans").message for one in found)


def test_every_code_has_a_rule() -> None:
    # Record types have lints of their own.
    codes = {
        kind.code
        for kind in catalogue()
        if kind.code.startswith("LINT_") and not kind.code.startswith("LINT_RECORD_")
    }

    assert codes == {rule.code for rule in lints()}


def test_every_rule_says_what_it_looks_for() -> None:
    assert all(len(rule.description) > 40 for rule in lints())


def test_a_plain_tidy_plan_has_no_warnings(problems: Problems) -> None:
    text = """
plan: p
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money}
tables: {rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
measures: {sales: {sum: amount, from: orders}}
formulas: {pay: {is: "marginal(rates, sales)", round: 0.01}}
examples:
  - {name: nothing sold, period: 2026-01, given: {sales: {seller: li, is: 0}}, expect: {pay: 0}}
"""
    assert [one for one in problems(text) if one.severity is not Severity.note] == []
