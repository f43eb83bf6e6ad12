"""DuckDB as a backend: embedded, in memory, spilling to disk, locked before the first query."""

from __future__ import annotations

from attain.engine.backends.duckdb.session import Limits, Session

__all__ = ["Limits", "Session"]
