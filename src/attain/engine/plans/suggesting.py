"""Which known names look most like one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from attain.core.labels import Labels, labels

SHOWN: Final = 6
"""How many names an error shows."""

NONE: Final = labels("（还没有）", "(none yet)")


def nearest(name: str, known: Iterable[str]) -> list[str] | Labels:
    """Known names, those most like the given one first, only as many as are read at a glance."""
    folded = name.casefold()

    def unlike(other: str) -> tuple[float, str]:
        return -SequenceMatcher(None, folded, other.casefold()).ratio(), other

    return sorted(dict.fromkeys(known), key=unlike)[:SHOWN] or NONE
