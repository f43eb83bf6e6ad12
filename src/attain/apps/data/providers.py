"""Datasets whose rows the product itself keeps: people, members of plans, targets and so on.

Whoever keeps them registers a provider when the product starts. A run's inputs are then frozen
from the tables as they stand, in one reading transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from attain.apps.data import errors
from attain.core.errors import AttainError, problem
from attain.core.manifests import Coverage

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Provider:
    """Who keeps the rows of a dataset."""

    dataset: str
    rows: Callable[[], Rows]
    """The stored columns by name: opaque keys, exact decimals, dates."""
    owner: str
    """The app, for readers: its name is a link of the navigation."""
    covers: Callable[[], tuple[Coverage, ...]]


_PROVIDERS: Final[dict[str, Provider]] = {}
_FAMILIES: Final[dict[str, Callable[[], Mapping[str, Provider]]]] = {}


def register(
    dataset: str,
    rows: Callable[[], Rows],
    *,
    owner: str,
    covers: Callable[[], tuple[Coverage, ...]] = tuple,
) -> None:
    """Say who keeps a dataset. Called in `AppConfig.ready`; the same twice is no harm.

    :raises AttainError: PROVIDER_TWICE if another app has said so before.
    """
    known = _PROVIDERS.get(dataset)
    if known is not None and known.owner != owner:
        raise AttainError(problem(errors.PROVIDER_TWICE, name=dataset, owner=known.owner))
    _PROVIDERS[dataset] = Provider(dataset, rows, owner, covers)


def register_family(owner: str, found: Callable[[], Mapping[str, Provider]]) -> None:
    """Say that an app keeps datasets that come and go: record types are installed any day."""
    _FAMILIES[owner] = found


def provider(dataset: str) -> Provider | None:
    """Who keeps a dataset; None for one that files bring."""
    known = _PROVIDERS.get(dataset)
    if known is not None:
        return known
    further = (family().get(dataset) for family in _FAMILIES.values())
    return next((one for one in further if one is not None), None)


def provided() -> tuple[str, ...]:
    """The datasets that have a provider."""
    further = (name for family in _FAMILIES.values() for name in family())
    return tuple(sorted({*_PROVIDERS, *further}))
