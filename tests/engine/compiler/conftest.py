"""Makes the hand-built plans importable, and gives each test a company of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from handmade import Company


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)
