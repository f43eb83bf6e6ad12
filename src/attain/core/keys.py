"""Opaque keys: how a person, a unit or an order is named inside Attain.

A key never shows a name or a staff number, is never reused, and is the same for the same
code in every installation: two companies' files can be compared, and a code that is
corrected later is one alias more, not another person.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b32encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from attain.core.errors import AttainError, Problem, codes, problem

KEY_LENGTH: Final = 16
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?")
_KEY: Final = re.compile(rf"([a-z][a-z0-9_.]*)-([a-z2-7]{{{KEY_LENGTH}}})")


def clean_code(code: str) -> str:
    """A code as it is compared: NFKC, no invisible signs, no blanks around it.

    Full-width Ｅ００１ and E001 are one code wherever they are typed.
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", code)).strip()


def key_for(kind: str, code: str) -> str:
    """The opaque key of an external code: `people` and `P001` give `people-…`.

    The kind, a hyphen, and the first 16 characters of the base32 SHA-256 of the code.

    :raises AttainError: KEY_KIND for a kind that is no ASCII name, KEY_EMPTY for a blank code.
    """
    if not _KIND.fullmatch(kind):
        raise AttainError(problem(codes.KEY_KIND, value=kind))
    cleaned = clean_code(code)
    if not cleaned:
        raise AttainError(problem(codes.KEY_EMPTY))
    digest = b32encode(sha256(cleaned.encode("utf-8")).digest()).decode("ascii")
    return f"{kind}-{digest[:KEY_LENGTH].lower()}"


def is_key(text: str) -> bool:
    """True for a text in the shape of an opaque key."""
    return _KEY.fullmatch(text) is not None


def kind_of_key(key: str) -> str | None:
    """The kind of a key, or None if the text is not one."""
    found = _KEY.fullmatch(key)
    return found.group(1) if found else None


def with_names(found: Problem, called: Callable[[str], str]) -> Problem:
    """The problem with each opaque key in its values as its readers call it."""

    def told(value: object) -> object:
        if isinstance(value, list | tuple):
            return [told(one) for one in value]
        if not isinstance(value, str):
            return value
        return "/".join(called(part) if is_key(part) else part for part in value.split("/"))

    return replace(found, values={name: told(value) for name, value in found.values.items()})


def reference_key(
    text: str, kinds: Sequence[str], is_known: Callable[[str, str], bool] | None = None
) -> str:
    """The key a cell refers to, where several kinds are possible (a subject may be a unit).

    Read in this order: a key itself; `kind:code`; the one kind in which the code is known;
    otherwise the first of the kinds.

    :raises AttainError: REFERENCE_AMBIGUOUS if the code is known in two kinds.
    """
    cleaned = clean_code(text)
    if kind_of_key(cleaned) in kinds:
        return cleaned
    kind, colon, code = cleaned.partition(":")
    if colon and kind in kinds:
        return key_for(kind, code)
    if len(kinds) > 1 and is_known is not None:
        found = [kind for kind in kinds if is_known(kind, cleaned)]
        if len(found) > 1:
            example = f"{found[0]}:{cleaned}"
            raise AttainError(
                problem(codes.REFERENCE_AMBIGUOUS, value=cleaned, kinds=found, example=example)
            )
        if found:
            return key_for(found[0], cleaned)
    return key_for(kinds[0], cleaned)
