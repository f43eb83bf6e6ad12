"""Digests of rows: how two results are known to be the same to the last digit.

A digest says nothing of files, engines or clocks: it is the SHA-256 over what is declared and over
values in one fixed binary form. First the columns, as canonical JSON: each with its name, its unit
and its storage. Then the rows in the order of their key, missing first and texts by their bytes, in
blocks of `BLOCK`; of a block the number of its rows, then column by column:

- of texts for each row how many bytes it has, -1 for none, as 4 bytes; then the texts, in NFC and
  UTF-8, one behind the other;
- of other columns for each row a byte, 1 for a value and 0 for none; then the values, a missing one
  as zeros: a decimal as 16 bytes of the number without its point, a whole number as 8, a date as
  4 of the days since 1970-01-01, true and false as one.

Numbers have their low byte first, and below zero are two's complements.

So a database hands over whole columns as they lie in its memory, and nothing is written as text or
put in order for the sake of a digest. Here is the same for rows of Python, one value at a time.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final

from attain.core.errors import AttainError, codes, problem
from attain.core.units import MAX_DIGITS, Type, Unit

Value = Decimal | Fraction | int | str | date | bool | None
Columns = Sequence[tuple[str, Type]]
"""The declared columns of some rows, in their order."""

BLOCK: Final = 1024
"""Rows that are written column by column together, so that a reader need not hold more."""

_TEXTS: Final = frozenset({Unit.text, Unit.key})
_FIRST_DAY: Final = date(1970, 1, 1).toordinal()


def canonical_json(data: Any) -> bytes:
    """Data of texts, whole numbers, booleans, None, lists and mappings in the one fixed form.

    Keys of mappings are sorted; nothing else is: a list keeps its order.

    :raises TypeError: a floating point number, or anything JSON does not know.
    """
    text = json.dumps(
        _canonical(data), ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    )
    return text.encode("utf-8")


def _canonical(data: Any) -> Any:
    if data is None or isinstance(data, bool | int):
        return data
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, Mapping):
        return {_canonical(str(key)): _canonical(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_canonical(item) for item in data]
    raise TypeError(f"{type(data).__name__} has no canonical form")


# --- rows ----------------------------------------------------------------------------------------


class Digest:
    """The digest of rows that come in portions, each wholly behind the one before.

    `key` names the columns that order them, `period` the one that tells in which period they lie.
    """

    def __init__(self, columns: Columns, key: Sequence[str], period: str | None = None) -> None:
        names = [name for name, _ in columns]
        self._columns = columns
        self._forms = [_form(type_) for _, type_ in columns]
        self._places = [names.index(name) for name in key]
        self._period = None if period is None else names.index(period)
        self._stretches: dict[Any, _Stretch] = {}

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """A portion of rows, whatever order they come in.

        :raises AttainError: VALUE_NOT_EXACT for a number finer than its column, AMOUNT_OVERFLOW.
        :raises TypeError: a value of another kind than its column.
        """
        plain = [
            [
                None if value is None else form(value)
                for value, form in zip(row, self._forms, strict=True)
            ]
            for row in rows
        ]
        plain.sort(key=lambda row: [(row[place] is not None, row[place]) for place in self._places])
        for row in plain:
            period = b"" if self._period is None else row[self._period] or b""
            if period not in self._stretches:
                self._stretches[period] = _Stretch(self._columns)
            self._stretches[period].add(row)

    def told(self) -> str:
        """The digest of all rows."""
        stretches = self._stretches.items()
        periods = {period.decode("utf-8"): stretch.told() for period, stretch in stretches}
        return digest_of_periods(self._columns, periods)


class _Stretch:
    """The rows of one period, in their order."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._waiting: list[list[Any]] = []
        self._digest = sha256()

    def add(self, row: list[Any]) -> None:
        self._waiting.append(row)
        if len(self._waiting) == BLOCK:
            self._take()

    def told(self) -> str:
        if self._waiting:
            self._take()
        return self._digest.hexdigest()

    def _take(self) -> None:
        self._digest.update(b"".join(_written(self._waiting, self._columns)))
        self._waiting = []


