"""What a cell holds while the reference calculates: an exact value, or why there is none.

Numbers are fractions from the moment they are read until they are written: nothing is ever
rounded except where a column says so (language.md 32, 34).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core import reasons
from attain.core.errors import AttainError, codes, problem
from attain.core.rounding import decimal_of, narrow
from attain.core.units import MAX_DIGITS
from attain.engine.primitives.model import Column, Relation
from attain.expressions.evaluate import Absent, Result

Key = tuple[Result, ...]
"""A row's key: its key columns' values in the order of the relation's key parts."""

NO_VALUE: Final = Absent("no_data.value")
"""What an empty stored cell holds."""

IN: Final = "_in"
"""The column that says whether a row passed the filter of its relation (language.md 27)."""

_INTEGER_LIMIT: Final = 2**63


@dataclass(eq=False, slots=True)
class Row:
    """One row of a relation: its key, and its values by column.

    `made_of` are the rows it was made of, each with the name of its relation: the part of a
    stack, both rows of a pair, the member and the version of a stretch.
    """

    key: Key
    values: dict[str, Result] = field(default_factory=dict)
    made_of: tuple[tuple[str, Row], ...] = ()


def result_of(value: object, why: object = None) -> Result:
    """A stored value as the reference sees it: None is missing, for the stated reason if any.

    :raises TypeError: a binary floating point number, or something that is no value.
    """
    if value is None:
        return Absent(str(why)) if why is not None else NO_VALUE
    if isinstance(value, bool | str | Fraction | Absent):
        return value
    if isinstance(value, int | Decimal):
        return Fraction(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise TypeError(f"{type(value).__name__} is not a value")


def results_of(stored: Mapping[str, object]) -> dict[str, Result]:
    """A stored row, its companion `__why` columns folded into the values they explain."""
    return {
        name: result_of(value, stored.get(f"{name}__why"))
        for name, value in stored.items()
        if not name.endswith("__why")
    }


def number(value: Result) -> Fraction:
    """The value as a number.

    :raises TypeError: a plan that asks a text or a date to be a number was resolved wrongly.
    """
    if isinstance(value, Fraction):
        return value
    raise TypeError(f"{value!r} is not a number")


def worst(values: Iterable[Result]) -> Absent | None:
    """The missing value that wins among operands: no data first, then the leftmost."""
    code = reasons.worst(value.reason for value in values if isinstance(value, Absent))
    return Absent(code) if code is not None else None


def is_no_data(value: Result) -> bool:
    return isinstance(value, Absent) and reasons.is_no_data(value.reason)


def is_not_applicable(value: Result) -> bool:
    return isinstance(value, Absent) and not reasons.is_no_data(value.reason)


def comparable(value: Result) -> tuple[int, Result | str]:
    """A sort key in which a missing value comes after every other."""
    return (1, value.reason) if isinstance(value, Absent) else (0, value)


def key_order(row: Row) -> tuple[tuple[int, Result | str], ...]:
    """The order of rows by key: the order in which "the lowest key" is meant."""
    return tuple(comparable(value) for value in row.key)


def scale_of(column: Column) -> int | None:
    """Decimals a column is stored with."""
    return column.type.stored_scale


def narrowed(column: Column, value: Result) -> Result:
    """A number half up at the decimals its column is stored with; anything else as it is."""
    if not isinstance(value, Fraction):
        return value
    return Fraction(narrow(value, scale_of(column) or 0))


def check_storable(relation: Relation, column: Column, value: Result) -> None:
    """A number that is to be stored must fit, exactly, what its column can hold.

    :raises AttainError: AMOUNT_OVERFLOW; VALUE_NOT_EXACT if nothing narrowed the number.
    """
    if not isinstance(value, Fraction):
        return
    scale = scale_of(column) or 0
    units = value * 10**scale
    if units.denominator != 1:
        place = f"{relation.name}.{column.name}"
        raise AttainError(problem(codes.VALUE_NOT_EXACT, value=value, unit=place))
    if abs(units.numerator) >= _limit(column):
        raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=MAX_DIGITS))


def _limit(column: Column) -> int:
    if column.type.is_whole:
        return _INTEGER_LIMIT
    return int(10 ** (column.type.stored_digits or MAX_DIGITS))


def written(column: Column, value: Result) -> object:
    """The value as results are written: whole numbers as int, others as Decimal, missing None."""
    if isinstance(value, Absent):
        return None
    if not isinstance(value, Fraction):
        return value
    scale = scale_of(column) or 0
    if column.type.is_whole:
        return int(value)
    return decimal_of(int(value * 10**scale), scale)
