"""Processes that belong to one command: started together, watched, and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

GRACE: Final = 15
"""Seconds a process has to finish what it does."""

RESTARTS_MAX: Final = 3
_A_MINUTE: Final = 60
_LOOK_EVERY: Final = 0.2


@dataclass
class Child:
    """One process, which is started again when it dies, but not for ever."""

    name: str
    module: str
    arguments: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = None
    died_at: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it. Its input is a pipe that closes when we die, which tells it to go, too."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, *self.arguments],
            stdin=subprocess.PIPE,
            # Ctrl-C reaches us alone, and we stop the others in order.
            start_new_session=True,
        )

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start_again(self) -> bool:
        """Start it after it died; False if it dies too often."""
        now = time.monotonic()
        self.died_at = [then for then in self.died_at if now - then < _A_MINUTE] + [now]
        if len(self.died_at) > RESTARTS_MAX:
            return False
        self.start()
        return True

    def stop(self, until: float) -> None:
        """Ask it to go, and take it away if it does not."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Children:
    """All processes of one command."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._stopping = threading.Event()

    def watch(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> bool:
        """Run until a signal comes, True, or a process dies again and again, False."""
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: self._stopping.set())
        try:
            for child in self._children:
                child.start()
            return self._watch(ready, announce)
        finally:
            self._stop()

    def _watch(self, ready: Callable[[], bool], announce: Callable[[], None]) -> bool:
        is_announced = False
        while not self._stopping.wait(_LOOK_EVERY):
            for child in self._children:
                if not child.is_alive and not child.start_again():
                    return False
            if not is_announced and ready():
                announce()
                is_announced = True
        return True

    def _stop(self) -> None:
        for child in self._children:
            if child.process is not None and child.is_alive:
                child.process.terminate()
        until = time.monotonic() + GRACE
        for child in self._children:
            child.stop(until)


def end_with_parent(stop: Callable[[], None]) -> None:
    """In a child: call `stop` when the parent is gone, however it went."""

    def wait() -> None:
        # Not by `sys.stdin`: a process forked meanwhile would inherit its lock, and wait for ever.
        while os.read(0, 1):
            pass
        stop()

    threading.Thread(target=wait, name="parent", daemon=True).start()
