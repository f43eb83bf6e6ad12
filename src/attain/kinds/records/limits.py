"""Whether the values of a record are such as its type asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from attain.core.errors import Problem, Where, problem
from attain.core.periods.working_days import WorkingDays
from attain.kinds.deadlines import Values
from attain.kinds.records import errors, tables
from attain.kinds.records.days import DayText
from attain.kinds.records.fields import CHOOSING, TEXTS, FieldSpec, FieldType
from attain.kinds.stepping import filled

if TYPE_CHECKING:
    from attain.kinds.records.kind import Kind

Bounds = tuple[object, object]
_EMPTY: Final[tuple[object, ...]] = (None, "", (), [])


def problems(kind: Kind, values: Values, working_days: WorkingDays) -> Iterator[Problem]:
    """Every field that is empty, out of bounds, too long or not among its choices."""
    for spec in kind.open_fields:
        if spec.is_computed or not kind.is_shown(spec.name, values):
            continue
        yield from of_field(kind, spec, values.get(spec.name), values, working_days)


def of_field(
    kind: Kind, spec: FieldSpec, value: object, values: Values, working_days: WorkingDays
) -> Iterator[Problem]:
    """What is wrong with the value of one field."""
    if spec.type is FieldType.table:
        yield from _of_table(kind, spec, value, values, working_days)
    elif value in _EMPTY:
        if spec.required:
            yield _about(errors.VALUE_REQUIRED, spec)
    else:
        yield from _of_value(spec, value, _bounds(kind, spec.name, values, working_days))


def failed_checks(kind: Kind, values: Values) -> Iterator[Problem]:
    """The checks of the type that do not hold; one whose data are missing says nothing."""
    for check in kind.checks:
        if check.holds(values) is False:
            reason = filled(check.otherwise, kind.cycle, values)
            yield problem(errors.RECORD_CHECK_FAILED, reason=reason)


def _of_value(spec: FieldSpec, value: object, bounds: Bounds) -> Iterator[Problem]:
    """What is wrong with one value that is not empty."""
    if spec.type in TEXTS and isinstance(value, str):
        yield from _of_text(spec, value)
    if spec.type in CHOOSING:
        chosen = value if isinstance(value, tuple | list) else str(value).split(tables.SEPARATOR)
        for one in chosen:
            if one not in spec.choices:
                known = [label or name for name, label in spec.choices.items()]
                yield _about(errors.RECORD_CHOICE_UNKNOWN, spec, value=one, known=known)
    least, most = bounds
    if isinstance(value, Decimal):
        if isinstance(least, Decimal) and value < least:
            yield _about(errors.VALUE_TOO_SMALL, spec, value=value, limit=least)
        if isinstance(most, Decimal) and value > most:
            yield _about(errors.VALUE_TOO_LARGE, spec, value=value, limit=most)
    elif isinstance(value, date):
        if isinstance(least, date) and value < least:
            yield _about(errors.VALUE_TOO_EARLY, spec, value=value, limit=least)
        if isinstance(most, date) and value > most:
            yield _about(errors.VALUE_TOO_LATE, spec, value=value, limit=most)


def _of_text(spec: FieldSpec, value: str) -> Iterator[Problem]:
    if len(value) > spec.max_length:
        yield _about(errors.VALUE_TOO_LONG, spec, length=len(value), limit=spec.max_length)
    usual = "\n\t" if spec.type is FieldType.long_text else ""
    if any(sign < " " and sign not in usual for sign in value):
        yield _about(errors.VALUE_CONTROL, spec)


def _of_table(
    kind: Kind, spec: FieldSpec, value: object, values: Values, working_days: WorkingDays
) -> Iterator[Problem]:
    rows = tables.rows_of(value)
    least = max(spec.min_rows, 1 if spec.required else 0)
    if len(rows) < least:
        yield _about(errors.ROWS_TOO_FEW, spec, count=len(rows), limit=least)
    if len(rows) > spec.max_rows:
        yield _about(errors.ROWS_TOO_MANY, spec, count=len(rows), limit=spec.max_rows)
    bounds = {
        name: _bounds(kind, f"{spec.name}.{name}", values, working_days) for name in spec.fields
    }
    for line, row in enumerate(rows):
        for name, column in spec.fields.items():
            place = Where(field=f"{spec.name}.{line}.{name}")
            for one in _of_cell(column, row.get(name), bounds[name]):
                yield replace(one, where=place)


def _of_cell(column: FieldSpec, value: object, bounds: Bounds) -> Iterator[Problem]:
    if column.is_computed:
        return
    if value not in _EMPTY:
        yield from _of_value(column, value, bounds)
    elif column.required:
        yield _about(errors.VALUE_REQUIRED, column)


def _bounds(kind: Kind, name: str, values: Values, working_days: WorkingDays) -> Bounds:
    """The least and the most of a field; a day counted from another once that one is known."""
    least, most = (
        bound.on(values, working_days) if isinstance(bound, DayText) else bound
        for bound in kind.bounds.get(name, (None, None))
    )
    return least, most


def _about(code: str, spec: FieldSpec, **values: object) -> Problem:
    return problem(code, Where(field=spec.name), field=spec.label, **values)  # type: ignore[arg-type]  # values only
