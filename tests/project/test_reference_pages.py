"""Reference pages and the published schema say what the code declares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from attain.engine.plans.resolve.calls import HANDLERS
from attain.engine.plans.resolve.windows import MOVED, START
from attain.engine.plans.special_calls import SPECIAL_CALLS

ROOT = Path(__file__).parents[2]


def test_the_reference_pages_are_as_the_code_declares() -> None:
    command = [sys.executable, str(ROOT / "tools/reference_pages.py"), "--check"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.returncode == 0, f"run make docs\n{done.stdout}{done.stderr}"


def test_every_special_call_is_documented() -> None:
    internal = {START, MOVED, "quarter_start", "year_start"}

    assert {call.name for call in SPECIAL_CALLS} == set(HANDLERS) - internal
