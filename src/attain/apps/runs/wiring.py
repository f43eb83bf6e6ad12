"""What runs bring to the rest of the product: jobs, the life of publications, decisions."""

from __future__ import annotations

from attain.apps.data import providers
from attain.apps.jobs.schedules import every
from attain.apps.notices import kinds as notices
from attain.apps.runs.cycle import register_cycle
from attain.apps.runs.services import estimating, staging, telling, waiving

__all__ = ["connect", "staging"]


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    register_cycle()
    providers.register("interventions", waiving.rows, owner="runs")
    notices.register(telling.PUBLISHED, telling.TEXT, title=telling.TITLE)
    every(estimating.JOB, estimating.NIGHTLY)
    every(estimating.SETTLING, estimating.OFTEN)
