"""The parts of an input, and which of them are worth a piece of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DAYS: Final = re.compile(r"'(\d{4}-\d{2})-\d{2}'")


@dataclass(frozen=True, slots=True)
class Portion:
    """One file of an input, by what is in it."""

    path: Path
    sha256: str
    month: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What is made of some parts of an input: a file, and whether the shelf had it."""

    address: str
    path: Path
    parts: tuple[Path, ...]
    is_there: bool


def grouped(parts: Sequence[Portion], select: str) -> Iterator[tuple[Portion, ...]]:
    """The parts of a large input, month by month; those nobody seems to ask for together.

    Which months a pass asks for is guessed from the days that its SQL names. A wrong guess
    costs time and nothing else: every part is read, whatever piece it is in.
    """
    months = _DAYS.findall(select)
    low, high = (min(months), max(months)) if months else ("", "9999")
    rest = tuple(part for part in parts if not low <= part.month <= high)
    if rest:
        yield rest
    yield from ((part,) for part in parts if low <= part.month <= high)
