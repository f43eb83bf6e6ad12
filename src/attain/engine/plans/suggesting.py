"""Which known names look most like one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from attain.core.labels import Labels, labels

SHOWN: Final = 6
"""How many names an error shows."""

NONE: Final = labels("（还没有）", "(none yet)")


def nearest(name: str, known: Iterable[str]) -> list[str] | Labels:
    """Known names, those most like the given one first, only as many as are read at a glance."""
    by_form = {other.casefold(): other for other in known}
    alike = get_close_matches(name.casefold(), by_form, n=SHOWN, cutoff=0)
    return [by_form[form] for form in alike] or NONE
