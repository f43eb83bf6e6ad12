"""Days as declarations write them: `entered + 2 working days`, `starts_on - 1 month`, `7 days`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from attain.core.documents import refused
from attain.core.errors import AttainError, problem
from attain.core.periods.working_days import WorkingDays
from attain.kinds.deadlines import Deadline, Values
from attain.kinds.records import errors

_LENGTH: Final = re.compile(r"(?P<n>\d{1,4})\s*(?P<unit>working days?|days?|weeks?|months?)")
_DAY: Final = re.compile(r"(?P<since>[^\W\d]\w*)(?:\s*(?P<sign>[+-])\s*(?P<length>.+))?")
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: some days, weeks, months or working days."""

    n: int
    unit: str
    """day, week, month or working day."""

    @property
    def text(self) -> str:
        return f"{self.n} {self.unit}{'' if self.n == 1 else 's'}"

    def deadline(self, since: str, sign: int = 1) -> Deadline:
        """The day that lies so much after (or, with sign -1, before) another."""
        n = sign * self.n
        match self.unit:
            case "day":
                return Deadline(since, days=n)
            case "week":
                return Deadline(since, days=_WEEK * n)
            case "month":
                return Deadline(since, months=n)
        return Deadline(since, working_days=n)

    def after(self, day: date, working_days: WorkingDays) -> date:
        """The day so much later; the last of a shorter month stands for a day it has not."""
        return _moved(self.deadline("day"), day, working_days)

    def before(self, day: date, working_days: WorkingDays) -> date:
        """The day so much earlier."""
        return _moved(self.deadline("day", -1), day, working_days)


@dataclass(frozen=True, slots=True)
class DayText:
    """A day counted from a named one, as it was written."""

    text: str
    deadline: Deadline

    def on(self, values: Values, working_days: WorkingDays) -> date | None:
        """The day, None while the one it is counted from is not known.

        :raises AttainError: CALENDAR_DAY_UNKNOWN where working days are not announced.
        """
        entered = values.get("entered")
        return self.deadline.day(
            values, entered if isinstance(entered, date) else None, working_days
        )


def read_length(text: str) -> Length:
    """A length such as `7 days`, `2 working days`, `1 week`, `24 months`.

    :raises AttainError: RECORD_LENGTH_FORMAT.
    """
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise AttainError(problem(errors.RECORD_LENGTH_FORMAT, value=text))
    return Length(int(found["n"]), found["unit"].removesuffix("s"))


def read_day(text: str) -> DayText:
    """A day such as `entered + 2 working days` or `starts_on`.

    :raises AttainError: RECORD_DAY_FORMAT.
    """
    found = _DAY.fullmatch(text.strip())
    length = _LENGTH.fullmatch(found["length"].strip()) if found and found["length"] else None
    if not found or (found["length"] and not length):
        raise AttainError(problem(errors.RECORD_DAY_FORMAT, value=text))
    if length is None:
        return DayText(text, Deadline(found["since"]))
    read = Length(int(length["n"]), length["unit"].removesuffix("s"))
    return DayText(text, read.deadline(found["since"], -1 if found["sign"] == "-" else 1))


def _moved(deadline: Deadline, day: date, working_days: WorkingDays) -> date:
    moved = deadline.day({"day": day}, None, working_days)
    assert moved is not None
    return moved


def _validated(read: Any) -> Any:
    def validate(given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            return read(given)
        except AttainError as error:
            raise refused(error.problems[0]) from None

    return validate


def _text(value: Length | DayText) -> str:
    return value.text


_AS_TEXT: Final = WithJsonSchema({"type": "string"})

Day = Annotated[DayText, BeforeValidator(_validated(read_day)), PlainSerializer(_text), _AS_TEXT]
"""A field of a declaration that holds a day counted from another."""

Span = Annotated[Length, BeforeValidator(_validated(read_length)), PlainSerializer(_text), _AS_TEXT]
"""A field of a declaration that holds a length of time."""
