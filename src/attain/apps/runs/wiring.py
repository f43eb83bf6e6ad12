"""What runs bring to the rest of the product: jobs, the life of publications, decisions."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from attain.apps.data import providers
from attain.apps.jobs.schedules import every
from attain.apps.notices import kinds as notices
from attain.apps.plans import publications
from attain.apps.runs.cycle import register_cycle
from attain.apps.runs.searching import find, waiting
from attain.apps.runs.selectors import published_periods
from attain.apps.runs.services import estimating, staging, telling, waiving
from attain.ui import navigation, search

__all__ = ["connect", "staging"]


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    register_cycle()
    providers.register("interventions", waiving.rows, owner="runs")
    publications.register("runs", published_periods)
    notices.register(telling.PUBLISHED, telling.TEXT, title=telling.TITLE)
    every(estimating.JOB, estimating.NIGHTLY)
    every(estimating.SETTLING, estimating.OFTEN)
    navigation.register(
        navigation.Area(
            name="runs",
            label=pgettext_lazy("area", "Runs"),
            icon="player-play",
            url_name="runs:home",
            order=40,
            group="operate",
            count=waiting,
            phone=False,
            keywords="核算 发布 run publish",
        )
    )
    search.register("runs", pgettext_lazy("area", "Runs"), find, order=70)
