"""What the apps above are told: results became visible, or ceased to be."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

published: Final = Signal()
"""Sent inside the publishing transaction: `publication`, `replaced` (or None), `actor`, `at`.

A receiver that raises undoes the publication: what is posted and what is published never part.
"""

withdrawn: Final = Signal()
"""Sent inside the withdrawing transaction: `publication`, `actor`, `at`, `reason`."""
