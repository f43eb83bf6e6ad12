"""Which rows of a dataset are wanted, and who is asked for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from attain.engine.reference import StoredRow
from attain.engine.reference.coverage import Days
from attain.expressions.results import Result

Wanted = Mapping[str, frozenset[str | None]]
"""Column to values: rows that have one of them in one of the columns; None where it is empty."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Of the wanted rows only those of some days: of a year of a store's sales one month.

    A row without a date lies in no window.
    """

    column: str
    days: Days


class Readable(Protocol):
    """What is asked of a finished run, and of the datasets it read, to follow its rows."""

    def has(self, name: str) -> bool:
        """Whether the run kept a relation."""
        ...

    def columns(self, name: str) -> Collection[str]:
        """The columns of a relation that the run kept."""
        ...

    def relation(
        self, name: str, equal: Mapping[str, Result], columns: Collection[str] = ()
    ) -> Sequence[StoredRow]:
        """The rows of a relation that the run kept; where columns are named, at least those."""
        ...

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[StoredRow]:
        """The rows of a dataset that have one of the wanted values in one of the columns."""
        ...

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        """How many rows a dataset version has; of those with one of some values, if asked so."""
        ...
