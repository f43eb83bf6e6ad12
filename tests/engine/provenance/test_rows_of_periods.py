"""Rows of periods are told in the order of time, whatever their calendar calls them."""

from __future__ import annotations

from telling import lines_of

from attain.engine.examples.explaining import Asked

PLAN = """
plan: thirds
period: third
calendar: thirds_of_months
subjects: {seller: people}
sources:
  sales:
    key: [seller, on_day]
    date: on_day
    columns: {seller: people, on_day: date, pieces: {type: count, required: true}}
measures:
  sold: {sum: pieces, from: sales}
  sold_so_far: {sum: sold, from: [seller, third], in: {from: month_start(period_start), until: period_until}}
examples:
  - name: March
    given:
      calendars:
        - {calendar: thirds_of_months, kind: third, label: 3月上旬, from: 2026-03-01, until: 2026-03-11}
        - {calendar: thirds_of_months, kind: third, label: 3月中旬, from: 2026-03-11, until: 2026-03-21}
        - {calendar: thirds_of_months, kind: third, label: 3月下旬, from: 2026-03-21, until: 2026-04-01}
      sales:
        - {seller: li, on_day: 2026-03-10, pieces: 50}
        - {seller: li, on_day: 2026-03-20, pieces: 60}
        - {seller: li, on_day: 2026-03-31, pieces: 70}
    runs:
      - {period: 3月上旬}
      - {period: 3月中旬}
      - {period: 3月下旬, expect: {sold_so_far: {seller: li, is: 180}}}
"""  # noqa: E501


def test_rows_of_periods_come_in_the_order_of_time() -> None:
    lines = lines_of(PLAN, Asked(0, 2, "sold_so_far", 0))

    rows = [line for line in lines if line.startswith("li · 3月")]
    assert rows == ["li · 3月上旬: 50", "li · 3月中旬: 60", "li · 3月下旬: 70"]
