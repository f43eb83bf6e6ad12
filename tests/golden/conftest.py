"""Where the cases are, and the backend in memory that they share with the trials."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "engine" / "differential"))
sys.path.insert(0, str(Path(__file__).parent))
