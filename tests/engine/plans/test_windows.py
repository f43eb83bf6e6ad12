"""The days a gather looks at, half-open in whole dates (language.md 5 to 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from attain.core.periods import CalendarRow, Calendars, FiscalYear, TableCalendar
from attain.engine.plans.api import load_plan, resolve
from attain.engine.primitives.model import Gather, ResolvedPlan, Window

Resolve = Callable[[str], ResolvedPlan]
Written = Callable[..., str]

HEAD = """
plan: p
period: quarter
subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: signed_on
    columns:
      order_id: code
      signed_on: {type: date, required: true}
      paid_on: date
      seller: {type: people, required: true}
      amount: {type: money, required: true}
  trainings:
    key: [training]
    date: trained_on
    columns: {training: code, trained_on: {type: date, required: true}, person: people}
measures:
"""


def _gather(plan: ResolvedPlan, name: str = "a") -> Gather:
    [column] = [
        relation.columns[name] for relation in plan.relations.values() if name in relation.columns
    ]
    assert isinstance(column.made, Gather)
    return column.made


def _bounds(window: Window | None, written: Written) -> tuple[str, str]:
    assert window is not None
    return written(window.from_), written(window.until)


@pytest.mark.parametrize(
    ("said", "from_", "until"),
    [
        ("period", "period_from", "period_until"),
        ("year to date", "year_start((period_until - 1))", "period_until"),
        ("quarter to date", "quarter_start((period_until - 1))", "period_until"),
        ("last 12 months", "add_months(period_until, -12)", "period_until"),
        ("last 4 quarters", "add_months(period_until, -12)", "period_until"),
        ("last 30 days", "(period_until - 30)", "period_until"),
        ("life to date", "-", "period_until"),
        ("to day 20", "period_from", "min(period_until, (add_months(period_until, -1) + 20))"),
    ],
)
def test_windows_in_words(
    said: str, from_: str, until: str, resolved: Resolve, written: Written
) -> None:
    plan = resolved(HEAD + f"  a: {{sum: amount, from: orders, in: {said}}}")

    assert _bounds(_gather(plan).window, written) == (from_, until)


def test_everything_has_no_window(resolved: Resolve) -> None:
    assert _gather(resolved(HEAD + "  a: {sum: amount, from: orders, in: all}")).window is None


def test_a_season_begins_in_its_month_around_the_periods_end(
    resolved: Resolve, written: Written
) -> None:
    plan = resolved(HEAD + "  a: {sum: amount, from: orders, in: 12 months from July}")

    start, _ = _bounds(_gather(plan).window, written)
    assert start == "add_months(year_start(add_months(month_start((period_until - 1)), -6)), 6)"


def test_a_window_hangs_on_a_row(resolved: Resolve, written: Written) -> None:
    plan = resolved(
        HEAD
        + "  a: {each: trainings, sum: amount, from: orders, link: {person: seller},"
        + " in: {from: trained_on - 60, until: trained_on}}"
    )

    assert _bounds(_gather(plan).window, written) == ("(trained_on - 60)", "trained_on")


def test_a_window_may_be_moved(resolved: Resolve, written: Written) -> None:
    plan = resolved(HEAD + "  a: {sum: amount, from: orders, in: year to date, shift: -1 year}")

    assert _bounds(_gather(plan).window, written) == (
        "add_months(year_start((period_until - 1)), -12)",
        "add_months(period_until, -12)",
    )


def test_another_date_may_decide(resolved: Resolve) -> None:
    plan = resolved(HEAD + "  a: {sum: amount, from: orders, dated: paid_on}")

    assert _gather(plan).date == "paid_on"


def test_a_window_over_computed_columns_reads_earlier_results(resolved: Resolve) -> None:
    plan = resolved(
        HEAD
        + "  m: {each: [seller, month], sum: amount, from: orders}\n"
        + '  a: {count: "m >= 100", from: [seller, month], in: last 12 months}'
    )

    assert _gather(plan).earlier
    assert plan.results == ("",)
    assert plan.periods == ("month",)


def test_a_window_over_facts_is_computed_anew(resolved: Resolve) -> None:
    plan = resolved(HEAD + "  a: {sum: amount, from: orders, in: last 12 months}")

    assert not _gather(plan).earlier
    assert plan.results == ()


def test_periods_of_a_calendar_of_rows_are_written_out(written: Written) -> None:
    day = dt.date
    rows = [
        CalendarRow("halves", "half_month", "a", day(2026, 1, 1), day(2026, 1, 16)),
        CalendarRow("halves", "half_month", "b", day(2026, 1, 16), day(2026, 2, 1)),
    ]
    text = HEAD + "  a: {sum: amount, from: orders, shift: -1 period}"
    changed = text.replace("period: quarter", "period: half_month\ncalendar: halves")
    plan = resolve(load_plan(changed), calendars=Calendars([TableCalendar("halves", rows)]))

    start, until = _bounds(_gather(plan).window, written)
    assert start == (
        "half_month-1@period_from[2026-01-16..2026-02-01: 2026-01-01;"
        " 2026-02-01..2026-02-02: 2026-01-16]"
    )
    assert until.startswith("half_month-1@period_until[2026-01-16..2026-02-01: 2026-01-01")


def test_a_fiscal_year_begins_in_its_month(written: Written) -> None:
    calendars = Calendars([FiscalYear("fiscal", start_month=4)])
    text = HEAD + "  a: {sum: amount, from: orders, in: year to date}"
    plan = resolve(
        load_plan(text.replace("period: quarter", "period: quarter\ncalendar: fiscal")),
        calendars=calendars,
    )

    start, _ = _bounds(_gather(plan).window, written)
    assert start == ("add_months(year_start(add_months(month_start((period_until - 1)), -3)), 3)")
