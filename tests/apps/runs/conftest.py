"""The world of these tests: see `world.py`."""

from __future__ import annotations

from world import make_world, world

__all__ = ["make_world", "world"]
