"""A value in place of a missing one says what is missing; conditions name what they count."""

from __future__ import annotations

import pytest
from telling import lines_of

PLAN = """
plan: standing-in
period: month
subjects: {seller: people}
sources:
  payments:
    key: [id]
    date: on_day
    columns:
      id: code
      on_day: {type: date, required: true}
      seller: {type: people, required: true}
      kind: {type: text, required: true}
      number: {type: count, label: {zh-Hans: 期数, en: Number}}
orderings:
  in_time: {of: payments, per: [seller], by: [on_day, id]}
columns:
  counted: {each: payments, along: in_time, is: "count_so_far(kind = 'paid')"}
  is_first: {each: payments, along: in_time, is: "count_so_far(kind = 'paid') = 1"}
  month_of_it: {each: payments, is: "if_missing(number, counted)"}
  bonus: {each: payments, is: "if(is_first, 750.00, 0)", unit: money}
examples:
  - name: one with its number, one without
    period: 2026-01
    given:
      payments:
        - {id: a, on_day: 2026-01-05, seller: li, kind: paid, number: 5}
        - {id: b, on_day: 2026-01-06, seller: li, kind: paid}
    expect:
      month_of_it: [{id: ID, is: IS}]
      bonus: [{id: b, is: 0}]
"""


@pytest.mark.parametrize(
    ("language", "row", "value", "said"),
    [
        ("en", "b", "2", "month_of_it = 2 (as Number has no data)"),
        ("zh-Hans", "b", "2", "month_of_it = 2（因为期数无数据）"),
        ("en", "a", "5", "month_of_it = 5"),
    ],
)
def test_it_is_said_what_is_missing(language, row, value, said):
    plan = PLAN.replace("ID", row).replace("IS", value)

    assert said in lines_of(plan, "month_of_it", language)


def test_a_condition_of_an_input_tells_what_it_counts():
    plan = PLAN.replace("ID", "b").replace("IS", "2")

    assert "not 750.00: ✗ count of kind = “paid” so far = 1 · is 2" in lines_of(plan, "bonus")
