"""What was done, in words: each app says how its actions are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.core.labels import Labels

_WORDS: Final[dict[str, Labels]] = {}


def name(actions: Mapping[str, Labels]) -> None:
    """Name actions: `name({"plans.approve": labels("批准方案", "Approved a plan")})`."""
    _WORDS.update(actions)


def of(action: str, language: str) -> str:
    """An action in a reader's language; its code where nobody named it."""
    named = _WORDS.get(action)
    return named.get(language) if named else action
