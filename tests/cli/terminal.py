"""Calls of the program, and what they said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Said:
    """What one call of the program said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err

    @property
    def flat(self) -> str:
        """All that was said on one line, so that a sentence is found wherever it was broken."""
        return " ".join(self.text.split())

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


def in_a_process(*arguments: str | Path, folder: Path, **variables: str) -> Said:
    """Call `attain` as a process of its own, where it is found by nobody but itself."""
    environment = {**os.environ, "COLUMNS": "80", **variables}
    done = subprocess.run(
        [sys.executable, "-m", "attain.cli", *(str(word) for word in arguments)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
