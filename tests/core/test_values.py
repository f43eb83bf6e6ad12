"""Amounts of money: exact, in one currency, in whole smallest units when paid."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError
from attain.core.rounding import Mode
from attain.core.values import Money, from_minor, minor_digits, parse_currency, to_minor, total

CENTS = st.integers(-(10**15), 10**15)


def yuan(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.mark.parametrize(
    ("currency", "digits"), [("CNY", 2), ("JPY", 0), ("KWD", 3), ("USD", 2), ("RMB", None)]
)
def test_each_currency_has_its_smallest_unit(currency: str, digits: int | None) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("units", "currency", "shown"),
    [
        (12345, "CNY", "123.45 CNY"),
        (-5, "CNY", "-0.05 CNY"),
        (12345, "JPY", "12345 JPY"),
        (12345, "KWD", "12.345 KWD"),
        (0, "CNY", "0.00 CNY"),
    ],
)
def test_an_amount_in_smallest_units_is_shown_in_the_currency(
    units: int, currency: str, shown: str
) -> None:
    assert str(Money.from_minor(units, currency)) == shown
    assert Money.from_minor(units, currency).minor == units


def test_smallest_units_and_amounts_turn_into_each_other() -> None:
    assert to_minor(Decimal("123.450000"), "CNY") == 12345
    assert str(from_minor(12345, "CNY")) == "123.45"


def test_a_working_amount_shows_the_decimals_it_needs() -> None:
    assert yuan("1.2345").shown() == "1.2345"


def test_an_amount_finer_than_the_smallest_unit_cannot_be_paid() -> None:
    with pytest.raises(AttainError) as caught:
        _ = yuan("10.005").minor

    assert caught.value.code == "AMOUNT_NOT_PAYABLE"
    assert yuan("10.005").rounded().minor == 1001
    assert yuan("10.005").rounded(Mode.down).minor == 1000


def test_amounts_add_subtract_and_compare_exactly() -> None:
    assert yuan("0.10") + yuan("0.20") == yuan("0.30")
    assert yuan("1") - yuan("0.01") == yuan("0.99")
    assert total((yuan("0.10") for _ in range(1000)), "CNY") == yuan("100")
    assert yuan("1.0") == yuan("1.000000")
    assert yuan("-1") < yuan("0") <= yuan("0.00")
    assert not yuan("-0.00")
    assert str(yuan("-0.00")) == "0.00 CNY"


def test_sum_of_no_amounts_is_zero() -> None:
    assert total([], "CNY") == yuan("0")


def test_currencies_never_mix() -> None:
    dollars = Money(Decimal(1), "USD")
    for mix in (
        lambda: yuan("1") + dollars,
        lambda: yuan("1") - dollars,
        lambda: yuan("1") < dollars,
        lambda: yuan("1").ratio_to(dollars),
    ):
        with pytest.raises(AttainError) as caught:
            mix()
        assert caught.value.code == "CURRENCY_MIXED"
    assert yuan("1") != dollars


def test_a_multiplied_line() -> None:
    # Language rule 42: (412.30 + 187.75) x 0.9 = 600.05 x 0.9 = 540.045, at 0.01 540.05.
    lines = yuan("412.30") + yuan("187.75")

    assert lines.times(Decimal("0.9")).rounded() == yuan("540.05")


def test_a_third_of_an_amount_is_narrowed_to_six_decimals() -> None:
    assert yuan("100").times(Fraction(1, 3)) == yuan("33.333333")


def test_attainment_is_an_exact_quotient() -> None:
    assert yuan("119.999999").ratio_to(yuan("100")) < Fraction(12, 10)
    with pytest.raises(AttainError) as caught:
        yuan("1").ratio_to(yuan("0"))
    assert caught.value.code == "DIVISION_BY_ZERO"


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("1", "XXX", "CURRENCY_UNKNOWN"),
        ("1", "cny", "CURRENCY_UNKNOWN"),
        ("0.0000001", "CNY", "VALUE_NOT_EXACT"),
        ("1E+18", "CNY", "AMOUNT_OVERFLOW"),
    ],
)
def test_what_is_no_amount_is_refused(amount: str, currency: str, code: str) -> None:
    with pytest.raises(AttainError) as caught:
        Money(Decimal(amount), currency)

    assert caught.value.code == code


def test_an_amount_is_never_made_from_a_float() -> None:
    with pytest.raises(TypeError):
        Money(0.1, "CNY")  # type: ignore[arg-type]


def test_smallest_units_of_an_unknown_currency_mean_nothing() -> None:
    with pytest.raises(AttainError):
        Money.from_minor(1, "XXX")


@given(CENTS, CENTS, CENTS)
def test_the_order_of_adding_changes_nothing(one: int, two: int, three: int) -> None:
    a, b, c = (Money.from_minor(units, "CNY") for units in (one, two, three))

    assert (a + b) + c == a + (b + c) == c + b + a
    assert (a + b - b).minor == one


@pytest.mark.parametrize(
    ("text", "currency", "notes"),
    [
        ("CNY", "CNY", []),
        ("RMB", "CNY", ["CURRENCY_ALIAS"]),
        ("￥", "CNY", ["CURRENCY_ALIAS"]),
        ("usd", "USD", ["CURRENCY_ALIAS"]),
        (" 人民币 ", "CNY", ["CURRENCY_ALIAS"]),
    ],
)
def test_usual_names_of_currencies_are_read_with_a_note(
    text: str, currency: str, notes: list[str]
) -> None:
    found, said = parse_currency(text)

    assert (found, [note.code for note in said]) == (currency, notes)


@pytest.mark.parametrize("text", ["", "XXX", "yuan!"])
def test_an_unknown_currency_is_refused(text: str) -> None:
    with pytest.raises(AttainError) as caught:
        parse_currency(text)

    assert caught.value.code == "CURRENCY_UNKNOWN"
