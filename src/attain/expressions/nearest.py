"""The known word that a mistyped one most likely means."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, whatever the case of letters; None if none is close."""
    folded = {one.casefold(): one for one in sorted(known)}
    close = get_close_matches(word.casefold(), folded, n=1)
    return folded[close[0]] if close else None
