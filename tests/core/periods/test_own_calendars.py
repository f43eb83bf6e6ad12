"""Own fiscal years, the 4-4-5 calendar, calendars of rows, and how they are declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from attain.core.errors import AttainError
from attain.core.periods import (
    Calendar,
    CalendarDeclaration,
    CalendarRow,
    Calendars,
    FiscalYear,
    FourFourFive,
    Period,
    TableCalendar,
    parse_period,
    period_labels,
    table_calendars,
)

APRIL = FiscalYear("finance", start_month=4, named_by="end")
RETAIL = FourFourFive("retail")
# The fiscal year of many shops: Sundays, from the one nearest to 1 February, 4-5-4.
SHOPS = FourFourFive("shops", start_month=2, first_weekday=6, pattern=(4, 5, 4))
KNOWN = Calendars([APRIL, RETAIL, SHOPS])
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("text", "from_", "until"),
    [
        ("finance:2026", date(2025, 4, 1), date(2026, 4, 1)),
        ("finance:2026-Q3", date(2025, 10, 1), date(2026, 1, 1)),
        ("finance:2026-H1", date(2025, 4, 1), date(2025, 10, 1)),
        ("finance:2026-03", date(2026, 3, 1), date(2026, 4, 1)),
    ],
)
def test_a_fiscal_year_named_by_its_end(text: str, from_: date, until: date) -> None:
    period = parse_period(text, KNOWN)

    assert (period.from_, period.until) == (from_, until)
    assert str(period) == text


def test_a_fiscal_year_named_by_its_start() -> None:
    july = FiscalYear("school", start_month=7)

    assert july.parse("2026").from_ == date(2026, 7, 1)
    assert july.parent(july.parse("2027-01"), "quarter").label == "2026-Q3"


def test_fiscal_periods_are_told_apart_from_those_of_the_calendar_year() -> None:
    shown = [
        period_labels(parse_period(f"finance:{label}", KNOWN)) for label in ("2026-Q3", "2026-03")
    ]

    assert [(one.zh, one.en) for one in shown] == [
        ("2026财年三季度", "Q3 FY2026"),
        ("2026年3月", "March 2026"),
    ]


@pytest.mark.parametrize(
    ("text", "from_", "until", "weeks"),
    [
        # The Monday nearest to 1 January 2026 (a Thursday) is 29 December 2025; the one
        # nearest to 1 January 2027 (a Friday) is 4 January 2027: 371 days, 53 weeks.
        ("retail:2026", date(2025, 12, 29), date(2027, 1, 4), 53),
        ("retail:2026-P01", date(2025, 12, 29), date(2026, 1, 26), 4),
        ("retail:2026-P02", date(2026, 1, 26), date(2026, 2, 23), 4),
        ("retail:2026-P03", date(2026, 2, 23), date(2026, 3, 30), 5),
        ("retail:2026-Q1", date(2025, 12, 29), date(2026, 3, 30), 13),
        ("retail:2026-P12", date(2026, 11, 23), date(2027, 1, 4), 6),
        ("retail:2026-W53", date(2026, 12, 28), date(2027, 1, 4), 1),
        ("retail:2025", date(2024, 12, 30), date(2025, 12, 29), 52),
        # 1 February 2026 is a Sunday.
        ("shops:2026", date(2026, 2, 1), date(2027, 1, 31), 52),
        ("shops:2026-P02", date(2026, 3, 1), date(2026, 4, 5), 5),
    ],
)
def test_years_of_whole_weeks(text: str, from_: date, until: date, weeks: int) -> None:
    period = parse_period(text, KNOWN)

    assert (period.from_, period.until) == (from_, until)
    assert period.day_count == weeks * 7
    assert str(period) == text


def test_a_year_of_52_weeks_has_no_53rd() -> None:
    with pytest.raises(AttainError) as caught:
        parse_period("retail:2025-W53", KNOWN)

    assert caught.value.code == "PERIOD_UNKNOWN"


def test_a_year_may_begin_on_the_last_such_weekday_before_its_month() -> None:
    # The year after the last Saturday of January: Sunday 26 January 2025, and 25 January 2026
    # (the last Saturday of January 2026 is the 31st, so its year begins on 1 February 2026).
    last = FourFourFive("last", start_month=2, first_weekday=6, rule="last")

    assert last.year_start(2025) == date(2025, 1, 26)
    assert last.year_start(2026) == date(2026, 2, 1)


def test_last_year_s_counterpart_in_weeks() -> None:
    march = parse_period("retail:2026-P03", KNOWN)

    assert str(RETAIL.shift(march, -1, "year")) == "retail:2025-P03"
    assert period_labels(march).zh == "2026财年第3期"
    assert period_labels(march).en == "P3 FY2026"


@given(DAYS, st.sampled_from([APRIL, RETAIL, SHOPS]), st.data())
def test_every_day_has_one_period_and_every_period_its_writing(
    day: date, calendar: Calendar, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(calendar.kinds))
    period = calendar.period_at(kind, day)

    assert day in period
    assert calendar.next(period).from_ == period.until
    assert parse_period(str(period), KNOWN) == period
    assert parse_period(str(period), KNOWN).kind == kind


@given(DAYS, st.sampled_from([RETAIL, SHOPS]))
def test_months_tile_quarters_and_quarters_tile_years_of_weeks(
    day: date, calendar: FourFourFive
) -> None:
    year = calendar.period_at("year", day)
    quarters = calendar.tiles("quarter", year)

    assert quarters is not None
    assert len(quarters) == 4
    assert all(len(calendar.tiles("month", quarter) or ()) == 3 for quarter in quarters)
    assert calendar.tiles("week", year) is not None


@pytest.mark.parametrize(
    "make",
    [
        lambda: FiscalYear("x", start_month=13),
        lambda: FourFourFive("x", pattern=(4, 4, 4)),
        lambda: FourFourFive("x", first_weekday=7),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r".+"):
        make()


def half_month(label: str, from_: date, until: date, parent: str | None = None) -> CalendarRow:
    return CalendarRow("halves", "half_month", label, from_, until, parent)


JANUARY = CalendarRow("halves", "month", "1月", date(2026, 1, 1), date(2026, 2, 1))
FIRST = half_month("1月上", date(2026, 1, 1), date(2026, 1, 16), "1月")
SECOND = half_month("1月下", date(2026, 1, 16), date(2026, 2, 1), "1月")


def table(*rows: CalendarRow) -> TableCalendar:
    return TableCalendar("halves", rows)


def refusals(*rows: CalendarRow) -> list[str]:
    with pytest.raises(AttainError) as caught:
        table(*rows)
    return list(caught.value.codes)


def test_a_calendar_of_rows_answers_like_any_other() -> None:
    halves = table(SECOND, JANUARY, FIRST)
    first = parse_period("halves:1月上", Calendars([halves]))

    assert halves.kinds == ("half_month", "month")
    assert halves.period_at("half_month", date(2026, 1, 16)).label == "1月下"
    assert str(halves.next(first)) == "halves:1月下"
    assert halves.parent(first, "month").label == "1月"
    assert [one.label for one in halves.tiles("half_month", halves.parse("1月")) or ()] == [
        "1月上",
        "1月下",
    ]
    assert period_labels(first).en == "1月上"


def test_a_gap_an_overlap_and_a_label_used_twice_are_refused() -> None:
    late = half_month("1月下", date(2026, 1, 17), date(2026, 2, 1))
    early = half_month("1月下", date(2026, 1, 15), date(2026, 2, 1))
    alone = half_month("1月上", date(2026, 1, 1), date(2026, 1, 16))

    assert refusals(alone, late) == ["CALENDAR_GAP"]
    assert refusals(alone, early) == ["CALENDAR_OVERLAP"]
    assert refusals(alone, alone) == ["CALENDAR_DUPLICATE"]
    assert refusals() == ["CALENDAR_EMPTY"]


def test_a_parent_holds_its_children_and_is_covered_by_them() -> None:
    long = half_month("1月下", date(2026, 1, 16), date(2026, 2, 2), "1月")

    assert refusals(JANUARY, FIRST) == ["CALENDAR_NOT_TILED"]
    assert refusals(FIRST, SECOND) == ["CALENDAR_PARENT", "CALENDAR_PARENT"]
    assert "CALENDAR_PARENT" in refusals(JANUARY, FIRST, long)


def test_a_row_that_ends_before_it_begins_is_refused() -> None:
    assert refusals(half_month("x", date(2026, 1, 2), date(2026, 1, 1))) == ["PERIOD_REVERSED"]


def test_days_and_periods_outside_the_rows_are_refused() -> None:
    halves = table(FIRST, SECOND, JANUARY)
    asked: dict[str, Callable[[], Period]] = {
        "the day after": lambda: halves.period_at("half_month", date(2026, 2, 1)),
        "the day before": lambda: halves.period_at("half_month", date(2025, 12, 31)),
        "the period after": lambda: halves.next(halves.parse("1月下")),
        "no label": lambda: halves.parse("2月上"),
    }
    refused = {}
    for name, ask in asked.items():
        with pytest.raises(AttainError) as caught:
            ask()
        refused[name] = caught.value.code

    assert refused == {
        "the day after": "PERIOD_OUTSIDE_CALENDAR",
        "the day before": "PERIOD_OUTSIDE_CALENDAR",
        "the period after": "PERIOD_UNKNOWN",
        "no label": "PERIOD_UNKNOWN",
    }


def test_before_the_first_row_there_is_nothing_for_what_began_with_it() -> None:
    """A plan in force from before the first row would need what it came to then: refused."""
    halves = table(FIRST, SECOND, JANUARY)
    first, second = (halves.parse(label) for label in ("1月上", "1月下"))

    assert halves.before(second) == first
    assert halves.before(first) is None
    assert halves.before(second, 2, date(2026, 1, 1)) is None
    with pytest.raises(AttainError) as caught:
        halves.before(first, 1, date(2025, 12, 31))
    assert caught.value.code == "PERIOD_UNKNOWN"
    january = parse_period("2026-01", KNOWN)
    assert KNOWN.default.before(january) == parse_period("2025-12", KNOWN)


def test_rows_of_several_calendars_are_told_apart() -> None:
    other = CalendarRow("rounds", "round", "一", date(2026, 1, 1), date(2026, 1, 8))

    assert set(table_calendars([JANUARY, other])) == {"halves", "rounds"}


def test_a_company_declares_its_calendars() -> None:
    fiscal = CalendarDeclaration.model_validate({"fiscal_year": {"start_month": "4"}})
    weeks = CalendarDeclaration.model_validate({"four_four_five": {"pattern": ["4", "5", "4"]}})

    assert fiscal.calendar("finance") == FiscalYear("finance", start_month=4)
    assert weeks.calendar("shops") == FourFourFive("shops", pattern=(4, 5, 4))


@pytest.mark.parametrize(
    "declared",
    [{}, {"fiscal_year": {"start_month": 4}, "four_four_five": {}}, {"lunar": {}}],
)
def test_a_declaration_names_exactly_one_rule(declared: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CalendarDeclaration.model_validate(declared)


def test_a_company_may_mean_its_own_calendar_where_none_is_written() -> None:
    own = Calendars([APRIL], default="finance")

    assert parse_period("2026-Q1", own).from_ == date(2025, 4, 1)
    assert parse_period("gregorian:2026-Q1", own).from_ == date(2026, 1, 1)
    assert own.of(parse_period("2026-Q1", own)) is APRIL
    assert (len(own), sorted(own), "finance" in own) == (2, ["finance", "gregorian"], True)


@pytest.mark.parametrize("calendar", [APRIL, RETAIL, SHOPS])
def test_the_end_of_all_years_is_refused_and_no_crash(calendar: Calendar) -> None:
    with pytest.raises(AttainError) as caught:
        calendar.period_at("year", date(9999, 12, 31))

    assert caught.value.code == "PERIOD_UNKNOWN"


def test_a_month_is_that_of_the_common_calendar_where_the_own_one_has_none() -> None:
    rows = [CalendarRow("fiscal", "quarter", "Q1", date(2025, 11, 1), date(2026, 2, 1))]
    own = Calendars(table_calendars(rows).values(), default="fiscal")

    assert parse_period("2025-12", own) == parse_period("2025-12")
    for refused in ("2025-Q4", "fiscal:2025-12", "autumn"):
        with pytest.raises(AttainError) as caught:
            parse_period(refused, own)
        assert caught.value.code == "PERIOD_UNKNOWN"
