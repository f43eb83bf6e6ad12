"""Verbs of runs and publications."""

from __future__ import annotations

from attain.apps.runs.services.publishing import prepare
from attain.apps.runs.services.starting import cancel, start, start_all
from attain.apps.runs.services.waiving import revoke_waiver, waive

__all__ = ["cancel", "prepare", "revoke_waiver", "start", "start_all", "waive"]
