"""Writing dated rows without overwriting any: what changes is superseded, and written anew.

A timeline is the current rows of one thing (a person's versions, a seat's assignments). `lay`
carves a stretch out of it and fills it; the remainders on either side are written again as they
were, so that each row is what was known between two changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from django.db.models import Field

from attain.apps.people.models import Change, DatedRow
from attain.core.errors import AttainError, codes, problem

R = TypeVar("R", bound=DatedRow)


def check_interval(start: date, until: date | None) -> None:
    """Refuse an end that is not after its start.

    :raises AttainError: INTERVAL_INVALID.
    """
    if until is not None and until <= start:
        raise AttainError(problem(codes.INTERVAL_INVALID, start=start, until=until))


def copied(row: R, change: Change, **values: Any) -> R:
    """The same row as another one, written by a change, with other values."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    fields.update(
        {column(row, name): getattr(value, "pk", value) for name, value in values.items()}
    )
    return type(row)(**{**fields, "change_id": change.pk, "superseded_id": None})


def column(row: DatedRow, name: str) -> str:
    """The attribute that holds a field's value: `unit_id` for the reference `unit`."""
    field = row._meta.get_field(name)
    assert isinstance(field, Field)  # Nothing else of a row is ever changed.
    return field.attname


def supersede(rows: Iterable[DatedRow], change: Change) -> None:
    """Let rows be history from a change on."""
    by_model: dict[type[DatedRow], list[int]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    for model, keys in by_model.items():
        for at in range(0, len(keys), 500):
            model.every.filter(pk__in=keys[at : at + 500]).update(superseded=change)


def cut(row: R, change: Change, start: date, until: date | None) -> Iterator[R]:
    """What is left of a row on either side of a stretch."""
    if row.effective_from < start:
        yield copied(row, change, effective_until=start)
    if until is not None and (row.effective_until is None or until < row.effective_until):
        yield copied(row, change, effective_from=until)


def close(rows: Iterable[R], change: Change, on: date) -> list[R]:
    """End rows on a day: shortened where they began earlier, gone where they had not begun."""
    ended = [row for row in rows if row.effective_until is None or row.effective_until > on]
    supersede(ended, change)
    left = [one for row in ended for one in cut(row, change, on, None)]
    save(left)
    return left


def rewrite(
    rows: Iterable[R],
    change: Change,
    start: date,
    until: date | None,
    make: Callable[[R], R | None],
) -> list[R]:
    """Replace what rows say inside a stretch; `make` gives the new row for the part of each.

    A row that would stay as it is, is not touched. Returns the new rows.
    """
    touched: list[R] = []
    written: list[R] = []
    for row in rows:
        low = max(row.effective_from, start)
        ends = [day for day in (row.effective_until, until) if day is not None]
        high = min(ends) if ends else None
        if high is not None and low >= high:
            continue
        made = make(copied(row, change, effective_from=low, effective_until=high))
        if made is None:
            continue
        touched.append(row)
        written += [*cut(row, change, start, until), made]
    supersede(touched, change)
    save(written)
    return written


def save(rows: Iterable[DatedRow]) -> None:
    """Write new rows, many at once."""
    by_model: dict[type[DatedRow], list[DatedRow]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, made in by_model.items():
        model.every.bulk_create(made, batch_size=500)
