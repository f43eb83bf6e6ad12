"""What authors call their things: words of languages, databases and types are names, too."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.examples import test_plan

PLAN = """
plan: p
period: month
subjects: {SUBJECT: people}
sources:
  SOURCE:
    key: [deal_no]
    date: signed_on
    columns: {deal_no: code, signed_on: date, SUBJECT: people, STORED: money, KIND: text}
columns:
  by_kind: {each: [SUBJECT, KIND, month], sum: STORED, from: SOURCE}
  MADE: {each: [SUBJECT, month], sum: by_kind, from: [SUBJECT, KIND, month]}
  twice: {each: [SUBJECT, month], is: "MADE * 2"}
examples:
  - name: one deal
    period: 2026-01
    given: {SOURCE: [{deal_no: a, signed_on: 2026-01-10, SUBJECT: wu, STORED: 100.00, KIND: k}]}
    expect: {twice: [{SUBJECT: wu, is: 200.00}]}
"""
USUAL = {
    "SUBJECT": "seller",
    "SOURCE": "deals",
    "STORED": "amount",
    "KIND": "line",
    "MADE": "sold",
}
WORDS = (
    "total",
    "rank",
    "value",
    "rows",
    "select",
    "order",
    "from",
    "target",
    "sum",
    "key",
    "left",
)


def written(**names: str) -> str:
    text = PLAN
    for role, name in {**USUAL, **names}.items():
        text = text.replace(role, name)
    return text


@pytest.mark.parametrize("role", USUAL)
@pytest.mark.parametrize("word", WORDS)
def test_words_of_languages_and_databases_are_names_like_others(role: str, word: str) -> None:
    (result,) = test_plan(written(**{role: word}))

    assert result.passed, (result.failures, result.problems)


@pytest.mark.parametrize(
    ("role", "word", "code"),
    [
        ("SOURCE", "month", "PLAN_NAME_RESERVED"),
        ("SOURCE", "date", "PLAN_NAME_RESERVED"),
        ("SOURCE", "money", "PLAN_NAME_RESERVED"),
        ("SOURCE", "outcomes", "PLAN_NAME_RESERVED"),
        *(("MADE", word, "PLAN_NAME_RESERVED") for word in ("真", "假", "是", "否", "或者")),
        ("KIND", "person", "PLAN_COLUMN_THERE"),
        ("MADE", "person", "PLAN_COLUMN_THERE"),
        ("KIND", "week", "PLAN_GRAIN_SHAPE"),
    ],
)
def test_what_would_mean_something_else_is_refused(role: str, word: str, code: str) -> None:
    with pytest.raises(AttainError) as caught:
        test_plan(written(**{role: word}))

    assert code in {one.code for one in caught.value.problems}
