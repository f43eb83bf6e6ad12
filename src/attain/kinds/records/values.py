"""Values of fields: read from what somebody typed, and kept as JSON, always exact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from attain.core.booleans import parse_boolean
from attain.core.dates import LENIENT, DateProfile, parse_date
from attain.core.errors import AttainError, Where, problem
from attain.core.numbers import NumberProfile, parse_number
from attain.kinds.records import errors
from attain.kinds.records.fields import FILES, NUMBERS, FieldSpec, FieldType

SEPARATOR: Final = ";"
_SEPARATORS: Final = re.compile(r"[;；,，、\n]")


def read(spec: FieldSpec, text: str | None, *, dates: DateProfile = LENIENT) -> object:
    """The exact value of what somebody typed or a cell holds; None for a blank.

    A choice is read by its identifier or by its label in either language, several are separated
    by `;`. A person, a unit or a record stays the code it was written as: whoever keeps them
    looks it up.

    :raises AttainError: the codes of numbers, dates and choices, placed at the field.
    """
    written = (text or "").strip() if spec.type is not FieldType.long_text else (text or "")
    if not written.strip():
        return None
    try:
        return _read(spec, written, dates)
    except AttainError as error:
        raise error.at(Where(field=spec.name)) from None


def _read(spec: FieldSpec, written: str, dates: DateProfile) -> object:
    match spec.type:
        case kind if kind in NUMBERS:
            return number_in(spec, written)
        case FieldType.date:
            return parse_date(written, dates)
        case FieldType.boolean:
            return parse_boolean(written)
        case FieldType.choice:
            return _choice(spec, written)
        case FieldType.choices:
            parts = [one.strip() for one in _SEPARATORS.split(written)]
            found = [_choice(spec, one) for one in parts if one]
            return tuple(one for one in spec.choices if one in found)
        case FieldType.long_text:
            return written.replace("\r\n", "\n").rstrip()
    return written


def number_in(spec: FieldSpec, text: str) -> Decimal:
    """The number a text means in a number field: `1,000.50`, `¥1000`, `80%`, `1.5万`.

    :raises AttainError: what `parse_number` raises.
    """
    profile = NumberProfile(
        thousands=",",
        allow_percent=spec.type is FieldType.ratio,
        units=frozenset("万亿"),
        currency=spec.currency,
        scale=spec.accepted_scale,
    )
    return parse_number(text, profile).value


def _choice(spec: FieldSpec, written: str) -> str:
    wanted = _plain(written)
    for name, label in spec.choices.items():
        if wanted in (_plain(name), _plain(label.zh), _plain(label.en)):
            return name
    known = [label.zh or name for name, label in spec.choices.items()]
    raise AttainError(
        problem(errors.RECORD_CHOICE_UNKNOWN, field=spec.label, value=written, known=known)
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def to_json(spec: FieldSpec, value: object) -> Any:
    """A value as JSON keeps it: decimals and dates as text, several as a list.

    :raises TypeError: a value of no kind a field can hold.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        if spec.type is FieldType.table:
            return [row_to_json(spec, row) for row in value]
        return [str(one) for one in value]
    raise TypeError(f"{type(value).__name__} is no value of {spec.name}")


def row_to_json(table: FieldSpec, row: Mapping[str, object]) -> dict[str, Any]:
    """A row of a table as JSON keeps it; what is empty is left out."""
    return {
        name: to_json(column, row[name])
        for name, column in table.fields.items()
        if row.get(name) is not None
    }


def from_json(spec: FieldSpec, value: Any) -> object:
    """The exact value of what `to_json` kept. It may have been kept by an older version of the
    type: what no longer fits the field comes back as the text it was."""
    if value is None or isinstance(value, bool):
        return value
    if spec.type is FieldType.table:
        return tuple(
            {name: from_json(column, row.get(name)) for name, column in spec.fields.items()}
            for row in value
        )
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if spec.type in FILES or not isinstance(value, str):
        return value
    try:
        if spec.type in NUMBERS:
            return parse_number(value, replace(NumberProfile(), max_digits=60)).value
        return date.fromisoformat(value) if spec.type is FieldType.date else value
    except (AttainError, ValueError):
        return value


def values_to_json(fields: Mapping[str, FieldSpec], values: Mapping[str, object]) -> dict[str, Any]:
    """All values of a record as JSON; what is empty is left out."""
    return {
        name: to_json(spec, values[name])
        for name, spec in fields.items()
        if values.get(name) not in (None, (), "")
    }


def values_from_json(fields: Mapping[str, FieldSpec], data: Mapping[str, Any]) -> dict[str, object]:
    """All values of a record from JSON; fields that are not there are left out."""
    return {name: from_json(spec, data[name]) for name, spec in fields.items() if name in data}
