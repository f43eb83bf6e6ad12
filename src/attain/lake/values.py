"""One cell of a file as a value of its column: the slow and complete way (B20 to B37, B40, B41).

This is the only place that says what a cell means. Where millions of cells are plain, SQL
takes them the fast way (`checking.columns`), which accepts less and never reads differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from decimal import Decimal
from typing import Final

from attain.core.booleans import parse_boolean
from attain.core.dates import CHINA_TIME, DateProfile, ParsedDate, date_of_serial, read_date
from attain.core.errors import AttainError, Problem, problem
from attain.core.errors import codes as core
from attain.core.keys import clean_code
from attain.core.labels import Labels, labels
from attain.core.numbers import NumberProfile, Parsed, parse_cell_number, parse_number
from attain.core.periods import ONLY_GREGORIAN, Calendars, parse_period, period_as_written
from attain.core.rounding import narrow
from attain.core.schemas import ColumnSchema, ColumnType
from attain.core.values import parse_currency
from attain.lake.errors import cells as codes
from attain.lake.errors import files
from attain.lake.reading.staging import BREAK

Scalar = Decimal | date | str | bool

MAX_CHARACTERS: Final = 32_767

_STORED_DIGITS: Final = 38
_NOISY_DIGITS: Final = 12
_NOISE_PLACES: Final = 6
"""Noise stands at least so many places behind the accepted decimals, in a number of so many
significant digits as nobody types.
"""
_WHOLE_DIGITS: Final = 18
"""Digits before the decimal sign that an amount or a whole number has room for."""

_BAD: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\ufffe\uffff]"
)
_INVISIBLE: Final = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"))
_FORMULA_LIKE: Final = re.compile(r"[=@＝＠]|[+\-＋－](?=[A-Za-z(=@])|[\t\r]")
_RESTORED: Final = re.compile(r"'(?=[=+\-@\t＝＋－＠])")
_WHOLE: Final = re.compile(r"-?[0-9]+")
POINT_ZERO: Final = re.compile(r"[0-9]+\.0+")
"""A code that a program took for a decimal number."""
_MIDNIGHT: Final = re.compile(r"(?<=[0-9])[T ]0{1,2}:00(:00(\.0+)?)?$")
"""What databases put behind a plain date; there is nothing to be noted about it."""
_NEVER: Final = frozenset({"9999-12-31", "9999/12/31", "99991231", "9999.12.31", "2958465"})

BLANK_WORDS: Final = frozenset(
    {"NULL", "null", "(null)", "\\N", "N/A", "n/a", "#N/A", "NaN", "nan", "None", "-", "--", "—"}
)
"""What programs and people write for nothing. It is blank where the column says so."""

_FOUND: Final = {
    "n": labels("数字", "a number"),
    "t": labels("文字", "text"),
    "d": labels("日期", "a date"),
    "b": labels("是/否", "true or false"),
}
_EXPECTED: Final = {
    ColumnType.date: labels("日期", "a date"),
    ColumnType.boolean: labels("是或否", "true or false"),
    ColumnType.period: labels("期间", "a period"),
    ColumnType.code: labels("编号", "a code"),
    ColumnType.key: labels("编号", "a code"),
}
_NUMBER: Final = labels("数字", "a number")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a cell depends on besides its column."""

    is_1904: bool = False
    calendars: Calendars = field(default_factory=lambda: ONLY_GREGORIAN)
    time_zone: tzinfo = field(default=CHINA_TIME)
    currencies: frozenset[str] = frozenset()
    """Text columns that hold the currency of an amount."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell means: a value (None for a blank), or a fault, with notes beside.

    A period has its three values in `parts`.
    """

    stored: Scalar | None = None
    fault: Problem | None = None
    notes: tuple[Problem, ...] = ()
    parts: tuple[date, date] | None = None


