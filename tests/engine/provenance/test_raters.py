"""What single raters gave is told to nobody, however a plan gathers it (D31)."""

from __future__ import annotations

import pytest
from telling import lines_of

from attain.engine.examples.explaining import Asked

PLAN = """
plan: rated
period: year
subjects: {manager: people}
columns:
  peers:
    {mean: score, from: ratings, where: "rater_group = 'peer'", link: {manager: subject}, in: all}
  below:
    mean: score
    from: ratings
    where: "rater_group = 'below'"
    link: {manager: subject}
    in: all
    show: false
  both: "peers * 60% + below * 40%"
  one: {match: ratings, link: {subject: manager, rater: hand}}
  hand: "manager"
  own: "one.score"
  weighted: {each: ratings, is: "score * 2"}
  twice: {sum: weighted, from: ratings, link: {manager: subject}, in: all}
examples:
  - name: three peers, two of those below
    period: 2026
    given:
      ratings:
        - {subject: m, item: review, rater: x1, rater_group: peer, period: 2026, score: 91}
        - {subject: m, item: review, rater: x2, rater_group: peer, period: 2026, score: 82}
        - {subject: m, item: review, rater: x3, rater_group: peer, period: 2026, score: 85}
        - {subject: m, item: review, rater: y1, rater_group: below, period: 2026, score: 77}
        - {subject: m, item: review, rater: y2, rater_group: below, period: 2026, score: 61}
        - {subject: m, item: review, rater: m, rater_group: self, period: 2026, score: 99}
    expect:
      peers: {manager: m, is: 86}
      below: {manager: m, is: 69}
      both: {manager: m, is: 79.2}
      own: {manager: m, is: 99}
      twice: {manager: m, is: 990}
"""
NAMED = """
plan: marked
period: month
subjects: {seller: people}
scorecard:
  score:
    rows:
      - {row: effort, weight: 40, rating: {item: effort, by: boss, scale: {good: 40, fair: 24}}}
      - {row: order, weight: 60, rating: {item: order, by: boss}}
examples:
  - name: the superior alone
    period: 2026-03
    given:
      ratings:
        - {subject: li, item: effort, rater: chen, rater_group: boss, period: 2026-03, choice: fair}
        - {subject: li, item: order, rater: chen, rater_group: boss, period: 2026-03, score: 85}
    expect:
      row_effort_points: {seller: li, is: 24}
      row_order_points: {seller: li, is: 51}
"""
DECIDED = """
plan: around
period: year
subjects: {manager: people}
scorecard:
  score:
    rows:
      - row: care
        label: {zh-Hans: 管理, en: Care}
        weight: 100
        raters: {item: care, groups: {superior: 50, peer: 50}, threshold: 3}
interventions: {row(care).score: [set]}
examples:
  - name: a superior and three peers
    period: 2026
    given:
      ratings:
        - {subject: m, item: care, rater: s, rater_group: superior, period: 2026, score: 90}
        - {subject: m, item: care, rater: x1, rater_group: peer, period: 2026, score: 91}
        - {subject: m, item: care, rater: x2, rater_group: peer, period: 2026, score: 82}
        - {subject: m, item: care, rater: x3, rater_group: peer, period: 2026, score: 85}
    expect:
      row(care).score: {manager: m, is: 88}
"""
SECRETS = ("x1", "x2", "x3", "y1", "y2", "91", "82", "85", "77", "61")


def told(column: str, language: str = "en", plan: str = PLAN) -> list[str]:
    return lines_of(plan, column, language)


@pytest.mark.parametrize("column", ["peers", "below", "both", "own", "twice"])
def test_no_explanation_lists_who_gave_what(column: str) -> None:
    found = told(column)

    assert not [line for line in found if any(secret in line for secret in SECRETS)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "3 ratings; who gave what is told to nobody"),
        ("zh-Hans", "共3份评分，谁打了多少分不公开"),
    ],
)
def test_the_number_of_ratings_is_told(language: str, said: str) -> None:
    assert said in told("peers", language)


def test_the_mean_of_two_raters_is_told_on_no_page_of_its_own() -> None:
    # 77 and 61 have a mean of 69, from which either would know the other.
    assert told("below")[0].startswith("Why not applicable?")
    assert not [line for line in told("both") if "69" in line]


def test_the_mean_of_three_is_told() -> None:
    # 91, 82 and 85: 86, of which 60 % and 40 % of 69 are 79.2
    found = told("both")

    assert found[0].startswith("Why 79.2?")
    assert any("86 × 60%" in line for line in found)


def test_the_mark_of_a_superior_is_told_as_it_was_given() -> None:
    # It is no answer of a group: fair counts 24 of 40, and 60 % of 85 is 51.
    assert "effort: points = effort: scale[fair] = 24" in told("row_effort_points", plan=NAMED)
    assert any("85" in line for line in told("row_order_points", plan=NAMED))


def test_a_score_of_rater_groups_is_told_by_its_label_where_its_parts_are_not() -> None:
    # (90 + 86) ÷ 2 = 88
    found = lines_of(DECIDED, Asked(0, 0, "row(care).score", 0), "zh-Hans")

    assert found[1:3] == ["规则", "管理·得分"]
    assert not [line for line in found if "row_care" in line]
