"""Missing is not zero: it spreads with its reason until an author stops it (language.md 27)."""

from __future__ import annotations

import pytest

from attain.expressions.results import Absent

NO_DATA = Absent("no_data.value")
OTHER = Absent("no_data.rate")
ON_LEAVE = Absent("not_applicable.on_leave")


@pytest.mark.parametrize(
    "text",
    [
        "amount + 1",
        "-amount",
        "amount * 0",
        "amount > 0",
        "max(0, amount)",
        "min(amount, price)",
        "clamp(amount, 0, 1)",
        "abs(amount)",
        "round(amount, 0.01)",
        "amount in (1, 2)",
        "1 in (amount, 1)",
        "overlap(0, amount, 0, 1)",
        "marginal(slabs, amount)",
        "whole(slabs, amount)",
        "if(amount > 0, 1, 2)",
    ],
)
def test_a_missing_operand_makes_the_result_missing(text: str, value) -> None:
    text = text.replace("1 in", "1 * price / price in") if text.startswith("1 in") else text
    text = text.replace("price / price in (amount, 1)", "price in (amount, price)")

    assert value(text, {"amount": NO_DATA, "price": 1}) == NO_DATA


def test_no_data_beats_not_applicable_then_the_leftmost_wins(value) -> None:
    assert value("amount + paid", {"amount": ON_LEAVE, "paid": NO_DATA}) == NO_DATA
    assert value("amount + paid", {"amount": OTHER, "paid": NO_DATA}) == OTHER
    assert value("amount + paid", {"amount": ON_LEAVE, "paid": ON_LEAVE}) == ON_LEAVE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is_head and flag", False),
        ("flag and is_head", False),
        ("not is_head or flag", True),
        ("not is_head and flag", NO_DATA),
        ("is_head or flag", NO_DATA),
        ("not flag", NO_DATA),
    ],
)
def test_logic_may_be_decided_although_an_operand_is_missing(text, expected, value) -> None:
    assert value(text, {"is_head": False, "flag": NO_DATA}) == expected


def test_a_branch_that_is_not_taken_does_not_matter(value) -> None:
    row = {"is_head": True, "amount": NO_DATA, "price": 5}

    assert value("if(is_head, price, amount)", row) == 5
    assert value("if(is_head, amount, price)", row) == NO_DATA


def test_a_missing_condition_stops_the_choice(value) -> None:
    row = {"flag": NO_DATA, "is_head": True}

    assert value("if(is_head, 1, flag, 2, 3)", row) == 1
    assert value("if(flag, 1, is_head, 2, 3)", row) == NO_DATA


def test_division_by_zero_is_no_data(value) -> None:
    row = {"price": 5, "quantity": 0}

    assert value("price / quantity", row) == Absent("no_data.division_by_zero")
    assert value("growth(price, price - price)", row) == Absent("no_data.division_by_zero")


def test_what_is_missing_above_is_not_asked_what_divides_it(value) -> None:
    assert value("amount / quantity", {"amount": ON_LEAVE, "quantity": 0}) == ON_LEAVE


def test_an_author_stops_a_missing_value(value) -> None:
    row = {"amount": ON_LEAVE, "price": 5, "paid": NO_DATA}

    assert value("if_missing(amount, price)", row) == 5
    assert value("if_missing(price, amount)", row) == 5
    assert value("if_missing(amount, paid)", row) == NO_DATA
    assert value("is_missing(amount)", row) is True
    assert value("is_missing(price)", row) is False


def test_only_what_is_not_applicable_is_not_applicable(value) -> None:
    row = {"amount": ON_LEAVE, "paid": NO_DATA, "price": 0}

    assert value("is_applicable(amount)", row) is False
    assert value("is_applicable(paid)", row) is True
    assert value("is_applicable(price)", row) is True


def test_an_author_declares_a_value_missing(value) -> None:
    row = {"is_head": True, "amount": 7}

    assert value("if(is_head, not_applicable('主管'), amount)", row) == Absent(
        "not_applicable.主管"
    )
    assert value("if(is_head, no_data('未评分'), amount)", row) == Absent("no_data.未评分")
    assert value("if(is_head, undefined(), amount)", row) == Absent("not_applicable.undefined")
    assert value("if(not is_head, undefined(), amount)", row) == 7
