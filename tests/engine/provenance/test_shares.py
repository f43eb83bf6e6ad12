"""What is told of a part of a pot."""

from __future__ import annotations

from telling import lines_of

POT = """
plan: forfeits
period: quarter
subjects: {rep: people}
sources:
  holdbacks:
    key: [rep, quarter]
    date: quarter
    columns: {rep: people, quarter: period, kept: money, lost: money}
measures:
  kept: {sum: kept, from: holdbacks}
  lost: {sum: lost, from: holdbacks}
columns:
  pot: {each: [quarter], sum: lost, from: [rep, quarter]}
  extra: {share_out: pot, by: kept, within: [quarter]}
examples:
  - name: nobody has lost anything, and nobody has kept anything
    period: 2026-Q1
    given: {people: [{person: a}, {person: b}]}
    expect: {extra: {rep: a, is: 0}}
"""


def test_of_an_empty_pot_nothing_is_divided_by_nothing() -> None:
    assert "nothing to share: 0.00" in lines_of(POT, "extra")
    assert "没有可分的：0.00" in lines_of(POT, "extra", "zh-hans")
