"""The rows of a company while they are made, and the numbers on its documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, cast

from attain.demo.rows import Row

SomeRow = TypeVar("SomeRow", bound=Row)


class Tables:
    """Rows by kind, in the order in which they were made."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], list[Row]] = defaultdict(list)

    def add(self, *rows: Row) -> None:
        for row in rows:
            self.rows[type(row)].append(row)

    def extend(self, kind: type[SomeRow], rows: Iterable[SomeRow]) -> None:
        self.rows[kind].extend(rows)

    def of(self, kind: type[SomeRow]) -> list[SomeRow]:
        """The rows of one kind."""
        return cast("list[SomeRow]", self.rows[kind])


class Numbers:
    """Numbers of documents: a prefix, the day and a running number of that day."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = frozenset(taken)
        self._last: dict[tuple[str, date], int] = {}

    def next(self, prefix: str, day: date) -> str:
        """The next number of the day that the story does not use itself: SO-260821-034."""
        number = self._last.get((prefix, day), 0) + 1
        start = f"{prefix}-{day.year % 100:02d}{day.month:02d}{day.day:02d}-"
        while (found := f"{start}{number:03d}") in self._taken:
            number += 1
        self._last[prefix, day] = number
        return found
