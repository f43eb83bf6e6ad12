"""Days counted from another day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.periods.working_days import ChinaWorkingDays, WeekdayWorkingDays
from attain.kinds import Deadline

WEEKDAYS = WeekdayWorkingDays()


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 1), 0, date(2026, 5, 1)),
        (date(2026, 5, 1), 24, date(2028, 5, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(
    start: date, months: int, expected: date
) -> None:
    assert Deadline("start", months=months).day({"start": start}, None, WEEKDAYS) == expected


def test_the_next_working_day_passes_over_the_national_holiday() -> None:
    # 2025: 1 to 8 October are off, 9 October (Thursday) is worked.
    deadline = Deadline(working_days=1)

    assert deadline.day({}, date(2025, 9, 30), ChinaWorkingDays()) == date(2025, 10, 9)


def test_months_are_counted_before_days() -> None:
    # 31 January + 1 month = 28 February, + 1 day = 1 March. Days first: 1 February, then 1 March
    # as well; so the case that tells: 30 January, 28 February + 2 = 2 March (days first: 1 March).
    deadline = Deadline("start", months=1, days=2)

    assert deadline.day({"start": date(2026, 1, 30)}, None, WEEKDAYS) == date(2026, 3, 2)


def test_a_deadline_of_an_unknown_day_is_unknown() -> None:
    assert Deadline("start", days=1).day({"start": None}, None, WEEKDAYS) is None
    assert Deadline().day({}, None, WEEKDAYS) is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-240, 240))
def test_a_month_never_jumps_over_a_month(start: date, months: int) -> None:
    found = Deadline("start", months=months).day({"start": start}, None, WEEKDAYS)

    assert found is not None
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day <= start.day
