"""Pages of runs and publications."""

from __future__ import annotations
