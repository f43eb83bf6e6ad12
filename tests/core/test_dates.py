"""The one date parser (bad-input catalogue B33 to B37)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.booleans import parse_boolean
from attain.core.dates import (
    ISO_ONLY,
    LENIENT,
    DateProfile,
    date_of_serial,
    parse_date,
    read_date,
)
from attain.core.errors import AttainError, render

DAY_FIRST = DateProfile(day_first=True)
MONTH_FIRST = DateProfile(day_first=False)
STRICT = DateProfile(allow_time=False)


def refusal(text: str, profile: DateProfile = LENIENT) -> str:
    with pytest.raises(AttainError) as caught:
        parse_date(text, profile)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-03",
        "2024/2/3",
        "2024.2.3",
        "20240203",
        "2024年2月3日",
        "2024年02月03号",
        " 2024-2-3",
    ],
)
def test_year_first_is_always_clear(text: str) -> None:
    assert read_date(text).value == date(2024, 2, 3)
    assert read_date(text).notes == ()


def test_full_width_digits_are_read_with_a_note() -> None:
    read = read_date("２０２４－０２－０３")

    assert read.value == date(2024, 2, 3)
    assert [note.code for note in read.notes] == ["DATE_NORMALISED"]
    # 2025年 is read as the period 2025 by the same note.
    assert "period" in (render(read.notes[0], "en").remedy or "")


def test_day_and_month_without_a_declared_order_are_ambiguous() -> None:
    with pytest.raises(AttainError) as caught:
        parse_date("03/04/2024")

    assert caught.value.code == "DATE_AMBIGUOUS"
    assert caught.value.problems[0].values["first"] == date(2024, 4, 3)
    assert caught.value.problems[0].values["second"] == date(2024, 3, 4)
    assert refusal("3.2.2024") == "DATE_AMBIGUOUS"


def test_the_profile_decides_the_order_of_day_and_month() -> None:
    assert parse_date("03/04/2024", DAY_FIRST) == date(2024, 4, 3)
    assert parse_date("03/04/2024", MONTH_FIRST) == date(2024, 3, 4)


def test_a_date_with_one_reading_needs_no_profile() -> None:
    assert parse_date("25/04/2024") == date(2024, 4, 25)
    assert parse_date("04/25/2024") == date(2024, 4, 25)
    assert parse_date("04/04/2024") == date(2024, 4, 4)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2023-02-29", "2024-13-01", "0000-00-00", "31/04/2024", "13/13/2024"]
)
def test_days_that_never_were_are_refused(text: str) -> None:
    assert refusal(text) == "DATE_INVALID"


@pytest.mark.parametrize(
    "text",
    [
        "3 Feb 2024",
        "03-FEB-2024",
        "3 February 2024",
        "Feb 3, 2024",
        "feb. 03 2024",
        "February 3, 2024",
    ],
)
def test_an_english_name_of_the_month_is_clear(text: str) -> None:
    assert read_date(text).value == date(2024, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3-Feb-24",
        "3 Fe 2024",
        "3 Mars 2024",
        "Feb 2024",
        "二〇二四",
        "2024",
        "2024-02",
        "24-02-03",
        "2024-2/3",
        "tomorrow",
        "45322",
        "٢٠٢٤-٠٢-٠٣",
        "2024年2月",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refusal(text) == "DATE_FORMAT"


def test_blank_is_no_date() -> None:
    assert refusal(" ") == "DATE_MISSING"


@pytest.mark.parametrize("text", ["1899-12-31", "9999-12-31", "0024-01-31"])
def test_dates_outside_the_business_window_are_refused(text: str) -> None:
    assert refusal(text) == "DATE_OUT_OF_RANGE"


def test_the_business_window_includes_both_its_ends() -> None:
    window = DateProfile(earliest=date(2024, 1, 1), latest=date(2024, 12, 31))

    assert parse_date("2024-01-01", window) == date(2024, 1, 1)
    assert parse_date("2024-12-31", window) == date(2024, 12, 31)
    assert refusal("2025-01-01", window) == "DATE_OUT_OF_RANGE"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-31 00:00:00", date(2024, 1, 31)),
        ("2024-01-31 23:59:59.999", date(2024, 1, 31)),
        ("2024/1/31 9:05", date(2024, 1, 31)),
        ("2024-01-31T23:59:59+08:00", date(2024, 1, 31)),
        # 17:00 in Greenwich is 01:00 of the next day in Shanghai.
        ("2024-01-31T17:00:00Z", date(2024, 2, 1)),
        ("2024-01-31 17:00:00+00", date(2024, 2, 1)),
        ("2024-01-31 23:59:59.5+08", date(2024, 1, 31)),
        # 15:59:59 in Greenwich is 23:59:59 of the same day in Shanghai.
        ("2024-01-31T15:59:59Z", date(2024, 1, 31)),
        ("2024-01-31T23:00-05:00", date(2024, 2, 1)),
    ],
)
def test_a_time_is_dropped_in_the_company_s_time_zone_with_a_note(text: str, day: date) -> None:
    read = read_date(text)

    assert read.value == day
    assert [note.code for note in read.notes] == ["TIME_DROPPED"]


def test_a_strict_column_accepts_no_time() -> None:
    assert refusal("2024-01-31 00:00", STRICT) == "TIME_IN_DATE_COLUMN"
    assert refusal("2024-01-31 25:00") == "DATE_INVALID"


@pytest.mark.parametrize("text", ["2026-2-3", "20260203", "2026/02/03"])
def test_an_interface_accepts_iso_dates_only(text: str) -> None:
    assert parse_date("2026-02-03", ISO_ONLY) == date(2026, 2, 3)
    assert refusal(text, ISO_ONLY) == "DATE_FORMAT"


def test_a_date_is_read_from_text_only() -> None:
    with pytest.raises(TypeError):
        parse_date(datetime(2024, 1, 31, tzinfo=UTC))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        # Spreadsheets count 1 January 1900 as day 1; 45322 is 31 January 2024.
        ("45322", date(2024, 1, 31)),
        ("45322.0", date(2024, 1, 31)),
        ("18264", date(1950, 1, 1)),
    ],
)
def test_a_date_cell_counts_days(raw: str, day: date) -> None:
    assert date_of_serial(raw).value == day
    assert date_of_serial(raw).notes == ()


def test_the_1904_system_counts_1462_days_later() -> None:
    assert date_of_serial("43860", date1904=True).value == date(2024, 1, 31)  # 45322 - 1462


def test_a_date_cell_with_a_time_keeps_its_day() -> None:
    read = date_of_serial("45322.99999999")

    assert read.value == date(2024, 1, 31)
    assert [note.code for note in read.notes] == ["TIME_DROPPED"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("60", "DATE_INVALID"),  # 29 February 1900
        ("1", "DATE_OUT_OF_RANGE"),
        ("-1", "DATE_OUT_OF_RANGE"),
        ("0.5", "DATE_OUT_OF_RANGE"),
        ("2958466", "DATE_OUT_OF_RANGE"),
        ("999999999", "DATE_OUT_OF_RANGE"),
        ("NaN", "DATE_FORMAT"),
        ("1E5", "DATE_FORMAT"),
    ],
)
def test_a_cell_that_holds_no_business_date_is_refused(raw: str, code: str) -> None:
    with pytest.raises(AttainError) as caught:
        date_of_serial(raw)

    assert caught.value.code == code


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    texts = [day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"]
    serial = (day - date(1899, 12, 30)).days

    assert {parse_date(text) for text in texts} == {day}
    assert date_of_serial(str(serial)).value == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_coded_refusal(text: str) -> None:
    for profile in (LENIENT, ISO_ONLY, DAY_FIRST):
        try:
            assert isinstance(parse_date(text, profile), date)
        except AttainError as error:
            assert error.codes  # noqa: PT017


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("否", False), ("TRUE", True), ("no", False), ("１", True), (" 0 ", False)],
)
def test_yes_and_no_are_read_as_people_write_them(text: str, value: bool) -> None:
    assert parse_boolean(text) is value


@pytest.mark.parametrize("text", ["", "2", "maybe", "是的吧"])
def test_what_is_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(AttainError) as caught:
        parse_boolean(text)

    assert caught.value.code == "BOOLEAN_FORMAT"
