"""Tags and filters that templates load."""

from __future__ import annotations