def read_value(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    """The value of one staged cell (see `reading.staging` for its kind letters)."""
    if kind in ("F", "e", "E"):
        return Value(fault=_not_a_value(kind, text))
    is_formula = kind.isupper()
    if is_formula and column.type is ColumnType.money and not column.written.formulas:
        return Value(fault=problem(codes.FORMULA_NOT_ALLOWED, value=text))
    kind = kind.lower() if kind != "-" else "t"
    plain = text.translate(_INVISIBLE).strip()
    if (kind == "t" and not plain) or plain in column.written.blank:
        return Value()
    if plain in BLANK_WORDS and column.type not in (ColumnType.text, ColumnType.code):
        return Value(fault=problem(codes.BLANK_WORD, value=plain))
    try:
        return _READERS.get(column.type, _number)(column, kind, text, reading)
    except AttainError as error:
        return Value(fault=error.problems[0])


def _not_a_value(kind: str, text: str) -> Problem:
    if kind == "F":
        return problem(codes.FORMULA_NO_VALUE)
    return problem(core.CELL_ERROR, value=text)


def _mismatch(column: ColumnSchema, kind: str, text: str) -> AttainError:
    expected = _EXPECTED.get(column.type, _NUMBER)
    return AttainError(
        problem(
            codes.TYPE_MISMATCH,
            column=said(column),
            expected=expected,
            found=_FOUND[kind],
            value=text,
        )
    )


def said(column: ColumnSchema) -> Labels:
    """How a column is called in a sentence."""
    return Labels(zh=column.labels.zh or column.name, en=column.labels.en or column.name)


def _number(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    if kind in ("d", "b"):
        raise _mismatch(column, kind, text)
    parsed = (
        _cell_number(column, text) if kind == "n" else parse_number(text, column.number_profile)
    )
    limit = _STORED_DIGITS - (column.value_type.stored_scale or 0)
    digits = parsed.value.adjusted() + 1
    if column.type is ColumnType.money or column.value_type.is_whole:
        limit = _WHOLE_DIGITS
    if digits > limit:
        raise AttainError(problem(core.NUMBER_TOO_LONG, value=text, digits=digits, limit=limit))
    return Value(parsed.value, notes=parsed.notes)


def _cell_number(column: ColumnSchema, text: str) -> Parsed:
    """The number of a numeric cell, without the noise that sums of binary numbers leave.

    -9.071999999999989 with three decimals is -9.072 and says so; 33.333333333 is refused.
    """
    try:
        return parse_cell_number(text, column.number_profile)
    except AttainError as error:
        if error.code not in (core.TOO_MANY_DECIMALS, core.NUMBER_NOT_WHOLE):
            raise
        profile = NumberProfile(exponent=column.number_profile.exponent)
        shown = parse_cell_number(text, profile).value
        read = narrow(shown, column.accepted_scale)
        is_noise = len(shown.as_tuple().digits) >= _NOISY_DIGITS and abs(shown - read) <= Decimal(
            10
        ) ** -(column.accepted_scale + _NOISE_PLACES)
        if not is_noise:
            raise
        return Parsed(read, (problem(codes.BINARY_NOISE, value=text, read=read),))


def _date(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    if column.name == "effective_until" and text.strip() in _NEVER:
        return Value(notes=(problem(codes.DATE_OPEN, value=text),))
    profile = column.written.date_profile(reading.time_zone)
    if kind == "b" or (kind == "n" and not re.fullmatch(r"[12][0-9]{7}", text)):
        raise _mismatch(column, kind, text)
    parsed = _day(kind, _MIDNIGHT.sub("", text), profile, reading)
    more = timedelta(days=1 if column.written.last_day else 0)
    return Value(parsed.value + more, notes=parsed.notes)


def _day(kind: str, text: str, profile: DateProfile, reading: Reading) -> ParsedDate:
    """A date cell holds a serial number, or ISO text where the file says so itself."""
    is_serial = kind == "d" and "-" not in text[1:]
    if is_serial:
        return date_of_serial(text, profile, date1904=reading.is_1904)
    return read_date(text, profile)


def _boolean(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    if kind == "d":
        raise _mismatch(column, kind, text)
    return Value(parse_boolean(text))


def _text(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    if kind == "n":
        return Value(format(parse_cell_number(text).value, "f"))
    if kind == "d":
        return Value(_day(kind, text, DateProfile(), reading).value.isoformat())
    plain = _checked_text(text)
    if column.name in reading.currencies:
        currency, notes = parse_currency(plain)
        return Value(currency, notes=notes)
    if _FORMULA_LIKE.match(plain):
        return Value(plain, notes=(problem(codes.TEXT_LIKE_FORMULA, value=plain),))
    return Value(_RESTORED.sub("", plain, count=1))


def _checked_text(text: str) -> str:
    """A text in its one form: NFC, with line breaks, without blanks around it."""
    broken = text.replace(BREAK, "\n")
    if _BAD.search(broken):
        raise AttainError(problem(codes.BAD_CHARACTER, value=text))
    if len(broken) > MAX_CHARACTERS:
        raise AttainError(problem(files.FIELD_TOO_LONG, limit=MAX_CHARACTERS))
    return unicodedata.normalize("NFC", broken).strip()


def _code(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    """A code as it is compared: NFKC, so that full-width and normal letters are the same."""
    if kind in ("d", "b"):
        raise _mismatch(column, kind, text)
    code = _code_of_number(text) if kind == "n" else clean_code(_checked_text(text))
    if column.written.point_zero and POINT_ZERO.fullmatch(code):
        code = without_point_zero(code)
    width = column.written.width
    if width is not None and len(code) < width and code.isdecimal():
        raise AttainError(problem(codes.ID_LOST_ZEROS, value=code, width=width))
    return Value(_RESTORED.sub("", code, count=1))


def without_point_zero(code: str) -> str:
    """The code 14 that a program wrote as 14.0."""
    return code.partition(".")[0]


def _code_of_number(text: str) -> str:
    try:
        code = format(parse_cell_number(text).value, "f")
    except AttainError as error:
        raise AttainError(problem(codes.ID_AS_NUMBER, value=text)) from error
    if not _WHOLE.fullmatch(code):
        raise AttainError(problem(codes.ID_AS_NUMBER, value=text))
    return code


def _period(column: ColumnSchema, kind: str, text: str, reading: Reading) -> Value:
    if kind == "b":
        raise _mismatch(column, kind, text)
    written = _month_of_date(column, text, reading) if kind == "d" else period_as_written(text)
    period = parse_period(written, reading.calendars)
    notes: tuple[Problem, ...] = ()
    if written != text.strip():
        notes = (problem(core.DATE_NORMALISED, value=text, read=written),)
    return Value(str(period), notes=notes, parts=(period.from_, period.until))


def _month_of_date(column: ColumnSchema, text: str, reading: Reading) -> str:
    """Spreadsheets turn a typed 2026-03 into the first of March; any other day is no period."""
    day = _day("d", text, DateProfile(), reading).value
    if day.day != 1:
        raise _mismatch(column, "d", text)
    return f"{day:%Y-%m}"


_READERS: Final[dict[ColumnType, Callable[[ColumnSchema, str, str, Reading], Value]]] = {
    ColumnType.date: _date,
    ColumnType.boolean: _boolean,
    ColumnType.text: _text,
    ColumnType.code: _code,
    ColumnType.key: _code,
    ColumnType.period: _period,
}
