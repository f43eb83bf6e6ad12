"""One contender run as a process: how long, how much processor, how much memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.layout import HERE

_LOOK: Final = 0.02
"""Seconds between two looks at the memory of a process and those it started."""


@dataclass(frozen=True)
class Cost:
    """What one whole process took, start-up, reading and writing included."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of processor, of the process and all it started."""
    memory: float
    """Megabytes: the peaks of the process and of those it started, added up."""


def cost_of(contender: str, company: Path, out: Path, keep: str) -> Cost:
    """Run a contender once into a fresh folder.

    :raises subprocess.CalledProcessError: if it fails.
    """
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", f"bench.contenders.{contender}", str(company), str(out), keep]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=HERE.parent)
    watch = _Watch(process.pid)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, used.ru_utime + used.ru_stime, watch.highest / 1024)


class _Watch(threading.Thread):
    """Looks at peak memory until the process is gone; blind where there is no /proc.

    Not what wait4 says: there a process inherits the peak of the one that started it.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.highest = 0

    def run(self) -> None:
        while (now := _peak(self.process)) > 0:
            self.highest = max(self.highest, now)
            time.sleep(_LOOK)


def _peak(process: int) -> int:
    """Kilobytes of a process and its children at their peaks; 0 once it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    except OSError:
        return 0
    own = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
    return sum(own) + sum(_peak(int(child)) for child in listed.split())
