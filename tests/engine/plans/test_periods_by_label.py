"""Periods of a dataset are compared by what people write (language.md 8 and 9)."""

from __future__ import annotations

import datetime as dt

import pytest

from attain.core.errors import AttainError
from attain.core.periods import CalendarRow, Calendars, FiscalYear, TableCalendar
from attain.engine.examples import test_plan as tried
from attain.engine.plans.api import expand, load_plan, resolve
from attain.engine.reference import run_plan

FISCAL = FiscalYear("fiscal", start_month=4)

PLAN = """
plan: p
period: {kind}
calendar: {calendar}
subjects: {{store: units}}
sources:
  wages:
    key: [store, month]
    columns: {{store: units, month: period, amount: {{type: money, required: true}}}}
columns:
  wages_of_it: {{sum: amount, from: wages, where: "month = this.{kind}", in: all}}
examples:
  - name: one wage
    period: "{period}"
    given: {{wages: [{{store: s, month: "{stored}", amount: 1000}}]}}
    expect: {{wages_of_it: {{store: s, is: {expected}}}}}
"""


def failures(*, default: str = "gregorian", **said: object) -> list[str]:
    calendars = Calendars([FISCAL], default)
    [found] = tried(PLAN.format(**said), file="p.yaml", calendars=calendars, runner=run_plan)
    return [str(one) for one in (*found.failures, *found.problems)]


def test_a_month_is_the_same_month_in_every_calendar_of_whole_months() -> None:
    months = {"kind": "month", "period": "2026-02", "stored": "fiscal:2026-02", "expected": 1000}

    assert not failures(calendar="gregorian", **months)
    assert not failures(calendar="fiscal", default="fiscal", **months)


def test_a_quarter_of_another_calendar_is_another_quarter() -> None:
    # fiscal:2026-Q1 is April to June; the plan's own 2026-Q1 is January to March.
    quarters = {"kind": "quarter", "period": "2026-Q1", "stored": "fiscal:2026-Q1"}

    assert not failures(calendar="gregorian", expected=0, **quarters)
    assert not failures(calendar="fiscal", default="fiscal", expected=1000, **quarters)


def test_what_a_person_writes_without_calendar_is_that_of_the_workspace() -> None:
    said = {"kind": "quarter", "period": "fiscal:2026-Q1", "stored": "2026-Q1", "expected": 1000}

    assert not failures(calendar="fiscal", default="fiscal", **said)


TRUE_UP = """
plan: p
period: month
calendar: own
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: money}
columns:
  sold: {sum: amount, from: orders}
incentives:
  bonus: {steps: [{base: sold * 1%}], true_up: {restart: half_year}}
"""


def test_a_true_up_begins_again_with_a_period_that_the_calendar_has() -> None:
    months = [("M1", dt.date(2026, 1, 1), dt.date(2026, 1, 29)),
              ("M2", dt.date(2026, 1, 29), dt.date(2026, 3, 1))]  # fmt: skip
    rows = [CalendarRow("own", "month", *month) for month in months]
    year = CalendarRow("own", "year", "2026", dt.date(2026, 1, 1), dt.date(2026, 3, 1))
    calendars = Calendars([TableCalendar("own", [*rows, year])])

    with pytest.raises(AttainError) as raised:
        resolve(expand(load_plan(TRUE_UP, "p.yaml"), {}), {}, calendars)

    first = raised.value.problems[0]
    assert first.code == "PLAN_RESTART"
    assert first.values == {"found": "half_year", "kind": "month", "known": ["year"]}
    assert first.where is not None
    assert first.where.line == len(TRUE_UP.splitlines())
