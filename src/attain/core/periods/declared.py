"""Calendars as a company declares them in `attain.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from attain.core.periods.calculated import FiscalYear, FourFourFive
from attain.core.periods.calendar import Calendar


class _Declaration(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FiscalYearDeclaration(_Declaration):
    """A fiscal year of twelve calendar months: `fiscal_year: {start_month: 4}`."""

    start_month: int = Field(ge=1, le=12)
    named_by: Literal["start", "end"] = "start"
    """Whether April 2026 to March 2027 is called 2026 (start) or 2027 (end)."""


class FourFourFiveDeclaration(_Declaration):
    """A year of 52 or 53 whole weeks, in months of 4, 4 and 5 weeks."""

    start_month: int = Field(default=1, ge=1, le=12)
    first_weekday: int = Field(default=0, ge=0, le=6)
    """Day on which weeks begin: 0 is Monday, 6 is Sunday."""
    rule: Literal["nearest", "last"] = "nearest"
    pattern: tuple[int, int, int] = (4, 4, 5)


class CalendarDeclaration(_Declaration):
    """One calculated calendar; calendars of rows are in the dataset `calendars`."""

    fiscal_year: FiscalYearDeclaration | None = None
    four_four_five: FourFourFiveDeclaration | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> CalendarDeclaration:
        if (self.fiscal_year is None) == (self.four_four_five is None):
            raise ValueError("say either fiscal_year or four_four_five")
        return self

    def calendar(self, name: str) -> Calendar:
        """The calendar that is declared, under the name it is declared by."""
        if self.fiscal_year is not None:
            return FiscalYear(name, **self.fiscal_year.model_dump())
        assert self.four_four_five is not None
        return FourFourFive(name, **self.four_four_five.model_dump())
