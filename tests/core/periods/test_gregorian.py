"""Months, quarters, half-years, years and ISO weeks, and periods as they are written."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.core.errors import AttainError
from attain.core.periods import GREGORIAN, Period, free_period, parse_period, period_labels

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
KINDS = st.sampled_from(GREGORIAN.kinds)


def refusal(text: str) -> str:
    with pytest.raises(AttainError) as caught:
        parse_period(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "kind", "from_", "until"),
    [
        ("2026", "year", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-H2", "half_year", date(2026, 7, 1), date(2027, 1, 1)),
        ("2026-Q1", "quarter", date(2026, 1, 1), date(2026, 4, 1)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 3, 1)),
        # ISO week 1 of 2026 begins on Monday 29 December 2025.
        ("2026-W01", "week", date(2025, 12, 29), date(2026, 1, 5)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 4)),
        ("2026-01-01/2026-02-15", "free", date(2026, 1, 1), date(2026, 2, 15)),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, kind: str, from_: date, until: date) -> None:
    period = parse_period(text)

    assert (period.kind, period.from_, period.until) == (kind, from_, until)
    assert str(period) == text
    assert parse_period(f"gregorian:{text}") == period


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026Q1", "2026-Q5", "2026-q1", "2026-3", "2026-H3", "2026-01-01", "2026-01-01/",
     "2026-01-01/2026-02-30", "2026-1-1/2026-2-1", "Q1 2026", "２０２６",
     "2026-01-01/2026-02-01/x"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    assert refusal(text) == "PERIOD_FORMAT"


@pytest.mark.parametrize("text", ["2026-00", "2026-13", "2025-W53", "2026-W00", "0000", "9999"])
def test_periods_that_never_come_are_refused(text: str) -> None:
    assert refusal(text) == "PERIOD_UNKNOWN"


@pytest.mark.parametrize("text", ["2026-02-01/2026-01-01", "2026-01-01/2026-01-01"])
def test_a_period_ends_after_it_begins(text: str) -> None:
    assert refusal(text) == "PERIOD_REVERSED"


def test_an_unknown_calendar_is_refused_with_the_known_ones() -> None:
    assert refusal("lunar:2026") == "CALENDAR_UNKNOWN"


def test_equal_bounds_in_one_calendar_are_one_period() -> None:
    assert free_period(date(2026, 1, 1), date(2026, 4, 1)) == parse_period("2026-Q1")
    assert parse_period("2026-Q1") != Period("retail", date(2026, 1, 1), date(2026, 4, 1))


def test_the_end_of_a_period_does_not_belong_to_it() -> None:
    quarter = parse_period("2026-Q1")

    assert date(2026, 1, 1) in quarter
    assert date(2026, 3, 31) in quarter
    assert date(2026, 4, 1) not in quarter
    assert quarter.last_day == date(2026, 3, 31)
    assert quarter.day_count == 90  # 31 + 28 + 31
    assert len(list(quarter.days())) == 90


def test_the_part_of_a_period_inside_open_bounds() -> None:
    june = parse_period("2026-06")

    assert june.overlap(None, None) == june
    assert june.overlap(date(2026, 6, 21), None) == free_period(date(2026, 6, 21), june.until)
    assert june.overlap(None, date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    ("period", "kind", "parent"),
    [
        ("2026-05", "quarter", "2026-Q2"),
        ("2026-Q4", "half_year", "2026-H2"),
        ("2026-H1", "year", "2026"),
        ("2026-W06", "month", "2026-02"),  # 2 to 8 February
        ("2026-Q2", "quarter", "2026-Q2"),
    ],
)
def test_a_period_lies_in_its_parent(period: str, kind: str, parent: str) -> None:
    assert GREGORIAN.parent(parse_period(period), kind) == parse_period(parent)


def test_a_week_across_two_months_has_no_month() -> None:
    with pytest.raises(AttainError) as caught:
        GREGORIAN.parent(parse_period("2026-W05"), "month")  # 26 January to 1 February

    assert caught.value.code == "PERIOD_NOT_NESTED"


def test_a_kind_the_calendar_does_not_have_is_refused() -> None:
    with pytest.raises(AttainError) as caught:
        GREGORIAN.period_at("decade", date(2026, 1, 1))

    assert caught.value.code == "PERIOD_KIND_UNKNOWN"


@pytest.mark.parametrize(
    ("period", "n", "before"),
    [
        ("2026-01", 1, "2025-12"),
        ("2026-Q2", 5, "2025-Q1"),
        ("2026-W01", 1, "2025-W52"),
        ("2026", -1, "2027"),
        ("2026-01-11/2026-01-21", 1, "2026-01-01/2026-01-11"),
    ],
)
def test_the_nth_period_before(period: str, n: int, before: str) -> None:
    assert GREGORIAN.previous(parse_period(period), n) == parse_period(before)
    assert GREGORIAN.next(parse_period(before), n) == parse_period(period)


@pytest.mark.parametrize(
    ("period", "n", "kind", "shifted"),
    [
        ("2026-03", -1, "year", "2025-03"),
        ("2026-Q3", -1, "year", "2025-Q3"),
        ("2026-05", 1, "quarter", "2026-08"),
        ("2026-05", -2, "month", "2026-03"),
        ("2026-W10", -1, "year", "2025-W10"),
        ("2026-Q1", 1, "month", "2026-02-01/2026-05-01"),
        ("2026-01-31/2026-03-31", 1, "month", "2026-02-28/2026-04-30"),
        ("2026-01-05/2026-01-12", -1, "week", "2025-12-29/2026-01-05"),
        ("2024-02", 1, "year", "2025-02"),
    ],
)
def test_a_shifted_period_is_its_counterpart(period: str, n: int, kind: str, shifted: str) -> None:
    assert GREGORIAN.shift(parse_period(period), n, kind) == parse_period(shifted)


def test_a_53rd_week_has_no_counterpart_in_a_year_of_52() -> None:
    with pytest.raises(AttainError) as caught:
        GREGORIAN.shift(parse_period("2026-W53"), -1, "year")

    assert caught.value.code == "PERIOD_UNKNOWN"


def test_periods_tile_a_stretch_of_time() -> None:
    months = GREGORIAN.tiles("month", parse_period("2026-Q1"))

    assert [str(month) for month in months or ()] == ["2026-01", "2026-02", "2026-03"]
    assert GREGORIAN.tiles("week", parse_period("2026-Q1")) is None
    assert GREGORIAN.tiles("quarter", parse_period("2026-02")) is None


def test_the_periods_of_a_stretch_include_those_it_touches() -> None:
    touched = GREGORIAN.periods("month", date(2026, 1, 31), date(2026, 3, 2))

    assert [str(month) for month in touched] == ["2026-01", "2026-02", "2026-03"]
    assert GREGORIAN.periods("month", date(2026, 1, 31), date(2026, 1, 31)) == ()


@given(DAYS, KINDS)
def test_every_day_belongs_to_exactly_one_period_of_a_kind(day: date, kind: str) -> None:
    period = GREGORIAN.period_at(kind, day)

    assert day in period
    assert GREGORIAN.next(period).from_ == period.until
    assert GREGORIAN.previous(period).until == period.from_
    assert GREGORIAN.period_at(kind, period.last_day) == period


@given(DAYS, KINDS)
def test_every_period_is_read_back_from_how_it_is_written(day: date, kind: str) -> None:
    period = GREGORIAN.period_at(kind, day)
    read = parse_period(str(period))

    assert (read, read.kind, read.label) == (period, kind, period.label)


@given(DAYS, KINDS, st.integers(-40, 40), st.integers(1, 60))
def test_periods_have_no_gaps_and_no_overlaps(day: date, kind: str, n: int, length: int) -> None:
    start = day + timedelta(days=n)
    touched = GREGORIAN.periods(kind, start, start + timedelta(days=length))

    assert touched[0].from_ <= start < touched[0].until
    assert touched[-1].from_ < start + timedelta(days=length) <= touched[-1].until
    assert all(one.until == two.from_ for one, two in pairwise(touched))


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2026", "2026年", "2026"),
        ("2026-H1", "2026年上半年", "H1 2026"),
        ("2026-Q3", "2026年三季度", "Q3 2026"),
        ("2026-09", "2026年9月", "September 2026"),
        ("2026-W05", "2026年第5周", "Week 5, 2026"),
        (
            "2026-01-01/2026-02-15",
            "2026年1月1日至2026年2月14日",
            "1 January 2026 to 14 February 2026",
        ),
    ],
)
def test_a_period_has_a_name_in_both_languages(text: str, zh: str, en: str) -> None:
    shown = period_labels(parse_period(text))

    assert (shown.zh, shown.en) == (zh, en)
