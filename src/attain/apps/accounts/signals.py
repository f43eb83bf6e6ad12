"""What accounts tell the apps above, inside the transaction: what a receiver raises undoes it."""

from __future__ import annotations

from django.dispatch import Signal

role_granting = Signal()
"""A role is about to be given or lent. Arguments: user, role, actor."""
