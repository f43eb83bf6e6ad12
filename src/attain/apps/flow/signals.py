"""What flow tells, inside the transaction: whatever a receiver raises undoes the step."""

from __future__ import annotations

from django.dispatch import Signal

moved = Signal()
"""An object took a step. Arguments: obj (as it is now), action, before, actor, at."""
