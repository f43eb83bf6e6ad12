"""Where a person stands in counters: offences this year, visits this month.

Counting belongs to plans, above. Whoever counts registers here, and a record page asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from attain.core.labels import Labels

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor
    from attain.apps.records.models import Record


@dataclass(frozen=True, slots=True)
class Count:
    """One counter of one person: `违纪次数（2026年） 2`."""

    name: str
    label: Labels
    period: str
    """The period as plans write it: 2026, 2026-10."""
    value: Decimal | str | bool | date | None
    """None where it cannot be told."""
    unit: str
    """Of `core.units`: count, points, money …"""
    currency: str = ""
    source: Labels = Labels()  # noqa: RUF009 - frozen
    """Where it was counted: the plan and its state."""
    url: str = ""
    """The panel or page that explains it; "" where there is none for this reader."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All counters of one person that a record concerns."""

    person: str
    why: str
    """`subject` or `owner`."""
    counts: tuple[Count, ...]


Counting = Callable[["Actor", str, "Record"], Iterable[Count]]
"""The counters of a person (their key) that have to do with a record, as an actor may see them."""

_COUNTING: Final[list[Counting]] = []


def register(counting: Counting) -> Counting:
    """Tell how to count. Called in `AppConfig.ready`; the same twice is no harm."""
    if counting not in _COUNTING:
        _COUNTING.append(counting)
    return counting


def counts(actor: Actor, person: str, record: Record) -> tuple[Count, ...]:
    """What everybody who counts knows of a person."""
    return tuple(each for counting in _COUNTING for each in counting(actor, person, record))
