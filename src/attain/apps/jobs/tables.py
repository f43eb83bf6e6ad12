"""The list of jobs, for whoever runs the machine. It names work and people, never what is paid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from attain.apps.jobs.handlers import kinds
from attain.apps.jobs.labels import said
from attain.apps.jobs.models import Job
from attain.apps.jobs.selectors import jobs
from attain.core.errors import Problem, render
from attain.ui.tables import Column, OrmTable

STATES = (
    (Job.State.queued, Job.State.queued.label, "outline"),
    (Job.State.running, Job.State.running.label, "accent"),
    (Job.State.done, Job.State.done.label, "neutral"),
    (Job.State.failed, Job.State.failed.label, "problem"),
    (Job.State.cancelled, Job.State.cancelled.label, "neutral"),
)


def title(job: Job) -> str:
    """What a job does, in the words of the reader."""
    return said(job.kind, get_language() or "") or job.kind


def because(job: Job) -> str:
    """Why a job failed, in one sentence; "" if it did not."""
    if not job.problems:
        return ""
    return render(Problem.from_data(job.problems[0]), get_language() or "").message


def took(job: Job) -> timedelta | None:
    """How long the last attempt ran."""
    if job.started_at is None or job.finished_at is None:
        return None
    return job.finished_at - job.started_at


def duration(job: Job) -> str:
    """The same in words."""
    found = took(job)
    if found is None:
        return ""
    minutes, seconds = divmod(int(found.total_seconds()), 60)
    values = {"minutes": minutes, "seconds": seconds}
    return (_("%(minutes)d min %(seconds)d s") if minutes else _("%(seconds)d s")) % values


def _kinds() -> list[tuple[Any, ...]]:
    language = get_language() or ""
    return [(kind.name, said(kind.name, language) or kind.name) for kind in kinds()]


def jobs_table() -> OrmTable:
    """The list; made for each request, because kinds are named in the reader's language."""
    return OrmTable(
        name="jobs",
        label=_("Background jobs"),
        all_columns=(
            Column(
                "kind",
                pgettext_lazy("job", "Work"),
                "choice",
                choices=_kinds(),
                url=lambda job: reverse("jobs:detail", args=[job.pk]),
                subtitle=lambda job: "" if job.user is None else job.key,
                primary=True,
            ),
            Column("state", _("State"), "status", choices=STATES, subtitle=because),
            Column(
                "user",
                _("Asked for by"),
                "person",
                source="user__name",
                value=lambda job: job.user or _("The schedule"),
                searchable=True,
            ),
            Column("queued_at", _("Asked for at"), "datetime"),
            Column("duration", _("Duration"), value=duration, sortable=False, filterable=False),
            Column("attempt", _("Attempts"), "number"),
            Column("key", _("Concerns"), "code", searchable=True, hidden=True),
            Column("worker", _("Worker"), "code", hidden=True),
        ),
        queryset=jobs,
        default_sort=("-queued_at", "-id"),
    )
