"""The one number parser (bad-input catalogue B23 to B29 and the grammar above it)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError, Severity, render
from attain.core.numbers import (
    PLAIN_NUMBERS,
    RATIO_NUMBERS,
    WHOLE_NUMBERS,
    NumberProfile,
    parse_cell_number,
    parse_number,
    parse_ratio,
)

THOUSANDS = NumberProfile(thousands=",")
GERMAN = NumberProfile(decimal=",", thousands=".")
FRENCH = NumberProfile(decimal=",", thousands=" ")
DECIMAL_COMMA = NumberProfile(decimal=",")
ACCOUNTING = NumberProfile(allow_accounting_negative=True)
YUAN = NumberProfile(thousands=",", currency="CNY", scale=2, units=frozenset({"万", "亿"}))


def refusal(text: str, profile: NumberProfile = PLAIN_NUMBERS) -> str:
    with pytest.raises(AttainError) as caught:
        parse_number(text, profile)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("5", "5"),
        ("+5", "5"),
        ("-5", "-5"),
        ("1234.50", "1234.50"),
        ("  12.5 ", "12.5"),
        ("007", "7"),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_plain_numbers_are_read_without_a_note(text: str, value: str) -> None:
    parsed = parse_number(text)

    assert (str(parsed.value), parsed.notes) == (value, ())


def test_minus_zero_is_zero() -> None:
    assert [str(parse_number(text).value) for text in ("-0", "-0.00")] == ["0", "0.00"]


@pytest.mark.parametrize(
    "text",
    [
        "1e3", "1E3", "0x10", "1_000", "NaN", "nan", "sNaN", "Infinity", "inf", "--5", "+-5",
        ".5", "5.", ".", "-", "1.2.3", "1 2", "1\u200b2", "abc", "٣", "१२", "²", "½", "一百",
        "壹佰元整", "1万", "(5)", "5-", "\u22125", "1,23", "1,2345", "12,34,567", "1'000", "¥5",
        "5元", "=1+1", "1;2", "1\x002",
    ],
)  # fmt: skip
def test_nothing_outside_the_grammar_is_a_number(text: str) -> None:
    assert refusal(text) == "NUMBER_FORMAT"


def test_a_number_that_means_but_one_is_refused_with_how_it_is_written() -> None:
    written = {"99,999.99": "99999.99", "8.5折": "85%", "2 成": "20%"}
    for text, plain in written.items():
        with pytest.raises(AttainError) as caught:
            parse_number(text)
        for language in ("zh-Hans", "en"):
            assert f" {plain}" in render(caught.value.problems[0], language).remedy


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("(200.00)", "written: {accounting: true}"),
        ("200.00-", "written: {accounting: true}"),
        ("1.234,50", 'written: {decimal: ","}'),
        ("12,5", 'written: {decimal: ","}'),
        ("1.2万", "written: {units: [万]}"),
        ("-3 亿", "written: {units: [亿]}"),
        (".0120", "written: {leading_point: true}"),
    ],
)
def test_what_may_be_declared_is_refused_with_the_declaration(text: str, declared: str) -> None:
    with pytest.raises(AttainError) as caught:
        parse_number(text)

    for language in ("zh-Hans", "en"):
        assert declared in render(caught.value.problems[0], language).remedy


def test_what_no_column_may_declare_is_refused_without_a_declaration() -> None:
    with pytest.raises(AttainError) as caught:
        parse_number("1e3")

    assert "written:" not in render(caught.value.problems[0], "en").remedy


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n"])
def test_blank_is_not_zero(text: str) -> None:
    assert refusal(text) == "NUMBER_MISSING"


@pytest.mark.parametrize("value", [0.1, 5, Decimal("1"), None, b"5"])
def test_a_number_is_read_from_text_only(value: object) -> None:
    with pytest.raises(TypeError):
        parse_number(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "profile", "value"),
    [
        ("１２３", PLAIN_NUMBERS, "123"),
        ("－５", PLAIN_NUMBERS, "-5"),
        ("１２．５", PLAIN_NUMBERS, "12.5"),
        ("1，234．50", THOUSANDS, "1234.50"),
        ("1,234.50", THOUSANDS, "1234.50"),
        ("1,234,567", THOUSANDS, "1234567"),
        ("1.234,50", GERMAN, "1234.50"),
        ("1 234,50", FRENCH, "1234.50"),
        ("1\u00a0234,50", FRENCH, "1234.50"),
        ("1\u202f234,50", FRENCH, "1234.50"),
        ("12,5", DECIMAL_COMMA, "12.5"),
        ("(5)", ACCOUNTING, "-5"),
        ("（5.20）", ACCOUNTING, "-5.20"),
        ("5-", ACCOUNTING, "-5"),
        ("\u22125", ACCOUNTING, "-5"),
        ("1万", YUAN, "10000"),
        ("1.5万", YUAN, "15000"),
        ("0.12亿", YUAN, "12000000"),
        ("¥1,234.50", YUAN, "1234.50"),
        ("￥12", YUAN, "12"),
        ("-¥12", YUAN, "-12"),
        ("12元", YUAN, "12"),
        ("12 CNY", YUAN, "12"),
    ],
)
def test_what_the_profile_declares_is_read_with_a_note(
    text: str, profile: NumberProfile, value: str
) -> None:
    parsed = parse_number(text, profile)

    assert str(parsed.value) == value
    assert [(note.code, note.severity) for note in parsed.notes] == [
        ("NUMBER_NORMALISED", Severity.note)
    ]


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("1,234", PLAIN_NUMBERS),
        ("-1,234", PLAIN_NUMBERS),
        ("1，234", PLAIN_NUMBERS),
        ("1.234", DECIMAL_COMMA),
        ("1.234", FRENCH),
    ],
)
def test_a_sign_with_two_meanings_is_refused_and_both_are_shown(
    text: str, profile: NumberProfile
) -> None:
    with pytest.raises(AttainError) as caught:
        parse_number(text, profile)

    shown = caught.value.problems[0]
    assert shown.code == "NUMBER_AMBIGUOUS"
    assert {str(shown.values["first"]).lstrip("-"), str(shown.values["second"]).lstrip("-")} == {
        "1234",
        "1.234",
    }


def test_the_declared_decimal_sign_is_never_ambiguous() -> None:
    assert parse_number("1.234", THOUSANDS).value == Decimal("1.234")
    assert parse_number("1,234", GERMAN).value == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("1,23", THOUSANDS),
        ("1,2345", THOUSANDS),
        ("0,123", THOUSANDS),
        (",123", THOUSANDS),
        ("1,234,56", THOUSANDS),
        ("1,,234", THOUSANDS),
        ("1.5千", YUAN),
        ("1亿万", YUAN),
        ("(-5)", ACCOUNTING),
        ("-5-", ACCOUNTING),
        ("((5))", ACCOUNTING),
    ],
)
def test_a_profile_does_not_accept_malformed_groups_and_signs(
    text: str, profile: NumberProfile
) -> None:
    assert refusal(text, profile) == "NUMBER_FORMAT"


def test_the_sign_of_another_currency_is_refused() -> None:
    assert refusal("$5", YUAN) == "CURRENCY_MIXED"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80%", "0.80"),
        ("12.5%", "0.125"),
        ("-3%", "-0.03"),
        ("0.8", "0.8"),
        ("100 %", "1.00"),
        ("3‰", "0.003"),
        ("-1.5 ‰", "-0.0015"),
    ],
)
def test_a_ratio_may_be_a_percentage(text: str, value: str) -> None:
    assert str(parse_ratio(text).value) == value


def test_a_full_width_percent_sign_is_noted() -> None:
    parsed = parse_ratio("８０％")

    assert parsed.value == Decimal("0.8")
    assert [note.code for note in parsed.notes] == ["NUMBER_NORMALISED"]


def test_a_percent_sign_outside_a_ratio_is_refused() -> None:
    assert refusal("80%") == "PERCENT_NOT_ALLOWED"
    assert refusal("3‰") == "PERCENT_NOT_ALLOWED"


def test_21_digits_are_too_many() -> None:
    assert refusal("1" * 21) == "NUMBER_TOO_LONG"
    assert refusal("1234567890.12345678901") == "NUMBER_TOO_LONG"


def test_a_megabyte_of_digits_is_refused_at_once() -> None:
    assert refusal("1" * 1_000_000) == "NUMBER_FORMAT"


def test_more_decimals_than_the_currency_has_are_never_rounded() -> None:
    with pytest.raises(AttainError) as caught:
        parse_number("12.345", YUAN)

    assert caught.value.code == "TOO_MANY_DECIMALS"
    assert caught.value.problems[0].values["decimals"] == 3


def test_zeros_after_the_last_accepted_decimal_lose_nothing() -> None:
    assert str(parse_number("12.3400", YUAN).value) == "12.34"
    assert str(parse_number("5.00", WHOLE_NUMBERS).value) == "5"


def test_a_part_of_a_thing_is_not_whole() -> None:
    assert refusal("5.5", WHOLE_NUMBERS) == "NUMBER_NOT_WHOLE"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0.30000000000000004", "0.3"),  # 0.1 + 0.2 in a cell; the user sees 0.3
        ("1234.5", "1234.5"),
        ("1234.5599999999999", "1234.56"),
        ("1E-2", "0.01"),
        ("1.2E3", "1200"),
        ("-0", "0"),
        ("100", "100"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_numeric_cell_is_what_its_user_sees(raw: str, value: str) -> None:
    assert str(parse_cell_number(raw).value) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("NaN", "CELL_ERROR"),
        ("INF", "CELL_ERROR"),
        ("1e309", "CELL_ERROR"),
        ("1e9999", "CELL_ERROR"),
        ("1e999999999", "CELL_ERROR"),
        ("", "CELL_ERROR"),
        ("#REF!", "CELL_ERROR"),
        ("1E+16", "NUMBER_TOO_LARGE_FOR_CELL"),
        ("6.2220212345678901E+18", "NUMBER_TOO_LARGE_FOR_CELL"),
        ("1234567890123456", "NUMBER_TOO_LARGE_FOR_CELL"),
        ("33.333333333", "TOO_MANY_DECIMALS"),
    ],
)
def test_a_cell_that_lost_its_number_is_refused(raw: str, code: str) -> None:
    with pytest.raises(AttainError) as caught:
        parse_cell_number(raw, YUAN)

    assert caught.value.code == code


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_every_plain_decimal_is_read_exactly(value: Decimal) -> None:
    assert parse_number(format(value, "f")).value == value


@given(st.from_regex(r"-?[0-9]{1,14}(\.[0-9]{1,8})?", fullmatch=True))
def test_a_blank_before_a_number_changes_nothing(text: str) -> None:
    for profile in (replace(PLAIN_NUMBERS, max_digits=22), replace(THOUSANDS, max_digits=22)):
        assert str(parse_number(f" {text}", profile).value) == str(
            parse_number(text, profile).value
        )


@given(st.integers(-(10**15), 10**15), st.integers(0, 99))
def test_thousands_separators_change_nothing(whole: int, cents: int) -> None:
    plain, grouped = f"{whole}.{cents:02}", f"{whole:,}.{cents:02}"

    assert parse_number(grouped, THOUSANDS).value == parse_number(plain).value


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_coded_refusal(text: str) -> None:
    everything = replace(YUAN, allow_percent=True, allow_accounting_negative=True)
    for profile in (PLAIN_NUMBERS, RATIO_NUMBERS, GERMAN, FRENCH, everything):
        try:
            parsed = parse_number(text, profile)
        except AttainError as error:
            assert error.problems[0].code in CODES  # noqa: PT017
        else:
            assert parsed.value.is_finite()


@given(st.from_regex(r"[+-]?[0-9０-９٠-٩]{1,4}[.,，．' ]?[0-9]{0,4}[%％万元)-]?", fullmatch=True))
def test_what_looks_like_a_number_is_one_or_refused(text: str) -> None:
    for profile in (PLAIN_NUMBERS, RATIO_NUMBERS, GERMAN, FRENCH, YUAN, ACCOUNTING):
        try:
            parsed = parse_number(text, profile)
        except AttainError as error:
            assert error.problems[0].code in CODES  # noqa: PT017
        else:
            assert set(format(parsed.value, "f")) <= set("-.0123456789")


CODES = {
    "NUMBER_FORMAT",
    "NUMBER_MISSING",
    "NUMBER_AMBIGUOUS",
    "NUMBER_TOO_LONG",
    "PERCENT_NOT_ALLOWED",
    "TOO_MANY_DECIMALS",
    "NUMBER_NOT_WHOLE",
    "CURRENCY_MIXED",
}


def test_a_column_in_ten_thousands_says_what_one_stands_for() -> None:
    in_wan = NumberProfile(scale=2, exponent=4, units=frozenset("万"))
    read = {"6.5": "65000", "-0.000001": "-0.01", "6.123456": "61234.56", "1,200": "12000000"}
    for text, value in read.items():
        assert parse_number(text, replace(in_wan, thousands=",")).value == Decimal(value)
    assert parse_number("1.2万", in_wan).value == Decimal(12000)
    assert parse_cell_number("6.5499999999999998", in_wan).value == Decimal(65500)
    with pytest.raises(AttainError) as caught:
        parse_number("6.1234567", in_wan)
    assert caught.value.code == "TOO_MANY_DECIMALS"
