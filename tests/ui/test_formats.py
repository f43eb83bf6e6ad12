"""Figures and dates in both languages; worked out by hand from the product's table of formats."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from attain.ui import attaining, formats


@pytest.fixture(params=["zh-hans", "en"])
def language(request: Any) -> Any:
    with translation.override(request.param):
        yield request.param


def test_amounts_in_documents_are_never_abbreviated(language: str) -> None:
    assert formats.money(Decimal("11211.43")) == "¥11,211.43"
    assert formats.money(Decimal("-412.8")) == "−¥412.80"
    assert formats.money("0") == "¥0.00"
    assert formats.money(Decimal("-0.00")) == "¥0.00"
    assert formats.money(11211, "JPY") == "¥11,211"
    assert formats.money(Decimal("11211.43"), "CHF") == "CHF 11,211.43"
    assert formats.money(Decimal("11211.43"), coded=True) == "CNY 11,211.43"
    assert formats.money_minor(-112_114) == "−¥1,121.14"
    assert formats.money_minor(1_234_567, "KWD") == "KWD 1,234.567"


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (11_563_000, "¥1,156.3万", "¥11.56M"), (169_000_000, "¥1.69亿", "¥169.00M"),
        (151_400, "¥15.1万", "¥151K"), (999, "¥999", "¥999"), (-151_400, "−¥15.1万", "−¥151K"),
        (99_999_999, "¥9,999.9万", "¥99.99M"),
    ],
)  # fmt: skip
def test_overviews_say_amounts_in_the_readers_steps(
    amount: int, chinese: str, english: str
) -> None:
    with translation.override("zh-hans"):
        assert formats.money_short(amount) == chinese
    with translation.override("en"):
        assert formats.money_short(amount) == english


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1.13476", "113.5%"), ("0.9996", "99.9%"), ("1", "100.0%"), ("0.99999999", "99.9%"),
        ("1.00004", "100.0%"), ("0.0004", "0.04%"), ("0", "0.0%"), ("-0.005", "−0.5%"),
        ("-0.9996", "−99.9%"),
    ],
)  # fmt: skip
def test_a_rounded_ratio_never_crosses_an_edge(value: str, shown: str) -> None:
    assert formats.ratio(value) == shown


def test_a_why_panel_shows_more_decimals() -> None:
    assert formats.ratio(Fraction(862_417_60, 760_000_00), 3) == "113.476%"


@given(st.decimals(min_value=-10, max_value=10, places=8, allow_nan=False))
def test_a_shown_figure_stays_between_the_same_whole_numbers(value: Decimal) -> None:
    shown = formats.shown_digits(value * 100, 1)

    assert int(shown) == int(value * 100)
    assert abs(shown - value * 100) < Decimal("0.1")


def test_dates_and_times_stand_in_the_companys_zone() -> None:
    at = datetime(2026, 10, 22, 6, 5, tzinfo=UTC)
    late = datetime(2026, 10, 21, 16, 30, tzinfo=UTC)

    with translation.override("zh-hans"):
        assert formats.day(date(2026, 10, 22)) == "2026年10月22日"
        assert formats.day(date(2026, 10, 22), short=True) == "10月22日"
        assert formats.moment(at) == "2026年10月22日 14:05"
        assert formats.day(late) == "2026年10月22日"
        assert formats.named_day(date(2026, 10, 22)) == "2026年10月22日 星期四"
    with translation.override("en"):
        assert formats.day(date(2026, 10, 22)) == "22 Oct 2026"
        assert formats.moment(at, short=True) == "22 Oct 14:05"
        assert formats.named_day(date(2026, 10, 22)) == "Thursday 22 Oct 2026"
    assert formats.moment_table(at) == "2026-10-22 14:05"


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2026-09", "2026年9月", "September 2026"), ("2026-Q3", "2026年三季度", "Q3 2026"),
        ("2026-H1", "2026年上半年", "H1 2026"), ("2026", "2026年", "2026"),
        ("what is this", "what is this", "what is this"),
    ],
)  # fmt: skip
def test_periods_are_called_as_people_call_them(period: str, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert formats.period_name(period) == chinese
    with translation.override("en"):
        assert formats.period_name(period) == english


def test_a_missing_value_is_a_word(language: str) -> None:
    word = {"zh-hans": "暂无数据", "en": "No data"}[language]

    assert formats.money(None) == formats.ratio(None) == formats.day(None) == word


@pytest.mark.parametrize(
    ("value", "tone"),
    [("1", "good"), ("0.99999999", "near"), ("0.9", "near"), ("0.8999", "low"), (None, "none")],
)
def test_attainment_is_judged_before_it_is_rounded(value: str | None, tone: str) -> None:
    assert attaining.tone_of(value) == tone


@pytest.mark.parametrize(
    ("name", "mark"), [("沈佳宁", "佳宁"), ("沈宁", "宁"), ("Shen Jianing", "SJ"), ("", "·")]
)
def test_a_mark_of_a_person_is_their_given_name(name: str, mark: str) -> None:
    assert formats.initials(name) == mark
