"""Where the backend in memory lives that the golden cases share with the trials."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "engine" / "differential"))
