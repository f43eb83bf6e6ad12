"""`below`: columns that read themselves on those directly below in a tree (language.md 41)."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError, render
from attain.core.units import Unit
from attain.engine.plans.api import expand, load_plan, resolve

HEAD = """
plan: p
period: month
subjects: {goal: people}
sources:
  reports:
    key: [report]
    date: on_day
    columns: {report: code, on_day: date, person: people, share: {type: ratio, required: true}}
paths: {goals: {over: alignment, levels: 2}}
columns:
  own: {latest: share, from: reports, link: {goal: person}}
"""


def _codes(text: str) -> list[str]:
    with pytest.raises(AttainError) as refused:
        expand(load_plan(HEAD + text))
    for one in refused.value.problems:
        assert render(one, "zh-Hans").remedy
        assert render(one, "en").remedy
    return [one.code for one in refused.value.problems]


def test_a_column_that_reads_itself_below_is_written_once_for_each_level() -> None:
    plan = expand(load_plan(HEAD + '  progress: "if_missing(below(goals, mean, progress), own)"\n'))

    written = {name: column.is_ for name, column in plan.columns.items() if "progress" in name}

    assert written["progress_at_0"] == "if_missing(no_data('no_rows'), own)"
    assert written["progress_at_1"] == "if_missing(progress_below_1, own)"
    assert written["progress"] == "if_missing(progress_below_2, own)"
    assert plan.columns["progress_below_2"].mean == "progress_at_1"
    assert [check.holds for check in plan.checks] == ["distance <= 2"]


def test_what_does_not_read_itself_looks_one_level_down_only() -> None:
    plan = expand(load_plan(HEAD + '  best: "below(goals, max, if(own > 100%, 100%, own))"\n'))

    assert plan.columns["best"].is_ == "best_below_1"
    assert plan.columns["best_below_1"].max == "if(own > 100%, 100%, own)"
    assert not plan.checks


def test_names_in_quotes_and_over_links_are_no_columns_of_the_circle() -> None:
    text = "  rank: \"if(below(goals, any, rank = 'rank'), 'rank', 'none')\"\n"

    plan = expand(load_plan(HEAD + text))

    assert plan.columns["rank_below_1"].any == "rank_at_0 = 'rank'"
    assert plan.columns["rank"].is_ == "if(rank_below_2, 'rank', 'none')"


def test_both_calls_of_a_rule_have_columns_of_their_own() -> None:
    rule = "own + below(goals, sum, x) + below(goals, count, x > 50%)"
    plan = expand(load_plan(HEAD + f'  x: {{is: "{rule}", unit: ratio}}\n'))

    assert plan.columns["x"].is_ == "own + x_below_2 + x_below2_2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('  x: "below(goals, x)"\n', "BELOW_SHAPE"),
        ('  x: "below(goals, middle, x)"\n', "BELOW_SHAPE"),
        ('  x: "below(teams, mean, x)"\n', "BELOW_PATH"),
        ('  x_at_1: own\n  x: "below(goals, sum, x)"\n', "PLAN_NAME_TAKEN"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, code: str) -> None:
    assert code in _codes(text)


def test_the_expansion_is_a_plan_like_any_other() -> None:
    plan = expand(load_plan(HEAD + '  x: {is: "own + below(goals, sum, x)", unit: ratio}\n'))

    assert resolve(plan).relations["goal_month"].columns["x"]


def test_what_is_asked_of_those_below_is_told_by_labels_and_signs() -> None:
    text = "  done: {label: {zh-Hans: 完成率, en: share done}, is: own}\n"
    plan = expand(load_plan(HEAD + text + '  whole: "below(goals, count, done >= 100%)"\n'))

    told = plan.columns["whole_below_1"].label

    assert told is not None
    assert told.zh == "直接下级中“完成率 ≥ 100%”的人数"
    assert told.en == "how many directly below: share done ≥ 100%"


LEADERS = """
plan: leaders
period: month
subjects: {goal: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, goal: people, amount: money}}
paths: {line: {over: sponsor, levels: 2}}
columns:
  own: {sum: amount, from: orders}
  led: "if(own > 40, own, next_led)"
"""


def test_amounts_that_are_only_added_up_from_below_need_no_unit() -> None:
    plan = load_plan(LEADERS + '  next_led: "below(line, sum, led)"\n')

    columns = resolve(expand(plan)).relations["goal_month"].columns

    assert columns["next_led"].type.unit is columns["led"].type.unit is Unit.money


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_is_wrong_at_a_level_is_told_by_the_name_its_author_wrote(language: str) -> None:
    plan = load_plan(LEADERS + '  next_led: "below(line, sum, led) + 0"\n')

    with pytest.raises(AttainError) as raised:
        resolve(expand(plan))

    told = [str(render(one, language)) for one in raised.value.problems]
    assert any("next_led: {is: ..., unit: money}" in one for one in told)
    assert not any("_at_" in one for one in told)


@pytest.mark.parametrize(
    ("chinese", "aggregate"),
    [("计数", "count"), ("合计", "sum"), ("平均", "mean"), ("最大", "max")],
)
def test_aggregates_have_chinese_names_as_the_call_has(chinese: str, aggregate: str) -> None:
    plan = expand(load_plan(HEAD + f'  x: "下级(goals, {chinese}, own)"\n'))

    assert getattr(plan.columns["x_below_1"], aggregate) == "own"
