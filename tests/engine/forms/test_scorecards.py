"""Scorecards: what is refused, what is written, and what it comes to."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.examples import run_examples
from attain.engine.forms.contexts import expand
from attain.engine.plans.api import load_plan, resolve

HEAD = """
plan: card
label: {zh-Hans: 计分卡, en: Card}
period: month
subjects: {seller: people}
"""
FACTS = """
sources:
  facts:
    key: [fact]
    date: on_day
    columns: {fact: code, on_day: date, seller: people, value: points}
measures:
  first: {latest: value, from: facts, where: "fact = '1'"}
  second: {latest: value, from: facts, where: "fact = '2'"}
  third: {latest: value, from: facts, where: "fact = '3'"}
"""


def codes(text: str) -> list[str]:
    """The codes with which a plan's forms are refused."""
    with pytest.raises(AttainError) as refused:
        expand(load_plan(HEAD + text))
    return [one.code for one in refused.value.problems]


def hold(text: str) -> None:
    """Every example of a plan, by the reference."""
    plan = load_plan(HEAD + text)
    results = run_examples(plan, resolve(expand(plan)))
    assert [str(one) for one in results if one.failures or one.problems] == []
    assert all(one.checked for one in results)


def test_weights_add_up_to_100_with_no_tolerance() -> None:
    rows = "{row: a, weight: 60, score: '1'}, {row: b, weight: 39.99, score: '1'}"

    assert codes(f"scorecard: {{score: {{rows: [{rows}]}}}}") == ["PLAN_WEIGHTS_NOT_100"]


def test_a_word_gives_no_more_points_than_its_row_weighs() -> None:
    """100 for the best of a row of 30 was meant as a score: the total would be 70 + 100."""
    rated = "{row: b, weight: 30, rating: {item: b, scale: {best: 100, good: 85}}}"
    rows = f"{{row: a, weight: 70, score: '1'}}, {rated}"

    assert codes(f"scorecard: {{score: {{rows: [{rows}]}}}}") == ["SCALE_BEYOND_WEIGHT"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("rate: {actual: '1', target: '1', cap: 120}", ["RATE_NOT_PERCENT"]),
        ("rate: {actual: '1', target: '1', floor: 60}", ["RATE_NOT_PERCENT"]),
        ("deduct: {points: -5, events: '1'}", ["DEDUCT_NEGATIVE"]),
    ],
)
def test_a_number_that_would_mean_something_else_is_refused(kind: str, found: list[str]) -> None:
    """A cap of 120 would be 12 000 %, and minus five points taken off would be given."""
    assert codes(f"scorecard: {{score: {{rows: [{{row: a, weight: 100, {kind}}}]}}}}") == found


def test_places_are_a_share_and_no_heads() -> None:
    """2 would be read as 200 %: no limit at all."""
    grade = "{of: x, bands: [{is: A}, {is: B}, {otherwise: C}], quotas: {A: 2, B: 50%}}"

    assert codes(f"formulas: {{x: '1'}}\ngrades: {{g: {grade}}}") == ["QUOTA_HEADS"]


@pytest.mark.parametrize("share", ["前20%", "top 20%", "20%以内", "不超过 20%", "at most 20％"])
def test_a_share_of_the_first_grade_is_taken_as_it_is_said(share: str) -> None:
    grade = f"{{of: x, bands: [{{is: A}}, {{otherwise: C}}], quotas: {{A: {share}}}}}"

    model = load_plan(f"{HEAD}formulas: {{x: '1'}}\ngrades: {{g: {grade}}}\n")

    assert model.grades["g"].quotas == {"A": "20%"}


def test_children_add_up_to_their_parent() -> None:
    children = "{row: b, weight: 30, score: '1'}, {row: c, weight: 31, score: '1'}"
    rows = f"{{row: a, weight: 60, rows: [{children}]}}, {{row: d, weight: 40, score: '1'}}"

    assert codes(f"scorecard: {{score: {{rows: [{rows}]}}}}") == ["PLAN_WEIGHTS_NOT_100"]


def test_every_phase_adds_up_by_itself() -> None:
    """60 and 40 add up; from July 50 and 40 do not."""
    dated = "[{from: 2026-01-01, is: 60}, {from: 2026-07-01, is: 50}]"
    rows = f"{{row: a, weight: {dated}, score: '1'}}, {{row: b, weight: 40, score: '1'}}"

    assert codes(f"scorecard: {{score: {{rows: [{rows}]}}}}") == ["PLAN_WEIGHTS_NOT_100_SINCE"]


def test_either_all_rows_say_a_weight_or_none() -> None:
    rows = "{row: a, weight: 100, score: '1'}, {row: b, score: '1'}"

    assert codes(f"scorecard: {{score: {{rows: [{rows}]}}}}") == ["SCORECARD_WEIGHT_UNSAID"]


def test_a_row_says_one_way_to_score() -> None:
    rows = "{row: a, weight: 100, score: '1', points: '1'}"

    assert codes(f"scorecard: {{score: {{rows: [{rows}]}}}}") == ["SCORECARD_ROW_KIND"]


def test_rows_without_weights_share_equally() -> None:
    """Scores 100, 50, 70: (100 + 50 + 70) / 3 = 73.333…; of a parent of 30: 22 exactly. With 80 at
    70 %: 56 + 22 = 78."""
    hold(
        FACTS
        + """
scorecard:
  equal: {rows: [{row: a, score: first}, {row: b, score: second}, {row: c, score: third}]}
  score:
    rows:
      - {row: own, weight: 70, score: "80"}
      - row: shared
        weight: 30
        rows: [{row: a, score: first}, {row: b, score: second}, {row: c, score: third}]
examples:
  - name: a third each
    period: 2026-01
    given: {first: {seller: li, is: 100}, second: {seller: li, is: 50}, third: {seller: li, is: 70}}
    expect:
      equal: {seller: li, is: 73.333333333333333333}
      row(shared).points: {seller: li, is: 22}
      row(a).points: {seller: li, is: 10}
      score: {seller: li, is: 78}
"""
    )


