"""What formulas come to, exactly: expected values are worked out by hand beside each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from attain.core.errors import AttainError
from attain.core.rounding import Mode
from attain.expressions.check import check
from attain.expressions.columns import as_column
from attain.expressions.evaluate import evaluate
from attain.expressions.functions.registry import documented
from attain.expressions.results import Absent
from attain.expressions.typed import Narrow, Round


def test_a_quotient_stays_a_fraction_inside_an_expression(value) -> None:
    assert value("100 / 3 * 3") == 100
    assert value("share / 3 + share / 3 + share / 3", {"share": "1"}) == 1


def test_an_amount_times_an_amount_by_an_amount_is_multiplied_first(value) -> None:
    # As a spreadsheet has it: 3000 of nominal pay, 45000 of 60000 reached, a third for 1 of 3.
    given = {"amount": "3000", "price": "60000", "paid": "45000"}
    assert value("amount * paid / price", given) == 2250
    assert value("amount * paid / price * 70%", given) == 1575
    assert value("amount * paid / price = 2250", given) is True
    # 6 × 6 ÷ 9: divided first, 6 ÷ 9 has no end and would lose its last digit.
    assert value("score * score / (score + 3)", {"score": "6"}) == 4


def test_a_comparison_multiplies_across(value) -> None:
    # 119.999999 % is not 120 %.
    assert value("amount / price >= 120%", {"amount": "119999.999", "price": "100000"}) is False
    assert value("amount / price >= 120%", {"amount": "120000", "price": "100000"}) is True


def test_half_is_rounded_away_from_zero(value) -> None:
    assert value("round(10.005, 0.01)") == Fraction("10.01")
    assert value("round(-2.5)") == -3


def test_lines_rounded_one_by_one_differ_from_their_rounded_sum(value) -> None:
    # language.md 32: three lines of 10.005 at three pieces: each 30.015 -> 30.02, together 30.02.
    assert value("round(10.005 * 3, 0.01)") == Fraction("30.02")
    assert value("3 * round(10.005, 0.01)") == Fraction("30.03")


@pytest.mark.parametrize(
    ("mode", "positive", "negative"),
    [("half_up", 3, -3), ("down", 2, -2), ("up", 3, -3), ("floor", 2, -3)],
)
def test_rounding_modes_differ_below_zero(mode: str, positive: int, negative: int, value) -> None:
    assert value(f"round(2.5, 1, '{mode}')") == positive
    assert value(f"round(-2.5, 1, '{mode}')") == negative


def test_rounding_goes_to_any_step(value) -> None:
    assert value("round(1240, 500)") == 1000
    assert value("round(1250, 500)") == 1500
    assert value("round(0.37, 0.05)") == Fraction("0.35")


def test_conditions_are_asked_in_order(value) -> None:
    grade = "if(score >= 90, 'A', score >= 80, 'B', 'C')"

    assert value(grade, {"score": "90"}) == "A"
    assert value(grade, {"score": "89.99"}) == "B"
    assert value(grade, {"score": "10"}) == "C"


def test_dates_move_by_whole_days(value) -> None:
    assert value("2026-02-27 + 2") == dt.date(2026, 3, 1)
    assert value("2026-03-01 - 2026-02-01") == 28
    assert value("due - days", {"due": "2026-03-01", "days": 1}) == dt.date(2026, 2, 28)


def test_a_date_beyond_the_calendar_is_refused(value) -> None:
    with pytest.raises(AttainError) as refused:
        value("9999-12-31 + 1")

    assert refused.value.code == "DATE_OUT_OF_RANGE"


def test_shifts_by_months_clamp_in_short_months(value) -> None:
    assert value("add_months(2024-02-29, 12)") == dt.date(2025, 2, 28)
    assert value("add_months(2026-03-31, -1)") == dt.date(2026, 2, 28)
    assert value("months_between(2026-03-15, 2026-01-20)") == -1


def test_only_the_letters_a_to_z_have_two_cases(value) -> None:
    # ß and İ have capitals that differ between engines, so they stay as they are.
    assert value("upper('straße-ı')") == "STRAßE-ı"


def test_signs_of_a_pattern_are_only_star_and_question_mark(value) -> None:
    assert value("matches('100%', '100%')") is True
    assert value("matches('100x', '100%')") is False
    assert value("matches('a_b', 'a_b')") is True
    assert value("matches('axb', 'a_b')") is False
    assert value("matches('冷饮', '??')") is True


@pytest.mark.parametrize("function", documented(), ids=lambda one: one.name)
def test_the_examples_of_a_function_are_true(function) -> None:
    for example in function.examples:
        result = evaluate(check(example.text).required(), lambda reference: Fraction(0))

        assert shown(result) == example.result, example.text


@pytest.mark.parametrize("function", documented(), ids=lambda one: one.name)
def test_a_function_is_described_in_both_languages(function) -> None:
    assert function.examples
    assert function.aliases
    for text in (function.description, function.units):
        assert text.zh
        assert text.en


def test_a_function_answers_to_its_chinese_name(value) -> None:
    assert value("四舍五入（10.005，0.01）") == Fraction("10.01")
    assert value("如果(1 > 0, 最大(1, 2), 0)") == 2
    assert value("IF(1 > 0, MAX(1, 2), 0)") == 2


def shown(result: object) -> str:
    if isinstance(result, Absent):
        return result.reason
    if isinstance(result, bool):
        return str(result).lower()
    if isinstance(result, Fraction):
        return format((Decimal(result.numerator) / Decimal(result.denominator)).normalize(), "f")
    return str(result)


def test_a_column_is_narrowed_to_its_unit(checked) -> None:
    money = as_column(checked("amount / 3").required())
    ratio = as_column(checked("amount / price").required())
    count = as_column(checked("quantity + 1").required())
    exact = as_column(checked("amount + 1").required())

    assert isinstance(money, Narrow)
    assert money.scale == 6
    assert isinstance(ratio, Narrow)
    assert ratio.scale == 18
    assert not isinstance(count, Narrow)
    assert not isinstance(exact, Narrow)


def test_a_hidden_column_of_money_keeps_18_decimals(checked) -> None:
    hidden = as_column(checked("amount / 3").required(), hidden=True)

    assert isinstance(hidden, Narrow)
    assert (hidden.scale, hidden.type.scale) == (18, 18)


def test_a_rounded_column_is_its_rounded_value(checked) -> None:
    node = as_column(checked("amount / 3").required(), step=Decimal("0.01"), mode=Mode.down)

    assert isinstance(node, Round)
    assert evaluate(node, lambda reference: Fraction(100)) == Fraction("33.33")


def test_points_can_be_said_of_a_ratio_but_not_of_money(checked) -> None:
    from attain.core.units import POINTS

    assert as_column(checked("rate").required(), unit=POINTS).type.unit == "points"
    assert as_column(checked("amount").required(), unit=POINTS).type.unit == "money"


def test_too_many_decimals_are_narrowed_by_a_visible_step(checked) -> None:
    # 18 + 18 decimals do not fit 38 digits with anything before the point.
    node = checked("rate * share").required()

    assert isinstance(node, Narrow)
    assert node.scale == 18


def test_money_by_a_stored_ratio_needs_no_narrowing(checked) -> None:
    assert checked("price * share").required().type.scale == 24


def test_a_result_too_long_to_store_is_an_overflow(checked) -> None:
    node = as_column(checked("round(price * 1000000)").required())

    with pytest.raises(AttainError) as refused:
        evaluate(node, lambda reference: Fraction(10**17))

    assert refused.value.code == "AMOUNT_OVERFLOW"


def test_a_recorder_is_told_operands_before_results_and_only_what_was_asked(checked) -> None:
    steps: list[tuple[str, object]] = []
    node = checked("if(is_head, amount, price * 2)").required()
    row = {"is_head": False, "price": Fraction(3)}

    evaluate(
        node,
        lambda reference: row[reference.column],
        lambda step, value: steps.append((type(step).__name__, value)),
    )

    assert steps == [
        ("Reference", False),
        ("Reference", 3),
        ("Constant", 2),
        ("Operate", 6),
        ("Apply", 6),
    ]
