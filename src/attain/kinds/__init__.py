"""Records and whatever else has a life: states, who may move them, and why not. Pure."""

from __future__ import annotations
