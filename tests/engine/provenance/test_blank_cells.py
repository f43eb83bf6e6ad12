"""A cell that nobody filled in is told as that, also where the plan reads targets."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: blank
period: month
subjects: {seller: people}
sources:
  loans:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money, price: ratio}
columns:
  fee: {each: loans, is: amount * price}
  fees: {sum: fee, from: loans}
  sold: {sum: amount, from: loans}
  reached: "sold / target(sold)"
examples:
  - name: one
    period: 2026-03
    given:
      loans: [{id: D4, on_day: 2026-03-25, seller: li, amount: 300000}]
      targets: [{subject: li, indicator: sold, period: 2026-03, value: 300000}]
    expect: {fees: {seller: li, is: no data}, reached: {seller: li, is: 100%}}
"""


@pytest.mark.parametrize(("language", "told"), [("zh-Hans", "没有填写"), ("en", "not filled in")])
def test_a_blank_cell_is_not_called_after_the_value_of_a_target(language: str, told: str) -> None:
    lines = "\n".join(lines_of(PLAN, "fees", language))

    assert told in lines
    assert "目标值" not in lines
    assert "= Value" not in lines
