"""Coded errors: one shape, one catalogue, two languages."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from attain.core.errors import (
    AttainError,
    ErrorKind,
    Problem,
    Severity,
    Where,
    catalogue,
    define,
    kind_of,
    nearest,
    problem,
    render,
    render_all,
    render_place,
)
from attain.core.labels import labels

CELL = Where(file="orders.xlsx", sheet="订单", row=12, column="D", header="金额")


def test_a_rendered_error_says_what_why_what_to_do_and_where() -> None:
    shown = render(problem("NUMBER_FORMAT", CELL, value="1e3"), "en")

    assert shown.title == "Error NUMBER_FORMAT"
    assert shown.message == "“1e3” is not a number in an accepted form."
    assert shown.why == "Guessing what was meant could change somebody's score or pay."
    assert shown.remedy.startswith("Write it like 1234.50")
    assert shown.place == "orders.xlsx, sheet “订单”, row 12, column D, “金额”"


def test_the_same_error_speaks_chinese() -> None:
    shown = render(problem("NUMBER_FORMAT", CELL, value="1e3"), "zh-Hans")

    assert shown.title == "错误 NUMBER_FORMAT"
    assert shown.message == "“1e3”不是可以接受的数字写法。"
    assert shown.place == "orders.xlsx，工作表“订单”，第 12 行，D 列，“金额”"


def test_a_place_in_a_text_has_line_and_character() -> None:
    where = Where(file="plan.yaml", line=3, position=14)

    assert render_place(where, "en") == "plan.yaml, line 3, character 14"
    assert render_place(where, "zh-Hans") == "plan.yaml，第 3 行，第 14 个字符"
    assert render_place(None) == ""


def test_an_exception_reads_as_its_problems() -> None:
    error = AttainError([problem("NUMBER_MISSING"), problem("DATE_MISSING", CELL)])

    assert error.codes == ("NUMBER_MISSING", "DATE_MISSING")
    assert str(error) == render_all(error.problems, "en")
    assert "row 12" in str(error)


def test_an_error_without_a_problem_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at least one"):
        AttainError([])


def test_who_knows_the_place_adds_it_and_keeps_what_was_said() -> None:
    inner = problem("NUMBER_FORMAT", Where(column="D"), value="x")

    placed = AttainError(inner).at(Where(file="a.csv", row=7, column="Z"))

    assert placed.problems[0].where == Where(file="a.csv", row=7, column="D")
    assert problem("NUMBER_MISSING").at(CELL).where == CELL
    assert problem("NUMBER_MISSING", CELL).at(None).where == CELL


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "空", "empty"),
        (Decimal("1E+3"), "1000", "1000"),
        (date(2026, 9, 30), "2026-09-30", "2026-09-30"),
        (labels("部门", "Unit"), "部门", "Unit"),
        (["a", "b"], "a、b", "a, b"),
        ({"b", "a"}, "a、b", "a, b"),
        ("x" * 50, "x" * 39 + "…", "x" * 39 + "…"),
        ("a\u202eb\x00", "a<U+202E>b<U+0000>", "a<U+202E>b<U+0000>"),
    ],
)
def test_values_are_shown_short_visible_and_in_the_reader_s_language(
    value: object, zh: str, en: str
) -> None:
    fault = problem("NUMBER_FORMAT", value=value)

    assert render(fault, "zh-Hans").message == f"“{zh}”不是可以接受的数字写法。"
    assert render(fault, "en").message == f"“{en}” is not a number in an accepted form."


def test_a_value_with_braces_is_not_a_template() -> None:
    shown = render(problem("NUMBER_FORMAT", value="{0.__class__} {value}"), "en")

    assert shown.message == "“{0.__class__} {value}” is not a number in an accepted form."


def test_a_problem_is_data_with_its_values_and_place() -> None:
    fault = problem("DATE_OUT_OF_RANGE", CELL, value="x", earliest=date(1950, 1, 1), latest=None)

    assert fault.as_data() == {
        "code": "DATE_OUT_OF_RANGE",
        "severity": "error",
        "values": {"value": "x", "earliest": "1950-01-01", "latest": None},
        "where": {
            "file": "orders.xlsx",
            "sheet": "订单",
            "row": 12,
            "column": "D",
            "header": "金额",
        },
    }


def test_values_and_fractions_become_plain_data() -> None:
    fault = Problem("X", {"amount": Decimal("1.50"), "names": ("a", 1), "odd": Where()})

    assert fault.as_data()["values"] == {
        "amount": "1.50",
        "names": ["a", 1],
        "odd": str(Where()),
    }


def test_kept_problems_speak_both_languages_later() -> None:
    faults = [
        problem("DATE_OUT_OF_RANGE", CELL, value="x", earliest=date(1950, 1, 1), latest=None),
        problem("NUMBER_FORMAT", value=labels("部门", "Unit")),
        problem("NUMBER_NORMALISED", value="１", read=Decimal("1.50")),
    ]

    kept = [Problem.from_data(json.loads(json.dumps(fault.as_data()))) for fault in faults]

    for language in ("zh-Hans", "en"):
        assert render_all(kept, language) == render_all(faults, language)


def test_an_error_crosses_from_one_process_to_another() -> None:
    error = AttainError(problem("NUMBER_FORMAT", CELL, value="1e3"))

    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_a_problem_lacking_a_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="needs the values value"):
        problem("NUMBER_FORMAT")
    with pytest.raises(KeyError):
        problem("NO_SUCH_CODE")


def test_severity_comes_from_the_catalogue_unless_said_otherwise() -> None:
    assert problem("NUMBER_NORMALISED", value="１", read=1).severity is Severity.note
    assert problem("NUMBER_MISSING", severity=Severity.warning).severity is Severity.warning


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("lower_case", "甲", "a"),
        ("TEST_DIFFERENT_VALUES", "{one}", "{other}"),
        ("TEST_ONE_LANGUAGE", "甲", ""),
        ("TEST_ATTRIBUTE", "{value.secret}", "{value.secret}"),
        ("TEST_POSITION", "{}", "{}"),
        ("NUMBER_FORMAT", "另一句", "another sentence"),
    ],
)
def test_a_code_is_defined_once_properly_and_in_both_languages(code: str, zh: str, en: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        define(code, zh=zh, en=en, remedy_zh="乙", remedy_en="b")


@pytest.mark.parametrize("kind", catalogue(), ids=lambda kind: str(kind.code))
def test_every_code_has_whole_sentences_in_both_languages(kind: ErrorKind) -> None:
    for said in (kind.message, kind.remedy):
        # A template may end in a sentence that is passed on.
        assert said.zh[-1] in "。！？}"
        assert said.en[-1] in ".!?}"
    assert bool(kind.why.zh) == bool(kind.why.en)
    assert 400 <= kind.http < 600
    assert kind_of(kind.code) is kind


@pytest.mark.parametrize("kind", catalogue(), ids=lambda kind: str(kind.code))
def test_every_code_renders_with_its_values(kind: ErrorKind) -> None:
    fault = Problem(kind.code, dict.fromkeys(kind.names, "value"), CELL, kind.severity)

    for language in ("zh-Hans", "en"):
        shown = render(fault, language)
        assert not any(name for _, name, _, _ in Formatter().parse(shown.message) if name)
        assert shown.remedy


def test_a_mistyped_word_is_answered_with_the_nearest_ones() -> None:
    assert nearest("attainmet", ["attainment", "target", "grade"]) == ("attainment",)
    assert nearest("Target", ["target"]) == ("target",)
    assert nearest("销售", ["销售额", "回款"]) == ("销售额",)
    assert nearest("zzz", ["target"]) == ()
