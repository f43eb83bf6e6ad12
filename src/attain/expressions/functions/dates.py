"""Functions of dates. A month later keeps the day where the month has it, else its last day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.labels import Labels, labels
from attain.core.rounding import Mode
from attain.core.units import DATE, Type, Unit
from attain.expressions.functions.arguments import Arguments
from attain.expressions.functions.registry import Example, Function
from attain.expressions.missing import NO_SUCH_DATE
from attain.expressions.results import Absent, Result, beyond, number_of
from attain.expressions.retype import number, retyped
from attain.expressions.typed import Node

_WHOLE: Final = Type(Unit.count, scale=0)
_TO_COUNT: Final = labels("日期；结果为数量", "a date; the result is a count")
_TO_DATE: Final = labels("日期；结果为日期", "a date; the result is a date")
_MOVED: Final = labels("日期和整数；结果为日期", "a date and a whole number; the result is a date")
_BETWEEN: Final = labels("两个日期；结果为数量", "two dates; the result is a count")


def _dated(result: Type) -> Callable[[Arguments], Node]:
    def typing(given: Arguments) -> Node:
        for position in range(len(given)):
            given.need(position, DATE)
        return given.apply(result)

    return typing


def _shifted(given: Arguments) -> Node:
    given.need(0, DATE)
    given.need_whole(1)
    return given.apply(DATE)


def _years_later(given: Arguments) -> Node:
    given.need(0, DATE)
    given.need_whole(1)
    twelve = retyped(number(12), _WHOLE)
    months = given.operate("*", given[1], twelve)
    return given.call("add_months", [given[0], months], DATE)


def _days_later(given: Arguments) -> Node:
    given.need(0, DATE)
    given.need_whole(1)
    return given.operate("+", given[0], given[1])


def _days(given: Arguments) -> Node:
    given.need(0, DATE)
    given.need(1, DATE)
    return given.operate("-", given[1], given[0])


def _years(given: Arguments) -> Node:
    given.need(0, DATE)
    given.need(1, DATE)
    months = given.call("months_between", given.nodes, _WHOLE)
    twelfth = given.operate("/", months, number(12))
    return given.rounded(twelfth, Decimal(1), Mode.down)


def _made(given: Arguments) -> Node:
    for position in range(3):
        given.need_whole(position)
    return given.apply(DATE.missing())


def day_of(value: Result) -> dt.date:
    """A value that the checker has proved to be a date."""
    assert isinstance(value, dt.date)
    return value


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of a shorter month.

    :raises AttainError: DATE_OUT_OF_RANGE outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise beyond(day)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def whole_months(begins: dt.date, ends: dt.date) -> int:
    """The most months that can pass from one date without passing the other."""
    if ends < begins:
        return -whole_months(ends, begins)
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    return months if months_later(begins, months) <= ends else months - 1


def _add_months(day: Result, months: Result) -> Result:
    return months_later(day_of(day), int(number_of(months)))


def _months_between(begins: Result, ends: Result) -> Result:
    return Fraction(whole_months(day_of(begins), day_of(ends)))


def _date(year: Result, month: Result, day: Result) -> Result:
    try:
        return dt.date(int(number_of(year)), int(number_of(month)), int(number_of(day)))
    except (ValueError, OverflowError):
        return Absent(NO_SUCH_DATE)


def _counted(ask: Callable[[dt.date], int]) -> Callable[..., Result]:
    return lambda day: Fraction(ask(day_of(day)))


def _found(ask: Callable[[dt.date], dt.date]) -> Callable[..., Result]:
    return lambda day: ask(day_of(day))


def month_start(day: dt.date) -> dt.date:
    return day.replace(day=1)


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def quarter_start(day: dt.date) -> dt.date:
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(day: dt.date) -> dt.date:
    return month_end(months_later(quarter_start(day), 2))


def _declared(
    name: str,
    alias: str,
    signature: str,
    units: Labels,
    zh: str,
    en: str,
    examples: tuple[Example, ...],
    typing: Callable[[Arguments], Node],
    evaluate: Callable[..., Result] | None = None,
    missing: Labels | None = None,
) -> Function:
    arguments = signature.count(",") + 1
    return Function(
        name=name,
        aliases=(alias,),
        signature=signature,
        arity=(arguments, arguments),
        units=units,
        description=labels(zh, en),
        examples=examples,
        typing=typing,
        missing=missing,
        evaluate=evaluate,
    )


_to_count: Final = _dated(_WHOLE)
_to_date: Final = _dated(DATE)

FUNCTIONS: Final = (
    _declared(
        "year",
        "年",
        "year(date)",
        _TO_COUNT,
        "日期的年份。",
        "The year of a date.",
        (Example("year(2026-03-15)", "2026"),),
        _to_count,
        _counted(lambda day: day.year),
    ),
    _declared(
        "month",
        "月",
        "month(date)",
        _TO_COUNT,
        "日期的月份。",
        "The month of a date, 1 to 12.",
        (Example("month(2026-03-15)", "3"),),
        _to_count,
        _counted(lambda day: day.month),
    ),
    _declared(
        "day",
        "日",
        "day(date)",
        _TO_COUNT,
        "日期是几号。",
        "The day of the month.",
        (Example("day(2026-03-15)", "15"),),
        _to_count,
        _counted(lambda day: day.day),
    ),
    _declared(
        "day_of_week",
        "星期",
        "day_of_week(date)",
        _TO_COUNT,
        "星期几，星期一为 1，星期日为 7。",
        "The day of the week, 1 for Monday to 7 for Sunday.",
        (Example("day_of_week(2026-03-15)", "7"),),
        _to_count,
        _counted(lambda day: day.isoweekday()),
    ),
    _declared(
        "quarter",
        "季度",
        "quarter(date)",
        _TO_COUNT,
        "日期在第几季度。",
        "The calendar quarter of a date.",
        (Example("quarter(2026-03-15)", "1"),),
        _to_count,
        _counted(lambda day: (day.month + 2) // 3),
    ),
    _declared(
        "days_between",
        "相隔天数",
        "days_between(from, until)",
        labels("两个日期；结果为天数", "two dates; the result is days"),
        "两个日期相隔的天数。",
        "The days from one date to another.",
        (Example("days_between(2026-02-01, 2026-03-01)", "28"),),
        _days,
    ),
    _declared(
        "months_between",
        "相隔月数",
        "months_between(from, until)",
        _BETWEEN,
        "两个日期之间的整月数。",
        "The whole months from one date to another.",
        (
            Example("months_between(2026-01-31, 2026-02-28)", "1"),
            Example("months_between(2026-01-15, 2026-03-14)", "1"),
        ),
        _to_count,
        _months_between,
    ),
    _declared(
        "years_between",
        "相隔年数",
        "years_between(from, until)",
        _BETWEEN,
        "两个日期之间的整年数，例如工龄。",
        "The whole years from one date to another, such as service.",
        (Example("years_between(2020-03-01, 2026-02-28)", "5"),),
        _years,
    ),
    _declared(
        "add_days",
        "加天数",
        "add_days(date, days)",
        _MOVED,
        "若干天之后的日期。",
        "The date some days later.",
        (Example("add_days(2026-02-27, 2)", "2026-03-01"),),
        _days_later,
    ),
    _declared(
        "add_months",
        "加月数",
        "add_months(date, months)",
        _MOVED,
        "若干个月之后的同一天；没有这一天则取月末。",
        "The same day some months later; the month's last day where it has no such day.",
        (Example("add_months(2026-01-31, 1)", "2026-02-28"),),
        _shifted,
        _add_months,
    ),
    _declared(
        "add_years",
        "加年数",
        "add_years(date, years)",
        _MOVED,
        "若干年之后的同一天。",
        "The same day some years later.",
        (Example("add_years(2024-02-29, 1)", "2025-02-28"),),
        _years_later,
    ),
    _declared(
        "month_start",
        "月初",
        "month_start(date)",
        _TO_DATE,
        "当月第一天。",
        "The first day of the month.",
        (Example("month_start(2026-03-15)", "2026-03-01"),),
        _to_date,
        _found(month_start),
    ),
    _declared(
        "month_end",
        "月末",
        "month_end(date)",
        _TO_DATE,
        "当月最后一天。",
        "The last day of the month.",
        (Example("month_end(2026-02-10)", "2026-02-28"),),
        _to_date,
        _found(month_end),
    ),
    _declared(
        "quarter_start",
        "季初",
        "quarter_start(date)",
        _TO_DATE,
        "当季第一天。",
        "The first day of the calendar quarter.",
        (Example("quarter_start(2026-05-15)", "2026-04-01"),),
        _to_date,
        _found(quarter_start),
    ),
    _declared(
        "quarter_end",
        "季末",
        "quarter_end(date)",
        _TO_DATE,
        "当季最后一天。",
        "The last day of the calendar quarter.",
        (Example("quarter_end(2026-05-15)", "2026-06-30"),),
        _to_date,
        _found(quarter_end),
    ),
    _declared(
        "year_start",
        "年初",
        "year_start(date)",
        _TO_DATE,
        "当年第一天。",
        "The first day of the year.",
        (Example("year_start(2026-05-15)", "2026-01-01"),),
        _to_date,
        _found(lambda day: dt.date(day.year, 1, 1)),
    ),
    _declared(
        "year_end",
        "年末",
        "year_end(date)",
        _TO_DATE,
        "当年最后一天。",
        "The last day of the year.",
        (Example("year_end(2026-05-15)", "2026-12-31"),),
        _to_date,
        _found(lambda day: dt.date(day.year, 12, 31)),
    ),
    _declared(
        "date",
        "日期",
        "date(year, month, day)",
        labels("三个整数；结果为日期", "three whole numbers; the result is a date"),
        "由年、月、日组成的日期。",
        "The date of a year, month and day.",
        (
            Example("date(2026, 3, 15)", "2026-03-15"),
            Example("date(2026, 2, 30)", "no_data.no_such_date"),
        ),
        _made,
        _date,
        labels("日历上没有这一天时无数据", "no data where the calendar has no such day"),
    ),
)
