"""No text leaves the language, exhausts the machine, or raises anything but a coded error.

Reliability B67 to B69 and G35. What is here is typed by hand; a fuzzer adds the rest.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.core.errors import Severity
from attain.expressions.check import check
from attain.expressions.functions.texts import _fits

REFUSED = [
    "__import__('os')",
    "().__class__",
    "x.__class__.__mro__",
    "amount.__class__",
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "<%= 7 %>",
    "'; DROP TABLE orders",
    "1) UNION SELECT 1",
    "1; SELECT 1",
    "SELECT 1",
    "(SELECT 1)",
    "read_text('/etc/passwd')",
    "read_csv_auto('x')",
    "COPY orders TO 'x'",
    "ATTACH 'x'",
    "PRAGMA version",
    "a /* b",
    "a -- b",
    "%s",
    "%(x)s",
    "{0.__class__}",
    "f'{x}'",
    "lambda x: x",
    "[x for x in y]",
    "{'a': 1}",
    "x[0]",
    "x::int",
    "x := 1",
    "x = y = z",
    "eval('1')",
    "exec('1')",
    "getattr(amount, 'x')",
    "amount;",
    "`amount`",
    '"amount',
    "$1",
    "@x",
    "?",
    "a ? b : c",
    "a && b",
    "a || b",
    "a ^ b",
    "~a",
    "a % b",
    "\\x41",
    "a\x00b",
    "\u202eamount",
    "amo\u200bunt",
    "аmount",  # a Cyrillic letter
    "amount\u2044price",
    "1__000",
    "1_000",
    "NaN",
    "inf",
    "null",
    "None",
    "self",
    "this",
    "current_setting('x')",
    "getenv('HOME')",
    "query('select 1')",
    "attain_divide_18(amount, price)",
    "list_transform(amount, amount)",
    "case when true then 1 end",
    "cast(amount as double)",
    "amount between 1 and 2",
    "amount is null",
    "amount like 'x'",
    "exists(amount)",
    "sum(amount)",
    "row(x).y.z",
    "max(*)",
    "count(*)",
    "不存在的函数(1)",
]


@pytest.mark.parametrize("text", REFUSED)
def test_nothing_of_another_language_passes(text: str, checked) -> None:
    found = checked(text)

    assert not found.is_sound
    assert {one.code for one in found.problems if one.severity is Severity.error} <= {
        "PLAN_SYNTAX",
        "PLAN_UNKNOWN_NAME",
        "PLAN_UNKNOWN_FUNCTION",
        "PLAN_TYPE",
        "PLAN_ARGUMENTS",
    }


@pytest.mark.parametrize(
    "name",
    ["now()", "today()", "TODAY()", "random()", "rand()", "uuid()", "今天()", "current_date()"],
)
def test_what_changes_by_itself_is_refused_and_period_end_is_offered(name: str, checked) -> None:
    (found,) = checked(name).problems

    assert found.code == "PLAN_NONDETERMINISTIC"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200_000 + "1" + ")" * 200_000,
        "(" * 1_500,
        "not " * 900 + "flag",
        "-" + " -" * 1_500 + "1",
        "1 + " * 250_000 + "1",
        "1-" * 1_900 + "1",
        "max(" * 300 + "1",
        "if(is_head, " * 300 + "1",
        "'" + "x" * 5_000 + "'",
    ],
    ids=lambda text: f"{text[:12]}… ({len(text)} characters)",
)
def test_size_and_depth_are_limited(text: str, checked) -> None:
    started = time.process_time()

    found = checked(text)

    assert [one.code for one in found.problems] == ["PLAN_TOO_COMPLEX"]
    assert time.process_time() - started < 0.4


def test_a_long_flat_sum_is_no_depth(value) -> None:
    started = time.process_time()

    assert value("+".join(["1"] * 2000)) == 2000
    assert time.process_time() - started < 1


def test_powers_of_powers_are_too_complex(codes) -> None:
    assert codes("power(power(power(share, 64), 64), 64)") == ["PLAN_TOO_COMPLEX"]
    assert codes("power(share, 999999)") == ["PLAN_ARGUMENTS"]


SIGNS = st.sampled_from(
    [
        *"()（），,+-*/×÷=<>≤≥≠.'\"“”‘’%％ \n",
        *("and", "or", "not", "in", "且", "或", "非", "true"),
        *("amount", "price", "销售额", "flag", "name", "due", "nobody", "if", "max", "value"),
        *("bands", "round", "__class__", "now", "select", "0", "12", "80%", "2026-03-15", "'A'"),
        *("{", "}", "[", "]", ";", "$", "#", "@", "\\", "`", "\x00", "\u202e", "：", "。"),
    ]
)


@settings(max_examples=600)
@given(st.lists(SIGNS, max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_is_either_sound_or_refused_with_a_place(text: str) -> None:
    from expression_row import Row

    found = check(text, Row())

    if not found.is_sound:
        errors = [one for one in found.problems if one.severity is Severity.error]
        assert all(one.where is not None and one.where.line for one in errors)


def test_a_pattern_of_many_stars_is_answered_at_once() -> None:
    # A machine that tries every length of every star would need more steps than there are days.
    started = time.process_time()

    assert _fits("a" * 2000, "*a" * 30 + "*b") is False
    assert _fits("a" * 2000, "*a" * 30 + "*") is True
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("", "", True), ("", "*", True), ("", "?", False), ("a", "", False),
        ("a*b", "a*b", True), ("axxb", "a*b", True), ("a?b", "a?b", True), ("acb", "a?b", True),
        ("ab", "a?b", False), ("aab", "*ab", True), ("aba", "*ab", False), ("a\nb", "a*b", True),
        ("abcabc", "*abc", True), ("华东区", "华??", True), ("华东", "华??", False),
    ],
)  # fmt: skip
def test_a_star_stands_for_any_text_and_a_question_mark_for_one_sign(
    text: str, pattern: str, fits: bool
) -> None:
    assert _fits(text, pattern) is fits
