"""Periods as people write them in files and examples: 2026年3月, 2026/3, 2026年第二季度."""

from __future__ import annotations

import re
from typing import Final

from attain.core.keys import clean_code

_MONTH: Final = re.compile(
    r"([0-9]{4})(?:年([0-9]{1,2})月?|[/.]([0-9]{1,2})|(0[1-9]|1[0-2]))",
)
_QUARTER: Final = re.compile(r"([0-9]{4})年?(?:第?([1-4一二三四])季度?|[Qq]([1-4]))")
_HALF: Final = re.compile(r"([0-9]{4})年?(?:(上|下)半年度?|[Hh]([12]))")
_WEEK: Final = re.compile(r"([0-9]{4})年第?([0-9]{1,2})周")
_YEAR: Final = re.compile(r"([0-9]{4})年度?")


def period_as_written(text: str) -> str:
    """A period as people write it, in the form that the calendars read.

    >>> period_as_written("2026年3月"), period_as_written("2026/3"), period_as_written("202603")
    ('2026-03', '2026-03', '2026-03')
    >>> period_as_written("2026年第二季度"), period_as_written("2026Q1")
    ('2026-Q2', '2026-Q1')
    >>> period_as_written("2026年上半年"), period_as_written("2026年第5周")
    ('2026-H1', '2026-W05')
    >>> period_as_written("2026年度"), period_as_written("retail:2026-W05")
    ('2026', 'retail:2026-W05')
    """
    plain = clean_code(text)
    if month := _MONTH.fullmatch(plain):
        number = month[2] or month[3] or month[4]
        return f"{month[1]}-{int(number):02d}"
    if quarter := _QUARTER.fullmatch(plain):
        number = quarter[2] or quarter[3]
        return f"{quarter[1]}-Q{'一二三四'.find(number) + 1 or number}"
    if half := _HALF.fullmatch(plain):
        return f"{half[1]}-H{half[3] or '上下'.find(half[2]) + 1}"
    if week := _WEEK.fullmatch(plain):
        return f"{week[1]}-W{int(week[2]):02d}"
    if year := _YEAR.fullmatch(plain):
        return year[1]
    return plain
