"""One server and one worker a data folder: the lock goes with the process that holds it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from attain.config import errors
from attain.core.errors import AttainError, problem


class Lock:
    """Held as long as this process lives, however it ends.

    :raises AttainError: DATA_LOCKED on entering, if another process holds it.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._path = folder / f"{name}.lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> Lock:
        file = self._path.open("a+", encoding="ascii")
        if not _take(file):
            file.seek(0)
            process = file.read().strip() or "?"
            file.close()
            raise AttainError(
                problem(errors.DATA_LOCKED, folder=str(self._folder), process=process)
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            # The file stays: removing it would let two processes hold two locks of one name.
            self._file.truncate(0)
            self._file.close()


def _take(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        import msvcrt

        try:
            file.seek(1 << 30)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
