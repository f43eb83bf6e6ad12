"""Lots that repeat, amounts that add up, shares that lose nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.demo.dice import Dice
from attain.demo.money import by_lot, cents, in_parts, in_words, times, to_step
from attain.demo.months import Month, business_day, is_worked, months, worked_days
from attain.demo.splitting import shared

AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12)


def test_the_same_name_draws_the_same_lots() -> None:
    one, two = Dice(1, "orders", "E-1001"), Dice(1, "orders", "E-1001")

    assert [one.below(1000) for _ in range(50)] == [two.below(1000) for _ in range(50)]


def test_lots_are_the_same_on_every_machine() -> None:
    dice = Dice(2026, "orders", "E-1001")

    assert [dice.below(1000) for _ in range(6)] == [313, 937, 694, 383, 909, 577]


@given(AMOUNTS)
def test_an_amount_is_read_as_it_is_written(amount: int) -> None:
    assert cents(in_words(amount)) == amount


@pytest.mark.parametrize("text", ["1,000.00", "1.005", "", "1e3", "¥5"])
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        cents(text)


@given(st.integers(min_value=0, max_value=10**12), st.lists(st.integers(1, 99), min_size=1))
def test_parts_add_up(total: int, weights: list[int]) -> None:
    assert sum(in_parts(total, weights)) == total


@given(st.integers(min_value=0, max_value=10**12), st.integers(1, 9))
def test_parts_by_lot_add_up(total: int, number: int) -> None:
    assert sum(by_lot(total, number, Dice(1))) == total


@given(st.integers(min_value=0, max_value=10**12), st.lists(st.integers(1, 99), min_size=1))
def test_shares_lose_nothing(amount: int, weights: list[int]) -> None:
    whole = sum(weights)
    shares = [Decimal(weight) / Decimal(whole) for weight in weights[:-1]]
    shares.append(1 - sum(shares, Decimal(0)))

    assert sum(shared(amount, shares)) == amount


def test_half_a_fen_is_rounded_away_from_zero() -> None:
    assert [times(5, Fraction(1, 2)), times(-5, Fraction(1, 2)), times(7, Decimal("0.5"))] == [
        3,
        -3,
        4,
    ]


def test_a_target_is_rounded_half_up_to_its_step() -> None:
    """672,500.00 lies in the middle between 670,000 and 675,000."""
    assert to_step(672_500_00, 5_000_00) == 675_000_00


def test_business_is_done_on_working_days_only() -> None:
    """October 2026 has 17: the first seven days are free, and no weekend is made up for."""
    october = worked_days(Month(2026, 10))

    assert len(october) == 17
    assert october[0].day == 8
    assert business_day(Month(2026, 10), Dice(1)) in october
    assert all(is_worked(day) for day in october)


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    found = [one.label for one in months(Month(2025, 11), Month(2026, 2))]

    assert found == ["2025-11", "2025-12", "2026-01", "2026-02"]
