"""Machines that run compiled steps. One interface; DuckDB is embedded and the default."""

from __future__ import annotations
