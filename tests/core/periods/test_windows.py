"""Windows of rules, and dates counted in months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError
from attain.core.periods import (
    GREGORIAN,
    FiscalYear,
    FourFourFive,
    Period,
    add_months,
    day_of_month,
    last,
    life_to_date,
    month_end,
    parse_period,
    season,
    to_date,
    to_day,
    year_start,
    year_to_date,
)

APRIL = FiscalYear("gregorian", start_month=4)


def period(text: str) -> Period:
    return parse_period(text)


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 1, 1), -13, date(2024, 12, 1)),
    ],
)
def test_months_later_clamps_to_the_end_of_a_short_month(day: date, n: int, later: date) -> None:
    assert add_months(day, n) == later


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-600, 600))
def test_adding_months_moves_by_months_and_never_past_the_day(day: date, n: int) -> None:
    later = add_months(day, n)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == min(day.day, month_end(later).day)


def test_the_10th_of_the_month_after_next() -> None:
    assert day_of_month(date(2026, 3, 31), 10, 2) == date(2026, 5, 10)


def test_the_31st_of_a_short_month_is_its_last_day() -> None:
    assert day_of_month(date(2026, 1, 15), 31, 1) == date(2026, 2, 28)


@pytest.mark.parametrize("number", [0, 32, -1])
def test_there_is_no_such_day_of_a_month(number: int) -> None:
    with pytest.raises(AttainError) as caught:
        day_of_month(date(2026, 1, 1), number)

    assert caught.value.code == "WINDOW_FORMAT"


@pytest.mark.parametrize(
    ("month", "number", "window"),
    [
        ("2026-03", 12, "2026-03-01/2026-03-13"),  # the 12th belongs to it
        ("2026-02", 30, "2026-02"),
        ("2026-02", 28, "2026-02"),
        ("2026-03", 1, "2026-03-01/2026-03-02"),
    ],
)
def test_to_a_day_of_the_month_includes_it(month: str, number: int, window: str) -> None:
    assert to_day(period(month), number) == period(window)


@pytest.mark.parametrize("text", ["2026-Q1", "2026-01-20/2026-02-05"])
def test_only_a_month_has_a_12th(text: str) -> None:
    with pytest.raises(AttainError) as caught:
        to_day(period(text), 12)

    assert caught.value.code == "WINDOW_FORMAT"


def test_year_to_date_follows_the_calendar_s_year() -> None:
    assert year_to_date(GREGORIAN, period("2026-05")) == period("2026-01-01/2026-06-01")
    assert year_to_date(APRIL, period("2026-05")) == period("2026-04-01/2026-06-01")
    assert year_start(APRIL, date(2026, 3, 31)) == date(2025, 4, 1)


def test_quarter_to_date() -> None:
    assert to_date(GREGORIAN, period("2026-05"), "quarter") == period("2026-04-01/2026-06-01")


def test_a_week_across_the_year_s_end_has_no_year_to_date() -> None:
    with pytest.raises(AttainError) as caught:
        year_to_date(GREGORIAN, period("2026-W53"))

    assert caught.value.code == "PERIOD_NOT_NESTED"


@pytest.mark.parametrize(
    ("text", "n", "kind", "window"),
    [
        ("2026-03", 3, None, "2026-01-01/2026-04-01"),
        ("2026-03", 1, "month", "2026-03"),
        ("2026-Q1", 12, "month", "2025-04-01/2026-04-01"),
        ("2026-Q1", 2, None, "2025-10-01/2026-04-01"),
    ],
)
def test_the_last_n_periods_end_with_this_one(
    text: str, n: int, kind: str | None, window: str
) -> None:
    assert last(GREGORIAN, period(text), n, kind) == period(window)


@pytest.mark.parametrize(("text", "n", "kind"), [("2026-03", 0, None), ("2026-02", 1, "quarter")])
def test_a_window_that_does_not_end_with_the_period_is_refused(
    text: str, n: int, kind: str | None
) -> None:
    with pytest.raises(AttainError) as caught:
        last(GREGORIAN, period(text), n, kind)

    assert caught.value.code == "WINDOW_FORMAT"


def test_the_last_13_weeks_of_a_4_4_5_quarter_are_the_quarter() -> None:
    retail = FourFourFive("retail")
    quarter = retail.parse("2026-Q1")

    assert last(retail, quarter, 13, "week") == quarter


@pytest.mark.parametrize(
    ("text", "months", "start_month", "window"),
    [
        ("2026-03", 12, 7, "2025-07-01/2026-07-01"),
        ("2026-07", 12, 7, "2026-07-01/2027-07-01"),
        ("2026-Q1", 12, 10, "2025-10-01/2026-10-01"),
        ("2026-06", 6, 4, "2026-04-01/2026-10-01"),
        ("2026-01", 4, 11, "2025-11-01/2026-03-01"),
    ],
)
def test_a_season_comes_once_a_year(text: str, months: int, start_month: int, window: str) -> None:
    assert season(period(text), months, start_month) == period(window)


def test_a_period_outside_the_season_has_none() -> None:
    with pytest.raises(AttainError) as caught:
        season(period("2026-12"), 6, 4)

    assert caught.value.code == "PERIOD_NOT_NESTED"


@pytest.mark.parametrize(("months", "start_month"), [(0, 1), (13, 1), (6, 0), (6, 13)])
def test_a_season_has_1_to_12_months_from_a_month(months: int, start_month: int) -> None:
    with pytest.raises(AttainError) as caught:
        season(period("2026-12"), months, start_month)

    assert caught.value.code == "WINDOW_FORMAT"


def test_life_to_date_ends_with_the_period() -> None:
    life = life_to_date(period("2026-03"))

    assert (life.from_, life.until) == (date.min, date(2026, 4, 1))
