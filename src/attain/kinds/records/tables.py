"""Sums over the rows of a table field, and values as expressions see them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

_CALL: Final = re.compile(r"(sum|min|max|count)\((\w+)(?:\.(\w+))?\)")

SEPARATOR: Final = ";"
"""Between the identifiers of several choices, where they are one text."""


def rows_of(value: object) -> tuple[Mapping[str, object], ...]:
    """The rows of a table field."""
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else ()


def as_value(value: object) -> object:
    """A value as expressions see it: several choices as one text."""
    if isinstance(value, tuple | list) and value and all(isinstance(one, str) for one in value):
        return SEPARATOR.join(value)
    return value


def aggregate(name: str, values: Mapping[str, object]) -> Decimal | date | None:
    """A reading such as `sum(costs.amount)`.

    The sum of no rows is zero; a cell that is not filled in leaves the sum missing, since
    nobody knows how much will stand there.
    """
    found = _CALL.fullmatch(name)
    assert found is not None, name
    call, field, column = found.groups()
    rows: Sequence[Any] = rows_of(values.get(field))
    if call == "count":
        one = values.get(field)
        return Decimal(len(rows) if not isinstance(one, str) else int(bool(one)))
    cells = [row.get(column) for row in rows]
    if any(cell is None for cell in cells):
        return None
    if call == "sum":
        return sum(cells, Decimal(0))
    return (min if call == "min" else max)(cells) if cells else None
