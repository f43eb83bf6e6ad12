"""Long lists say what they leave out, and tell every row to whoever asks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attain.core.periods import ONLY_GREGORIAN
from attain.engine.examples.expecting import Comparison
from attain.engine.examples.running import prepared_runs
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.provenance import Cell, Evidence, Viewer, explain, outline
from attain.engine.reference import Calculation
from attain.engine.reference.values import result_of

PLAN = """
plan: eight
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money}
orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns:
  sold: {sum: amount, from: orders}
  so_far: {each: orders, along: in_time, is: total(amount), label: {zh-Hans: 累计, en: Total}}
examples:
  - name: eight orders
    period: 2026-01
    given:
      orders:
        - {id: 1, on_day: 2026-01-01, seller: li, amount: 10}
        - {id: 2, on_day: 2026-01-02, seller: li, amount: 20}
        - {id: 3, on_day: 2026-01-03, seller: li, amount: 30}
        - {id: 4, on_day: 2026-01-04, seller: li, amount: 40}
        - {id: 5, on_day: 2026-01-05, seller: li, amount: 50}
        - {id: 6, on_day: 2026-01-06, seller: li, amount: 60}
        - {id: 7, on_day: 2026-01-07, seller: li, amount: 70}
        - {id: 8, on_day: 2026-01-08, seller: li, amount: 80}
    expect: {sold: {seller: li, is: 360}, so_far: {id: 8, is: 360}}
"""


def told(column: str, language: str, most: int | None = None) -> list[str]:
    """The lines of an explanation, with at most so many rows of a list one by one."""
    model = load_plan(PLAN)
    [run] = prepared_runs(model, resolve(expand(model)), 0, schemas={}, calendars=ONLY_GREGORIAN)
    [row] = run.expect[column]
    cell = Comparison(run.setting, run.inputs.period, run.got).cell(column, row)
    assert cell is not None
    place = Cell(cell[0], tuple(result_of(value) for value in cell[1]), cell[2])
    node = explain(Evidence(Calculation(run.plan, run.inputs).run()), place, 4)
    viewer = Viewer.of(run.plan, language, run.names)
    viewer = viewer if most is None else replace(viewer, most=most)
    return [line.strip() for line in outline(node, viewer).lines()]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        # 10 + 20
        ("en", "rows before these: 2 → 30.00"),
        ("en", "each row: amount → Total up to it"),
        ("zh-Hans", "前面还有2行 → 30.00"),
        ("zh-Hans", "每行：amount → 到这一行为止的累计"),
    ],
)
def test_a_running_total_says_what_its_numbers_are_and_what_came_before(
    language: str, line: str
) -> None:
    assert line in told("so_far", language)


def test_every_row_is_told_to_whoever_asks_for_all() -> None:
    assert "2 more 150.00" in told("sold", "en")

    found = told("sold", "en", most=100)

    assert len([line for line in found if line.startswith("2026-01-")]) == 1 + 8
    assert not any(" more " in line for line in found)
    assert not any("rows before" in line for line in told("so_far", "en", most=100))
