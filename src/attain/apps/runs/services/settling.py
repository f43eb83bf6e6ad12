"""Runs that were interrupted are ended by the clock."""

from __future__ import annotations

from typing import Any, Final

from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.runs.services.calculating import settle

SETTLING: Final = "runs.settle"
OFTEN: Final = "*/5 * * * *"


@handler(SETTLING, zh="清理中断的核算", en="Settling interrupted runs")
def settle_all(job: JobContext) -> dict[str, Any]:
    """End runs whose job is gone, so that none is under way for ever."""
    return {"settled": settle(job.at)}
