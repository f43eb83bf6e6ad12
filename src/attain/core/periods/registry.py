"""The calendars a company knows, and how a written period is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attain.core.errors import AttainError, codes, problem
from attain.core.periods.calculated import GREGORIAN
from attain.core.periods.calendar import Calendar
from attain.core.periods.models import Period

_BOUNDS: Final = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", re.ASCII)


class Calendars(Mapping[str, Calendar]):
    """Calendars by name; the Gregorian one is always there.

    `default` is the calendar that is meant where a period is written without one.
    """

    def __init__(self, calendars: Iterable[Calendar] = (), default: str = GREGORIAN.name) -> None:
        self._by_name = {GREGORIAN.name: GREGORIAN, **{one.name: one for one in calendars}}
        self.default = self[default]

    def __getitem__(self, name: str) -> Calendar:
        """
        :raises AttainError: CALENDAR_UNKNOWN.
        """
        if name not in self._by_name:
            raise AttainError(
                problem(codes.CALENDAR_UNKNOWN, calendar=name, known=sorted(self._by_name))
            )
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def of(self, period: Period) -> Calendar:
        """The calendar of a period."""
        return self[period.calendar]


ONLY_GREGORIAN: Final = Calendars()


def parse_period(text: str, calendars: Calendars = ONLY_GREGORIAN) -> Period:
    """A period as it is written: `[calendar:]2026-Q1` or `[calendar:]from/until`.

    `2026-01-01/2026-02-15` ends with 14 February: the second date is exclusive. A month of the
    common calendar needs no name where the default calendar has no months.

    :raises AttainError: PERIOD_FORMAT, PERIOD_UNKNOWN, PERIOD_REVERSED, CALENDAR_UNKNOWN.
    """
    name, colon, label = text.strip().rpartition(":")
    calendar = calendars[name] if colon else calendars.default
    bounds = _BOUNDS.fullmatch(label)
    if bounds is None:
        try:
            return calendar.parse(label)
        except AttainError:
            common = None if colon else _common(label, calendar)
            if common is None:
                raise
            return common
    return Period(calendar.name, _day(bounds[1], text), _day(bounds[2], text))


def _common(label: str, calendar: Calendar) -> Period | None:
    """The period of the common calendar, of a kind that the other one does not have."""
    try:
        found = GREGORIAN.parse(label)
    except AttainError:
        return None
    return None if found.kind in calendar.kinds else found


def _day(written: str, text: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise AttainError(problem(codes.PERIOD_FORMAT, value=text)) from None
