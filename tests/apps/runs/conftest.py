"""The world of these tests: see `world.py`."""

from __future__ import annotations

from world import kept_runs, make_world, runs_once, world

__all__ = ["kept_runs", "make_world", "runs_once", "world"]
