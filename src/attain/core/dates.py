"""The one date parser: forms, files and plans all read business dates through it.

Year first is always clear, and so is an English name of the month; day and month before the
year are read only where the column says in which order, or where only one reading exists. A
time of day is dropped with a note, in the company's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from attain.core.errors import AttainError, Problem, codes, problem

CHINA_TIME: Final = timezone(timedelta(hours=8), "UTC+8")

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９－／．：　", "0123456789-/.: ")
_YEAR_FIRST: Final = (
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})()年(\d{1,2})月(\d{1,2})[日号]", re.ASCII),
    re.compile(r"(\d{4})()(\d\d)(\d\d)", re.ASCII),
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_NAMED: Final = (
    # 9 Jan 2026, 09-JAN-2026, 9 January 2026; Jan 9, 2026. Two digits of a year say too little.
    re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3,9})\.?[- ](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})", re.ASCII),
)
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(
    r"(?P<day>.+?)(?:T| +)(?P<time>\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_SERIAL: Final = re.compile(r"(-?\d{1,9})(\.\d+)?(?:[eE]\+?0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateProfile:
    """How the dates of one column may be written.

    `day_first` says whether 03/04/2024 is 3 April (True) or March 4 (False); None refuses
    it. `earliest` and `latest` are the business window, both included. `iso_only` accepts
    2024-02-03 alone. `time_zone` is the company's; a time with another zone is converted.
    """

    day_first: bool | None = None
    earliest: date = date(1950, 1, 1)
    latest: date = date(2099, 12, 31)
    allow_time: bool = True
    iso_only: bool = False
    time_zone: tzinfo = field(default=CHINA_TIME)


LENIENT: Final = DateProfile()
ISO_ONLY: Final = DateProfile(allow_time=False, iso_only=True)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A business date with the notes a reader must see."""

    value: date
    notes: tuple[Problem, ...] = ()


def parse_date(text: str, profile: DateProfile = LENIENT) -> date:
    """The date a text means under a profile.

    :raises AttainError: as `read_date`.
    """
    return read_date(text, profile).value


def read_date(text: str, profile: DateProfile = LENIENT) -> ParsedDate:
    """The date a text means under a profile, with notes on what was normalised or dropped.

    :raises AttainError: DATE_MISSING, DATE_FORMAT, DATE_AMBIGUOUS, DATE_INVALID,
        DATE_OUT_OF_RANGE, TIME_IN_DATE_COLUMN.
    :raises TypeError: anything that is not a text.
    """
    if not isinstance(text, str):
        raise TypeError(f"a date is read from a text, not from {type(text).__name__}")
    written = text.strip()
    if not written:
        raise AttainError(problem(codes.DATE_MISSING))
    plain = written.translate(_FULL_WIDTH)
    timed = _TIME.fullmatch(plain)
    if timed:
        return _without_time(timed, text, profile)
    day = _within(_day(plain, text, profile), profile)
    if plain == written:
        return ParsedDate(day)
    return ParsedDate(day, (problem(codes.DATE_NORMALISED, value=text, read=day),))


def date_of_serial(raw: str, profile: DateProfile = LENIENT, date1904: bool = False) -> ParsedDate:
    """The date of a date cell of a workbook, from the number in the file.

    Day 1 is 1 January 1900 and day 60 the 29 February 1900 that never was; in workbooks
    of the 1904 system, day 0 is 1 January 1904.

    :raises AttainError: DATE_FORMAT, DATE_INVALID, DATE_OUT_OF_RANGE, TIME_IN_DATE_COLUMN.
    """
    found = _SERIAL.fullmatch(raw)
    if not found:
        raise AttainError(problem(codes.DATE_FORMAT, value=raw))
    number, fraction = int(found[1]), found[2] or ""
    if number == 60 and not date1904:
        raise AttainError(problem(codes.DATE_INVALID, value=raw))
    origin = date(1904, 1, 1) if date1904 else date(1899, 12, 30 if number > 60 else 31)
    if number < 0 or number > (date.max - origin).days:
        raise _out_of_range(raw, profile)
    day = _within(origin + timedelta(days=number), profile)
    if not fraction.strip(".0"):
        return ParsedDate(day)
    if not profile.allow_time:
        raise AttainError(problem(codes.TIME_IN_DATE_COLUMN, value=raw))
    return ParsedDate(day, (problem(codes.TIME_DROPPED, value=raw, read=day),))


