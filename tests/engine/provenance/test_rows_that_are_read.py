"""Of a row that is looked up readers are told which columns a rule reads there.

100 000 × (40 % × 125 %) = 100 000 × 50 % = 50 000.
"""

from __future__ import annotations

from telling import told

PLAN = """
plan: annual
period: year
currency: USD
subjects: {officer: people}
sources:
  terms: {key: [officer, year], columns: {officer: people, year: period, pay: {type: money, required: true}, modifier: {type: ratio, required: true}}}
columns:
  own: {match: terms, where: "officer = this.officer and year = this.year"}
  share: {is: "40% * own.modifier"}
incentives:
  bonus: {steps: [{base: "own.pay * share"}]}
examples:
  - name: half of the pay
    period: 2026
    given:
      terms: [{officer: evp, year: 2026, pay: 100000, modifier: 125%}]
    expect: {bonus: {officer: evp, is: 50000}}
"""  # noqa: E501


def test_the_step_of_an_incentive_says_what_it_read_of_which_row() -> None:
    bonus, share = told(PLAN, "bonus")

    at = bonus.index("own: evp · 2026")
    assert bonus[at + 1] == "pay = 100,000.00"
    at = share.index("own: evp · 2026")
    assert share[at + 1] == "modifier = 125%"
