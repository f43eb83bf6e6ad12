"""Telling people that their results are published, after it happened and some at a time."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from attain.apps.accounts.models import User
from attain.apps.jobs.handlers import JobContext, handler
from attain.apps.notices.services import announce
from attain.apps.runs.models import Publication
from attain.apps.runs.words import plan_labels
from attain.core.labels import labels
from attain.core.periods import parse_period, period_labels

PUBLISHED: Final = "runs.published"
TEXT: Final = labels(
    "{plan} {period} 的结果已发布", "{plan}: the results of {period} are published"
)
TITLE: Final = labels("结果发布", "Results published")
CHUNK: Final = 500


@handler("runs.tell", zh="通知结果已发布", en="Telling that results are published")
def tell(job: JobContext, *, publication: int) -> dict[str, Any]:
    """One notice to everybody whose results these are; told again, nobody hears it twice."""
    found = Publication.objects.get(pk=publication)
    if found.state != Publication.PUBLISHED:
        return {"told": 0}
    subjects = found.outcomes.values("subject").distinct()
    hidden = found.withheld.values("subject")
    users = User.objects.filter(person__in=subjects, is_active=True).exclude(person__in=hidden)
    keys = list(users.order_by("pk").values_list("pk", flat=True))
    values = {
        "plan": plan_labels(found.plan_code).model_dump(),
        "period": period_said(found.period),
    }
    for start in range(0, len(keys), CHUNK):
        announce(
            PUBLISHED,
            to=keys[start : start + CHUNK],
            values=values,
            url=_url(),
            at=job.now(),
            key=str(found.pk),
        )
        job.check_cancelled()
    return {"told": len(keys)}


def period_said(period: str) -> dict[str, str]:
    """A period in both languages, for a sentence that is kept."""
    from attain.apps.runs.services.planning import calendars

    said = period_labels(parse_period(period, calendars()))
    return said.model_dump()


def _url() -> str:
    """Their newest statement; named, because those stand above runs."""
    return reverse("statements:mine")
