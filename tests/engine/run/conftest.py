"""Makes the hand-built plans importable, and gives each test a lake of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "compiler"))
sys.path.insert(0, str(Path(__file__).parent))

from lakeside import Lakeside


@pytest.fixture
def lake(tmp_path: Path) -> Lakeside:
    return Lakeside(tmp_path)
