"""Words that say who somebody is to an object: its owner, its author, a role, a position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attain.core.labels import Labels, labels

_WORDS: Final[dict[str, Labels]] = {}


def relation(word: str, zh: str, en: str) -> str:
    """Register a relation with its name for readers, and return the word.

    :raises ValueError: a word that is registered with another name.
    """
    name = labels(zh, en)
    if _WORDS.get(word, name) != name:
        raise ValueError(f"{word} is registered with another name")
    _WORDS[word] = name
    return word


def name_of(word: str) -> Labels:
    """How readers are told of a relation; the word itself where nobody named it."""
    return _WORDS.get(word) or labels(word, word)


def all_of(words: Iterable[str], own: Mapping[str, Labels] | None = None) -> Labels:
    """Somebody who is all of these at once: `主管（本团队）`, `manager (of this team)`."""
    own = own or {}
    first, *others = (own.get(word) or name_of(word) for word in sorted(words, key=_roles_first))
    if not others:
        return first
    return labels(
        f"{first.zh}（{'、'.join(each.zh for each in others)}）",
        f"{first.en} ({', '.join(each.en for each in others)})",
    )


def one_of(names: Iterable[Labels]) -> Labels:
    """Several names of which one is enough."""
    found = list(names)
    return labels("、".join(each.zh for each in found), " or ".join(each.en for each in found))


def _roles_first(word: str) -> tuple[bool, str]:
    return not word.startswith("role:"), word


OWNER: Final = relation("owner", "负责人", "the owner")
AUTHOR: Final = relation("author", "编写人", "the author")
SUBMITTER: Final = relation("submitter", "提交人", "the person who submitted it")
CLOCK: Final = relation("clock", "到期自动执行", "the clock, when the time has come")
"""Nobody: the product itself, when a deadline has passed."""
