"""Work of plans that takes longer than a page may."""

from __future__ import annotations

from typing import Any, Final

from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.jobs.models import Job
from attain.apps.plans.sampling import tried

TRY_PACK: Final = "plans.try_pack"


@handler(TRY_PACK, zh="试算方案包", en="Try a pack")
def try_pack(job: JobContext, *, pack: str) -> dict[str, Any]:
    """Calculate a pack on its own sample data; the result is kept with the job."""
    return {"plans": tried(pack, job.actor.today)}


def last_try(pack: str) -> Job | None:
    """The newest attempt to calculate a pack on its sample data, by whomever."""
    return Job.objects.filter(kind=TRY_PACK, key=pack).order_by("-pk").first()
