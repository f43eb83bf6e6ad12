"""One worker as a process: `python -m attain.config.background`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Final

from attain.config.children import end_with_parent
from attain.config.locks import Lock
from attain.config.starting import start

POLITE: Final = 5
"""How far jobs and the calculations they start stand behind pages where both want a processor.

Not further: a job that has the one right to write to SQLite must not keep it for long.
"""


def work(stop: threading.Event) -> None:
    """Run jobs until told to stop. With SQLite there is one worker a data folder.

    :raises AttainError: what is wrong with the environment; DATA_LOCKED.
    """
    environment = start()
    step_back()

    from attain.apps.jobs import worker

    if "sqlite3" in environment.database["ENGINE"]:
        with Lock(environment.data, "worker"):
            worker.run_forever(stop)
    else:
        worker.run_forever(stop)


def step_back() -> None:
    """Let pages go first; processes that are started from here stand behind them as well."""
    if hasattr(os, "nice"):
        os.nice(POLITE)


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C and a polite kill set."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    return stop


if __name__ == "__main__":
    asked = stop_on_signals()
    end_with_parent(asked.set)
    work(asked)
    sys.exit(0)
