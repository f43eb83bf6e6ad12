"""Estimates by the clock: every night the running periods of all plans, from the data there is."""

from __future__ import annotations

from typing import Any, Final

from attain.apps.accounts.actors import SYSTEM
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.runs import errors
from attain.apps.runs.models import Run
from attain.apps.runs.services.calculating import settle
from attain.apps.runs.services.planning import calendars
from attain.apps.runs.services.starting import start_all
from attain.core.errors import AttainError

JOB: Final = "runs.provisional"
NIGHTLY: Final = "30 2 * * *"
SETTLING: Final = "runs.settle"
OFTEN: Final = "*/5 * * * *"


@handler(JOB, zh="夜间预估", en="Nightly estimates")
def estimate_all(job: JobContext) -> dict[str, Any]:
    """Ask for an estimate of the running month of every plan; where none is in force, none."""
    actor = SYSTEM(job.at)
    month = calendars().default.period_at("month", actor.today)
    try:
        runs = start_all(str(month), Run.PROVISIONAL, actor=actor, at=job.at)
    except AttainError as refusal:
        if refusal.code != errors.NOTHING_TO_RUN:
            raise
        return {"runs": []}
    return {"runs": [run.pk for run in runs]}


@handler(SETTLING, zh="清理中断的核算", en="Settling interrupted runs")
def settle_all(job: JobContext) -> dict[str, Any]:
    """End runs whose job is gone, so that none is under way for ever."""
    return {"settled": settle(job.at)}
