"""What apps may listen to."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

exported: Final = Signal()
"""A reader took a list away: `request`, `table` (name), `rows` (how many), `address`."""
