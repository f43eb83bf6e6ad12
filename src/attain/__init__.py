"""Attain 达成: from target to statement, with exact and explained numbers."""

from __future__ import annotations

__version__ = "0.1.0"
