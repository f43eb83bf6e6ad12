"""When a schedule is due next, by the clock of the company."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from attain.apps.runs.timetables import Schedule

QUIET: Final = timedelta(minutes=2)
"""An estimate waits so long after an import: several files in a row make one estimate."""
_FRIDAY: Final = 5


def next_time(schedule: Schedule, after: datetime) -> datetime | None:
    """The first moment after another one; None for a schedule that follows imports."""
    if schedule.rhythm == Schedule.IMPORT or schedule.at_time is None:
        return None
    local = after.astimezone(ZoneInfo(settings.TIME_ZONE))
    for ahead in range(9):
        day = local.date() + timedelta(days=ahead)
        found = datetime.combine(day, schedule.at_time, local.tzinfo)
        if found > local and _is_on(schedule, day.isoweekday()):
            return found
    return None


def _is_on(schedule: Schedule, weekday: int) -> bool:
    if schedule.rhythm == Schedule.WEEKLY:
        return weekday == schedule.weekday
    return schedule.rhythm == Schedule.DAILY or weekday <= _FRIDAY
