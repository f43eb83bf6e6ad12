"""Digests of rows: how two results are known to be the same to the last digit.

A row is written as a JSON array of its declared columns in one fixed form: UTF-8, texts in
NFC, decimals as text at the column's stored scale, dates as ISO text, no blanks. A digest
is the SHA-256 over the rows in byte order, so neither the order in which rows were made,
nor the file format, nor the engine that made them can change it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
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
    if value is None:
        return None
    if type_.is_number:
        return _canonical_number(value, type_)
    if type_.unit in _TEXTS and isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if type_.unit is Unit.boolean and isinstance(value, bool):
        return value
    if type_.unit is Unit.date and isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} is no {type_}")


def _canonical_number(value: Value, type_: Type) -> str | int:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"{value!r} is no {type_}")
    scale = type_.stored_scale or 0
    if isinstance(value, Fraction):
        value = decimal_of(units_of(value, scale), scale)
    # As text, because this runs once for every number of a result; an int has a format of
    # its own, because format(7, "f") goes through a float.
    text = str(value) if isinstance(value, int) else format(value, "f")
    whole, _, rest = text.partition(".")
    if not whole.lstrip("-").isdigit() or len(rest.rstrip("0")) > scale:
        raise AttainError(problem(codes.VALUE_NOT_EXACT, value=value, unit=str(type_)))
    digits = type_.stored_digits or MAX_DIGITS
    if len(whole.lstrip("-")) + scale > digits:
        raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=digits))
    if type_.is_whole:
        return int(whole)
    return f"{whole if value else 0}.{rest[:scale].ljust(scale, '0')}"


def canonical_row(values: Sequence[Value], types: Sequence[Type]) -> bytes:
    """A row in its canonical form, one value for each type.

    >>> canonical_row(["li", Decimal("1.5")], [Type(Unit.text), Type(Unit.money)])
    b'["li","1.500000"]'
    """
    row = [canonical_value(value, type_) for value, type_ in zip(values, types, strict=True)]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


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
