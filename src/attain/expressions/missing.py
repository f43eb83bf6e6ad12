"""Reasons that expressions themselves give for a missing value."""

from __future__ import annotations

from typing import Final

from attain.core import reasons

DIVISION_BY_ZERO: Final = reasons.NO_DIVISOR
UNDEFINED: Final = reasons.UNDEFINED
OUTSIDE_TABLE: Final = "no_data.outside_table"
NO_VERSION: Final = "no_data.no_version"
NO_SUCH_DATE: Final = reasons.reason(
    "no_data.no_such_date", "日历上没有这一天", "the calendar has no such day"
)
