"""Jobs stand behind pages where both want a processor."""

from __future__ import annotations

import subprocess
import sys

import pytest

from attain.config.background import POLITE

ASKS = """
import os, subprocess, sys
from attain.config.background import step_back
before = os.nice(0)
step_back()
child = subprocess.run([sys.executable, "-c", "import os; print(os.nice(0))"],
                       capture_output=True, text=True, check=True)
print(os.nice(0) - before, int(child.stdout) - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such order of processes")
def test_jobs_and_their_calculations_step_back() -> None:
    """In a process of its own: a process that has stepped back cannot come forward again."""
    told = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, text=True, check=True)

    assert told.stdout.split() == [str(POLITE), str(POLITE)]
