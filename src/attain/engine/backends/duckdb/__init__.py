"""DuckDB as a backend: embedded, in memory, spilling to disk, locked before the first query."""

from __future__ import annotations

from attain.engine.backends.duckdb.columns import Taker
from attain.engine.backends.duckdb.lock import Limits
from attain.engine.backends.duckdb.session import Files, Session
from attain.engine.backends.duckdb.sql import literal, quoted, rows_in

__all__ = ["Files", "Limits", "Session", "Taker", "literal", "quoted", "rows_in"]
