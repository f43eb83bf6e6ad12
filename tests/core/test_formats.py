"""Values as readers see them: exact, or marked as shortened."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from attain.core.formats import Shown, show_number, show_value, show_with_unit
from attain.core.units import BOOLEAN, COUNT, DATE, DAYS, POINTS, RATIO, TEXT, Type, money

CNY = money("CNY")


@pytest.mark.parametrize(
    ("value", "type_", "zh", "en"),
    [
        (Decimal("1234.500000"), CNY, "1,234.50", "1,234.50"),
        (Decimal("10.005000"), CNY, "10.005", "10.005"),
        (Decimal("1234567"), money("JPY"), "1,234,567", "1,234,567"),
        (Decimal("-0.5"), CNY, "-0.50", "-0.50"),
        (Decimal("1.2"), RATIO, "120%", "120%"),
        (Decimal("0.8125"), RATIO, "81.25%", "81.25%"),
        (Fraction(1, 3), RATIO, "≈33.3333%", "≈33.3333%"),
        (Fraction(59, 70) * 100, POINTS, "≈84.2857", "≈84.2857"),
        (12, COUNT, "12", "12"),
        (True, BOOLEAN, "是", "yes"),
        (date(2026, 9, 30), DATE, "2026-09-30", "2026-09-30"),
        ("考核", TEXT, "考核", "考核"),
        (None, CNY, "–", "–"),
    ],
)
def test_a_value_is_shown_in_its_unit(value: Shown, type_: Type, zh: str, en: str) -> None:
    assert show_value(value, type_, "zh-Hans") == zh
    assert show_value(value, type_, "en") == en


def test_almost_120_percent_is_not_shown_as_120_percent() -> None:
    assert show_value(Decimal("1.199999999999"), RATIO) == "119.9999999999%"
    assert show_value(Decimal("1.19999999"), RATIO) == "119.999999%"
    assert show_value(Fraction(36, 30) - Fraction(1, 3 * 10**8), RATIO) == "≈119.9999997%"
    assert show_value(Decimal("0.9449999"), RATIO) == "94.49999%"
    assert show_value(Decimal("1.199999"), RATIO) == "119.9999%"


def test_currency_and_unit_are_said_where_nothing_around_says_them() -> None:
    assert show_with_unit(Decimal("5"), CNY, "en") == "5.00 CNY"
    assert show_with_unit(Decimal("84.5"), POINTS, "zh-Hans") == "84.5分"
    assert show_with_unit(3, DAYS, "en") == "3 days"
    assert show_with_unit(3, COUNT, "en") == "3"
    assert show_with_unit(None, CNY, "en") == "–"


def test_thousands_are_separated() -> None:
    assert show_number(1234567) == "1,234,567"
    assert show_number(Decimal("-1234.5"), at_least=2) == "-1,234.50"