def digest_rows(
    rows: Iterable[Sequence[Value]],
    columns: Columns,
    key: Sequence[str],
    period: str | None = None,
) -> str:
    """The digest of rows, whatever order they come in.

    `key` names the columns that order them, `period` the one that tells in which period they lie.

    :raises AttainError: VALUE_NOT_EXACT for a number finer than its column, AMOUNT_OVERFLOW.
    :raises TypeError: a value of another kind than its column.
    """
    whole = Digest(columns, key, period)
    whole.add(rows)
    return whole.told()


def digest_of_periods(columns: Columns, periods: Mapping[str, str]) -> str:
    """The digest of a relation from those of its periods."""
    return sha256(head(columns) + _lines(periods)).hexdigest()


def head(columns: Columns) -> bytes:
    """What a digest begins with: each column by its name, what it means and how it is stored."""
    return canonical_json([[name, str(type_), type_.storage] for name, type_ in columns])


def begun(rows: int) -> bytes:
    """What a block of so many rows begins with."""
    return rows.to_bytes(8, "little")


def order_of(subject: str | None, key: Iterable[str]) -> tuple[str, ...]:
    """The columns by which rows are ordered: whose they are, then their key."""
    return tuple(dict.fromkeys([*([] if subject is None else [subject]), *key]))


def width_of(type_: Type) -> int | None:
    """Bytes of a value; None for texts, each of which has its own length."""
    if type_.unit in _TEXTS:
        return None
    if type_.is_number:
        return 8 if type_.is_whole else 16
    return 4 if type_.unit is Unit.date else 1


def _written(rows: Sequence[Sequence[Any]], columns: Columns) -> Iterator[bytes]:
    """One block."""
    yield begun(len(rows))
    for values, (_, type_) in zip(zip(*rows, strict=True), columns, strict=True):
        width = width_of(type_)
        if width is None:
            yield from (_whole(-1 if text is None else len(text), 4) for text in values)
            yield from (text for text in values if text is not None)
        else:
            yield bytes(value is not None for value in values)
            yield from (_whole(value or 0, width) for value in values)


def _whole(number: int, width: int) -> bytes:
    return number.to_bytes(width, "little", signed=True)


def _form(type_: Type) -> Callable[[Value], int | bytes]:
    """How the values of a type are written, decided once for a column."""
    if type_.is_number:
        return _number_form(type_)

    def other(value: Value) -> int | bytes:
        if type_.unit in _TEXTS and isinstance(value, str):
            return unicodedata.normalize("NFC", value).encode("utf-8")
        if type_.unit is Unit.boolean and isinstance(value, bool):
            return int(value)
        if type_.unit is Unit.date and isinstance(value, date) and not isinstance(value, datetime):
            return value.toordinal() - _FIRST_DAY
        raise TypeError(f"{value!r} is no {type_}")

    return other


def _number_form(type_: Type) -> Callable[[Value], int]:
    scale, digits = type_.stored_scale or 0, type_.stored_digits or MAX_DIGITS

    def number(value: Value) -> int:
        if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
            raise TypeError(f"{value!r} is no {type_}")
        if isinstance(value, Decimal) and not value.is_finite():
            raise AttainError(problem(codes.VALUE_NOT_EXACT, value=value, unit=str(type_)))
        units = Fraction(value) * 10**scale
        if units.denominator != 1:
            raise AttainError(problem(codes.VALUE_NOT_EXACT, value=value, unit=str(type_)))
        if abs(units.numerator) >= 10**digits:
            raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=digits))
        return int(units.numerator)

    return number


# --- digests of digests --------------------------------------------------------------------------


def digest_of_digests(digests: Mapping[str, str]) -> str:
    """The digest of named digests: of a run by its relations.

    A line for each, a JSON array of the name and the digest, in the order of their bytes.
    """
    return sha256(_lines(digests)).hexdigest()


def _lines(digests: Mapping[str, str]) -> bytes:
    lines = (_ENCODE([name, digest]) for name, digest in digests.items())
    whole = sorted(unicodedata.normalize("NFC", line).encode("utf-8") for line in lines)
    return b"".join(line + b"\n" for line in whole)


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest_of(data: Any) -> str:
    """The SHA-256 of data in canonical JSON."""
    return sha256(canonical_json(data)).hexdigest()


def digest_of_text(text: str) -> str:
    """The SHA-256 of a text, in NFC and with plain line ends: how a plan is named."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return sha256(plain.encode("utf-8")).hexdigest()
