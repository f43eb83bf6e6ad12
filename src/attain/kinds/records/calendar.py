"""Working days that deadlines of records can always be counted in."""

from __future__ import annotations

from datetime import date
from typing import Final

from attain.core.periods.working_days import ChinaWorkingDays, WeekdayWorkingDays

_ANNOUNCED: Final = ChinaWorkingDays()
_USUAL: Final = WeekdayWorkingDays()


class ForeseenWorkingDays:
    """The public holidays of China as far as they are announced, Monday to Friday after that.

    Next year's holidays are announced in November; a deadline in January that was counted
    before moves with them, since last days are counted anew whenever they are asked.
    """

    def is_working(self, day: date) -> bool:
        is_known = _ANNOUNCED.first_year <= day.year <= _ANNOUNCED.last_year
        return (_ANNOUNCED if is_known else _USUAL).is_working(day)
