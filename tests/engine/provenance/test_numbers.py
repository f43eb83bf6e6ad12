"""What its author wrote as a number is told as one; a percentage stays a percentage."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: numbers
period: year
subjects: {seller: people}
sources:
  facts:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}, done: {type: ratio, required: true}, from_: {type: ratio, required: true}, to: {type: ratio, required: true}, late: {type: count, required: true}, kind: {type: text, required: true}}
tables:
  months: {keys: {A: 6, B: 1.5, C: 0}}
  slabs: {unit: money, bands: [{from: 0, is: 1.20}, {from: 10, is: 1.50}]}
columns:
  a_day: {each: facts, is: "amount / 21.75", unit: money}
  months_paid: {each: facts, is: "value(months, kind)"}
  scored: {each: facts, is: "50 + (done - 80%) / (100% - 80%) * 50"}
  weighed: {each: facts, is: "scored * 25%"}
  cut: {each: facts, is: "100% - 10% * ceil(late / 30)"}
  progress: {each: facts, is: "(done * 100 - from_) / (to - from_)"}
  rate: {each: facts, is: "min(done, 1.5)"}
  pieces: {each: facts, is: "marginal(slabs, late)", unit: money}
  share_of_late: {each: facts, is: "1 / late"}
  raised: {each: facts, is: "amount * (1 - done) * 1.2"}
examples:
  - name: one
    period: 2026
    given:
      facts:
        - {id: a, on_day: 2026-01-01, seller: li, amount: 8700, done: 90%, from_: 30, to: 150, late: 15, kind: A}
    expect:
      a_day: [{id: a, is: 400}]
      months_paid: [{id: a, is: 6}]
      scored: [{id: a, is: 75}]
      weighed: [{id: a, is: 18.75}]
      cut: [{id: a, is: 90%}]
      progress: [{id: a, is: 0.5}]
      rate: [{id: a, is: 90%}]
      pieces: [{id: a, is: 19.5}]
      share_of_late: [{id: a, is: 0.066666666666666667}]
      raised: [{id: a, is: 1044}]
"""  # noqa: E501


def told(column: str, language: str = "en") -> list[str]:
    return lines_of(PLAN, column, language)


@pytest.mark.parametrize(
    ("column", "line"),
    [
        # 8 700 by 21.75 days of a month
        ("a_day", "a_day = 8,700.00 ÷ 21.75 = 400.00"),
        ("months_paid", "months_paid = months[A] = 6"),
        ("months_paid", "B: 1.5"),
        # half the way from 80 % to 100 % is half of 50 points more
        ("scored", "scored = 50 + (90% − 80%) ÷ (100% − 80%) × 50 = 75"),
        ("weighed", "weighed = 75 × 25% = 18.75"),
        # a bare number stands as its author wrote it: 1 is not 100 %, 1.2 not 120 %
        ("share_of_late", "share_of_late = 1 ÷ 15 = ≈6.6667%"),
        ("share_of_late", "1 ÷ late"),
        ("raised", "raised = 8,700.00 × (1 − 90%) × 1.2 = 1,044.00"),
        ("raised", "amount × (1 − done) × 1.2"),
        # one month begun costs a tenth
        ("cut", "cut = 100% − 10% × ceil(15 ÷ 30) = 90%"),
        # what stands in the data as 30 and 150 is no 3,000 %
        ("progress", "progress = (90% × 100 − 30) ÷ (150 − 30) = 50%"),
        ("rate", "rate = min(90%, 150%) = 90%"),
        # 10 × 1.20 + 5 × 1.50 = 19.50, of which a piece has 1.30
        ("pieces", "blended ¥1.30"),
    ],
)
def test_a_number_without_a_unit_is_told_as_it_was_written(column: str, line: str) -> None:
    assert line in told(column)


def test_the_number_that_is_asked_about_is_told_alike() -> None:
    assert told("weighed")[0].startswith("Why 18.75?")
    assert told("months_paid", "zh-Hans")[0].startswith("为什么是6？")
