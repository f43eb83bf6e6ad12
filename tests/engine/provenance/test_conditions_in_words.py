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
  paid: {sum: earned, from: deals}
  no_rate: {latest: rate, from: deals, where: "role = '顾问'"}
columns:
  kind: {each: deals, is: "if(role = '主责', 'A', 'B')"}
  earned: {each: deals, is: "if(back, 0, role = '主责' and amount > 500, amount * 5%, amount * 1%)"}
formulas:
  is_high: "latest_rate >= 12%"
  is_low: "not is_high"
  both: "is_high and sold > 500"
  neither: "is_low or sold > 1000"
  rate_of_pay: "if(is_high and not is_low, 2%, 1%)"
  is_blank: "is_missing(no_rate) and sold > 500"
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
      both: {seller: li, is: yes}
      neither: {seller: li, is: no}
      rate_of_pay: {seller: li, is: 2%}
      is_blank: {seller: li, is: yes}
      paid: {seller: li, is: 35}
      without: {seller: li, is: no data}
      by_zero: {seller: li, is: no data}
      is_without: {seller: li, is: no data}
      kind: [{id: a1, is: A}]
      earned: [{id: a1, is: 35}]
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "language", "line"),
    [
        # what is the same goes by its name, what is not by name and text; the answer comes last
        ("leading", "zh-Hans", "2026-01-05 a1: role = “主责” → 是"),
        ("leading", "zh-Hans", "2026-01-06 a2: role（“协同”） = “主责” → 否"),
        ("leading", "en", "2026-01-06 a2: role (“协同”) = “主责” → no"),
        ("some", "zh-Hans", "2026-01-06 a2: role（“协同”） 属于（“主责”、“协同”） → 是"),
        ("kind", "zh-Hans", "kind = A（因为role = “主责”）"),
        ("is_high", "zh-Hans", "is_high：latest_rate（12%） ≥ 12% → 是"),
        # what is true or false already goes by its name: “not no” says nothing
        ("kept", "en", "2026-01-05 a1: not back → yes"),
        ("kept", "zh-Hans", "2026-01-06 a2: 非 back → 否"),
        ("is_low", "en", "is_low: not is_high → no"),
        # among others it says what it is, so that nobody has to look for it
        ("both", "en", "both: is_high = yes and sold (700.00) > 500.00 → yes"),
        ("neither", "zh-Hans", "neither：is_low = 否 或 sold（700.00） > 1,000.00 → 否"),
        ("rate_of_pay", "en", "rate_of_pay = 2% (as is_high = yes and is_low = no)"),
        # of what there is not, the name
        ("is_blank", "en", "is_blank: is_missing(no_rate) and sold (700.00) > 500.00 → yes"),
        # each row says which condition chose what it brought
        (
            "paid",
            "en",
            "2026-01-05 a1: 700.00 × 5% = 35.00 (as role = “主责” and amount (700.00) > 500.00)",
        ),
        ("paid", "zh-Hans", "2026-01-06 a2: 0.00（因为back）"),
        # why an operand is missing is told below, and not in the middle of a calculation
        ("without", "zh-Hans", "without = 700.00 ÷ 无数据 = 无数据"),
        ("without", "en", "without = 700.00 ÷ no data = no data"),
        ("without", "en", "without: there are no rows to calculate from"),
        ("is_without", "zh-Hans", "is_without：no_rate（无数据） ≥ 12% → 无数据"),
        # where nothing is missing before, the calculation itself says why
        ("by_zero", "zh-Hans", "by_zero = 700.00 ÷ (700.00 − 700.00) = 除数为零"),
    ],
)
def test_a_condition_is_told_in_one_form(column: str, language: str, line: str) -> None:
    found = lines_of(PLAN, column, language)

    assert line in found, found
