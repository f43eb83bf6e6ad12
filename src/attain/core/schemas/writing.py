"""How files write the values of a column, where that differs from the usual."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Literal

from pydantic import Field, field_validator

from attain.core.dates import LENIENT, DateProfile
from attain.core.documents import Declared
from attain.core.numbers import NumberProfile


class Written(Declared):
    """`written:` of a column. What is not said stays as usual in imports: a decimal point,
    thousands between commas, no other signs, and the year first in dates.
    """

    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", " ", "'", "none"] | None = None
    """The sign between groups of three digits; `none` refuses all of them."""
    accounting: bool = False
    """True if (5) and 5- are read as -5."""
    leading_point: bool = False
    """True if .0120 is read as 0.0120, as SQL Server writes it."""
    point_zero: bool = False
    """True if the code 14 is written 14.0, as programs do that take a column with blanks for
    decimal numbers."""
    units: tuple[Literal["万", "亿"], ...] = ()
    """Units that may follow a number."""
    times: int | None = Field(default=None, ge=1, le=100_000_000)
    """What one stands for: 10000 under a header such as 销售额（万元）; 1 where the header says so
    and the amounts are written in full."""
    day_first: bool | None = None
    """Whether 03/04/2024 is 3 April; undeclared, such a date is refused."""
    earliest: date | None = None
    """The first day that is taken for no slip; 1950-01-01 unless declared."""
    last_day: bool = False
    """True if a date names the last day of something; the day after it is stored, as ends are."""
    blank: tuple[str, ...] = ()
    """Words that stand for nothing, such as NULL in what a database wrote."""
    without_time: bool = False
    """True if a date with a time of day is refused instead of losing it with a note."""
    width: int | None = Field(default=None, ge=1, le=100)
    """For codes: the number of characters each has, so that lost zeros are noticed."""
    formulas: bool = False
    """True if an amount may come from a formula of the workbook."""

    @field_validator("times")
    @classmethod
    def _is_power_of_ten(cls, times: int | None) -> int | None:
        if times is not None and str(times).rstrip("0") != "1":
            raise ValueError("1, 10, 100, 1000, 10000 …")
        return times

    def number_profile(self, scale: int, currency: str | None, percent: bool) -> NumberProfile:
        """How the numbers of such a column are read."""
        usual: Literal[",", "."] = "." if self.decimal == "," else ","
        sign = self.thousands or usual
        return NumberProfile(
            decimal=self.decimal,
            thousands=None if sign == "none" else sign,
            allow_percent=percent,
            allow_accounting_negative=self.accounting,
            allow_leading_point=self.leading_point,
            units=frozenset(self.units),
            exponent=len(str(self.times or 1)) - 1,
            currency=currency,
            scale=scale,
        )

    def date_profile(self, time_zone: tzinfo = LENIENT.time_zone) -> DateProfile:
        """How the dates of such a column are read, in the company's time zone."""
        return DateProfile(
            day_first=self.day_first,
            earliest=self.earliest or LENIENT.earliest,
            allow_time=not self.without_time,
            time_zone=time_zone,
        )
