"""Which periods of a plan are published: told by the app that publishes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from attain.core.periods import Period

Published = Callable[[str], Iterable[Period]]

_TELLERS: Final[dict[str, Published]] = {}


def register(owner: str, published: Published) -> None:
    """Say which periods of a plan (by its code) have current published results."""
    _TELLERS[owner] = published


def published_periods(code: str) -> list[Period]:
    """The published periods of a plan, in order."""
    found = {period for teller in _TELLERS.values() for period in teller(code)}
    return sorted(found, key=lambda period: (period.from_, period.until))
