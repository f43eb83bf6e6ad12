"""The only division and the only rounding: exact before, half away from zero, no context."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError
from attain.core.rounding import (
    Mode,
    decimal_of,
    decimals,
    divide,
    exact,
    narrow,
    round_to,
    units_of,
)

WHOLE = st.integers(-(10**20), 10**20)


@pytest.mark.parametrize(
    ("value", "half_up", "down", "up", "floor"),
    [
        ("2.5", "3", "2", "3", "2"),
        ("-2.5", "-3", "-2", "-3", "-3"),
        ("2.4", "2", "2", "3", "2"),
        ("-2.4", "-2", "-2", "-3", "-3"),
        ("3", "3", "3", "3", "3"),
        ("-0.4", "0", "0", "-1", "-1"),
    ],
)
def test_each_mode_rounds_as_it_says(
    value: str, half_up: str, down: str, up: str, floor: str
) -> None:
    rounded = {mode.value: str(round_to(Decimal(value), 1, mode)) for mode in Mode}

    assert rounded == {"half_up": half_up, "down": down, "up": up, "floor": floor}


@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [
        ("10.005", "0.01", "10.01"),  # a tie goes away from zero
        ("-10.005", "0.01", "-10.01"),
        ("1249.99", "500", "1000"),
        ("1250", "500", "1500"),
        ("0.74", "0.5", "0.5"),
        ("0.75", "0.5", "1.0"),
        ("119.9999995", "0.000001", "120.000000"),
        ("7", "0.01", "7.00"),
    ],
)
def test_a_value_is_rounded_to_a_multiple_of_the_step(value: str, step: str, rounded: str) -> None:
    assert str(round_to(Decimal(value), Decimal(step))) == rounded


@pytest.mark.parametrize("step", [Decimal(0), Decimal("-0.01")])
def test_a_step_is_above_zero(step: Decimal) -> None:
    with pytest.raises(ValueError, match="above zero"):
        round_to(Decimal(1), step)


def test_three_lines_of_10_005_differ_from_their_sum_rounded_once() -> None:
    # Language rule 32: three lines of 10.005 at 0.01 each are 3 x 10.01 = 30.03;
    # together 30.015 is 30.02.
    cent = Decimal("0.01")

    each = sum((round_to(Decimal("10.005"), cent) for _ in range(3)), Decimal(0))

    assert each == Decimal("30.03")
    assert round_to(3 * Fraction("10.005"), cent) == Decimal("30.02")


@pytest.mark.parametrize(
    ("numerator", "denominator", "scale", "quotient"),
    [
        (2, 3, 2, "0.67"),
        (1, 8, 2, "0.13"),  # 0.125: half up, where half even says 0.12
        (-1, 8, 2, "-0.13"),
        (Decimal("1.10"), Decimal("3.00"), 18, "0.366666666666666667"),
        (Decimal("119.999999"), 100, 2, "1.20"),
        (0, 7, 2, "0.00"),
    ],
)
def test_division_is_exact_and_then_half_up(
    numerator: Decimal | int, denominator: Decimal | int, scale: int, quotient: str
) -> None:
    assert str(divide(numerator, denominator, scale)) == quotient


def test_division_by_zero_is_an_error_and_never_infinity() -> None:
    with pytest.raises(AttainError) as caught:
        divide(5, 0, 2)

    assert caught.value.code == "DIVISION_BY_ZERO"


@pytest.mark.parametrize("make", [lambda: narrow(10**32, 6), lambda: divide(10**37, 1, 2)])
def test_more_than_38_digits_are_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(AttainError) as caught:
        make()

    assert caught.value.code == "AMOUNT_OVERFLOW"


def test_38_digits_are_kept() -> None:
    widest = 10**38 - 1

    assert units_of(decimal_of(widest, 18), 18) == widest


@pytest.mark.parametrize("value", [0.5, True, "1", None])
def test_only_exact_numbers_are_numbers(value: object) -> None:
    with pytest.raises(TypeError, match="not an exact number"):
        exact(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_nan_and_infinity_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        exact(Decimal(value))


def test_a_value_finer_than_the_scale_is_not_cut_silently() -> None:
    with pytest.raises(AttainError) as caught:
        units_of(Decimal("1.005"), 2)

    assert caught.value.code == "VALUE_NOT_EXACT"


@pytest.mark.parametrize(("value", "count"), [("1.50", 2), ("500", 0), ("5E+2", 0), ("1E-6", 6)])
def test_decimals_are_counted_as_written(value: str, count: int) -> None:
    assert decimals(Decimal(value)) == count


@given(WHOLE, st.integers(1, 10**12), st.integers(0, 12))
def test_division_agrees_with_long_division_of_decimals(
    numerator: int, denominator: int, scale: int
) -> None:
    # 60 digits hold every quotient of this size well enough: one that is no tie differs from
    # the next tie by more than 10^-25, because the divisor has at most 12 digits.
    wide = Context(prec=60, rounding=ROUND_HALF_UP)
    quotient = wide.divide(Decimal(numerator), Decimal(denominator))
    expected = quotient.quantize(Decimal(1).scaleb(-scale), context=wide)

    assert divide(numerator, denominator, scale) == expected


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.sampled_from(Mode))
def test_rounding_moves_a_value_by_less_than_a_step(value: Fraction, mode: Mode) -> None:
    step = Decimal("0.01")

    moved = abs(Fraction(round_to(value, step, mode)) - value)

    assert moved < Fraction(step)
    if mode is Mode.half_up:
        assert moved <= Fraction(step) / 2


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 18))
def test_half_up_treats_both_signs_alike(value: Fraction, scale: int) -> None:
    assert narrow(-value, scale) == narrow(value, scale).copy_negate()


@given(WHOLE, st.integers(0, 18))
def test_the_decimal_context_of_the_process_changes_nothing(units: int, scale: int) -> None:
    with localcontext(prec=3):
        narrowed = narrow(Fraction(units, 10**scale), scale)

    assert units_of(narrowed, scale) == units


def test_zero_has_no_sign() -> None:
    results = [narrow(Fraction(-1, 1000), 2), round_to(Decimal("-0.0"), 1), divide(-0, 5, 2)]

    assert [str(result) for result in results] == ["0.00", "0", "0.00"]
