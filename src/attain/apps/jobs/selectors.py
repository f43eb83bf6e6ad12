"""Who may see which job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role
from attain.apps.jobs.labels import said
from attain.apps.jobs.models import Job
from attain.core.errors import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, in the words of a reader."""

    id: int
    state: str
    title: str
    step: str
    done: int
    total: int
    is_live: bool
    can_be_stopped: bool
    problems: tuple[Problem, ...]
    result: dict[str, Any]

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means done; None while nobody knows."""
        return min(100, self.done * 100 // self.total) if self.total else None


def jobs(actor: Actor) -> QuerySet[Job]:
    """Jobs the actor may see: their own; all of them for a system administrator."""
    found = Job.objects.select_related("user")
    if actor.has(Role.system_admin):
        return found
    if actor.user_id is None:
        return found.none()
    return found.filter(user_id=actor.user_id)


def job(actor: Actor, job_id: int) -> Job | None:
    """One job, None if it is not there or not theirs to see."""
    return jobs(actor).filter(pk=job_id).first()


def counts(actor: Actor) -> dict[str, int]:
    """How many jobs stand in each state, of those the actor may see."""
    found = jobs(actor).order_by().values_list("state").annotate(count=Count("pk"))
    return {state.value: 0 for state in Job.State} | dict(found)


def progress(found: Job, actor: Actor, language: str = "") -> Progress:
    """A job as a page shows it: in the language of the page, or else in the actor's own."""
    spoken = language or get_language() or actor.language
    return Progress(
        id=found.pk,
        state=found.state,
        title=said(found.kind, spoken),
        step=said(found.progress_label, spoken, found.progress_values),
        done=found.progress_done,
        total=found.progress_total,
        is_live=found.is_live,
        can_be_stopped=found.is_live and found.cancel_asked_at is None,
        problems=tuple(Problem.from_data(each) for each in found.problems),
        result=dict(found.result),
    )
