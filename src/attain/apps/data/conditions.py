"""What a check has to know of the company: its calendars, its zone, its closed days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from attain import lake
from attain.apps.accounts.company import company
from attain.apps.data.selectors import schemas
from attain.lake.coverage import Interval

_CLOSED: Final[list[Callable[[], tuple[Interval, ...]]]] = []


def register_closed(closed: Callable[[], tuple[Interval, ...]]) -> None:
    """Let an app above say which days are closed; rows in them are noted, never refused."""
    _CLOSED.append(closed)


def conditions(
    *,
    at: datetime,
    covers: tuple[Interval, ...] = (),
    again: bool = False,
    corrections: Mapping[tuple[int, int], str] | None = None,
    left_out: frozenset[int] = frozenset(),
) -> lake.Conditions:
    """The conditions of a check made now."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return lake.Conditions(
        schemas=schemas(),
        covers=covers,
        today=at.astimezone(zone).date(),
        closed=tuple(days for closed in _CLOSED for days in closed()),
        time_zone=zone,
        calendars=company().calendars,
        again=again,
        corrections=corrections or {},
        left_out=left_out,
    )
