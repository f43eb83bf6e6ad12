"""Digests of rows: how two results are known to be the same to the last digit.

A row is written as a JSON array of its declared columns in one fixed form: UTF-8, texts in
NFC, decimals as text at the column's stored scale, dates as ISO text, no blanks. A digest
is the SHA-256 over the rows in byte order, so neither the order in which rows were made,
nor the file format, nor the engine that made them can change it.
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
from attain.core.rounding import decimal_of, units_of
from attain.core.units import MAX_DIGITS, Type, Unit

Value = Decimal | Fraction | int | str | date | bool | None

_TEXTS: Final = frozenset({Unit.text, Unit.key})


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


def canonical_value(value: Value, type_: Type) -> Any:
    """One value as it stands in a canonical row: 1.5 of money is the text "1.500000".

    :raises AttainError: VALUE_NOT_EXACT for a number finer than its column, AMOUNT_OVERFLOW.
    :raises TypeError: a value of another kind than the column.
    """
    return None if value is None else _form(type_)(value)


def canonical_row(values: Sequence[Value], types: Sequence[Type]) -> bytes:
    """A row in its canonical form, one value for each type.

    >>> canonical_row(["li", Decimal("1.5")], [Type(Unit.text), Type(Unit.money)])
    b'["li","1.500000"]'
    """
    return next(canonical_rows([values], types))


def canonical_rows(rows: Iterable[Sequence[Value]], types: Sequence[Type]) -> Iterator[bytes]:
    """Rows in their canonical form; for many rows much faster than one by one."""
    forms = [_form(type_) for type_ in types]
    for row in rows:
        written = [
            None if value is None else form(value) for value, form in zip(row, forms, strict=True)
        ]
        yield _ENCODE(written).encode("utf-8")


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _form(type_: Type) -> Callable[[Value], Any]:
    """How the values of a type are written, decided once for a column."""
    if type_.is_number:
        return _number_form(type_)

    def other(value: Value) -> Any:
        if type_.unit in _TEXTS and isinstance(value, str):
            return unicodedata.normalize("NFC", value)
        if type_.unit is Unit.boolean and isinstance(value, bool):
            return value
        if type_.unit is Unit.date and isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        raise TypeError(f"{value!r} is no {type_}")

    return other


def _number_form(type_: Type) -> Callable[[Value], Any]:
    scale, is_whole = type_.stored_scale or 0, type_.is_whole
    digits = type_.stored_digits or MAX_DIGITS

    def number(value: Value) -> str | int:
        if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
            raise TypeError(f"{value!r} is no {type_}")
        if isinstance(value, Fraction):
            value = decimal_of(units_of(value, scale), scale)
        # As text, because this runs once for every number of a result; an int has a form
        # of its own, because format(7, "f") goes through a float.
        text = str(value) if isinstance(value, int) else format(value, "f")
        whole, _, rest = text.partition(".")
        length = len(whole) - whole.startswith("-")
        if not whole[-1:].isdigit() or (len(rest) > scale and rest[scale:].strip("0")):
            raise AttainError(problem(codes.VALUE_NOT_EXACT, value=value, unit=str(type_)))
        if length + scale > digits:
            raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=digits))
        if is_whole:
            return int(whole)
        return f"{whole if value else 0}.{rest[:scale]:0<{scale}}"

    return number


def digest_rows(rows: Iterable[bytes]) -> str:
    """The digest of canonical rows, whatever order they come in."""
    return digest_sorted(sorted(rows))


def digest_sorted(rows: Iterable[bytes]) -> str:
    """The digest of canonical rows that come in byte order, without keeping them.

    :raises ValueError: rows that are not in byte order.
    """
    digest = sha256()
    before = b""
    for row in rows:
        if row < before:
            raise ValueError("the rows are not in byte order")
        digest.update(row + b"\n")
        before = row
    return digest.hexdigest()


def digest_of_digests(digests: Mapping[str, str]) -> str:
    """The digest of named digests: of a relation by its subjects, of a run by its relations."""
    rows = (
        json.dumps([name, digest], ensure_ascii=False, separators=(",", ":"))
        for name, digest in digests.items()
    )
    return digest_rows(unicodedata.normalize("NFC", row).encode("utf-8") for row in rows)


def digest_of(data: Any) -> str:
    """The SHA-256 of data in canonical JSON."""
    return sha256(canonical_json(data)).hexdigest()


def digest_of_text(text: str) -> str:
    """The SHA-256 of a text, in NFC and with plain line ends: how a plan is named."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return sha256(plain.encode("utf-8")).hexdigest()
