"""A type that is one letter off is told where it stands; a dataset of a like name is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attain.core.errors import Problem, Severity

Problems = Callable[[str], tuple[Problem, ...]]
PLAN = """plan: p
period: month
subjects: {seller: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, x: WORD}}
  dat: {key: [id], columns: {id: code}}
columns: {orders_there: {count: rows, from: orders}}
"""


def told(problems: Problems, word: str) -> list[tuple[str, object]]:
    found = [one for one in problems(PLAN.replace("WORD", word)) if one.severity is Severity.error]
    assert {one.where and one.where.line for one in found} <= {5}
    return [(one.code, one.values["known"]) for one in found]


@pytest.mark.parametrize(("word", "meant"), [("mone", "money"), ("cod", "code"), ("day", "days")])
def test_a_letter_is_missing(problems: Problems, word: str, meant: str) -> None:
    assert told(problems, word) == [("PLAN_SOURCE_TYPE", [meant])]


@pytest.mark.parametrize("word", ["money", "accounts", "codes", "dat", "people"])
def test_types_and_datasets_are_left_alone(problems: Problems, word: str) -> None:
    assert told(problems, word) == []
