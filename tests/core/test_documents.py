"""YAML is read without guessing, with the place of every word, and written as people write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, field_validator

from attain.core.documents import (
    Declared,
    Document,
    ExactNumber,
    check_document,
    known_fields,
    read_yaml,
    refused,
    write_yaml,
)
from attain.core.errors import AttainError, Problem, Where, codes, problem


def refusal(text: str) -> Problem:
    with pytest.raises(AttainError) as caught:
        read_yaml(text, "plan.yaml")
    return caught.value.problems[0]


def place(fault: Problem) -> tuple[str | None, int | None, int | None]:
    where = fault.where or Where()
    return where.file, where.line, where.position


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 010", "010"),
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: true", "true"),
        ("a: 1.10", "1.10"),
        ("a: 1e3", "1e3"),
        ("a: .nan", ".nan"),
        ("a: 2026-01-31", "2026-01-31"),
        ("a: 12:30:45", "12:30:45"),
        ("a: 80%", "80%"),
        ("a: '0.1'", "0.1"),
        ("a: null", None),
        ("a: ~", None),
        ("a:", None),
        ("a: 'null'", "null"),
        ("a: ''", ""),
        ("a: <<", "<<"),
        ("a: 考核", "考核"),
    ],
)
def test_every_scalar_stays_the_text_it_is(text: str, value: str | None) -> None:
    assert read_yaml(text).data == {"a": value}


def test_keys_and_lists_stay_texts_too() -> None:
    assert read_yaml("1: [1, 2.50]\non: {no: yes}").data == {
        "1": ["1", "2.50"],
        "on": {"no": "yes"},
    }
    assert read_yaml("").data is None


def test_everything_knows_its_line() -> None:
    document = read_yaml("head: x\nrows:\n  - weight: 40\n    score: bad\n", "plan.yaml")

    score = document.where(("rows", 0, "score"))
    assert (score.file, score.line, score.position) == ("plan.yaml", 4, 12)
    assert (score.end_line, score.end_position) == (4, 15)
    assert document.where(("rows", 0, "score"), of_key=True).position == 5


def test_what_is_not_written_is_looked_for_around_it() -> None:
    document = read_yaml("rows:\n  - weight: 40\n")

    assert document.where(("rows", 0, "score")).line == 2
    assert document.where(("rows", "union-tag", 0, "weight")).line == 2
    assert document.where(("elsewhere",)).line == 1


def test_a_value_is_found_by_its_path() -> None:
    document = read_yaml("rows: [{weight: 40}]")

    assert document.value(("rows", 0, "weight")) == "40"
    assert document.value(("rows", 1, "weight")) is None
    assert document.value(("rows", "x")) is None


def test_a_key_written_twice_is_refused_with_both_lines() -> None:
    fault = refusal("a: 1\nb: 2\na: 3\n")

    assert (fault.code, fault.values["first_line"]) == ("YAML_DUPLICATE_KEY", 1)
    assert place(fault) == ("plan.yaml", 3, 1)


@pytest.mark.parametrize(
    "text", ["{is: max(a, b)}", "rows: [max(a, b), c]", "{is: （a, b）}", "a: {is: sum(x}"]
)
def test_a_formula_cut_at_a_comma_is_refused_and_not_misread(text: str) -> None:
    assert refusal(text).code == "YAML_UNQUOTED"


@pytest.mark.parametrize(
    "text", ['{is: "max(a, b)"}', "is: max(a, b)", "is: 1) first point", "{is: max(a)}"]
)
def test_a_formula_that_is_whole_is_read(text: str) -> None:
    assert read_yaml(text).data


@pytest.mark.parametrize(
    "text",
    ["a: [1", "a: b: c", "\ta: 1", "a: 'x", "? [a]\n: 1", "a: *x", "a: 1\n---\nb: 2", "\x00"],
)
def test_broken_yaml_is_refused_with_its_place(text: str) -> None:
    fault = refusal(text)

    assert fault.code == "YAML_SYNTAX"
    assert place(fault)[0] == "plan.yaml"


@pytest.mark.parametrize("text", ["a: !!python/object:os.system x", "a: !mine x", "a: !!binary x"])
def test_tags_are_refused(text: str) -> None:
    assert refusal(text).code == "YAML_TAG"


def test_a_document_that_would_exhaust_the_machine_is_refused() -> None:
    laughs = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )

    assert refusal(laughs).values["what"] == "nodes"
    assert refusal("[" * 100 + "]" * 100).values["what"] == "depth"
    assert refusal("[" * 50_000).values["what"] == "depth"
    assert refusal("a: &a [*a]").code == "YAML_TOO_LARGE"
    assert refusal("#" * 2_000_001).values["what"] == "characters"


def test_an_alias_is_read_as_what_it_stands_for() -> None:
    assert read_yaml("a: &x {b: 1}\nc: *x").data == {"a": {"b": "1"}, "c": {"b": "1"}}


class Row(Declared):
    """A row of a sample document."""

    weight: int = Field(ge=0, le=100)
    rate: ExactNumber = Decimal(0)
    name: str = "x"

    @field_validator("name")
    @classmethod
    def _is_short(cls, name: str) -> str:
        if len(name) > 5:
            raise refused(problem(codes.NAME_INVALID, value=name, limit=5))
        if name == "odd":
            raise ValueError("it is odd")
        return name


class Sample(Declared):
    """A sample document."""

    head: str
    rows: tuple[Row, ...] = ()
    by_name: dict[str, Row] = Field(default_factory=dict)


def faults(text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(AttainError) as caught:
        check_document(Sample, read_yaml(text, "s.yaml"))
    return [(fault.code, *place(fault)[1:]) for fault in caught.value.problems]


def test_a_good_document_becomes_its_model() -> None:
    document = read_yaml("head: x\nrows: [{weight: 40}]\n")

    assert check_document(Sample, document) == Sample(head="x", rows=(Row(weight=40),))
    assert check_document(Row, document, ("rows", 0)) == Row(weight=40)


def test_every_fault_is_told_with_its_place() -> None:
    text = "hed: x\nrows:\n  - weight: heavy\n  - wieght: 40\nby_name:\n  a: {weight: 101}\n"

    assert faults(text) == [
        ("FIELD_MISSING", 1, 1),
        ("FIELD_INVALID", 3, 13),
        ("FIELD_MISSING", 4, 5),
        ("FIELD_UNKNOWN", 4, 5),
        ("FIELD_INVALID", 6, 15),
        ("FIELD_UNKNOWN", 1, 1),
    ]


def test_an_unknown_word_is_answered_with_the_nearest_known_one() -> None:
    with pytest.raises(AttainError) as caught:
        check_document(Sample, read_yaml("head: x\nrows: [{weight: 1, wheight: 2}]"))

    assert caught.value.problems[0].values["known"] == ("weight",)


def test_a_coded_problem_of_a_validator_comes_back_placed() -> None:
    assert faults("head: x\nrows: [{weight: 1, name: too-long}]") == [("NAME_INVALID", 2, 26)]
    assert faults("head: x\nrows: [{weight: 1, name: odd}]") == [("FIELD_INVALID", 2, 26)]


@pytest.mark.parametrize(
    ("text", "value"), [("0.1", "0.1"), ("1.17", "1.17"), ("80%", "0.80"), ("'-5'", "-5")]
)
def test_a_number_of_a_document_is_exact(text: str, value: str) -> None:
    row = check_document(Row, read_yaml(f"weight: 1\nrate: {text}\n"))

    assert str(row.rate) == value


def test_a_number_that_is_none_is_refused_with_its_place() -> None:
    assert faults("head: x\nrows: [{weight: 1, rate: 1e3}]") == [("NUMBER_FORMAT", 2, 26)]
    with pytest.raises(ValueError, match="not exact"):
        Row(weight=1, rate=0.1)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("head: [a]", "应为文字", "a text is expected"),
        ("{head: x, rows: [{weight: 101}]}", "不能大于 100", "it must be at most 100"),
        ("{head: x, rows: 5}", "应为列表", "a list is expected"),
        (
            "{head: x, rows: [5]}",
            "应为“键: 值”的形式，键有 weight, rate, name",
            "keys with values are expected, such as weight, rate, name",
        ),
    ],
)
def test_what_was_expected_is_said_in_both_languages(text: str, zh: str, en: str) -> None:
    with pytest.raises(AttainError) as caught:
        check_document(Sample, read_yaml(text))

    detail: Any = caught.value.problems[0].values["detail"]
    assert (detail.zh, detail.en) == (zh, en)


def test_a_document_that_is_no_mapping_is_refused() -> None:
    assert faults("- a")[0][0] == "FIELD_INVALID"


def test_the_known_words_at_a_place() -> None:
    assert known_fields(Sample) == ("head", "rows", "by_name")
    assert known_fields(Sample, ("rows", 3)) == ("weight", "rate", "name")
    assert known_fields(Sample, ("by_name", "anything")) == ("weight", "rate", "name")


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u2028\u2029"),
    max_size=20,
)
TREES = st.dictionaries(
    TEXTS.filter(bool),
    st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS.filter(bool), inner)),
)


@settings(max_examples=50)
@given(TREES)
def test_what_is_written_is_read_back(data: dict[str, object]) -> None:
    assert read_yaml(write_yaml(data)).data == data


@given(st.text(max_size=60))
def test_any_text_is_a_document_or_a_coded_refusal(text: str) -> None:
    try:
        assert isinstance(read_yaml(text), Document)
    except AttainError as error:
        assert all(code.startswith("YAML_") for code in error.codes)  # noqa: PT017


def test_a_folded_text_is_one_line_and_nothing_else() -> None:
    document = read_yaml("a: >-\n  first\n  second\nb: >\n  one\n\n  two\n")

    assert document.data == {"a": "first second", "b": "one\ntwo\n"}
