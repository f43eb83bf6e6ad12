"""Periods of a dataset are compared by what people write (language.md 8 and 9)."""

from __future__ import annotations

from attain.core.periods import Calendars, FiscalYear
from attain.engine.examples import test_plan as tried
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
