"""The plans of the company whose data changes: by the year, by the month, in a calendar of its own.

RATE and LATER stand for rates that change.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from attain.core.periods import CalendarRow, Calendars, TableCalendar

ORDERS: Final = """subjects: {seller: people}
sources:
  orders:
    key: [order_id]
    date: signed_on
    columns: {order_id: code, signed_on: {type: date, required: true}, seller: people,
      line: text, amount: money}
"""
"""Whose the rows of all plans are, and what an order is."""

YEARLY: Final = (
    """
plan: yearly
label: {zh-Hans: 年度, en: Yearly}
period: year
"""
    + ORDERS
    + """paths:
  team: {over: reporting, self: true, at: month}
groups:
  everybody: {of: [seller, month]}
tables:
  factors: {keys: {milk: 100%, ice: 120%, tea: RATE%}}
columns:
  credit: {each: orders, is: "amount * value(factors, line)", round: 0.01}
measures:
  sales: {each: [seller, month], sum: credit, from: orders}
  deals: {each: [seller, month], count: amount > 0, from: orders}
  largest: {each: [seller, month], max: amount, from: orders}
  mean: {each: [seller, month], mean: amount, from: orders}
  lines: {each: seller, distinct: line, from: orders, in: all}
  credited: {each: [seller, month], sum: credit, from: orders, in: year to date}
  sales_to_date: {each: [seller, month], sum: sales, from: [seller, month], in: year to date}
  team_sales: {each: [seller, month], sum: sales, from: [seller, month], through: team}
  goal: {each: [seller, month], is: target(sales)}
formulas:
  attainment: {each: [seller, month], is: sales_to_date / goal}
  place: {each: [seller, month], within: everybody, is: "rank(team_sales)"}
  bonus: {each: [seller, month], is: "team_sales * 1%", round: 0.01}
incentives:
  commission: {each: [seller, month], steps: [{base: bonus}], pay: [{on: day 10 of month + 1}]}
"""
)

QUARTERS: Final = (
    """
plan: quarters
label: {zh-Hans: 季度, en: Quarters}
period: year
"""
    + ORDERS
    + """paths:
  team: {over: reporting, self: true, at: month}
groups:
  everybody: {of: [seller, month]}
  in_quarter: {of: [seller, quarter]}
tables:
  factors: {keys: {milk: 100%, ice: 120%, tea: RATE%}}
orderings: {by_month: {of: [seller, month], per: [seller], by: [month]}}
columns:
  credit: {each: orders, is: "amount * value(factors, line)", round: 0.01}
  sales: {each: [seller, month], sum: credit, from: orders}
  recent: {each: [seller, month], sum: sales, from: [seller, month], in: last 3 months}
  share: {each: [seller, month], within: everybody, is: "group_share(sales)"}
  so_far: {each: [seller, month], along: by_month, is: "total(sales)"}
  best: {each: [seller, month], along: by_month, is: "highest_before(sales)"}
  yearly: {each: [seller, year], sum: sales, from: [seller, month]}
  of_year: {each: [seller, month], is: "if(yearly = 0, 0, sales / yearly)"}
  of_quarter: {each: [seller, quarter], sum: sales, from: [seller, month]}
  quarter_team: {each: [seller, quarter], sum: team_sales, from: [seller, month]}
  team_sales: {each: [seller, month], sum: sales, from: [seller, month], through: team}
  place: {each: [seller, quarter], within: in_quarter, is: "rank(of_quarter)"}
  prize: {each: [seller, quarter], is: "of_quarter * 1% + quarter_team * 0.1%", round: 0.01}
  due: {each: [seller, month], is: "so_far * 1%", round: 0.01}
  paid: {each: [seller, month], is: "due - if_missing(best, 0) * 0.1%"}
incentives:
  bonus: {each: [seller, quarter], steps: [{base: prize}], pay: [{on: day 10 of month + 1}]}
"""
)
"""What a month needs of itself, of those before it, of a quarter and of the year."""

MONTHLY: Final = (
    """
plan: monthly
label: {zh-Hans: 月度, en: Monthly}
period: month
effective: {from: 2026-01-01}
"""
    + ORDERS
    + """columns:
  earned: {each: [seller, month], sum: amount, from: orders}
  so_far: {each: [seller, month], sum: amount, from: orders, in: year to date}
  advance: "max(0, 900 - earned)"
  recovered: "min(previous(owed, 0), max(0, earned - 900))"
  owed: "previous(owed, 0) + advance - recovered"
"""
)

TRADE: Final = (
    """
plan: trade
label: {zh-Hans: 自定月份, en: Months of its own}
period: month
calendar: trade
effective: {from: 2025-12-26}
"""
    + ORDERS
    + """paths:
  team: {over: reporting, self: true}
groups:
  everybody: {of: [seller, month]}
tables:
  factors: {keys: {milk: 100%, ice: 120%, tea: RATE%}, otherwise: 50%}
  slabs:
    versions:
      - {bands: [{from: 0, is: 1%}, {from: 4000, is: 2%}, {from: 9000, is: 4%}]}
      - {from: 2026-03-01, bands: [{from: 0, is: 1%}, {from: 5000, is: LATER%}]}
orderings:
  in_order: {of: orders, per: [seller], by: [signed_on, order_id]}
columns:
  credit: {each: orders, is: "amount * value(factors, line)", round: 0.01}
  so_far: {each: orders, along: in_order, is: "total(credit)"}
  retroactive: {each: orders, along: in_order,
    is: "increase(if(total(credit) >= 9000, total(credit) * 3%, total(credit) * 1%))",
    round: 0.01}
  sales: {each: [seller, month], sum: credit, from: orders}
  recent: {each: [seller, month], sum: credit, from: orders, in: last 2 months}
  in_quarter: {each: [seller, month], sum: credit, from: orders, in: quarter to date}
  team_sales: {each: [seller, month], sum: sales, from: [seller, month], through: team}
  place: {each: [seller, month], within: everybody, is: "rank(in_quarter)"}
  lines: {each: [seller, month], sum: retroactive, from: orders}
  advance: "max(0, 900 - lines)"
  owed: "previous(owed, 0) + advance - min(previous(owed, 0), max(0, lines - 900))"
counters:
  large: {events: [{from: orders, subject: seller, where: "amount > 3000"}]}
  awards: {events: [{every: 2, of: large, restart: quarter}]}
incentives:
  commission:
    each: [seller, month]
    steps: [{base: "whole(slabs, max(0, in_quarter))"}, {add: "awards * 50"}]
    true_up: {restart: quarter}
    pay:
      - {part: now, share: 90%, on: day 10 of month + 1}
      - {part: held, share: 10%, on: period end}
"""
)
"""Months from the 26th, each of which reads those before it."""

_STARTS: Final = [date(2025, 12, 26), *(date(2026, month, 26) for month in range(1, 13))]
TRADE_MONTHS: Final = [f"2026-{month:02}" for month in range(1, 13)]


def _trade() -> TableCalendar:
    months = [
        CalendarRow("trade", "month", label, _STARTS[n], _STARTS[n + 1], f"2026-Q{n // 3 + 1}")
        for n, label in enumerate(TRADE_MONTHS)
    ]
    quarters = [
        CalendarRow("trade", "quarter", f"2026-Q{n}", _STARTS[3 * n - 3], _STARTS[3 * n], "2026")
        for n in range(1, 5)
    ]
    year = CalendarRow("trade", "year", "2026", _STARTS[0], _STARTS[12])
    return TableCalendar("trade", [*months, *quarters, year])


CALENDARS: Final = Calendars([_trade()])
