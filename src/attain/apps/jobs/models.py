"""Work that is waiting, running or done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Job(models.Model):
    """One piece of work. Arguments are ids: what they stand for is read when it runs."""

    class State(models.TextChoices):
        """How far it is."""

        queued = "queued", pgettext_lazy("job", "Waiting")
        running = "running", pgettext_lazy("job", "Running")
        done = "done", pgettext_lazy("job", "Done")
        failed = "failed", pgettext_lazy("job", "Failed")
        cancelled = "cancelled", pgettext_lazy("job", "Stopped")

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    """What it works on: while a job of a kind and key lives, there is no second one."""
    arguments = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.queued)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who asked for it; missing when nobody did."""

    queued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    attempt = models.PositiveSmallIntegerField(default=0)
    """Counts every time it was taken up. Who holds it writes only under their own number."""
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    """0 while nobody knows how much there is to do."""
    progress_label = models.CharField(max_length=80, blank=True)
    """The code of a registered label, so that every reader reads it in their language."""
    progress_values = models.JSONField(default=dict, blank=True)

    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    problems = models.JSONField(default=list, blank=True)
    """Why it failed, as coded problems."""
    result = models.JSONField(default=dict, blank=True)
    """Ids of what it made."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="one_live_job_of_a_key",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["run_after", "id"], condition=Q(state="queued"), name="waiting_jobs"
            ),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="running_jobs"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_live(self) -> bool:
        """Waiting or running."""
        return self.state in (self.State.queued, self.State.running)


class ScheduleMark(models.Model):
    """The last moment for which a schedule was carried out, so that no restart repeats it."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
