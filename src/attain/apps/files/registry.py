"""What files are brought in for, and who may read them: each app says so for its own purposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from attain.apps.accounts.actors import Actor
from attain.apps.files.accepted import EVIDENCE, MIB, TABLES, Kind
from attain.apps.files.models import StoredFile

MayRead = Callable[[Actor, StoredFile], bool]


@dataclass(frozen=True, slots=True)
class Purpose:
    """One reason for which files are taken in."""

    name: str
    may_read: MayRead
    kinds: tuple[Kind, ...]
    bytes_max: int


_PURPOSES: Final[dict[str, Purpose]] = {}


def register_reader(
    purpose: str,
    may_read: MayRead,
    *,
    kinds: tuple[Kind, ...] = EVIDENCE,
    bytes_max: int = 50 * MIB,
) -> None:
    """Take files for a purpose and say who may read them; called in `AppConfig.ready`."""
    _PURPOSES[purpose] = Purpose(purpose, may_read, kinds, bytes_max)


def purpose(name: str) -> Purpose:
    """What was registered under a name.

    :raises KeyError: a purpose nobody registered.
    """
    return _PURPOSES[name]


def may_read(actor: Actor, file: StoredFile) -> bool:
    """Whether an actor may have a file. What nobody answers for is given to nobody."""
    found = _PURPOSES.get(file.purpose)
    return found is not None and not actor.is_anonymous and found.may_read(actor, file)


__all__ = ["EVIDENCE", "TABLES", "MayRead", "Purpose", "may_read", "purpose", "register_reader"]
