"""Gates and amounts in the expression language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from cycles import FIELDS

from attain.core.errors import AttainError
from attain.core.units import DATE, money
from attain.kinds.conditions import formula, holds


def test_a_condition_is_exact_at_its_edge() -> None:
    within = holds("spent <= budget * 33.3%", FIELDS)

    # 0.3 × 33.3 % = 0.0999: 0.0999 is within, 0.099901 is not.
    assert within({"budget": Decimal("0.30"), "spent": Decimal("0.0999")}) is True
    assert within({"budget": Decimal("0.30"), "spent": Decimal("0.099901")}) is False


def test_what_is_not_filled_in_makes_a_condition_unknown() -> None:
    assert holds("spent <= budget", FIELDS)({"spent": Decimal(1)}) is None


def test_logic_that_needs_no_more_data_is_decided() -> None:
    either = holds("spent > 0 or result = '完成'", FIELDS)

    assert either({"spent": Decimal(1)}) is True


def test_an_amount_is_narrowed_as_money_is_kept() -> None:
    third = formula("budget / 3", FIELDS, money("CNY"))

    assert third({"budget": Decimal(100)}) == Decimal("33.333333")


def test_a_date_can_be_worked_out() -> None:
    assert formula("start + 7", FIELDS, DATE)({"start": date(2026, 2, 27)}) == date(2026, 3, 6)


def test_an_unknown_name_is_refused_with_a_suggestion() -> None:
    with pytest.raises(AttainError) as told:
        holds("spend <= budget", FIELDS)

    assert told.value.codes == ("PLAN_UNKNOWN_NAME",)
    assert "spent" in str(told.value)


def test_a_condition_that_is_an_amount_is_refused() -> None:
    with pytest.raises(AttainError) as told:
        holds("spent + budget", FIELDS)

    assert told.value.codes == ("PLAN_TYPE",)
