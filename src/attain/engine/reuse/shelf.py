"""Results kept under the address of what they were made from, for the next calculation.

    <address>.<sha256>     one file: its address, and the digest its bytes must have

A file is whole or not there: it appears under its name in one step. Whatever else is found
under a name (cut short, written over, half on the disk after a power cut) does not have the
digest of its name, is thrown away and counts as absent. So the folder can only save work: it
is never asked what a number is, and may be deleted at any time, while runs use it too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from time import time
from typing import Final
from uuid import uuid4

_MAKING: Final = ".making"
_ABANDONED: Final = 3600
"""Seconds after which a file that is still being brought in belongs to nobody."""


class Shelf:
    """One folder of kept files, shared by any number of processes."""

    def __init__(self, folder: Path, most: int) -> None:
        """`most` bytes stay after `tidy`."""
        self.folder = folder
        self.most = most

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The files that were here when the shelf was first asked, by their address."""
        names: dict[str, list[str]] = {}
        for entry in self._entries():
            names.setdefault(entry.name.partition(".")[0], []).append(entry.name)
        return names

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        if self.folder.is_dir():
            with os.scandir(self.folder) as found:
                yield from (entry for entry in found if not entry.name.startswith("."))

    def take(self, address: str, to: Path) -> bool:
        """Bring what stands under an address to a place of one's own; False if it is not here.

        From then on nobody else's tidying can take it away.
        """
        for name in self._names.get(address, ()):
            kept = self.folder / name
            try:
                _bring(kept, to)
                if digest_of_file(to) == name.partition(".")[2]:
                    os.utime(kept)
                    return True
            except FileNotFoundError:
                continue
            kept.unlink(missing_ok=True)
            to.unlink()
        return False

    def keep(self, address: str, made: Path) -> None:
        """Put a finished file here, which stays where it is as well.

        A shelf that cannot be written loses nothing but the saving.
        """
        name = f"{address}.{digest_of_file(made)}"
        on_the_way = self.folder / f".{uuid4().hex}{_MAKING}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _bring(made, on_the_way)
            on_the_way.rename(self.folder / name)
        except OSError:
            with suppress(OSError):
                on_the_way.unlink()

    def tidy(self) -> None:
        """Let go of what was used longest ago until the rest fits, and of what nobody finished."""
        if not self.folder.is_dir():
            return
        for left in self.folder.glob(f".*{_MAKING}"):
            if _is_older(left, _ABANDONED):
                left.unlink(missing_ok=True)
        kept = sorted(self._known(), key=lambda one: one.used, reverse=True)
        room = self.most
        seen: set[int] = set()
        for one in kept:
            if one.inode not in seen:
                room -= one.bytes
            seen.add(one.inode)
            if room < 0:
                one.path.unlink(missing_ok=True)

    def state(self) -> ShelfState:
        """How much is kept, and what of it is damaged; damaged files are thrown away."""
        known = list(self._known())
        damaged = [one for one in known if not one.is_sound()]
        for one in damaged:
            one.path.unlink(missing_ok=True)
        sizes = {one.inode: one.bytes for one in known if one not in damaged}
        return ShelfState(len(known) - len(damaged), sum(sizes.values()), len(damaged))

    def _known(self) -> Iterator[_Kept]:
        for entry in self._entries():
            try:
                found = entry.stat()
            except FileNotFoundError:
                continue
            yield _Kept(Path(entry.path), found.st_size, found.st_ino, found.st_mtime)


@dataclass(frozen=True, slots=True)
class ShelfState:
    """How a shelf is: files and bytes kept, and how many were damaged."""

    files: int
    bytes: int
    damaged: int


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    bytes: int
    inode: int
    used: float

    def is_sound(self) -> bool:
        try:
            return digest_of_file(self.path) == self.path.name.partition(".")[2]
        except FileNotFoundError:
            return True


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _bring(source: Path, to: Path) -> None:
    """The same file under a second name; a copy where file systems do not share."""
    try:
        os.link(source, to)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, to)


def _is_older(path: Path, seconds: int) -> bool:
    try:
        return time() - path.stat().st_mtime > seconds
    except FileNotFoundError:
        return False
