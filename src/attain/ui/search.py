"""One search over everything: each app offers what it can find, within the reader's rights.

A provider gets the text as typed and must find it anywhere inside a name: Chinese names are
one to three characters and have no word borders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

LONGEST_TEXT: Final = 80
"""Nobody types more to find something."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `kind` is its icon (see tools/assets/icons.txt)."""

    title: str
    subtitle: str
    url: str
    kind: str = "file-text"


@dataclass(frozen=True, slots=True)
class Found:
    """What one provider found."""

    label: Any
    hits: tuple[Hit, ...]


Provider = Callable[[Any, str, int], Sequence[Hit]]
_PROVIDERS: Final[dict[str, tuple[int, Any, Provider]]] = {}


def register(name: str, label: Any, provider: Provider, order: int = 100) -> None:
    """Offer hits: `provider(actor, text, limit)` answers only what the actor may see."""
    _PROVIDERS[name] = (order, label, provider)


def find(actor: Any, text: str, limit: int = 5) -> tuple[Found, ...]:
    """What all providers find for this reader, empty groups left out."""
    wanted = text.strip()[:LONGEST_TEXT]
    if not wanted:
        return ()
    groups = (
        Found(label, tuple(provider(actor, wanted, limit))[:limit])
        for _, label, provider in sorted(_PROVIDERS.values(), key=lambda entry: entry[0])
    )
    return tuple(group for group in groups if group.hits)
