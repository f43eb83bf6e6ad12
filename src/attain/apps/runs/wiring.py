"""What runs bring to the rest of the product: jobs, the life of publications, decisions."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from attain.apps.data import providers
from attain.apps.data.signals import committed
from attain.apps.jobs.schedules import every
from attain.apps.notices import kinds as notices
from attain.apps.plans import publications
from attain.apps.runs import trail
from attain.apps.runs.cycle import register_cycle
from attain.apps.runs.searching import find, waiting
from attain.apps.runs.selectors import published_periods
from attain.apps.runs.services import settling, staging, telling, turns, waiving
from attain.core.labels import labels
from attain.ui import navigation, search

__all__ = ["connect", "staging"]

ESTIMATES = labels("预估变化", "Estimates that changed")
FAILED_ESTIMATES = labels("没有算成的预估", "Estimates that failed")


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    register_cycle()
    trail.connect()
    providers.register("interventions", waiving.rows, owner="runs")
    publications.register("runs", published_periods)
    notices.register(telling.PUBLISHED, telling.TEXT, title=telling.TITLE)
    notices.register(turns.CHANGED, turns.CHANGED_TEXT, title=ESTIMATES)
    notices.register(turns.FAILED, turns.FAILED_TEXT, title=FAILED_ESTIMATES)
    every(turns.JOB, turns.MINUTELY, wanted=turns.is_due)
    every(settling.SETTLING, settling.OFTEN)
    committed.connect(turns.imported, dispatch_uid="runs.estimates_after_imports")
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
