"""Template tags of data."""

from __future__ import annotations
