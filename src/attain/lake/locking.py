"""One committer at a time, on every operating system, and none left behind by a crash."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from attain.core.errors import AttainError, problem
from attain.lake.errors import flow

_PATIENCE: Final = 100
_PAUSE_MILLISECONDS: Final = 50

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, dataset: str) -> Iterator[None]:
    """Hold the lock file of a dataset. The system frees it when its holder ends or dies.

    :raises AttainError: IMPORT_BUSY after waiting some seconds.
    """
    with path.open("ab") as file:
        for _ in range(_PATIENCE):
            try:
                _try_lock(file)
                break
            except OSError:
                time.sleep(_PAUSE_MILLISECONDS / 1000)
        else:
            raise AttainError(problem(flow.IMPORT_BUSY, dataset=dataset))
        yield
