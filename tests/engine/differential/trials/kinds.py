"""The kinds of periods that plans have: which calendars have them, what is run, what looks back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """A kind of period: the periods that are run, windows over it, and what is near it."""

    runs: Sequence[str]
    """Where something is carried on, from the first one on."""
    single: Sequence[str]
    """Where nothing is: one of these."""
    windows: Sequence[str]
    restarts: Sequence[str]
    """Kinds with which a state may begin again."""
    near: str
    """A shift by one period."""


OTHERS: Final = ("year", "half_year", "week", "half_month")
CALENDARS: Final = (*["gregorian"] * 18, "fiscal", "retail", "trade")
CALENDARS_OF: Final[Mapping[str, Sequence[str]]] = {
    "week": ("gregorian", "gregorian", "fiscal"),
    "half_year": ("gregorian", "gregorian", "fiscal"),
    "year": ("gregorian", "gregorian", "fiscal", "trade"),
    "half_month": ("halves",),
}
"""Calendars in which plans of the kind are written, where not all of them have it."""

_ALWAYS: Final = ("period", "life to date", "all")
KINDS: Final[Mapping[str, Kind]] = {
    "month": Kind(
        ("2026-01", "2026-02", "2026-03"), ("2026-02", "2026-03"),
        (*_ALWAYS, "year to date", "quarter to date", "last 2 months", "last 10 days",
         "12 months from July", "to day 20", "half_year to date"),
        ("quarter", "half_year", "year"), "-1 month",
    ),
    "quarter": Kind(
        ("2026-Q1", "2026-Q2"), ("2026-Q1",),
        (*_ALWAYS, "year to date", "last 2 quarters"),
        ("half_year", "year"), "-3 months",
    ),
    "half_year": Kind(
        ("2026-H1",), ("2026-H1",), (*_ALWAYS, "year to date", "last 200 days"),
        ("year",), "-6 months",
    ),
    "year": Kind(("2026",), ("2026",), (*_ALWAYS, "last 2 years"), (), "-1 year"),
    "week": Kind(
        ("2026-W01", "2026-W02", "2026-W03"), ("2026-W06", "2026-W09"),
        (*_ALWAYS, "last 3 weeks", "last 10 days"), (), "-1 week",
    ),
    "half_month": Kind(
        ("2026-01a", "2026-01b", "2026-02a"), ("2026-02b", "2026-03a"),
        (*_ALWAYS, "month to date", "last 3 half_months"), ("month",), "-1 half_month",
    ),
}  # fmt: skip