def _day(plain: str, text: str, profile: DateProfile) -> date:
    if profile.iso_only and not _ISO.fullmatch(plain):
        raise AttainError(problem(codes.DATE_FORMAT, value=text))
    for pattern in _YEAR_FIRST:
        found = pattern.fullmatch(plain)
        if found:
            return _existing(text, int(found[1]), int(found[3]), int(found[4]))
    for pattern in _NAMED:
        found = pattern.fullmatch(plain)
        if found and (month := _month_named(found["month"].casefold())):
            return _existing(text, int(found["year"]), month, int(found["day"]))
    found = _YEAR_LAST.fullmatch(plain)
    if not found:
        raise AttainError(problem(codes.DATE_FORMAT, value=text))
    return _year_last(int(found[1]), int(found[3]), int(found[4]), text, profile)


def _month_named(name: str) -> int:
    """The number of a month by its English name or the first letters of it; 0 for another word.

    >>> [_month_named(name) for name in ("jan", "sept", "december", "mars")]
    [1, 9, 12, 0]
    """
    fits = (number for number, whole in enumerate(_MONTHS, 1) if whole.startswith(name))
    return next(fits, 0)


def _year_last(one: int, two: int, year: int, text: str, profile: DateProfile) -> date:
    """A date whose year comes last: by the profile, or where only one reading exists."""
    day_first = profile.day_first
    if day_first is None and (one > 12 or two > 12 or one == two):
        day_first = one > 12
    if day_first is None:
        first, second = _existing(text, year, two, one), _existing(text, year, one, two)
        raise AttainError(problem(codes.DATE_AMBIGUOUS, value=text, first=first, second=second))
    day, month = (one, two) if day_first else (two, one)
    return _existing(text, year, month, day)


def _existing(text: str, year: int, month: int, day: int) -> date:
    return _made(text, lambda: date(year, month, day))


def _made(text: str, make: Callable[[], date]) -> date:
    try:
        return make()
    except (ValueError, OverflowError):
        raise AttainError(problem(codes.DATE_INVALID, value=text)) from None


def _without_time(timed: re.Match[str], text: str, profile: DateProfile) -> ParsedDate:
    if not profile.allow_time:
        raise AttainError(problem(codes.TIME_IN_DATE_COLUMN, value=text))
    day = _day(timed["day"], text, profile)
    hour, minute, second = (*timed["time"].split(":"), "0")[:3]
    moment = datetime(day.year, day.month, day.day, tzinfo=_zone(timed["zone"], profile))

    def local() -> date:
        exact = moment.replace(
            hour=int(hour), minute=int(minute), second=int(second.partition(".")[0])
        )
        return exact.astimezone(profile.time_zone).date()

    day = _within(_made(text, local), profile)
    return ParsedDate(day, (problem(codes.TIME_DROPPED, value=text, read=day),))


def _zone(written: str | None, profile: DateProfile) -> tzinfo:
    if written is None:
        return profile.time_zone
    if written == "Z":
        return UTC
    # Databases leave out the minutes where there are none: 2026-06-10 00:00:00+00.
    minutes = int(written[3:].removeprefix(":") or 0)
    offset = timedelta(hours=int(written[1:3]), minutes=minutes)
    return timezone(min(offset, timedelta(hours=23)) * (-1 if written[0] == "-" else 1))


def _within(day: date, profile: DateProfile) -> date:
    if not profile.earliest <= day <= profile.latest:
        raise _out_of_range(day, profile)
    return day


def _out_of_range(value: object, profile: DateProfile) -> AttainError:
    return AttainError(
        problem(
            codes.DATE_OUT_OF_RANGE,
            value=value,
            earliest=profile.earliest,
            latest=profile.latest,
        )
    )
