"""A value that is different from a day on: how far it reaches into what was planned for later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from attain.apps.people import errors
from attain.apps.people.models import Change, DatedRow
from attain.apps.people.services.timeline import check_interval, column, copied, rewrite
from attain.core.errors import AttainError, problem

R = TypeVar("R", bound=DatedRow)


def spread(
    rows: Iterable[R],
    change: Change,
    start: date,
    until: date | None,
    before: R,
    wanted: Mapping[str, Any],
) -> list[R]:
    """Write other values from a day on.

    With an end, until there. Without, each value reaches as far as later rows said the same as
    the row of that day: a move planned for September is not lost by a new title in July.

    :raises AttainError: INTERVAL_INVALID, NOTHING_CHANGES.
    """
    check_interval(start, until)
    ordered = sorted(rows, key=lambda row: row.effective_from)
    reach = {name: until or _until(ordered, before, name) for name in wanted}
    written: list[R] = []

    def changed(row: R) -> R | None:
        here = {
            name: value
            for name, value in wanted.items()
            if (end := reach[name]) is None or row.effective_from < end
        }
        if all(_value(row, name) == _plain(value) for name, value in here.items()):
            return None
        return copied(row, change, **here)

    written = rewrite(ordered, change, start, until, changed)
    if not written:
        raise AttainError(problem(errors.NOTHING_CHANGES))
    return written


def _until(ordered: list[R], before: R, name: str) -> date | None:
    """The first day after a row on which something else was said."""
    for row in ordered:
        if row.effective_from > before.effective_from and _value(row, name) != _value(before, name):
            return row.effective_from
    return None


def _value(row: DatedRow, name: str) -> Any:
    return getattr(row, column(row, name))


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
