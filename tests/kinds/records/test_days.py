"""Days counted from another day, at the ends of months and over holidays."""

from __future__ import annotations

from datetime import date

import pytest

from attain.core.errors import AttainError
from attain.kinds.records.calendar import ForeseenWorkingDays
from attain.kinds.records.days import read_day, read_length

CHINA = ForeseenWorkingDays()
"""In 2026: 1 to 7 October off, 20 September (a Sunday) and 10 October (a Saturday) worked."""


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        # A month earlier is clamped to the last day of the shorter month.
        ("starts_on - 1 month", date(2026, 3, 31), date(2026, 2, 28)),
        ("starts_on - 1 month", date(2028, 3, 31), date(2028, 2, 29)),
        ("starts_on - 1 month", date(2026, 3, 28), date(2026, 2, 28)),
        ("starts_on + 1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("starts_on + 12 months", date(2024, 2, 29), date(2025, 2, 28)),
        ("starts_on - 2 months", date(2026, 1, 15), date(2025, 11, 15)),
        ("starts_on + 2 weeks", date(2026, 12, 25), date(2027, 1, 8)),
        ("starts_on-7days", date(2026, 3, 3), date(2026, 2, 24)),
        ("starts_on", date(2026, 3, 3), date(2026, 3, 3)),
        # After Wed 30 September: Thu 8 October is the first worked day, then Fri 9, then Sat 10.
        ("starts_on + 1 working day", date(2026, 9, 30), date(2026, 10, 8)),
        ("starts_on + 2 working days", date(2026, 9, 30), date(2026, 10, 9)),
        ("starts_on + 3 working days", date(2026, 9, 30), date(2026, 10, 10)),
        ("starts_on + 4 working days", date(2026, 9, 30), date(2026, 10, 12)),
        # Backwards from Fri 9 October: 8 October, then 30 September.
        ("starts_on - 2 working days", date(2026, 10, 9), date(2026, 9, 30)),
        # Fri 18 September: the Sunday after is worked.
        ("starts_on + 1 working day", date(2026, 9, 18), date(2026, 9, 20)),
        # Holidays of 2027 were not announced: Monday to Friday.
        ("starts_on + 1 working day", date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_day_is_counted_from_another(text: str, start: date, day: date) -> None:
    assert read_day(text).on({"starts_on": start}, CHINA) == day


def test_a_day_counted_from_nothing_is_not_known() -> None:
    assert read_day("starts_on + 1 day").on({}, CHINA) is None
    assert read_day("entered + 1 day").on({"entered": date(2026, 1, 1)}, CHINA) == date(2026, 1, 2)


@pytest.mark.parametrize(
    "text",
    ["", "1 day", "starts_on + ", "starts_on + 1", "starts_on * 2 days", "a + 1 year", "a b"],
)
def test_a_day_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AttainError) as told:
        read_day(text)

    assert told.value.codes == ("RECORD_DAY_FORMAT",)


@pytest.mark.parametrize(
    ("text", "said"),
    [("7 days", "7 days"), ("1 day", "1 day"), ("2 working days", "2 working days"),
     ("1 months", "1 month"), ("0 days", "0 days")],
)  # fmt: skip
def test_a_length_is_read_and_written(text: str, said: str) -> None:
    assert read_length(text).text == said


@pytest.mark.parametrize("text", ["", "7", "days", "-1 days", "1.5 days", "7 Tage", "1 year"])
def test_a_length_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AttainError) as told:
        read_length(text)

    assert told.value.codes == ("RECORD_LENGTH_FORMAT",)