def test_a_card_and_a_row_may_be_for_some_only() -> None:
    """a: both rows, 80 × 50 % + 60 × 50 % = 70. b: the second row is not for them, 80 alone. c has
    no card at all, and no rows of it."""
    hold(
        FACTS
        + """
scorecard:
  score:
    label: {zh-Hans: 得分, en: Score}
    applies: "third > 0"
    rows:
      - {row: a, weight: 50, score: "80"}
      - {row: b, weight: 50, score: "60", applies: "second > 0"}
examples:
  - name: for whom
    period: 2026-01
    given:
      second: [{seller: a, is: 1}, {seller: b, is: 0}, {seller: c, is: 1}]
      third: [{seller: a, is: 1}, {seller: b, is: 1}, {seller: c, is: 0}]
    expect:
      score:
        - {seller: a, is: 70}
        - {seller: b, is: 80}
        - {seller: c, is: not_applicable.score_applies}
      row(a).points: [{seller: b, is: 40}, {seller: c, is: not applicable}]
      row(b).points: [{seller: a, is: 30}, {seller: b, is: not_applicable.row_b_applies}]
"""
    )


def test_a_row_that_gives_points_is_decided_by_its_score() -> None:
    """8 of 15 points are a score of 53.33…; set to 60 it is 9 points; waived, the rest counts for
    all: 85 / 0.85 = 100."""
    hold(
        FACTS
        + """
scorecard:
  score:
    rows:
      - {row: fixed, weight: 85, score: "100"}
      - {row: rated, weight: 15, points: first}
interventions: {row(rated).score: [set, waive]}
examples:
  - name: kept, set, waived
    period: 2026-01
    given:
      first: [{seller: a, is: 8}, {seller: b, is: 8}, {seller: c, is: 8}]
      interventions:
        - id: 1
          kind: set
          subject: b
          component: row(rated).score
          period: 2026-01
          value: 60
          reason: x
          by: z
        - id: 2
          kind: waive
          subject: c
          component: row(rated).score
          period: 2026-01
          reason: x
          by: z
    expect:
      row(rated).points:
        - {seller: a, is: 8}
        - {seller: b, is: 9}
        - {seller: c, is: not_applicable.waived}
      score: [{seller: a, is: 93}, {seller: b, is: 94}, {seller: c, is: 100}]
"""
    )


def test_deductions_by_completed_step_pro_rata_and_never_below_zero() -> None:
    """Target 90, at 88.5 1.5 below. Each point 2 of 10: one step, 8; pro rata 10 - 3 = 7. 80: 0."""
    hold(
        FACTS
        + """
scorecard:
  score:
    rows:
      - {row: whole, weight: 10, deduct: {below: 90, actual: first, points: 2}}
      - {row: parts, weight: 10, deduct: {below: 90, actual: first, points: 2, pro_rata: true}}
      - {row: rest, weight: 80, score: "100"}
examples:
  - name: a step and a half
    period: 2026-01
    given: {first: [{seller: a, is: 88.5}, {seller: b, is: 80}, {seller: c, is: 95}]}
    expect:
      row(whole).points: [{seller: a, is: 8}, {seller: b, is: 0}, {seller: c, is: 10}]
      row(parts).points: [{seller: a, is: 7}, {seller: b, is: 0}, {seller: c, is: 10}]
"""
    )


def test_additions_vetoes_and_figures_stand_outside_the_weights() -> None:
    """80 and 5 added: 85. With an accident the whole card is 0."""
    hold(
        FACTS
        + """
scorecard:
  score:
    rows:
      - {row: work, weight: 100, score: "80"}
      - {row: extra, add: "min(5, first)"}
      - {row: safety, veto: "second > 0", to: 0}
      - {row: shown, info: third}
examples:
  - name: an accident
    period: 2026-01
    given:
      first: [{seller: a, is: 9}, {seller: b, is: 9}]
      second: [{seller: a, is: 0}, {seller: b, is: 1}]
      third: [{seller: a, is: 3}]
    expect: {score: [{seller: a, is: 85}, {seller: b, is: 0}], row_shown_value: {seller: a, is: 3}}
"""
    )


def test_each_step_is_labelled_in_both_languages() -> None:
    row = "{row: a, label: {zh-Hans: 销售, en: Sales}, weight: 100, rate: {actual: x, target: y}}"
    plan = expand(load_plan(f"{HEAD}scorecard: {{score: {{rows: [{row}]}}}}"))

    actual, points = plan.columns["row_a_actual"], plan.columns["row_a_points"]

    assert actual.label is not None
    assert (actual.label.zh, actual.label.en) == ("销售·实际", "Sales: actual")
    assert points.label is not None
    assert (points.label.zh, points.label.en) == ("销售", "Sales")


def test_rows_name_their_weight_score_and_parent() -> None:
    children = "{row: b, weight: 60, score: '1'}, {row: c, weight: 40, score: '1'}"
    rows = f"{{row: a, weight: 100, rows: [{children}]}}"

    plan = expand(load_plan(f"{HEAD}scorecard: {{score: {{rows: [{rows}]}}}}"))

    found = {one.name: (one.column, one.weight, one.score, one.parent) for one in plan.components}
    assert found["row(b)"] == ("row_b_points", "row_b_weight", "row_b_score", "row(a)")
    assert found["row(a)"] == ("row_a_points", "row_a_weight", "row_a_score", None)
