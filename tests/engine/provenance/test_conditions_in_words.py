"""A condition with its values put in reads as one, wherever it stands, and says what it came to."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: asked
period: month
subjects: {seller: people}
sources:
  deals:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money, role: text, back: boolean, rate: ratio}
measures:
  leading: {count: "role = '主责'", from: deals}
  some: {any: "role in ('主责', '协同')", from: deals}
  kept: {count: "not back", from: deals}
  sold: {sum: amount, from: deals, where: "role = '主责'"}
  latest_rate: {latest: rate, from: deals}
  no_rate: {latest: rate, from: deals, where: "role = '顾问'"}
columns:
  kind: {each: deals, is: "if(role = '主责', 'A', 'B')"}
formulas:
  is_high: "latest_rate >= 12%"
  is_low: "not is_high"
  without: "sold / no_rate"
  by_zero: "sold / (sold - sold)"
  is_without: "no_rate >= 12%"
examples:
  - name: one
    period: 2026-01
    given:
      deals:
        - {id: a1, on_day: 2026-01-05, seller: li, amount: 700, role: 主责, back: no, rate: 12%}
        - {id: a2, on_day: 2026-01-06, seller: li, amount: 90, role: 协同, back: yes, rate: 12%}
    expect:
      leading: {seller: li, is: 1}
      some: {seller: li, is: yes}
      kept: {seller: li, is: 1}
      is_high: {seller: li, is: yes}
      is_low: {seller: li, is: no}
      without: {seller: li, is: no data}
      by_zero: {seller: li, is: no data}
      is_without: {seller: li, is: no data}
      kind: [{id: a1, is: A}]
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "language", "line"),
    [
        # a text that is put in stands as the one it is compared with, the answer behind an arrow
        ("leading", "zh-Hans", "2026-01-05 a1: “主责” = “主责” → 是"),
        ("leading", "zh-Hans", "2026-01-06 a2: “协同” = “主责” → 否"),
        ("leading", "en", "2026-01-06 a2: “协同” = “主责” → no"),
        ("some", "zh-Hans", "2026-01-06 a2: “协同” 属于（“主责”、“协同”） → 是"),
        ("kind", "zh-Hans", "kind = A（因为“主责” = “主责”）"),
        ("is_high", "zh-Hans", "is_high：12% ≥ 12% → 是"),
        # what is true or false already goes by its name: “not no” says nothing
        ("kept", "en", "2026-01-05 a1: not back → yes"),
        ("kept", "zh-Hans", "2026-01-06 a2: 非 back → 否"),
        ("is_low", "en", "is_low: not is_high → no"),
        # why an operand is missing is told below, and not in the middle of a calculation
        ("without", "zh-Hans", "without = 700.00 ÷ 无数据 = 无数据"),
        ("without", "en", "without = 700.00 ÷ no data = no data"),
        ("without", "en", "without: there are no rows to calculate from"),
        ("is_without", "zh-Hans", "is_without：无数据 ≥ 12% → 无数据"),
        # where nothing is missing before, the calculation itself says why
        ("by_zero", "zh-Hans", "by_zero = 700.00 ÷ (700.00 − 700.00) = 除数为零"),
    ],
)
def test_a_condition_is_told_in_one_form(column: str, language: str, line: str) -> None:
    found = lines_of(PLAN, column, language)

    assert line in found, found
