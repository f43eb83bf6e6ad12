"""Units decide what may be added, compared, multiplied and divided (reliability B61, B62)."""

from __future__ import annotations

import pytest

from attain.core.errors import render
from attain.core.keys import key_for
from attain.core.units import RATIO, Type, Unit
from attain.expressions.check import check
from attain.expressions.columns import as_column
from attain.expressions.typed import Constant, Operate


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("amount + price", "money (CNY)"),
        ("amount + 100", "money (CNY)"),
        ("amount * 5%", "money (CNY)"),
        ("quantity * price", "money (CNY)"),
        ("score * amount", "money (CNY)"),
        ("amount / quantity", "money (CNY)"),
        ("amount * amount / price", "money (CNY)"),
        ("rate * (amount * price) / amount", "money (CNY)"),
        ("score * score / score", "points"),
        ("amount / score", "money (CNY)"),
        ("amount / price", "ratio"),
        ("exchange(amount, rate, 'USD')", "money (USD)"),
        ("exchange(rate, share, 'EUR')", "money (EUR)"),
        ("exchange(dollars, 7.1, 'CNY') + amount", "money (CNY)"),
        ("100 / amount", "ratio"),
        ("rate * share", "ratio"),
        ("rate - share", "ratio"),
        ("quantity * visits", "count"),
        ("quantity / visits", "ratio"),
        ("quantity / 2", "count"),
        ("rate * quantity", "count"),
        ("rate + 10% * quantity", "ratio"),
        ("10% * min(8, quantity) + rate", "ratio"),
        ("if(flag, rate, max(0, 7 - quantity) / 6)", "ratio"),
        ("quantity / 3 >= rate", "true or false"),
        ("rate < visits * share", "true or false"),
        ("min(rate, days / 30)", "ratio"),
        ("max(0%, 1 - ceil(days / 30) * 10%)", "ratio"),
        ("days / 30 >= rate", "true or false"),
        ("days + 3", "days"),
        ("share / quantity", "ratio"),
        ("score * rate", "points"),
        ("days * 2", "days"),
        ("due - signed_on", "days"),
        ("due + 30", "date"),
        ("30 + due", "date"),
        ("due - days", "date"),
        ("max(0, amount)", "money (CNY)"),
        ("min(cap, amount)", "money (CNY)"),
        ("if(flag, 5%, no_data('x'))", "ratio"),
        ("amount > 10000", "true or false"),
        ("name = 'A'", "true or false"),
        ("100 / 3 * 3", "number"),
        ("value(bands, rate)", "ratio"),
        ("whole(slabs, amount)", "money (CNY)"),
        ("whole(bands, rate, amount)", "money (CNY)"),
        ("marginal(slabs, amount)", "money (CNY)"),
        ("value(letters, name)", "number"),
    ],
)
def test_a_result_has_the_unit_its_parts_give_it(text: str, unit: str, checked) -> None:
    from attain.expressions.units import named

    assert named(checked(text).required().type).en == unit


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("amount + 5%", "money (CNY)", "ratio"),
        ("amount + dollars", "money (CNY)", "money (USD)"),
        ("amount * price", "money (CNY)", "money (CNY)"),
        ("score * score", "points", "points"),
        ("due * 5", "date", "number"),
        ("due + 1.5", "date", "number"),
        ("5 - due", "number", "date"),
        ("due + due", "date", "date"),
        ("quantity / amount", "count", "money (CNY)"),
        ("name > 5", "text", "number"),
        ("name < 'B'", "text", "text"),
        ("name + 1", "text", "number"),
        ("amount = 5%", "money (CNY)", "ratio"),
        ("rate >= score", "ratio", "points"),
        ("seller = team", "key (people)", "key (units)"),
        ("is_head + 1", "true or false", "number"),
        ("is_head > is_head", "true or false", "true or false"),
        ("not amount", "true or false", "money (CNY)"),
        ("amount and flag", "true or false", "money (CNY)"),
        ("if(amount, 1, 2)", "true or false", "money (CNY)"),
        ("if(flag, amount, 5%)", "money (CNY)", "ratio"),
        ("max(amount, 5%)", "money (CNY)", "ratio"),
        ("-name", "text", "text"),
    ],
)
def test_units_that_do_not_fit_are_told_with_both_and_a_remedy(
    text: str, first: str, second: str, checked
) -> None:
    errors = [one for one in checked(text).problems if one.severity.value == "error"]

    assert [one.code for one in errors] == ["PLAN_TYPE"]
    message = render(errors[0], "en")
    assert f"{first} and {second}." in message.message
    assert message.remedy
    assert render(errors[0], "zh-Hans").remedy


def test_a_date_and_a_text_tell_how_a_period_is_compared(checked) -> None:
    (problem,) = checked("name >= due").problems

    assert "quarter = '2026-Q3'" in render(problem, "en").remedy
    assert "right(季度, 2)" in render(problem, "zh-Hans").remedy


def test_an_amount_beside_a_ratio_is_divided_into_one(checked) -> None:
    (problem,) = checked("amount / 2000 >= 120%").problems

    assert "ratio_of(sales, 2000)" in render(problem, "en").remedy
    assert "占比(本月业绩, 2000)" in render(problem, "zh-Hans").remedy


def test_money_plus_ratio_proposes_to_multiply(checked) -> None:
    (problem,) = checked("amount + 5%").problems

    assert "multiply by the ratio" in render(problem, "en").remedy
    assert "乘法" in render(problem, "zh-Hans").remedy


