"""Codes of dates, times of day and truth values."""

from __future__ import annotations

from typing import Final

from attain.core.errors.catalogue import define
from attain.core.errors.models import Severity

DATE_FORMAT: Final = define(
    "DATE_FORMAT",
    zh="“{value}”不是可以接受的日期写法。",
    en="“{value}” is not a date in an accepted form.",
    remedy_zh="写成 2026-09-30、2026/9/30 或 2026年9月30日。",
    remedy_en="Write it like 2026-09-30, 2026/9/30 or 2026年9月30日.",
)
DATE_AMBIGUOUS: Final = define(
    "DATE_AMBIGUOUS",
    zh="“{value}”有两种读法：{first} 或 {second}。",
    en="“{value}” can be read in two ways: {first} or {second}.",
    why_zh="日期决定业绩属于哪个期间、归属谁。",
    why_en="The date decides to which period and to whom a result belongs.",
    remedy_zh="改写成 2026-09-30 的形式；"
    "或在数据集中为该列声明 written: {{day_first: true}}（日在前）"
    "或 {{day_first: false}}（月在前）。",
    remedy_en="Write it like 2026-09-30; or declare written: {{day_first: true}} for day before "
    "month, {{day_first: false}} for month before day, for this column in its dataset.",
)
DATE_INVALID: Final = define(
    "DATE_INVALID",
    zh="“{value}”不存在于日历中。",
    en="“{value}” is not in the calendar.",
    remedy_zh="核对年、月、日。",
    remedy_en="Check year, month and day.",
)
DATE_OUT_OF_RANGE: Final = define(
    "DATE_OUT_OF_RANGE",
    zh="日期 {value} 不在 {earliest} 至 {latest} 之间。",
    en="The date {value} is not between {earliest} and {latest}.",
    why_zh="这样的日期多半是录入或导出时的错误。",
    why_en="Such a date is most often a slip of entry or export.",
    remedy_zh="核对日期；如果没错，给这一列声明 written: {{earliest: 1900-01-01}}。",
    remedy_en="Check the date; if it is right, declare written: {{earliest: 1900-01-01}} for the "
    "column.",
)
DATE_MISSING: Final = define(
    "DATE_MISSING",
    zh="这里没有日期。",
    en="There is no date here.",
    remedy_zh="填写日期。",
    remedy_en="Write a date.",
)
DATE_NORMALISED: Final = define(
    "DATE_NORMALISED",
    zh="“{value}”读作 {read}。",
    en="“{value}” was read as {read}.",
    remedy_zh="如果不是这个意思，日期写成 2026-09-30，期间写成 2026-09、2026-Q3 或 2026 的形式。",
    remedy_en="If something else is meant, write a date like 2026-09-30, and a period like "
    "2026-09, 2026-Q3 or 2026.",
    severity=Severity.note,
)
TIME_IN_DATE_COLUMN: Final = define(
    "TIME_IN_DATE_COLUMN",
    zh="“{value}”带有时间，但这里只接受日期。",
    en="“{value}” has a time of day, but only a date stands here.",
    remedy_zh="去掉时间，或在该列的设置中允许带时间的日期。",
    remedy_en="Remove the time, or let this column accept dates with a time.",
)
TIME_DROPPED: Final = define(
    "TIME_DROPPED",
    zh="“{value}”中的时间已按企业时区略去，读作 {read}。",
    en="The time in “{value}” was dropped in the company's time zone: {read}.",
    remedy_zh="如果日期不对，核对来源系统的时区。",
    remedy_en="If the day is wrong, check the time zone of the source.",
    severity=Severity.note,
)
BOOLEAN_FORMAT: Final = define(
    "BOOLEAN_FORMAT",
    zh="“{value}”既不是“是”也不是“否”。",
    en="“{value}” is neither true nor false.",
    remedy_zh="写“是”或“否”（也可写 true、false、1、0）。",
    remedy_en="Write true or false (also 是, 否, yes, no, 1, 0).",
)
