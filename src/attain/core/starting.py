"""How a program of Attain starts, before it imports anything large."""

from __future__ import annotations

import gc
from typing import Final

_OBJECTS: Final = 50_000


def collect_rarely() -> None:
    """Look for memory that may go after many new objects, not after Python's seven hundred.

    What a start makes stays until the end: code, models, declarations. Walking through all of it
    again and again took a fifth of every start.
    """
    gc.set_threshold(_OBJECTS, 20, 20)
