"""Rows that have a period instead of a day: stored, covered and withdrawn by its days (0025)."""

from __future__ import annotations

from datetime import date

WAGES = """
dataset: wages
key: [person, period]
date: period
load: replace
columns:
  person: {type: code}
  period: {type: period}
  amount: {type: money, currency: CNY}
"""


def test_a_file_covers_the_whole_of_its_last_period(desk) -> None:
    desk.declare(WAGES)

    checked = desk.check("person,period,amount\na,2026-01,100\na,2026-Q2,300\n", "wages")

    assert checked.is_good
    assert checked.covers == ((date(2026, 1, 1), date(2026, 7, 1)),)


def test_a_row_lies_in_the_month_of_the_first_day(desk) -> None:
    desk.declare(WAGES)
    desk.load("person,period,amount\na,2026-01,100\na,2026-Q2,300\n", "wages")

    head = desk.catalog.head("wages")

    assert [part.month for part in head.parts] == ["2026-01", "2026-04"]


def test_a_complete_file_withdraws_the_periods_it_no_longer_has(desk) -> None:
    desk.declare(WAGES)
    desk.load("person,period,amount\na,2026-01,100\nb,2026-01,50\na,2026-02,70\n", "wages")

    checked = desk.check("person,period,amount\na,2026-01,100\n", "wages")

    assert (checked.changes.withdrawn, checked.changes.same) == (1, 1)
