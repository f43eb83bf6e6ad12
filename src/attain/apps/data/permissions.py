"""Who may open which address of data."""

from __future__ import annotations

ROWS: list[object] = []
