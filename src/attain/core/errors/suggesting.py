"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that look most like a mistyped one, best first; at most three.

    >>> nearest("attainmet", ["attainment", "target", "grade"])
    ('attainment',)
    """
    by_form = {each.casefold(): each for each in known}
    return tuple(by_form[form] for form in get_close_matches(word.casefold(), by_form, n=3))
