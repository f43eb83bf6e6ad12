"""What authors call their things: words of languages, databases and types are names, too."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError, render
from attain.core.schemas import load_dataset_schema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.examples import test_plan
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

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


LINES = """
dataset: lines
key: [line_no]
date: sold_on
columns: {line_no: code, sold_on: date, seller: people, amount: {type: money, currency: CNY}}
"""


def of_lines(sources: str, rows: str) -> str:
    return f"""
plan: p
period: month
subjects: {{seller: people}}
{sources}
measures:
  sold: {{sum: amount, from: {rows}}}
"""


def test_a_dataset_that_is_called_as_a_result_comes_under_another_name() -> None:
    schemas = {**SYSTEM_DATASETS, "lines": load_dataset_schema(LINES)}

    with pytest.raises(AttainError) as caught:
        resolve(load_plan(of_lines("", "lines")), schemas)
    (problem,) = caught.value.problems
    brought = "sources: {lines_rows: {from: lines}}"
    by_source = resolve(load_plan(of_lines(brought, "lines_rows")), schemas)
    by_dataset = resolve(load_plan(of_lines(brought, "lines")), schemas)

    assert problem.code == "PLAN_NAME_RESERVED"
    assert "lines_rows: {from: lines}" in render(problem, "en").remedy
    assert problem.where is not None
    assert "lines" not in by_source.relations
    assert by_dataset.relations.keys() == by_source.relations.keys()
