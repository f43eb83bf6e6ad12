"""A number of an example is told with what it was made of, down to the rows."""

from __future__ import annotations

from telling import told

from attain.engine.examples.explaining import Asked, explain_expected
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

PRIZES = """
plan: prizes
period: month
subjects: {seller: people}
sources:
  deals:
    key: [id]
    date: day
    columns: {id: code, day: {type: date, required: true}, seller: {type: people, required: true}, amount: {type: money, required: true}}
groups: {all: {of: [seller, month]}}
tables: {prizes: {keys: {1: 500, 2: 300}, otherwise: 0}}
measures: {sales: {sum: amount, from: deals}}
formulas:
  place: {is: rank(sales), within: all}
  prize: {is: "value(prizes, place)", unit: money}
incentives: {bonus: {steps: [{base: prize}]}}
examples:
  - name: two of them
    period: 2026-03
    given: {deals: [{id: 1, day: 2026-03-02, seller: li, amount: 70}, {id: 2, day: 2026-03-03, seller: wu, amount: 90}]}
    expect: {bonus: [{seller: li, is: 300}]}
"""  # noqa: E501


def _told(asked: Asked) -> list[list[str]]:
    model = load_plan(PRIZES)
    found = explain_expected(model, resolve(expand(model)), asked, language="en")
    return [[line.strip() for line in one.lines()] for one in found]


def test_each_input_that_was_calculated_is_explained_below_the_number() -> None:
    bonus, prize, place, sales = _told(Asked(0, 0, "bonus", 0))

    assert bonus[0] == "Why ¥300.00? bonus · March 2026 · li"
    assert prize[0] == "Why ¥300.00? prize · March 2026 · li"
    assert place[0] == "Why 2? place · March 2026 · li"
    assert "2nd of 2" in place
    assert sales[0] == "Why ¥70.00? sales · March 2026 · li"


def test_that_it_was_recomputed_is_said_once() -> None:
    told = [line for one in _told(Asked(0, 0, "bonus", 0)) for line in one]

    assert told.count("Recomputed from these steps: same result") == 1


def test_what_no_example_expects_has_no_explanation() -> None:
    assert _told(Asked(0, 0, "bonus", 7)) == []


CARD = """
plan: card
period: month
subjects: {seller: people}
sources:
  marks: {key: [seller], columns: {seller: people, care: {type: points}, speed: {type: points}}}
columns: {mark: {match: marks, where: "seller = this.seller"}}
scorecard:
  score:
    rows: [{row: care, weight: 40, score: mark.care}, {row: speed, weight: 60, score: mark.speed}]
examples:
  - name: one
    period: 2026-03
    given: {marks: [{seller: li, care: 90, speed: 80}]}
    expect: {score: [{seller: li, is: 84}]}
"""


def test_what_counts_of_a_scorecards_rows_is_told_with_the_total_alone() -> None:
    model = load_plan(CARD)
    asked = Asked(0, 0, "score", 0)
    found = explain_expected(model, resolve(expand(model)), asked, language="en")
    lines = [line.strip() for one in found for line in one.lines()]

    # 90 × 40 % + 80 × 60 % = 36 + 48
    assert "care: points that count = 90 × 40% = 36" in lines
    assert not any("is_applicable" in line for line in lines)


WARNINGS = """
plan: warnings
period: month
subjects: {seller: people}
sources:
  cases: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, kind: text}}
counters:
  spoken: {events: [{from: cases, where: "kind = 'spoken'"}]}
  written: {events: [{from: cases, where: "kind = 'written'"}, {every: 2, of: spoken}]}
examples:
  - name: two spoken ones
    period: 2026-02
    given:
      cases:
        - {id: 1, on_day: 2026-02-01, seller: li, kind: spoken}
        - {id: 2, on_day: 2026-02-02, seller: li, kind: spoken}
        - {id: 3, on_day: 2026-02-03, seller: li, kind: written}
    expect: {written: {seller: li, is: 2}}
"""


def test_what_each_event_of_a_counter_counts_is_told_with_the_counter() -> None:
    whole, *others = told(WARNINGS, "written")

    assert "2026-02-02 every 2 of “spoken” · 2: 1" in whole
    assert others == []
