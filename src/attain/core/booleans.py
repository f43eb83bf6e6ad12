"""Yes and no, as people and systems write them."""

from __future__ import annotations

import unicodedata
from typing import Final

from attain.core.errors import AttainError, codes, problem

_WORDS: Final = {
    **dict.fromkeys(("true", "yes", "y", "1", "是", "真", "√"), True),
    **dict.fromkeys(("false", "no", "n", "0", "否", "假", "×"), False),
}


def parse_boolean(text: str) -> bool:
    """The truth value a text means: 是, true, yes, 1 and their opposites.

    :raises AttainError: BOOLEAN_FORMAT, also for a blank text.
    """
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word not in _WORDS:
        raise AttainError(problem(codes.BOOLEAN_FORMAT, value=text))
    return _WORDS[word]