def test_a_ratio_beside_points_is_told_to_be_points(checked) -> None:
    (problem,) = checked("rate * 100 + score").problems

    assert "unit: points" in render(problem, "en").remedy
    assert "unit: points" in render(problem, "zh-Hans").remedy


def test_all_problems_of_a_formula_are_told_at_once(codes) -> None:
    assert codes("(amount + 5%) * nobody + foo(1) + max(1)") == [
        "PLAN_TYPE",
        "PLAN_UNKNOWN_NAME",
        "PLAN_UNKNOWN_FUNCTION",
        "PLAN_ARGUMENTS",
    ]


def test_a_power_that_differs_by_row_is_told_to_be_a_table(checked) -> None:
    (problem,) = checked("power(80%, quantity)").problems

    assert "value(decay, years)" in render(problem, "en").message
    assert "value(decay, years)" in render(problem, "zh-Hans").message


def test_a_near_miss_is_suggested(checked) -> None:
    (problem,) = checked("quantitty").problems
    (function,) = checked("roundd(1)").problems

    assert "“quantity”" in render(problem, "en").remedy
    assert "round" in render(function, "en").remedy


def test_a_name_glued_to_a_chinese_operator_gets_the_hint_to_put_blanks(checked) -> None:
    (problem,) = checked("休假且在职").problems

    assert "空格" in render(problem, "zh-Hans").remedy


def test_a_code_beside_a_key_becomes_that_key(checked) -> None:
    node = checked("seller = 'P001'").required()

    assert isinstance(node, Operate)
    assert isinstance(node.operands[1], Constant)
    assert node.operands[1].value == key_for("people", "P001")


def test_a_listed_code_becomes_a_key_too(checked) -> None:
    node = checked("seller in ('P001', 'P002')").required()

    assert isinstance(node, Operate)
    assert [one.value for one in node.operands[1:]] == [  # type: ignore[union-attr]
        key_for("people", "P001"),
        key_for("people", "P002"),
    ]


def test_the_place_can_ask_for_a_unit(codes) -> None:
    assert codes("amount", RATIO) == ["PLAN_TYPE"]
    assert codes("0.5", RATIO) == []


def test_a_bare_number_is_a_count_if_whole_and_else_a_ratio() -> None:
    whole = as_column(check("100 + 20").required())
    decimal = as_column(check("1.5 * 2").required())

    assert (whole.type.unit, whole.type.scale) == (Unit.count, 0)
    assert decimal.type.unit is Unit.ratio


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("price * quantity", False),
        ("amount", True),
        ("price / quantity", True),
        ("price / 3", False),
        ("if_missing(amount, 0)", False),
        ("if_missing(amount, paid)", True),
        ("is_missing(amount)", False),
        ("if(flag, 1, 2)", True),
        ("if(is_head, 1, 2)", False),
        ("value(bands, share)", True),
        ("value(bands, share).otherwise", False),
        ("value(grid, share, name)", False),
        ("curve(line, price)", False),
        ("date(2026, 2, 30)", True),
    ],
)
def test_a_type_says_whether_the_value_may_be_missing(text: str, missing: bool, checked) -> None:
    assert checked(text).required().type.may_be_missing is missing


def test_an_unguarded_division_is_noted_and_a_guard_is_understood(checked) -> None:
    def notes(text: str) -> list[str]:
        return [one.code for one in checked(text).problems]

    assert notes("price / quantity") == ["PLAN_DIV_UNGUARDED"]
    assert notes("if(quantity = 0, 0, price / quantity)") == []
    assert notes("if(quantity > 0 and is_head, price / quantity, 0)") == []
    assert notes("if_missing(price / quantity, 0)") == []
    assert notes("price / 12") == []
    assert notes("price / 0") == ["PLAN_DIV_ZERO"]


@pytest.mark.parametrize(
    "text",
    [
        "50 * quantity",
        "50 * quantity + if(quantity >= 3, 200, 0)",
        "2500 * rate * share",
        "12000 / quantity",
        "score * 10% * 1.00",
        "max(0, quantity - 3) * 25",
        "round(2.5 * quantity, 1)",
        "50 * days",
        "if(flag, 50, 30) * days - 100",
    ],
)
def test_a_bare_factor_is_an_amount_where_an_amount_is_asked_for(text: str, checked) -> None:
    found = checked(text, Type(Unit.money, currency="CNY"))

    assert found.is_sound
    assert found.node.type.unit is Unit.money


@pytest.mark.parametrize(
    "text", ["if(flag, 50 * quantity, score)", "if(flag, score, 50 * quantity)"]
)
def test_a_bare_factor_is_points_beside_points_whichever_comes_first(text: str, checked) -> None:
    found = checked(text)

    assert found.is_sound
    assert found.node.type.unit is Unit.points


@pytest.mark.parametrize("text", ["5% * quantity", "rate * share", "quantity", "days", "5% * days"])
def test_what_has_a_unit_of_its_own_is_no_amount(text: str, checked) -> None:
    found = checked(text, Type(Unit.money, currency="CNY"))

    assert [one.code for one in found.problems] == ["PLAN_TYPE"]


@pytest.mark.parametrize(
    "text", ["rate + quantity", "quantity - rate", "rate > visits", "rate + 2 * visits"]
)
def test_a_count_that_is_no_share_of_anything_is_no_ratio(text: str, codes) -> None:
    assert codes(text) == ["PLAN_TYPE"]
