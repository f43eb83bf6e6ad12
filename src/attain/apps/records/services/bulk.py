"""The same for many records, each on its own: one that is refused keeps no other back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attain.apps.accounts.actors import Actor
from attain.apps.records import access
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Record
from attain.apps.records.services.acting import take
from attain.apps.records.services.writing import change
from attain.core.errors import AttainError, Problem

Seen = tuple[int, int]
"""A record by its number in the database, and the version the actor saw."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one record: nothing against it, or why not."""

    record: Record
    problems: tuple[Problem, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.problems


def bulk_take(
    records: Sequence[Seen],
    action: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
) -> list[Outcome]:
    """Take an action on many records; those the actor does not see are passed over."""

    def one(record: Record, version: int) -> None:
        take(record, action, actor=actor, at=at, version=version, reason=reason, values=values)

    return _each(records, one, actor)


def bulk_change(
    records: Sequence[Seen], values: Mapping[str, Any], *, actor: Actor, at: datetime
) -> list[Outcome]:
    """Write the same values into many records; those the actor does not see are passed over."""

    def one(record: Record, version: int) -> None:
        change(record, values, actor=actor, at=at, version=version)

    return _each(records, one, actor)


def _each(
    records: Iterable[Seen], one: Callable[[Record, int], None], actor: Actor
) -> list[Outcome]:
    seen = dict(records)
    there = Record.objects.in_bulk(list(seen))
    found = []
    for pk, version in seen.items():
        record = there.get(pk)
        if record is None or not access.visible(actor, kind_of(record)).filter(pk=pk).exists():
            continue
        try:
            one(record, version)
        except AttainError as error:
            found.append(Outcome(record, tuple(error.problems)))
        else:
            found.append(Outcome(Record.objects.get(pk=pk)))
    return found
