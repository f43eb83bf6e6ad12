"""A state goes on over a month in which its subject was away, and readers are told of which."""

from __future__ import annotations

import pytest
from telling import lines_of

from attain.engine.examples.explaining import Asked

PLAN = """plan: away
period: month
effective: {from: 2026-01-01}
currency: USD
subjects: {rep: people}
sources:
  deals:
    key: [deal]
    date: day
    columns: {deal: deals, day: date, rep: people, amount: {type: money, required: true}}
measures: {so_far: {sum: amount, from: deals, in: quarter to date}}
formulas:
  earned: {is: so_far * 10%, label: {zh-Hans: 累计, en: Earned so far}}
  due: earned - previous(earned, 0, 1, quarter)
examples:
  - name: away in February
    given:
      people: [{person: a, effective_until: 2026-02-01}, {person: a, effective_from: 2026-03-01}]
      deals:
        - {deal: 1, day: 2026-01-05, rep: a, amount: 1000}
        - {deal: 2, day: 2026-03-05, rep: a, amount: 600}
    runs:
      - {period: 2026-01, expect: {due: 100}}
      - {period: 2026-02, expect: {outcomes: []}}
      - {period: 2026-03, expect: {due: 60}}
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "from the result of January 2026"), ("zh-Hans", "取自2026年1月的结果")],
)
def test_readers_are_told_of_which_period_the_value_is(language: str, told: str) -> None:
    text = "\n".join(lines_of(PLAN, Asked(0, 2, "due", 0), language))
    assert told in text
