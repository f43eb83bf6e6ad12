"""Working days of China, of a table, and of plain weeks."""

from __future__ import annotations

from datetime import date

import pytest

from attain.core.errors import AttainError
from attain.core.periods import (
    ChinaWorkingDays,
    TableWorkingDays,
    WeekdayWorkingDays,
    add_working_days,
    count_working_days,
    next_working_day,
)

CHINA = ChinaWorkingDays()
WEEKDAYS = WeekdayWorkingDays()


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2024, 10, 1), False),  # National Day, a Tuesday
        (date(2024, 10, 12), True),  # a Saturday worked for it
        (date(2024, 9, 29), True),  # a Sunday worked for it
        (date(2024, 10, 8), True),  # the first Tuesday after
        (date(2024, 10, 13), False),  # a plain Sunday
    ],
)
def test_china_s_holidays_and_make_up_days_are_known(day: date, is_working: bool) -> None:
    assert CHINA.is_working(day) is is_working


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2090, 1, 1)])
def test_a_year_whose_holidays_are_not_announced_is_not_guessed(day: date) -> None:
    with pytest.raises(AttainError) as caught:
        CHINA.is_working(day)

    assert caught.value.code == "CALENDAR_DAY_UNKNOWN"


def test_a_company_s_own_days_go_before() -> None:
    founding_day = date(2024, 10, 15)
    own = TableWorkingDays({founding_day: False, date(2090, 1, 1): True}, otherwise=CHINA)

    assert not own.is_working(founding_day)
    assert own.is_working(date(2024, 10, 16))
    assert own.is_working(date(2090, 1, 1))


def test_october_2024_has_19_working_days_in_china() -> None:
    # 23 weekdays, of which 1 to 4 and 7 are holidays; one Saturday, the 12th, is worked.
    assert count_working_days(CHINA, date(2024, 10, 1), date(2024, 11, 1)) == 23 - 5 + 1


def test_no_days_have_no_working_days() -> None:
    assert count_working_days(WEEKDAYS, date(2026, 1, 5), date(2026, 1, 5)) == 0
    assert count_working_days(WEEKDAYS, date(2026, 1, 6), date(2026, 1, 5)) == 0


def test_a_pay_day_on_a_holiday_moves_to_the_next_working_day() -> None:
    assert next_working_day(CHINA, date(2024, 10, 1)) == date(2024, 10, 8)
    assert next_working_day(CHINA, date(2024, 10, 8)) == date(2024, 10, 8)


@pytest.mark.parametrize(
    ("n", "day"),
    [
        (0, date(2026, 1, 9)),
        (1, date(2026, 1, 12)),
        (-1, date(2026, 1, 8)),
        (5, date(2026, 1, 16)),
        (-5, date(2026, 1, 2)),
    ],
)
def test_working_days_after_a_friday(n: int, day: date) -> None:
    assert add_working_days(WEEKDAYS, date(2026, 1, 9), n) == day
